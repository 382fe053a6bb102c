// Scenario A, the ordinary year: what stands at the end of each of its stages, to the unit.
#include <gtest/gtest.h>

#include <map>

#include "api/story.hpp"
#include "tests/support/ledger_builder.hpp"

namespace {

using namespace ledger;
using test_support::Answer;
using test_support::LedgerBuilder;
namespace story = api::story;

// The story, told until a moment; with what its entries of each year did.
class Year : public testing::Test {
 protected:
  void tell_until(std::string_view end) {
    story::Cast cast = story::Cast::derived();
    story::Writer writer("ledger.example/story");
    story::tell_opening(writer, cast);
    story::tell_ordinary_year(writer, cast);
    for (story::Act& act : writer.acts()) {
      if (story::at(end) <= act.time) return;
      story::settle(act, ledger.machine().size());
      Machine machine = ledger.machine();
      const Answer answer = ledger.send(act);
      ASSERT_EQ(answer.clause, act.refused_by) << act.caption << ": " << answer;
      if (answer.admitted()) note(*answer.effects);
    }
  }

  // First-transfer rows of a year: blocks of one standing, each in the entry that made it so.
  void note(const Effects& effects) {
    const int year = year_of(date_of(effects.time));
    for (const UnitEffect& effect : effects.units) {
      if (!effect.first_transfer) continue;
      ++first_transfer_rows[year];
      first_transferred[year] += effect.range.quantity();
      if (effect.after.status == UnitStatus::held) sold[year] += effect.range.quantity();
    }
  }

  [[nodiscard]] std::int64_t units_that_are(UnitStatus status) const {
    return ledger.units_that_are(status);
  }

  LedgerBuilder ledger;
  std::map<int, std::int64_t> first_transfer_rows, first_transferred, sold;
};

TEST_F(Year, ItsActivityIsRegisteredOnceBothAuthorizationsAreInEffect) {
  tell_until("2027-03-01T00:00:00.000Z");
  EXPECT_EQ(ledger.state().cycles.lookup("XHA-STOVES")->registered, 0) << "02-20 was refused";
  const auto effective = [&](const char* id) {
    return format_timestamp(ledger.state().authorizations.lookup(id)->effective);
  };
  EXPECT_EQ(effective("XHA-AUT-1"), "2027-02-09T10:00:00.000Z");
  EXPECT_EQ(effective("XBA-AUT-1"), "2027-02-24T10:00:00.000Z");
}

TEST_F(Year, WhatIsIssuedIsExactlyWhatWasVerified) {
  tell_until("2028-11-20T00:00:00.000Z");
  EXPECT_EQ(ledger.state().cycles.lookup("XHA-STOVES")->registered, 1);
  const Monitoring& report = *ledger.state().monitorings.lookup("XHA-MON-1");
  EXPECT_EQ(report.verified, (std::vector<VintageQuantity>{{2026, 9'000}, {2027, 6'000}}));
  EXPECT_EQ(report.issued, report.verified);
}

TEST_F(Year, NothingIsAnItmoBecauseItIsIssued) {
  tell_until("2028-11-20T00:00:00.000Z");
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 15'000);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 0);
  EXPECT_EQ(first_transfer_rows[2028], 0);
}

TEST_F(Year, AtTheEndOf2028TheFirstTwoTransfersStand) {
  tell_until("2029-01-01T00:00:00.000Z");
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 8'550);
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 1'917);
  const Authorization& host = *ledger.state().authorizations.lookup("XHA-AUT-1");
  EXPECT_EQ(*host.cap - host.first_transferred, 9'533);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XBA"), 10'246);
  EXPECT_EQ(units_that_are(UnitStatus::cancelled), 221);
  EXPECT_EQ(ledger.held_in("XHA-SHARE"), 550);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 3'983);
}

TEST_F(Year, TheHostReports2028InSixRows) {
  tell_until("2029-01-01T00:00:00.000Z");
  EXPECT_EQ(first_transfer_rows[2028], 6);
  EXPECT_EQ(first_transferred[2028], 10'467);
  EXPECT_EQ(sold[2028], 10'246);
}

TEST_F(Year, ALaterTransferOfAnOldVintageMakesTheYearDueAnew) {
  tell_until("2029-11-16T00:00:00.000Z");
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 2'867);
  EXPECT_EQ(ledger.year("XHA", 2027).recorded_first_transferred, 1'917);
}

TEST_F(Year, InTheEndEveryUnitIsSomewhere) {
  tell_until("2030-01-01T00:00:00.000Z");
  EXPECT_EQ(units_that_are(UnitStatus::used), 10'000);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XBA"), 1'176);
  EXPECT_EQ(units_that_are(UnitStatus::cancelled), 241);
  EXPECT_EQ(ledger.held_in("XHA-SHARE"), 600);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 2'983);
  EXPECT_EQ(ledger.year("XHA", 2027).recorded_first_transferred, 2'867);
  EXPECT_EQ(ledger.year("XBA", 2027).recorded_used, 10'000);
  EXPECT_EQ(sold[2029], 930);
}

}  // namespace
