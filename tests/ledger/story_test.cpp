// The ordinary year, walked through the Machine: every figure to the unit.
#include <gtest/gtest.h>

#include "api/story.hpp"
#include "ledger/codec.hpp"
#include "ledger/machine.hpp"

namespace {

using namespace ledger;
namespace story = api::story;

// The ledger after the ordinary year, with a note of what was refused.
struct OrdinaryYear : testing::Test {
  void SetUp() override {
    story::Cast cast = story::Cast::derived();
    story::Writer writer("ledger.example/story");
    writer.write("2020-11-23T08:00:00.000Z",
                 story::opening(cast, "ledger.example/story", {"XBA", "XHA"}),
                 {"operator", "XBA", "XHA"});
    story::tell_ordinary_year(writer, cast);
    for (story::Act& act : writer.acts()) {
      story::settle(act, machine.size());
      Result<Submission> sent = decode_submission(story::submission_of(act, cast, true));
      ASSERT_TRUE(sent) << sent.error().clause->id << ": " << sent.error().detail;
      Result<AuthenticEvent> event = authenticate(std::move(sent->signed_event));
      ASSERT_TRUE(event) << event.error().detail;
      const Machine before = machine;
      const Result<Effects> effects =
          machine.step(machine.make_entry(std::move(*event), *sent->time));
      if (act.refused_by.empty()) {
        ASSERT_TRUE(effects) << act.caption << ": " << effects.error().clause->id << ": "
                             << effects.error().detail;
      } else {
        ASSERT_FALSE(effects) << act.caption;
        EXPECT_EQ(effects.error().clause->id, act.refused_by) << effects.error().detail;
        EXPECT_EQ(machine, before) << "a refused event leaves everything as it was";
      }
    }
  }

  std::int64_t units_where(auto predicate) const {
    std::int64_t sum = 0;
    for (const Scope& scope : machine.state().scopes.rows()) {
      scope.units.for_each([&](const ledger::Run& run) {
        if (predicate(run.standing)) sum += run.range.quantity();
      });
    }
    return sum;
  }
  std::int64_t held_in(const Id& account) const {
    const Index index = *machine.state().accounts.find(account);
    return units_where(
        [&](const Standing& s) { return s.status == UnitStatus::held && s.account == index; });
  }
  PartyYear year(const Id& party, Year year) const {
    const auto it =
        machine.state().party_years.find({*machine.state().participants.find(party), year});
    return it == machine.state().party_years.end() ? PartyYear{} : it->second;
  }

  Machine machine;
};

TEST_F(OrdinaryYear, EveryUnitIsWhereTheScenarioSaysItIs) {
  EXPECT_EQ(held_in("XBA-FUND-XBA"), 1'176);
  EXPECT_EQ(held_in("XHA-SHARE"), 600);
  EXPECT_EQ(held_in("XBA-FUND-XHA"), 2'983);
  EXPECT_EQ(units_where([](const Standing& s) { return s.status == UnitStatus::used; }), 10'000);
  EXPECT_EQ(units_where([](const Standing& s) { return s.status == UnitStatus::cancelled; }), 241);
}

TEST_F(OrdinaryYear, FirstTransfersCountByVintageAndUsesByDeclaredYear) {
  EXPECT_EQ(year("XHA", 2026).first_transferred, 8'550);
  EXPECT_EQ(year("XHA", 2027).first_transferred, 2'867);
  EXPECT_EQ(year("XBA", 2027).used, 10'000);
  EXPECT_EQ(year("XHA", 2027).version, 2);
  EXPECT_EQ(year("XHA", 2027).recorded_first_transferred, 2'867);
}

TEST_F(OrdinaryYear, TheCapKnowsWhatIsFirstTransferred) {
  const Authorization* host = machine.state().authorizations.lookup("XHA-AUT-1");
  EXPECT_EQ(host->first_transferred, 8'550 + 2'867);
  const Authorization* buyer = machine.state().authorizations.lookup("XBA-AUT-1");
  EXPECT_EQ(buyer->acquired, 10'246 + 930);
}

}  // namespace
