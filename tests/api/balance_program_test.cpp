// itmo-audit balance as a person runs it, on what a real server answered: exit status and
// sentences.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "api/state_claims_text.hpp"
#include "tests/api/watched.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
using test_support::ScratchFolder;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct BalanceProgram : testing::Test {
  void SetUp() override {
    served.tell("used");
    folder.write("log.vkey", crypto::format_vkey(scene_log_key()) + "\n");
    ASSERT_TRUE(fetch("account", "/v1/accounts/XBA-FUND-XHA"));
    ASSERT_TRUE(fetch("unit", "/v1/units/XHA99:4008"));
  }
  // Keeps the proof of the state behind the newest event: its commitment is the log's last entry.
  bool fetch(const std::string& file, const std::string& target) {
    return comes_true([&] {
      const api::Response answer = served.get(target + "?proof=1");
      const auto claims = api::parse_state_claims(answer.body);
      const std::string last = std::to_string(served.server().size() - 1);
      if (!claims || claims->proof.find("\nindex " + last + "\n") == std::string::npos)
        return false;
      folder.write(file, answer.body);
      return true;
    });
  }
  ScratchFolder::Outcome check(const std::string& arguments) const {
    return folder.run("'" ITMO_BIN_DIR "/itmo-audit' balance " + arguments + " --key log.vkey");
  }
  void expect(const std::string& arguments, int status, const std::string& said) const {
    const auto outcome = check(arguments);
    EXPECT_EQ(outcome.status, status) << arguments << ": " << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr(said)) << arguments;
  }
  void alter(const std::string& what, const std::string& by) const {
    std::string text = folder.read("account");
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << text;
    folder.write("account", text.replace(at, what.size(), by));
  }

  Served served{[](api::Config& config) {
    config.state_key = "the scene's";
    config.commit_state_every = std::chrono::milliseconds(20);
  }};
  ScratchFolder folder;
};

TEST_F(BalanceProgram, SaysWhatIsProvenAndOfWhichState) {
  const auto outcome = check("account");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("PROVEN: account\n  Log         ledger.example/test\n"),
                    HasSubstr("  State       behind the first "),
                    HasSubstr("  * Account XBA-FUND-XHA of XBA-FUND, in the section of XHA")));
  EXPECT_EQ(outcome.output.find("Since then"), std::string::npos);
}

TEST_F(BalanceProgram, SaysHowManyEntriesTheServerHadBeyondTheState) {
  const std::string size = std::to_string(served.server().size());
  alter("\"size\":" + size, "\"size\":" + size + "0");
  expect("account", 0, "more, by the server's word: what they changed is not in this state");
}

TEST_F(BalanceProgram, AsksThatAProofIsAboutWhatIsWanted) {
  expect("account --account XBA-FUND-XHA", 0, "PROVEN");
  expect("account --account XBA-FUND-XBA", 1,
         "it holds, and says nothing of account XBA-FUND-XBA: ask the server for that");
  expect("account --unit XHA99:4008", 1, "says nothing of unit XHA99:4008");
  expect("account --party XHA", 1, "says nothing of party XHA");
  expect("account --authorization XHA-AUT-1", 1, "says nothing of authorization XHA-AUT-1");
  expect("unit --unit XHA99:4008", 0, "PROVEN");
  expect("unit --unit XHA99:1", 1, "says nothing of unit XHA99:1");
  expect("unit --unit 4008", 2, "--unit is a registry and a serial number, like XHA99:4008");
  ASSERT_TRUE(fetch("none", "/v1/units/XHA99:15001"));
  expect("none --unit XHA99:15001", 0, "serials 1 to 15,000 and none above");
  expect("none --unit XHA99:15001", 0, "So unit XHA99:15001 was not issued.");
  ASSERT_TRUE(fetch("lot", "/v1/units/XHA99:4008/entries"));
  expect("lot --unit XHA99:4008", 0, "PROVEN");
  expect("lot --unit XHA99:15000", 1, "says nothing of unit XHA99:15000");
  expect("none --unit XHA99:15000", 1, "says nothing of unit XHA99:15000");
}

