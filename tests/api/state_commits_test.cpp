// When the server commits to the state by itself, and that it does so only with a key that may.
#include "api/state_commits.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <variant>

#include "api/clauses_server.hpp"
#include "tests/support/ledger_builder.hpp"

namespace {

using namespace std::chrono_literals;
using api::StateCommits;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;

StateCommits by(const std::string& name) {
  return {scene::origin, crypto::SecretKey::from_seed(scene::cast().key(name).seed()), 1s};
}

const ledger::Timestamp now = scene::story::at("2030-01-01T00:00:00.000Z");

// The operator's keys change as the body says.
LedgerBuilder with_keys(const scene::Signers& add, const scene::Signers& remove,
                        scene::Signers signers) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  ledger::KeysChanged body;
  body.participant = ledger::operator_id;
  body.add = scene::keys_of(add);
  body.remove = scene::keys_of(remove);
  ledger.given(body, std::move(signers));
  return ledger;
}

TEST(StateCommits, AreDueWhereSomethingChangedSinceTheLast) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  StateCommits commits = by("operator");
  EXPECT_TRUE(commits.due(ledger.machine(), now));
  EXPECT_FALSE(commits.due(LedgerBuilder().machine(), now)) << "nothing is there yet";
  ledger.given(scene::commitment(ledger.machine()), {"operator"});
  EXPECT_FALSE(commits.due(ledger.machine(), now));
}

TEST(StateCommits, AreAdmittedAndNotDueAgainForAWhile) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  StateCommits commits = by("operator");
  const ledger::Arrival arrival = commits.make(ledger.machine(), now);
  ledger::Machine machine = ledger.machine();
  EXPECT_TRUE(machine.step(machine.make_entry(arrival.event, arrival.time)));
  EXPECT_GT(*commits.due(ledger.machine(), now), StateCommits::Clock::now() + 500ms);
}

TEST(StateCommits, AreOfTheTimeThatIsToldInADemonstration) {
  const LedgerBuilder ledger = LedgerBuilder::after("issued");
  ASSERT_EQ(ledger.state().mode, ledger::LedgerOpened::Mode::demonstration);
  EXPECT_EQ(by("operator").make(ledger.machine(), now).time, ledger.machine().time());
}

TEST(StateCommits, AreNotMadeWithAKeyThatIsNoneOfTheOperators) {
  const LedgerBuilder ledger = LedgerBuilder::after("issued");
  EXPECT_FALSE(by("XHA").due(ledger.machine(), now)) << "a Party's";
  EXPECT_FALSE(by("nobody").due(ledger.machine(), now)) << "not enrolled";
}

TEST(StateCommits, AreMadeWithAKeyFromItsEnrolmentToItsRetirement) {
  const LedgerBuilder enrolled = with_keys({"operator-state"}, {}, {"operator", "operator-state"});
  EXPECT_TRUE(by("operator-state").due(enrolled.machine(), now));
  EXPECT_TRUE(by("operator").due(enrolled.machine(), now));
  const LedgerBuilder replaced =
      with_keys({"operator-state"}, {"operator"}, {"operator", "operator-state"});
  EXPECT_TRUE(by("operator-state").due(replaced.machine(), now));
  EXPECT_FALSE(by("operator").due(replaced.machine(), now));
}

TEST(StateCommits, AreNotMadeWhereTheOperatorsOrdinaryEventsTakeTwoKeys) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  ledger::KeysChanged body;
  body.participant = ledger::operator_id;
  body.add = scene::keys_of({"operator-state"});
  body.thresholds = ledger::Thresholds{2, 1, 1};
  ledger.given(body, {"operator", "operator-state"});
  EXPECT_FALSE(by("operator-state").due(ledger.machine(), now));
}

TEST(StateCommits, WaitAMinuteOnceOneIsRefused) {
  const LedgerBuilder ledger = LedgerBuilder::after("issued");
  StateCommits commits = by("operator");
  commits.heard(ledger::Admitted{});
  EXPECT_LT(*commits.due(ledger.machine(), now), StateCommits::Clock::now() + 1s);
  commits.heard(ledger::violates(api::LOG_8, "No room.").value());
  EXPECT_GT(*commits.due(ledger.machine(), now), StateCommits::Clock::now() + 50s);
}

}  // namespace
