// The demonstration that stays up: the running server that README's commands are tried on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using Json = nlohmann::json;

constexpr const char* mark = "DEMONSTRATION – not a record of any government";

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

TEST(StayingDemonstration, KeepsItsServerUpForReadmesCommandsAndStopsCleanly) {
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

TEST(StayingDemonstration, TheCommandLineProvesWhatTheServerAnswers) {
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
