// A good log is proven at every level, at every size, with the figures of the story.
#include "replay/audit.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using replay::AuditReport;
using replay::Level;

AuditReport audit(const replay::BundleReader& bundle, const replay::Trust& trust = {},
                  unsigned threads = 1, const replay::AuditLimits& limits = {}) {
  replay::Workers workers(threads);
  return replay::audit(bundle, log_key(), trust, workers, limits);
}

AuditReport audit_of(const ToldLog& log) {
  MemoryBundle bundle;
  lay_out(log, bundle);
  return audit(bundle);
}

template <class Rows>
const auto& row_of(const Rows& rows, const std::string& id) {
  return *std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
}

TEST(Audit, ProvesTheOrdinaryYearAtEveryLevel) {
  const AuditReport report = audit_of(ordinary_year());
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.reached, Level::checkpoint);
  EXPECT_FALSE(report.finding);
  EXPECT_EQ(report.entries, ordinary_year().entries().size());
  EXPECT_EQ(report.checkpoint->root, ordinary_year().machine().tree().root);
  EXPECT_EQ(report.opening, ordinary_year().entries().front().leaf);
  EXPECT_EQ(report.last_time, ordinary_year().machine().time());
}

TEST(Audit, AddsTheUnitsUpAsTheScenarioSays) {
  const AuditReport report = audit_of(ordinary_year());
  ASSERT_TRUE(report.totals);
  const replay::Totals& totals = *report.totals;
  EXPECT_EQ(totals.all, (replay::Tally{15'000, 4'759, 10'000, 241}));
  EXPECT_EQ(row_of(totals.accounts, "XBA-FUND-XBA").quantity, 1'176);
  EXPECT_EQ(row_of(totals.accounts, "XHA-SHARE").quantity, 600);
  EXPECT_EQ(row_of(totals.accounts, "XBA-FUND-XHA").quantity, 2'983);
  EXPECT_EQ(row_of(totals.accounts, "XBA-FUND-XBA").participant, "XBA-FUND");
  EXPECT_EQ(row_of(totals.activities, "XHA-STOVES").tally, totals.all);
  EXPECT_EQ(totals.vintages.at(2026).issued, 9'000);
  EXPECT_EQ(totals.vintages.at(2027).issued, 6'000);
  const replay::PartyTotal& host = row_of(totals.parties, "XHA");
  EXPECT_EQ(host.issued, 15'000);
  EXPECT_EQ(host.held, 3'583);
  EXPECT_EQ(host.cancelled, 241);
  EXPECT_EQ(host.first_transferred,
            (std::map<ledger::Year, std::int64_t>{{2026, 8'550}, {2027, 2'867}}));
  EXPECT_EQ(host.adjustments.at(2027), (replay::RecordedYear{2, 2'867, 0}));
  const replay::PartyTotal& buyer = row_of(totals.parties, "XBA");
  EXPECT_EQ(buyer.held, 1'176);
  EXPECT_EQ(buyer.used, 10'000);
  EXPECT_EQ(buyer.used_for, (std::map<ledger::Year, std::int64_t>{{2027, 10'000}}));
}

TEST(Audit, ProvesEveryBeginningOfALogWithTheFiguresOfThen) {
  const ToldLog& log = ordinary_year();
  const std::vector<std::string> lines = log.lines();
  for (std::size_t size = 0; size <= lines.size(); ++size) {
    MemoryBundle bundle;
    lay_out({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(size)}, log.origin(),
            bundle);
    const AuditReport report = audit(bundle);
    ASSERT_EQ(report.verdict, AuditReport::Verdict::valid) << size << replay::describe(report);
    EXPECT_EQ(report.entries, size);
    EXPECT_EQ(report.totals, replay::totals_of(log.machine_at(size).state())) << size;
    const replay::Tally& all = report.totals->all;
    EXPECT_EQ(all.issued, all.held + all.used + all.cancelled) << size;
  }
}

TEST(Audit, ComparesTilesOfEveryLevel) {
  const AuditReport report = audit_of(long_log(600));
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.entries, 600u);
}

TEST(Audit, SaysTheSameWithAnyNumberOfThreadsAndAnyBatch) {
  MemoryBundle bundle;
  lay_out(long_log(600), bundle);
  const std::string expected = replay::to_json(audit(bundle));
  EXPECT_EQ(replay::to_json(audit(bundle, {}, 2)), expected);
  EXPECT_EQ(replay::to_json(audit(bundle, {}, 4, {1, 1})), expected);
  EXPECT_EQ(replay::to_json(audit(bundle, {}, 3, {0, 0})), expected);
  flip_in_entry(bundle, 411, 20, 1);
  const std::string damaged = replay::to_json(audit(bundle));
  EXPECT_NE(damaged.find("\"entry\":411"), std::string::npos) << damaged;
  EXPECT_EQ(replay::to_json(audit(bundle, {}, 4, {1, 1})), damaged);
}

TEST(Audit, TakesAFullTileWhereThePartialOneIsGone) {
  const ToldLog& log = long_log(300);
  MemoryBundle bundle;
  lay_out(log, bundle);
  bundle.parts["checkpoint"] = checkpoint_of(log, 200);
  const AuditReport report = audit(bundle);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.entries, 200u);
}

TEST(Audit, MarksADemonstrationInBothForms) {
  const AuditReport report = audit_of(ordinary_year());
  EXPECT_TRUE(report.demonstration);
  const std::string mark = "DEMONSTRATION – not a record of any government";
  EXPECT_TRUE(replay::describe(report).starts_with(mark));
  EXPECT_EQ(nlohmann::json::parse(replay::to_json(report))["demonstration"], mark);
}

TEST(Audit, GivesTheSameFiguresAsJson) {
  const auto json = nlohmann::json::parse(replay::to_json(audit_of(ordinary_year())));
  EXPECT_EQ(json["verdict"], "valid");
  EXPECT_EQ(json["level"], "checkpoint");
  EXPECT_EQ(json["checkpoint"]["size"], ordinary_year().entries().size());
  const auto units =
      nlohmann::json{{"issued", 15'000}, {"held", 4'759}, {"used", 10'000}, {"cancelled", 241}};
  EXPECT_EQ(json["totals"]["units"], units);
  EXPECT_EQ(json["totals"]["parties"][1]["id"], "XHA");
  EXPECT_EQ(
      json["totals"]["parties"][1]["adjustments"][1],
      (nlohmann::json{{"year", 2027}, {"version", 2}, {"first_transferred", 2'867}, {"used", 0}}));
  EXPECT_FALSE(json.contains("finding"));
}

TEST(Audit, GivesFiguresToPeopleInWordsAndGroups) {
  const std::string text = replay::describe(audit_of(ordinary_year()));
  for (const char* piece :
       {"VALID. The log holds at every level: format, signatures, chain, rules, root, checkpoint.",
        "15,000 issued = 4,759 held + 10,000 used + 241 cancelled",
        "first transferred of vintage 2026: 8,550", "used towards its NDC for 2027: 10,000",
        "adjustment of 2027, version 2: first transferred 2,867 less used 0 = 2,867"}) {
    EXPECT_NE(text.find(piece), std::string::npos) << piece << "\nin\n" << text;
  }
}

TEST(Audit, OfAnEmptyLogIsValidAndHasNothingToCount) {
  MemoryBundle bundle;
  lay_out(std::vector<std::string>{}, story_origin, bundle);
  const AuditReport report = audit(bundle);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_FALSE(report.demonstration);
  EXPECT_FALSE(report.opening);
  EXPECT_EQ(report.totals, replay::Totals());
}

}  // namespace
}  // namespace replay_test
