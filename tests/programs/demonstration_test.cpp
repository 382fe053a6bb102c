// The demonstration as a newcomer runs it: one program, every figure to the unit, the files that it
// leaves, and the running server that README's commands are tried on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/itmo_bundle.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/bundle.hpp"
#include "tests/programs/readme.hpp"
#include "tests/support/scratch.hpp"

namespace {

using programs::commands_of_readme;
using test_support::ScratchFolder;
using testing::AllOf;
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

// A demonstration that stays up as long as the object lives.
class Staying {
 public:
  explicit Staying(const ScratchFolder& folder) : folder_(folder) {
    const auto started = folder.run(
        "'" ITMO_BIN_DIR
        "/itmo-demo' --dir here --ready-file ready >demo.log 2>&1 & echo $! >pid; "
        "for i in $(seq 1200); do [ -s ready ] && exit 0; sleep 0.1; done; cat demo.log; exit 1");
    EXPECT_EQ(started.status, 0) << started.output;
    std::istringstream lines(folder.read("ready"));
    std::getline(lines, url);
    std::getline(lines, vkey);
  }
  Staying(const Staying&) = delete;
  Staying& operator=(const Staying&) = delete;
  ~Staying() { (void)folder_.run("kill -KILL $(cat pid)"); }

  // Asks it to stop; the lines that it still printed.
  std::string stop() {
    const auto stopped = folder_.run(
        "kill -TERM $(cat pid); for i in $(seq 300); do kill -0 $(cat pid) 2>/dev/null || exit 0; "
        "sleep 0.1; done; exit 1");
    EXPECT_EQ(stopped.status, 0) << "it did not stop within half a minute";
    return folder_.read("demo.log");
  }

  std::string url, vkey;

 private:
  const ScratchFolder& folder_;
};

std::string number_of_entry(const std::string& log, const std::string& caption) {
  const std::size_t line = log.rfind('\n', log.find(caption));
  const std::size_t entry = log.find("entry ", line);
  return log.substr(entry + 6, log.find(' ', entry + 6) - entry - 6);
}

TEST(Demonstration, KeepsItsServerUpForReadmesCommandsAndStopsCleanly) {
  const ScratchFolder folder;
  Staying demo(folder);
  const std::string with = "URL=" + demo.url + "\n";

  const std::string transfer = number_of_entry(folder.read("demo.log"), "First transfer of 1,916");
  const auto checked = folder.run("mkdir a && cd a\n" + with + "N=" + transfer + "\n" +
                                  commands_of_readme("Check a transfer with openssl alone"));
  EXPECT_EQ(checked.status, 0) << checked.output;
  std::size_t verified = 0;
  for (std::size_t at = 0;
       (at = checked.output.find("Verified Successfully", at)) != std::string::npos; ++at) {
    ++verified;
  }
  EXPECT_EQ(verified, 3U) << checked.output;
  for (const char* signer : {"KLIK", "THA", "CHE"}) {
    const auto fingerprint = folder.run("openssl pkey -pubin -in here/keys/" + std::string(signer) +
                                        ".pub.pem -outform DER | sha256sum | cut -c1-64");
    EXPECT_THAT(checked.output, HasSubstr(fingerprint.output.substr(0, 64))) << signer;
  }
  const auto altered = folder.run(
      "cd a && sed -i 's/1916/1917/' signed && openssl pkeyutl -verify -pubin -keyform DER -inkey "
      "key.der -rawin -in signed -sigfile sig");
  EXPECT_NE(altered.status, 0) << "openssl notices one changed digit";

  const auto audited = folder.run("mkdir b && cd b && cp '" + demo.vkey + "' log.vkey\n" + with +
                                  commands_of_readme("Audit a log"));
  EXPECT_EQ(audited.status, 0) << audited.output;
  EXPECT_THAT(audited.output, HasSubstr("VALID."));
  const auto again = folder.run("cd b\n" + with + commands_of_readme("Audit a log"));
  EXPECT_EQ(again.status, 0) << again.output;

  const auto proven = folder.run("mkdir d && cd d && cp '" + demo.vkey + "' log.vkey\n" + with +
                                 commands_of_readme("Prove a balance"));
  EXPECT_EQ(proven.status, 0) << proven.output;
  EXPECT_THAT(
      proven.output,
      AllOf(HasSubstr("Account XBA-FUND-XBA of XBA-FUND"),
            HasSubstr("holds 1,176 units, 1,176 of them ITMOs"), HasSubstr("cancelled for OMGE"),
            HasSubstr("These hashes are of the lines of all 5 entries that concern it")));

  std::string watching = commands_of_readme("Watch a log");
  const std::size_t at = watching.find("--evidence proof");
  ASSERT_NE(at, std::string::npos) << watching;
  watching.insert(at, "--once ");
  const auto watched =
      folder.run("mkdir c && cd c && cp '" + demo.vkey + "' log.vkey\n" + with + watching);
  EXPECT_EQ(watched.status, 0) << watched.output;
  EXPECT_THAT(watched.output, HasSubstr("obey every rule: cosigned as witness.example/XHA."));

  const std::string log = demo.stop();
  EXPECT_THAT(log, HasSubstr("The server has stopped."));
  EXPECT_NE(folder.run("curl -fsS " + demo.url + "/livez").status, 0);
}

TEST(Demonstration, TheCommandLineProvesWhatTheServerAnswers) {
  const ScratchFolder folder;
  Staying demo(folder);
  const std::string itmo = "'" ITMO_BIN_DIR "/itmo' ";
  const std::string to = " --url " + demo.url;
  const std::string vkey = " --vkey '" + demo.vkey + "'";
  const auto must = [&](const std::string& arguments) {
    const auto done = folder.run(itmo + arguments);
    EXPECT_EQ(done.status, 0) << arguments << '\n' << done.output;
    return done.output;
  };

  // A receipt, checked offline; with one changed byte it no longer holds.
  must("get entry 0" + to + " --out opening.json");
  EXPECT_THAT(must("receipt opening.json" + vkey), HasSubstr("HOLDS. Entry 0 stands in the log"));
  Json receipt = Json::parse(folder.read("opening.json"));
  folder.write("entry", receipt["entry"].get<std::string>());
  folder.write("proof", receipt["proof"].get<std::string>());
  must("receipt --entry entry --proof proof" + vkey);
  std::string line = receipt["entry"];
  line[line.find("\"quorum\":") + 9]++;
  receipt["entry"] = line;
  folder.write("bad.json", receipt.dump());
  const auto bad = folder.run(itmo + "receipt bad.json" + vkey);
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.output, HasSubstr("DOES NOT HOLD"));