TEST_F(BalanceProgram, TakesNoOptionThatSaysNothing) {
  for (const std::string option : {"account", "unit", "party", "log", "policy", "least"}) {
    expect("account --" + option + " \"$unset\"", 2, "--" + option);
  }
}

TEST_F(BalanceProgram, AsksThatAProofIsNewEnough) {
  const ledger::Seq size = served.server().size();
  expect("account --least " + std::to_string(size), 0, "PROVEN");
  expect("account --least " + std::to_string(size + 1), 1, "and you ask for one of at least");
  expect("account --least -1", 2, "--least");
  served.open_accounts(3);
  expect("account --log " + served.url(), 0, "it begins with this one, and has ");
}

TEST_F(BalanceProgram, ProvesNothingAgainstALogThatDoesNotGoOnFromIt) {
  Served other;
  other.tell("enrolled");
  expect("account --log " + other.url(), 1, "LOG-22");
  other.tell("used");
  other.open_accounts(60);
  expect("account --log " + other.url(), 1, "LOG-19");
}

TEST_F(BalanceProgram, AsksForTheCosignaturesOfAPolicy) {
  const TestWitness witness("w1");
  folder.write("policy", witness.policy_line() + "quorum w1\n");
  const auto outcome = check("account --policy policy");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, StartsWith("DEMONSTRATION")) << "the scene's log is one";
  EXPECT_THAT(
      outcome.output,
      HasSubstr("DOES NOT HOLD: account: the log key signed it, but the quorum is not met"));
}

TEST_F(BalanceProgram, CountsWhatAWatchingNodeCosignedOfTheSameCheckpoint) {
  const auto watched = folder.run(
      "'" ITMO_BIN_DIR "/itmo' keygen node.pem && '" ITMO_BIN_DIR "/itmo-audit' watch " +
      served.url() + " --key log.vkey --mirror node --cosigner node.pem --name w --once");
  ASSERT_EQ(watched.status, 0) << watched.output;
  const std::string before = "Witness key: ";
  const std::size_t at = watched.output.find(before) + before.size();
  folder.write("policy", "witness w " +
                             watched.output.substr(at, watched.output.find('\n', at) - at) +
                             "\nquorum w\n");
  expect("account --policy policy", 1, "the quorum is not met");
  expect("account --policy policy --log node", 0, "of the later checkpoint: Cosigned by w.");
}

TEST_F(BalanceProgram, SaysWhatAFileIsThatProvesNothing) {
  alter("\\\"held\\\":", "\\\"held\\\":1");
  expect("account", 1, "DOES NOT HOLD: account: claim 1: its proof does not lead to the root");
  folder.write("account", served.get("/v1/entries/3").body);
  expect("account", 1, "this is a receipt: check it with itmo-audit receipt");
  folder.write("account", served.get("/v1/accounts/NONE").body);
  expect("account", 1, "this is the server's answer that there is no proof: There is no account");
  folder.write("account", served.get("/v1/accounts/XBA-FUND-XHA").body);
  expect("account", 1, "ask the server with ?proof=1");
  folder.write("account", "");
  expect("account", 1, "it is empty: the server gave no proof");
  folder.write("account", "{\"commitment\":");
  expect("account", 1, "it was cut, or is another file");
  folder.write("account", std::string(8'000'001, ' '));
  expect("account", 2, "is longer than proofs can be");
  expect("nowhere", 2, "nowhere is no file");
  const auto receipt = folder.run("'" ITMO_BIN_DIR "/itmo-audit' receipt unit --key log.vkey");
  EXPECT_THAT(receipt.output, HasSubstr("check them with itmo-audit balance"));
  const auto audit = folder.run("'" ITMO_BIN_DIR "/itmo-audit' unit --key log.vkey");
  EXPECT_EQ(audit.status, 1);
  EXPECT_THAT(audit.output, HasSubstr("proofs of a balance by itmo-audit balance"));
}

}  // namespace
