// The acceptance scenarios through the HTTP API, to the unit: every stream of spec/vectors/streams,
// and what must hold of the first of them later.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/api/played.hpp"
#include "tests/support/vectors.hpp"

namespace api_test {
namespace {

class Through : public testing::Test {
 public:
  explicit Through(std::string name) : name_(std::move(name)) {}
  void TestBody() override {
    Played played(stream_named(name_));
    if (played.reports().empty()) return;
    const auto log = played.downloaded();
    for (const auto& [name, bytes] : played.reports()) {
      EXPECT_TRUE(report_from(log, name) == bytes) << name;
    }
  }

 private:
  std::string name_;
};

const bool registered = [] {
  for (const std::string& file : test_support::vector_files_in("streams")) {
    const std::string name = file.substr(file.find('/') + 1);
    std::string test = name;
    std::replace(test.begin(), test.end(), '-', '_');
    testing::RegisterTest("StreamsThroughHttp", test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [name]() -> testing::Test* { return new Through(name); });
  }
  return true;
}();

// Scenario A: the report of 2028 is filed as of an entry, and the year after goes on.
TEST(ScenarioA, TheReportOf2028HasTheSameBytesALongYearLater) {
  ASSERT_TRUE(registered);
  Played played(stream_named("scenario-a"));
  const auto log = played.downloaded();
  const Json host = played.served().get_json("/v1/parties/XHA/reports");
  int compared = 0;
  for (const auto& [name, bytes] : played.reports()) {
    if (name.find("-2028-") == std::string::npos) continue;
    EXPECT_TRUE(report_from(log, name) == bytes) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 4) << "two Parties, two profiles";
  ASSERT_EQ(host["reports"].size(), 2u);
  EXPECT_FALSE(host["reports"][1].contains("differs_by"));
}

// Scenario A: of what is due of 2027 the second statement clears the difference, the first stays.
TEST(ScenarioA, TheFirstStatementStaysReadable) {
  Played played(stream_named("scenario-a"));
  const Json now = played.served().get_json("/v1/parties/XHA");
  for (const Json& year : now["adjustments"]) {
    if (year["year"] != 2027) continue;
    EXPECT_EQ(year["due"]["first_transferred"], 2'867);
    EXPECT_EQ(year["difference"], 0);
    ASSERT_EQ(year["recorded"].size(), 2u);
    EXPECT_EQ(year["recorded"][0]["first_transferred"], 1'917);
    EXPECT_EQ(year["recorded"][1]["first_transferred"], 2'867);
  }
  const Json before = played.served().get_json("/v1/parties/XHA?at=2029-11-30T00:00:00.000Z");
  for (const Json& year : before["adjustments"]) {
    if (year["year"] == 2027) {
      EXPECT_EQ(year["difference"], 950);
    }
  }
}

// Scenario D (1): had the wrong holder moved one unit, the refusal names that entry.
TEST(ScenarioD, AVoidAfterAUnitMovedOnNamesTheEntryThatMovedIt) {
  const Json stream = stream_named("scenario-d");
  Served served;
  std::string moved_by;
  for (const Json& step : stream["steps"]) {
    if (!step.contains("submission")) continue;
    const Json& event = step["submission"]["event"];
    if (event["type"] == "entry.corrected" && step.contains("admitted")) {
      ledger::UnitsTransferred onwards = scene::transfer({{6'500, 6'500}}, 2027);
      onwards.from = {"WRONG-XBA", "XBA", "WRONG", "Fictional WRONG"};
      const api::Response moved = served.send(scene::act(
          "onwards", scene::story::at("2029-05-09T20:00:00.000Z"), onwards, {"WRONG", "XBA"}));
      ASSERT_EQ(moved.status, 201) << moved.body;
      moved_by = std::to_string(json_of(moved)["seq"].get<int>());
      const Json problem = json_of(served.post(step["submission"].dump()));
      EXPECT_EQ(problem.value("code", ""), "COR-4");
      EXPECT_NE(problem.value("detail", "").find("entry " + moved_by), std::string::npos)
          << problem;
      return;
    }
    const api::Response response = served.post(step["submission"].dump());
    ASSERT_EQ(response.status == 201, step.contains("admitted")) << response.body;
  }
  FAIL() << "the stream voids nothing";
}

}  // namespace
}  // namespace api_test
