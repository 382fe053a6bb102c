// Outcomes in another metric than tonnes: what audits, views and reports say of XCA's MWh of 2029,
// all of which XBA acquires and uses. The figures are those of the field's example of 2/CMA.3,
// annex, paragraph 9: 2,500,000 − 120,000 and 900,000 + 120,000.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/aef_check.hpp"
#include "replay/audit.hpp"
#include "replay/authorization_summary.hpp"
#include "replay/statement.hpp"
#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;
using replay::AefProfile;
using replay::AefTable;
using testing::HasSubstr;
using testing::IsEmpty;

const scene::Signers xca{"XCA", "XCA-2"};

// XBA holds all of 1 to 120,000 in the end: the last of them by way of XHA.
const Walked& sold() {
  static const Walked all = [] {
    Walked walked("measured");
    UnitsIssued more = scene::wind_issuance();
    more.lots = {{1'001, 120'000, 2029, {}}};
    more.quantity = 119'000;
    UnitsTransferred onward = scene::wind_transfer({{401, 600}}, "XBA");
    onward.from = {"XHA-MWH-XHA", "XHA", "XHA", "Government of XHA"};
    walked.given("2030-08-01T09:00:00.000Z", more, xca)
        .given("2030-08-02T09:00:00.000Z", scene::wind_transfer({{601, 120'000}}, "XBA"),
               {"XCA", "XCA-2", "XBA"})
        .given("2030-08-03T09:00:00.000Z", onward, {"XHA", "XHA-CMO", "XBA"})
        .given("2030-09-01T09:00:00.000Z", scene::wind_use({{1, 120'000}}, "XBA"), {"XBA"})
        .given("2031-01-05T09:00:00.000Z",
               InventoryReported{"XCA", 2029, 1, scene::megawatt_hours, 2'500'000, {}}, xca)
        .given("2031-01-05T10:00:00.000Z",
               InventoryReported{"XBA", 2029, 1, scene::megawatt_hours, 900'000, {}}, {"XBA"});
    return walked;
  }();
  return all;
}

replay::SummaryYear year_of_2029(const Id& party) {
  const auto summary = replay::make_summary(sold().books(), party, 2029, {});
  EXPECT_TRUE(summary && !summary->years.empty());
  return summary && !summary->years.empty() ? summary->years.front() : replay::SummaryYear{};
}

TEST(OtherMetric, TheHostsIndicatorIsLessWhatItFirstTransferred) {
  const replay::SummaryYear year = year_of_2029("XCA");
  EXPECT_EQ(year.first_transferred, 120'000);
  EXPECT_EQ(year.adjustment, (Fraction{120'000, 1}));
  EXPECT_EQ(year.balance, (Fraction{2'380'000, 1}));
}

TEST(OtherMetric, TheBuyersIndicatorIsMoreByWhatItUsed) {
  const replay::SummaryYear year = year_of_2029("XBA");
  EXPECT_EQ(year.used, 120'000);
  EXPECT_EQ(year.adjustment, (Fraction{-120'000, 1}));
  EXPECT_EQ(year.balance, (Fraction{1'020'000, 1}));
}

TEST(OtherMetric, ASummarySaysInWhatItCounts) {
  const std::string text = replay::describe(*replay::make_summary(sold().books(), "XCA", 2029, {}));
  EXPECT_THAT(text, HasSubstr("indicator of the NDC in MWh of renewable electricity"));
}

TEST(OtherMetric, AnAnnualReportHasTheMetricAndTheTonnesThatItStandsFor) {
  const replay::Aef aef = aef_of(sold().books(), "XCA", 2030);
  ASSERT_EQ(aef.rows(AefTable::actions).size(), 4U) << "three first transfers, of two lots";
  EXPECT_EQ(text_at(aef, AefTable::actions, 0, "Metric"), "non-GHG");
  EXPECT_EQ(text_at(aef, AefTable::actions, 0, "Applicable GWP value(s)"), "NA");
  EXPECT_EQ(text_at(aef, AefTable::actions, 0, "Applicable non-GHG metric"),
            "MWh of renewable electricity");
  EXPECT_EQ(text_at(aef, AefTable::actions, 0, "Quantity (in non-GHG metric)"), "400");
  EXPECT_EQ(text_at(aef, AefTable::actions, 0, "Quantity (t CO2 eq)"), "232") << "232.8 t";
  EXPECT_EQ(sum_of(aef, AefTable::actions, "Quantity (in non-GHG metric)"), 120'000);
}

// But that XBA acquires without an authorization of its own, which the approach allows.
std::vector<std::string> findings_of(const replay::Aef& aef) {
  std::vector<std::string> out;
  for (const auto& finding : replay::check_aef(aef).findings) {
    if (finding.remark || finding.sentence.starts_with("\"Authorization ID\"")) continue;
    out.push_back(finding.check + " " + finding.place + ": " + finding.sentence);
  }
  return out;
}

TEST(OtherMetric, TheReportsOfBothPartiesAreConsistent) {
  for (const AefProfile profile : {AefProfile::carp_checker, AefProfile::nomenclature_2026}) {
    const replay::Aef host = aef_of(sold().books(), "XCA", 2030, profile);
    const replay::Aef buyer = aef_of(sold().books(), "XBA", 2030, profile);
    EXPECT_THAT(findings_of(host), IsEmpty());
    EXPECT_THAT(findings_of(buyer), IsEmpty());
    EXPECT_THAT(replay::check_across(host, buyer).findings, IsEmpty());
  }
}

TEST(OtherMetric, AStatementNamesTheMetricOfAnAccount) {
  const std::string text = replay::to_text(*replay::make_statement(sold().books(), "XBA", {}));
  EXPECT_THAT(text, HasSubstr("Account XBA-MWH-XBA, section of XBA, registry XBA99, metric MWh of "
                              "renewable electricity, opened by entry"));
  EXPECT_THAT(text, HasSubstr("Account XBA-SHARE, section of XBA, registry XBA99, opened by"));
}

TEST(OtherMetric, TotalsAreCountedAccountByAccount) {
  const replay::Totals totals = replay::totals_of(sold().machine().state());
  EXPECT_EQ(totals.all, (replay::Tally{120'000, 0, 120'000, 0}));
}

}  // namespace
}  // namespace replay_test
