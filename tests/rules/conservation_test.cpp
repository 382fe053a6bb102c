// The check of conservation notices what it has to; simulations and random histories rest on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/conservation.hpp"
#include "tests/support/ledger_builder.hpp"
#include "tests/support/story_log.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::broken_conservation;
using test_support::LedgerBuilder;
using testing::HasSubstr;
namespace scene = test_support::scene;

TEST(Conservation, HoldsInEverySetup) {
  for (const scene::Setup& setup : scene::setups()) {
    EXPECT_EQ(broken_conservation(LedgerBuilder::after(setup.name).state()), "") << setup.name;
  }
}

TEST(Conservation, HoldsAfterARevocation) {
  LedgerBuilder ledger = LedgerBuilder::after("used");
  ledger.given(scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_EQ(broken_conservation(ledger.state()), "");
}

// The history that simulations send: units end in every way, and each entry is admitted.
TEST(Conservation, HoldsAfterEveryEntryOfTheSimulatedHistory) {
  Machine machine;
  for (ledger::Arrival& arrival : test_support::story_arrivals(90)) {
    const Result<Effects> effects =
        machine.step(machine.make_entry(std::move(arrival.event), arrival.time));
    ASSERT_TRUE(effects) << effects.error().clause->id << " " << effects.error().detail;
    ASSERT_EQ(broken_conservation(machine.state()), "") << "entry " << effects->seq;
  }
  EXPECT_TRUE(machine.state().authorizations.lookup("XHA-AUT-1")->revoked);
}

TEST(Conservation, NoticesAUnitThatWasIssuedAndIsNowhere) {
  State state = LedgerBuilder::after("used").state();
  ++state.lots.back().last;
  EXPECT_THAT(broken_conservation(state), HasSubstr("activity XHA-STOVES, vintage 2027"));
}

TEST(Conservation, NoticesAUnitOfAnotherLot) {
  State state = LedgerBuilder::after("used").state();
  --state.lots.front().last;
  EXPECT_THAT(broken_conservation(state), HasSubstr("a run reaches beyond its lot"));
}

TEST(Conservation, NoticesWhatRestsOnAnAuthorization) {
  State state = LedgerBuilder::after("used").state();
  ++state.authorizations[0].issued;
  EXPECT_THAT(broken_conservation(state), HasSubstr("authorization XHA-AUT-1"));
}

}  // namespace
