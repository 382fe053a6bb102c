// Every stream of spec/vectors/streams is borne out by the parts that a server and an auditor use;
// and the judge of streams notices what it has to.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/conformance/judge.hpp"
#include "tests/conformance/stream.hpp"
#include "tests/support/vectors.hpp"

namespace conformance {
namespace {

std::string path_of(const std::string& name) {
  return std::string(ITMO_SOURCE_DIR) + "/spec/vectors/" + name + ".json";
}

std::string text_at(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Json stream_in(const std::string& name) {
  return Json::parse(text_at(path_of(name)), nullptr, false);
}

std::string lines_of(const std::vector<std::string>& problems) {
  std::string all;
  for (const std::string& each : problems) all += each.substr(0, 2'000) + "\n";
  return all;
}

// ---- one test a file, as the files lie there ----

class Judged : public testing::Test {
 public:
  explicit Judged(std::string name) : name_(std::move(name)) {}
  void TestBody() override {
    const Json stream = stream_in(name_);
    ASSERT_FALSE(stream.is_discarded()) << name_ << " is no JSON";
    EXPECT_EQ(lines_of(problems_of(stream)), "");
  }

 private:
  std::string name_;
};

const bool registered = [] {
  for (const std::string& name : test_support::vector_files_in("streams")) {
    std::string test = name.substr(name.find('/') + 1);
    std::replace(test.begin(), test.end(), '-', '_');
    testing::RegisterTest("Streams", test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [name]() -> testing::Test* { return new Judged(name); });
  }
  return true;
}();

// ---- the files as a whole ----

// ITMO_WRITE_VECTORS=1 writes them instead.
TEST(Vectors, StreamsAreWhatTheirMakerMakes) {
  const bool write = std::getenv("ITMO_WRITE_VECTORS") != nullptr;
  std::set<std::string> made;
  for (const Stream& stream : all_streams()) {
    const std::string path = path_of("streams/" + stream.name());
    if (write) {
      std::filesystem::create_directories(std::filesystem::path(path).parent_path());
      std::ofstream(path, std::ios::binary) << stream.text();
    }
    EXPECT_TRUE(text_at(path) == stream.text())
        << path << " differs from what its maker makes today. If an answer was meant to change, "
        << "run this test with ITMO_WRITE_VECTORS=1 and read the difference.";
    made.insert("streams/" + stream.name());
  }
  for (const std::string& name : test_support::vector_files_in("streams")) {
    EXPECT_TRUE(made.contains(name)) << name << " is no longer made";
  }
}

TEST(Vectors, StreamsHaveRefusalsFiguresAndReports) {
  ASSERT_TRUE(registered);
  std::set<std::string> kinds;
  for (const std::string& name : test_support::vector_files_in("streams")) {
    const Json stream = stream_in(name);
    bool figures = false;
    for (const Json& step : stream["steps"]) {
      for (const auto& [member, value] : step.items()) kinds.insert(member);
      if (!step.contains("stands")) continue;
      figures = true;
      for (const auto& [member, value] : step["stands"].items()) kinds.insert(member);
    }
    EXPECT_TRUE(figures) << name;
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"about", "submission", "admitted", "clause", "stands",
                                          "reports", "reports_stay", "accounts", "activities",
                                          "parties", "authorizations", "findings", "reversals",
                                          "balances", "differing_reports"}));
}

// ---- the judge ----

// What the judge says of a stream with one thing changed.
std::string problems_after(const std::function<void(Json&)>& change) {
  Json stream = stream_in("streams/scenario-a");
  change(stream);
  return lines_of(problems_of(stream));
}

Json& first_with(Json& stream, const std::string& member) {
  for (Json& step : stream["steps"]) {
    if (step.contains(member)) return step;
  }
  ADD_FAILURE() << "no step has " << member;
  return stream;
}

TEST(Judge, NoticesAFigureThatIsNotSo) {
  const std::string told = problems_after([](Json& stream) {
    Json& accounts = first_with(stream, "stands")["stands"]["accounts"];
    accounts["XBA-FUND-XHA"] = accounts["XBA-FUND-XHA"].get<int>() + 1;
  });
  EXPECT_NE(told.find("accounts is"), std::string::npos) << told;
}

TEST(Judge, NoticesAnAccountThatIsLeftOut) {
  const std::string told = problems_after([](Json& stream) {
    first_with(stream, "stands")["stands"]["accounts"].erase("XBA-FUND-XHA");
  });
  EXPECT_NE(told.find("accounts is"), std::string::npos) << told;
}

TEST(Judge, NoticesAMemberThatItDoesNotKnow) {
  const std::string told = problems_after(
      [](Json& stream) { first_with(stream, "stands")["stands"]["weather"] = "fine"; });
  EXPECT_NE(told.find("weather is"), std::string::npos) << told;
}

TEST(Judge, NoticesARefusalByAnotherClause) {
  const std::string told =
      problems_after([](Json& stream) { first_with(stream, "clause")["clause"] = "TRF-1"; });
  EXPECT_NE(told.find("not \"TRF-1\""), std::string::npos) << told;
}

TEST(Judge, NoticesAnAlteredSubmission) {
  const std::string told = problems_after([](Json& stream) {
    first_with(stream, "admitted")["submission"]["event"]["body"]["quorum"] = 1;
  });
  EXPECT_NE(told.find("SIG-3"), std::string::npos) << told;
}

TEST(Judge, NoticesOneCellOfAReport) {
  const std::string told = problems_after([](Json& stream) {
    Json& report = *first_with(stream, "reports")["reports"].begin();
    report["tables"][2]["rows"][0]["cells"][1] = "Transfer";
  });
  EXPECT_NE(told.find("another report"), std::string::npos) << told;
}

TEST(Judge, NoticesAnotherRoot) {
  const std::string told =
      problems_after([](Json& stream) { stream["root"] = std::string(64, '0'); });
  EXPECT_NE(told.find("another root"), std::string::npos) << told;
}

}  // namespace
}  // namespace conformance
