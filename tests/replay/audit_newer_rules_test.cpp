// A log whose Parties adopted a spec number that this program does not know: what stands before is
// judged, what follows is not, and that is no fault of the log.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "replay/audit.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using replay::AuditReport;

AuditReport audit(const MemoryBundle& bundle) {
  replay::Workers workers(1);
  return replay::audit(bundle, log_key(), {}, workers);
}

ledger::Entry adoption(std::int64_t number, const std::vector<std::string>& signers) {
  api::story::Writer writer(story_origin);
  writer.write("2030-01-01T00:00:00.000Z", ledger::SpecAdopted{number}, signers).event.id =
      "adoption";
  return ordinary_year().entry_for(writer.acts().front());
}

// The ordinary year, an entry behind it, and behind that a line of newer rules, which nobody here
// can read.
struct NewerRules : testing::Test {
  void go_on_with(const ledger::Entry& entry) {
    std::vector<std::string> lines = ordinary_year().lines();
    lines.push_back(entry.line);
    lines.emplace_back(R"({"event":{"type":"units.split"}})");
    lay_out(lines, story_origin, bundle);
  }
  const std::size_t size = ordinary_year().entries().size();
  MemoryBundle bundle;
};

TEST_F(NewerRules, AreNotJudgedAndNotCalledInvalid) {
  go_on_with(adoption(2, {"XBA", "XHA"}));
  const AuditReport report = audit(bundle);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::could_not_run) << replay::describe(report);
  EXPECT_FALSE(report.finding);
  EXPECT_EQ(report.newer_rules, size);
  EXPECT_EQ(report.entries, size);
  EXPECT_EQ(report.spec, 1);
  EXPECT_FALSE(report.totals);
  const std::string text = replay::describe(report);
  EXPECT_NE(text.find("adopt spec number 2; the newest that this program knows is 1"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Good before that, by spec number 1: " + std::to_string(size) + " entries"),
            std::string::npos)
      << text;
  const auto json = nlohmann::json::parse(replay::to_json(report));
  EXPECT_EQ(json["verdict"], "could not run");
  EXPECT_EQ(json["newer_rules"], size);
}

TEST_F(NewerRules, AreAdoptedByAQuorumOrTheLogIsBad) {
  go_on_with(adoption(2, {"XHA"}));
  const AuditReport report = audit(bundle);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid);
  EXPECT_EQ(report.finding->clause->id, "ID-7") << replay::describe(report);
  EXPECT_FALSE(report.newer_rules);
}

TEST_F(NewerRules, AreOfAHigherNumberOrTheLogIsBad) {
  go_on_with(adoption(1, {"XBA", "XHA"}));
  EXPECT_EQ(audit(bundle).finding->clause->id, "LED-8");
}

TEST_F(NewerRules, ABrokenTileBeforeThemIsBrokenByAnyRules) {
  go_on_with(adoption(2, {"XBA", "XHA"}));
  flip_bit(only_part(bundle, "tile/0/"), 0, 0);
  const AuditReport report = audit(bundle);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid) << replay::describe(report);
  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->clause->id, "LOG-15");
  EXPECT_EQ(report.reached, replay::Level::nothing);
  EXPECT_EQ(report.newer_rules, size);
  EXPECT_FALSE(report.totals);
}

}  // namespace
}  // namespace replay_test
