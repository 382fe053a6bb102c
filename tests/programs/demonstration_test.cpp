// The demonstration as a newcomer runs it: one program, every figure to the unit, and the files
// that it leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/scratch.hpp"

namespace {

using test_support::ScratchFolder;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr const char* mark = "DEMONSTRATION – not a record of any government";

TEST(Demonstration, EndsWithEveryFigureToTheUnit) {
  const ScratchFolder folder;
  const auto told = folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json");
  ASSERT_EQ(told.status, 0) << told.output;
  const Json out = Json::parse(folder.read("out.json"));

  // Scenario A in units, with the real pairs and the airline beside it.
  EXPECT_EQ(out["totals"], (Json{{"issued", 15'000 + 11'733 + 51'633 + 3'000},
                                 {"held", 1'176 + 600 + 2'983 + 11'733 + 51'633 + 600},
                                 {"used", 10'000 + 2'000},
                                 {"cancelled", 241 + 400}}));
  const auto none = Json::object();
  EXPECT_EQ(out["parties"]["XHA"], (Json{{"issued", 15'000},
                                         {"first_transferred", {{"2026", 8'550}, {"2027", 2'867}}},
                                         {"used", none},
                                         {"adjusted", {{"2026", 8'550}, {"2027", 2'867}}}}));
  EXPECT_EQ(out["parties"]["XBA"], (Json{{"issued", 0},
                                         {"first_transferred", none},
                                         {"used", {{"2027", 10'000}}},
                                         {"adjusted", {{"2027", -10'000}}}}));
  EXPECT_EQ(out["parties"]["GHA"], (Json{{"issued", 11'733},
                                         {"first_transferred", {{"2024", 11'733}}},
                                         {"used", none},
                                         {"adjusted", none}}));
  EXPECT_EQ(out["parties"]["THA"],
            (Json{{"issued", 51'633},
                  {"first_transferred", {{"2022", 1'916}, {"2023", 20'000}, {"2024", 29'717}}},
                  {"used", none},
                  {"adjusted", none}}));
  // Used by the airline and cancelled for others: the host adds, nobody subtracts.
  EXPECT_EQ(out["parties"]["XCA"], (Json{{"issued", 3'000},
                                         {"first_transferred", {{"2028", 2'400}}},
                                         {"used", none},
                                         {"adjusted", {{"2028", 2'400}}}}));
  for (const char* party : {"VUT", "CHE"}) {
    EXPECT_EQ(
        out["parties"][party],
        (Json{{"issued", 0}, {"first_transferred", none}, {"used", none}, {"adjusted", none}}))
        << party;
  }
  std::map<std::string, Json> accounts;
  for (const Json& each : out["accounts"]) accounts[each["id"]] = each;
  EXPECT_EQ(accounts["KLIK-CHE"]["quantity"], 11'733 + 51'633);
  EXPECT_EQ(accounts["KLIK-CHE"]["participant"], "KLIK");
  EXPECT_EQ(accounts["KLIK-GHA"]["quantity"], 0);
  EXPECT_EQ(accounts["XBA-FUND-XBA"]["quantity"], 1'176);
  EXPECT_EQ(accounts["XBA-FUND-XHA"]["quantity"], 2'983);
  EXPECT_EQ(accounts["XHA-SHARE"]["quantity"], 600);
  EXPECT_EQ(accounts["XBA-AIR-XCA"]["quantity"], 600);

  // What it says on the way.
  EXPECT_THAT(told.output, testing::StartsWith(mark));
  EXPECT_THAT(told.output, HasSubstr("AUT-6. "));
  EXPECT_THAT(told.output, HasSubstr("ID-7. Missing: XBA"));
  EXPECT_THAT(told.output, HasSubstr("computed, not reported"));
  EXPECT_THAT(told.output, HasSubstr("VALID. "));
  EXPECT_THAT(told.output, HasSubstr("INVALID at entry "));
  EXPECT_THAT(told.output, HasSubstr("(synthetic"));

  // The files stay, and hold without the server.
  const std::string bundle = out["bundle"], vkey = out["vkey"];
  EXPECT_TRUE(std::filesystem::path(bundle).is_absolute());
  EXPECT_TRUE(std::filesystem::path(vkey).is_absolute());
  const auto audit =
      folder.run("'" ITMO_BIN_DIR "/itmo-audit' '" + bundle + "' --key '" + vkey + "' --json");
  ASSERT_EQ(audit.status, 0) << audit.output;
  const Json report = Json::parse(audit.output);
  EXPECT_EQ(report["checkpoint"]["root"], out["log"]["root"]);
  EXPECT_EQ(report["checkpoint"]["size"], out["log"]["size"]);

  // Each Party's annual report is there and says its mark in its name; any is made again.
  EXPECT_THAT(told.output,
              HasSubstr("XHA 2028: 6 first transfers, 10,467 units; 0 acquisitions, 0 units"));
  EXPECT_THAT(told.output,
              HasSubstr("XCA 2029: 1 first transfer, 2,000 units; 0 acquisitions, 0 units"));
  EXPECT_THAT(told.output,
              HasSubstr("XBA 2028: 0 first transfers, 0 units; 3 acquisitions, 10,246 units"));
  std::map<std::string, int> reports;
  std::string one;
  for (const auto& file : std::filesystem::directory_iterator(std::string(out["aef"]))) {
    const std::string name = file.path().filename();
    EXPECT_THAT(name, testing::StartsWith("DEMONSTRATION-"));
    if (!name.starts_with("DEMONSTRATION-AEF-")) continue;
    ++reports[name.substr(18, 8)];
    if (name.starts_with("DEMONSTRATION-AEF-XHA-2028") && name.ends_with(".xlsx"))
      one = file.path();
  }
  for (const char* each : {"GHA-2025", "CHE-2025", "XHA-2028", "XBA-2028", "XHA-2029", "XBA-2029",
                           "XCA-2029", "XCA-2030"}) {
    EXPECT_EQ(reports[each], 7) << each << ": JSON, five CSV, XLSX";
  }
  const auto again = folder.run("'" ITMO_BIN_DIR "/itmo-audit' '" + bundle + "' --key '" + vkey +
                                "' --aef '" + one + "'");
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("IDENTICAL"));
}

TEST(Demonstration, LeavesALogThatItmoReportsFrom) {
  const ScratchFolder folder;
  ASSERT_EQ(folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json").status, 0);
  const std::string log = " --log here/DEMONSTRATION-log --key here/log.vkey";
  const auto itmo = [&](const std::string& arguments) {
    return folder.run("'" ITMO_BIN_DIR "/itmo' " + arguments + log);
  };
  const auto aef = itmo(
      "aef --party XBA --year 2028 --out reports --format json "
      "--profile nomenclature-2026 --submission 1.1 --submitted 2029-04-15");
  ASSERT_EQ(aef.status, 0) << aef.output;
  EXPECT_THAT(aef.output, testing::StartsWith(mark));
  EXPECT_THAT(aef.output, HasSubstr("Table 3 Actions: 3 rows\n"));
  const std::size_t name = aef.output.find("reports/DEMONSTRATION-AEF-XBA-2028-v1.1-entry-");
  ASSERT_NE(name, std::string::npos) << aef.output;
  const std::string file = aef.output.substr(name, aef.output.find('\n', name) - name);
  EXPECT_EQ(Json::parse(folder.read(file))["profile"], "nomenclature-2026");

  const auto checked = itmo("precheck --party XBA --year 2028 --json");
  ASSERT_EQ(checked.status, 0) << checked.output;
  const Json checks = Json::parse(checked.output)["checks"];
  ASSERT_EQ(checks.size(), 3u) << "its own tables, against XHA's, and against XCA's";
  for (const Json& check : checks) {
    if (check.value("against", "") != "XHA") continue;
    EXPECT_EQ(check["result"], "Checked, no inconsistencies identified");
  }
  const auto early = itmo("precheck --party XHA --year 2031");
  EXPECT_EQ(early.status, 1) << early.output;
  EXPECT_THAT(early.output, HasSubstr("C14, Table 4 Holdings: The report is as of entry"));

  const auto summary = itmo("summary --party XHA --year 2027");
  EXPECT_EQ(summary.status, 0) << summary.output;
  EXPECT_THAT(summary.output, HasSubstr("by vintage\n    2026: 8550\n    2027: 2867\n"));
  EXPECT_EQ(itmo("summary --party XHA --year 2050").status, 2);

  const auto authorizations = itmo("authorizations --party XHA");
  EXPECT_EQ(authorizations.status, 0) << authorizations.output;
  EXPECT_THAT(authorizations.output, HasSubstr("remaining 8,583 units"));

  const auto due = itmo("due --party XHA --until 2031-12-31");
  EXPECT_EQ(due.status, 0) << due.output;
  EXPECT_THAT(due.output, HasSubstr("2031-04-15  Submit the annual information (AEF) of 2030."));
  EXPECT_THAT(itmo("due --party XHA --ics").output, testing::StartsWith("BEGIN:VCALENDAR\r\n"));
  EXPECT_EQ(itmo("due --party XHA --until soon").status, 2);
  EXPECT_THAT(itmo("due --party XHA --until 2034-01-01 --final-from 2030=2033-06-01").output,
              HasSubstr("2033-06-01  The adjustments of the NDC period that ends with 2030 become "
                        "final.\n"));
  for (const char* wrong : {"--final-from 2030", "--final-from 2030=soon",
                            "--biennial-report 2030=32", "--biennial-report 2030=2030"}) {
    EXPECT_EQ(itmo("summary --party XHA --year 2027 " + std::string(wrong)).status, 2) << wrong;
  }

  const auto statement = itmo("statement XBA-FUND");
  EXPECT_EQ(statement.status, 0) << statement.output;
  EXPECT_THAT(statement.output, HasSubstr("Held: 1,176 units"));
  const auto files = itmo("statement XBA-FUND --out reports");
  EXPECT_EQ(files.status, 0) << files.output;
  EXPECT_THAT(files.output, HasSubstr("reports/DEMONSTRATION-statement-XBA-FUND-entry-"));
  EXPECT_EQ(itmo("statement NOBODY").status, 2);
  EXPECT_EQ(itmo("aef --party XBA --year 2028 --out reports --at 100000").status, 2);
  for (const char* none : {"-1", "1.5", "+1", "99999999999999999999"}) {
    const auto refused = itmo("due --party XBA --at=" + std::string(none));
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.output, HasSubstr(std::string(none) + " is the number of no entry"));
  }

  const auto same = folder.run("'" ITMO_BIN_DIR
                               "/itmo' reconcile here/DEMONSTRATION-log "
                               "here/DEMONSTRATION-log --key here/log.vkey --out certificate.json");
  EXPECT_EQ(same.status, 0) << same.output;
  EXPECT_THAT(same.output, HasSubstr("81,366 units compared, 0 units differ."));
  EXPECT_EQ(Json::parse(folder.read("certificate.json"))["compared"], 81'366);
  EXPECT_EQ(folder
                .run("'" ITMO_BIN_DIR "/itmo' reconcile here/DEMONSTRATION-log "
                     "here/DEMONSTRATION-altered --key here/log.vkey")
                .status,
            1);

  const auto damaged = folder.run("'" ITMO_BIN_DIR
                                  "/itmo' statement XBA-FUND --log "
                                  "here/DEMONSTRATION-altered --key here/log.vkey");
  EXPECT_EQ(damaged.status, 1);
  EXPECT_THAT(damaged.output, HasSubstr("INVALID at entry "));
}

// What both governments' nodes say of a log and of an operator who deceives them, and the files
// that prove it.
TEST(Demonstration, HasAnOperatorWhoTampersCaughtByBothGovernments) {
  const ScratchFolder folder;
  const auto told = folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json");
  ASSERT_EQ(told.status, 0) << told.output;
  const Json out = Json::parse(folder.read("out.json"));
  EXPECT_THAT(told.output, HasSubstr("Cosigned by XHA, XBA. The quorum, both, is met."));
  EXPECT_THAT(told.output, HasSubstr("its times are told by those who"));
  EXPECT_THAT(told.output, Not(HasSubstr("not asked")));

  ASSERT_EQ(out["watchers"].size(), 2U);
  for (const Json& watcher : out["watchers"]) {
    const std::string name = watcher["name"];
    EXPECT_EQ(watcher["cosigned"], out["log"]["size"]) << name;
    ASSERT_EQ(watcher["evidence"].size(), 2U) << name;
    for (const Json& file : watcher["evidence"]) {
      const std::string with = "evidence '" + file.get<std::string>() + "' --key here/log.vkey ";
      const std::string log = "here/DEMONSTRATION-log";
      const auto first = folder.run("'" ITMO_BIN_DIR "/itmo-audit' " + with + "--log " + log);
      const auto second = folder.run("python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' " +
                                     with + "--log " + log);
      EXPECT_EQ(first.status, 0) << first.output;
      EXPECT_EQ(second.status, 0) << second.output;
      const char* clause = file == watcher["evidence"][0] ? "LOG-19. " : "USE-";
      EXPECT_THAT(first.output, HasSubstr("PROVEN: the log breaks " + std::string(clause)));
      EXPECT_THAT(second.output, HasSubstr("PROVEN: the log breaks " + std::string(clause)));
    }
    EXPECT_THAT(told.output, HasSubstr(name + "+")) << "its key";
  }
  EXPECT_EQ(out["watchers"][0]["name"], "witness.example/XHA");
  EXPECT_EQ(out["watchers"][1]["name"], "witness.example/XBA");

  // The copy that each node serves is the whole log.
  for (const char* party : {"XHA", "XBA"}) {
    const auto audit = folder.run("'" ITMO_BIN_DIR "/itmo-audit' here/DEMONSTRATION-watch-" +
                                  std::string(party) + " --key here/log.vkey --json");
    EXPECT_EQ(audit.status, 0) << audit.output;
    EXPECT_EQ(Json::parse(audit.output)["checkpoint"]["root"], out["log"]["root"]);
  }
}

TEST(Demonstration, GoesOnWhereTheSecondVerifierIsNotBesideThePrograms) {
  const ScratchFolder folder;
  const auto told = folder.run(
      "mkdir bin && cp '" ITMO_BIN_DIR "/itmo-demo' '" ITMO_BIN_DIR "/itmo-ledgerd' '" ITMO_BIN_DIR
      "/itmo-audit' bin && bin/itmo-demo --once --dir here --json out.json");
  ASSERT_EQ(told.status, 0) << told.output;
  EXPECT_THAT(told.output, HasSubstr("in no folder above this program: not asked."));
  EXPECT_THAT(told.output, HasSubstr("itmo-audit: PROVEN: the log breaks USE-"));
  EXPECT_THAT(told.output, Not(HasSubstr("verify.py: ")));
  EXPECT_EQ(Json::parse(folder.read("out.json"))["watchers"].size(), 2U);
}

TEST(Demonstration, RefusesADirectoryThatIsNotNew) {
  const ScratchFolder folder;
  folder.write("something", "else");
  const auto refused = folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir .");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.output, HasSubstr("is not empty"));
}

}  // namespace
