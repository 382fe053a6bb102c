// itmo rules what-if on the log that the demonstration leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/scratch.hpp"

namespace {

using test_support::ScratchFolder;
using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

// The lines of an entry bundle, each behind its length in two bytes (C2SP tlog-tiles).
std::vector<std::string> lines_of(const std::string& bundle) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at + 2 <= bundle.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bundle[i]); };
    const std::size_t size = byte(at) * 256U + byte(at + 1);
    lines.push_back(bundle.substr(at + 2, size));
    at += 2 + size;
  }
  return lines;
}

// The event by which the approach of the ordinary year adopts its rules.
Json adopted_rules(const ScratchFolder& folder) {
  const std::string file =
      folder.run("find here/DEMONSTRATION-log/tile/entries -type f | sort | head -1").output;
  for (const std::string& line : lines_of(folder.read(file.substr(0, file.find('\n'))))) {
    Json event = Json::parse(line)["event"];
    if (event["type"] == "approach.rules_adopted" && event["body"]["deductions"].size() == 2) {
      return event;
    }
  }
  ADD_FAILURE() << "the demonstration adopts rules with two deductions";
  return {};
}

TEST(WhatIfCommand, ListsWhatWouldDifferBeforeAnyoneSigns) {
  const ScratchFolder folder;
  ASSERT_EQ(folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json").status, 0);
  const auto what_if = [&](const std::string& arguments) {
    return folder.run("'" ITMO_BIN_DIR "/itmo' rules what-if " + arguments +
                      " --log here/DEMONSTRATION-log --key here/log.vkey");
  };
  Json event = adopted_rules(folder);
  folder.write("same", event.dump());
  const auto same = what_if("same");
  EXPECT_EQ(same.status, 0) << same.output;
  EXPECT_THAT(same.output, StartsWith("DEMONSTRATION – not a record of any government\n"));
  EXPECT_THAT(same.output, HasSubstr("Nothing would differ"));

  for (Json& line : event["body"]["deductions"]) {
    if (line["kind"] == "omge") line["rate_bp"] = 300;
  }
  folder.write("higher", event.dump());
  const auto higher = what_if("higher");
  EXPECT_EQ(higher.status, 0) << higher.output;
  EXPECT_THAT(higher.output, HasSubstr("proceeds.deducted: PRO-"));
  EXPECT_THAT(higher.output,
              HasSubstr("XHA, first transferred of vintage 2026: now 8,550 units, then 0 units"));
  EXPECT_THAT(higher.output, HasSubstr("XHA 2028, Table 3 Actions, only now: 20/11/2028 | "));
  const auto in_json = what_if("higher --json");
  EXPECT_EQ(in_json.status, 0);
  const Json report = Json::parse(in_json.output);
  EXPECT_EQ(report["replaced"], 1);
  EXPECT_EQ(report["differs"], true);
  EXPECT_EQ(report["refused"][0]["type"], "proceeds.deducted");

  event["body"]["deductions"].push_back(event["body"]["deductions"][0]);
  folder.write("impossible", event.dump());
  const auto impossible = what_if("impossible");
  EXPECT_EQ(impossible.status, 1) << impossible.output;
  EXPECT_THAT(impossible.output, HasSubstr("The proposed rules could not have been adopted"));

  event["body"]["approach"] = "nowhere";
  folder.write("nowhere", event.dump());
  EXPECT_EQ(what_if("nowhere").status, 2);
  EXPECT_EQ(what_if("here/log.vkey").status, 2);
}

}  // namespace
