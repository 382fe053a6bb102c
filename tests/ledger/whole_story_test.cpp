// The story that the demonstration tells, walked through the Machine: real pairs and the ordinary
// year on one ledger.
#include <gtest/gtest.h>

#include "api/story.hpp"
#include "ledger/codec.hpp"
#include "ledger/machine.hpp"

namespace {

using namespace ledger;
namespace story = api::story;

struct WholeStory : testing::Test {
  void SetUp() override {
    story::Cast cast = story::Cast::derived();
    for (story::Act& act : story::tell_everything("demonstration.example/itmo", cast)) {
      step(act, cast);
    }
  }

  void step(story::Act& act, story::Cast& cast) {
    story::settle(act, machine.size());
    Result<AuthenticEvent> event = authenticate(story::signed_event_of(act, cast));
    ASSERT_TRUE(event) << event.error().detail;
    const auto effects = machine.step(machine.make_entry(std::move(*event), act.time));
    if (act.refused_by.empty()) {
      ASSERT_TRUE(effects) << act.caption << ": " << effects.error().clause->id << ": "
                           << effects.error().detail;
      EXPECT_EQ(effects->time, act.time) << act.caption << ": the entry has the story's time";
    } else {
      ASSERT_FALSE(effects) << act.caption;
      EXPECT_EQ(effects.error().clause->id, act.refused_by) << effects.error().detail;
    }
  }

  std::int64_t held_in(const Id& account) const {
    const Index index = *machine.state().accounts.find(account);
    std::int64_t sum = 0;
    for (const Scope& scope : machine.state().scopes.rows()) {
      scope.units.for_each([&](const ledger::Run& run) {
        const bool here = run.standing.status == UnitStatus::held && run.standing.account == index;
        if (here) sum += run.range.quantity();
      });
    }
    return sum;
  }
  PartyYear year(const Id& party, Year year) const {
    const auto& years = machine.state().party_years;
    const auto it = years.find({*machine.state().participants.find(party), year});
    return it == years.end() ? PartyYear{} : it->second;
  }

  Machine machine;
};

TEST_F(WholeStory, TheBuyerHoldsWhatTheRealPairsTransferred) {
  EXPECT_EQ(held_in("KLIK-CHE"), 11'733 + 1'916 + 49'717);
  EXPECT_EQ(held_in("KLIK-GHA"), 0);
  EXPECT_EQ(held_in("KLIK-THA"), 0);
  EXPECT_EQ(held_in("XBA-FUND-XBA"), 1'176);
}

TEST_F(WholeStory, TheRealPairsOweAdjustmentsThatNobodyRecorded) {
  EXPECT_EQ(year("GHA", 2024).first_transferred, 11'733);
  EXPECT_EQ(year("THA", 2022).first_transferred, 1'916);
  EXPECT_EQ(year("THA", 2023).first_transferred, 20'000);
  EXPECT_EQ(year("THA", 2024).first_transferred, 29'717);
  for (const char* party : {"GHA", "THA", "VUT", "CHE"}) {
    for (Year each = 2020; each <= 2030; ++each) EXPECT_EQ(year(party, each).version, 0);
  }
}

TEST_F(WholeStory, VanuatuIsAuthorizedAndNothingOfItIsIssued) {
  EXPECT_NE(machine.state().authorizations.lookup("VUT-CHE-BY-VUT"), nullptr);
  EXPECT_NE(machine.state().authorizations.lookup("VUT-CHE-BY-CHE"), nullptr);
  EXPECT_EQ(machine.state().scopes.lookup("VUT99"), nullptr);
}

TEST_F(WholeStory, NobodySubtractsWhatTheAirlineUsed) {
  EXPECT_EQ(year("XCA", 2028).first_transferred, 2'400);
  EXPECT_EQ(year("XCA", 2028).version, 1);
  EXPECT_EQ(held_in("XBA-AIR-XCA"), 600);
  for (const char* party : {"XCA", "XBA"}) EXPECT_EQ(year(party, 2028).used, 0);
}

TEST(Story, TimesNeverGoBackwardsOnTheMergedLedger) {
  story::Cast cast = story::Cast::derived();
  const auto acts = story::tell_everything("demonstration.example/itmo", cast);
  for (std::size_t i = 1; i < acts.size(); ++i) EXPECT_LE(acts[i - 1].time, acts[i].time);
  EXPECT_TRUE(std::holds_alternative<LedgerOpened>(acts.front().event.body));
}

}  // namespace