  // A submission that is refused: the refusal is signed, kept, and checked offline.
  folder.write("body.json", R"({"id":"ACC","holder":"XHA","party":"XHA","registry":"XHA99",)"
                            R"("kind":"holding"})");
  must(
      "event make --ledger demonstration.example/itmo-ledger --type account.opened --id M-1 "
      "--date 2031-02-02 --body body.json --out event");
  must("sign event --key here/keys/XHA.pem --out wrong --yes");
  const std::string sent = itmo + "submit wrong" + to + vkey + " --time 2031-02-02T10:00:00.000Z";
  const auto refused = folder.run(sent + " --out refusal.json");
  EXPECT_EQ(refused.status, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("Refused. ID-7. Missing: XHA's secretariat"));
  EXPECT_THAT(refused.output, HasSubstr("signed by the ledger's service key"));
  EXPECT_THAT(must("receipt refusal.json --service-key here/keys/service.pub.pem"),
              HasSubstr("HOLDS. The ledger demonstration.example/itmo-ledger refused event"));
  EXPECT_EQ(folder.run(itmo + "receipt refusal.json --service-key here/keys/XHA.pub.pem").status,
            1);

  // Signed by both it is recorded; the same again gets the same receipt.
  must(
      "event make --ledger demonstration.example/itmo-ledger --type account.opened --id M-2 "
      "--date 2031-02-02 --expires 2031-02-20T00:00:00.000Z --body body.json --out event");
  must("sign event --key here/keys/XHA.pem --out one --yes");
  must("sign one --key here/keys/XHA-CMO.pem --out both --yes");
  const std::string submit = "submit both" + to + vkey + " --time 2031-02-02T10:00:00.000Z --out ";
  const std::string recorded = must(submit + "first.json");
  EXPECT_THAT(recorded, HasSubstr("Recorded as entry "));
  EXPECT_THAT(must(submit + "second.json"), HasSubstr("Recorded before, as entry "));
  EXPECT_EQ(folder.read("first.json"), folder.read("second.json"));
  EXPECT_THAT(must("get account ACC" + to), HasSubstr("\"XHA\""));
  EXPECT_EQ(folder.run(itmo + "get account NONE" + to).status, 1);
  EXPECT_EQ(folder.run(itmo + "bundle copy" + to + " --vkey no-such-file").status, 2);

  // What the ledger says beside the bytes is labelled, and everything bears the mark.
  const std::string shown = must("show first.json" + to);
  EXPECT_THAT(shown, testing::StartsWith(mark));
  // At that entry, or at the commitment to the state that follows it.
  EXPECT_THAT(shown, testing::ContainsRegex("According to the ledger at entry 8[67]: key"));
  EXPECT_THAT(must("receipt first.json" + vkey), HasSubstr(mark));

  // A copy, brought up to date, and then altered on the disk: any byte of it is noticed.
  EXPECT_THAT(must("bundle copy" + to + vkey), AllOf(HasSubstr("agree"), HasSubstr(mark)));
  must("bundle copy" + to + vkey);
  const auto key = *crypto::parse_vkey(
      folder.read("here/log.vkey").substr(0, folder.read("here/log.vkey").size() - 1));
  const replay::DirectoryBundle copy(folder.file("copy"));
  EXPECT_TRUE(api::itmo::check_hashes(copy, key, std::nullopt));
  for (const char* part : {"tile/entries", "tile/0"}) {
    const auto found = folder.run("find copy/" + std::string(part) + " -type f | sort | head -1");
    const std::string file = found.output.substr(0, found.output.find('\n'));
    const std::string kept = folder.read(file);
    ASSERT_GT(kept.size(), 900U) << file;
    std::string altered = kept;
    altered[900] ^= 1;
    folder.write(file, altered);
    EXPECT_FALSE(api::itmo::check_hashes(copy, key, std::nullopt)) << file;
    folder.write(file, kept);
    EXPECT_TRUE(api::itmo::check_hashes(copy, key, std::nullopt)) << file;
  }
  const crypto::Checkpoint elsewhere{key.name, 3, crypto::Hash{}};
  EXPECT_THAT(api::itmo::check_hashes(copy, key, elsewhere).error(),
              HasSubstr("does not begin with"));
}

}  // namespace
