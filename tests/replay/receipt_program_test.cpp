// itmo-audit receipt as a person runs it: exit status and sentences.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "crypto/cosignature.hpp"
#include "replay/evidence_make.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/static_site.hpp"

namespace replay_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct ReceiptProgram : testing::Test {
  void SetUp() override {
    scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
    proof_file();
    write_receipt("receipt.json", 9);
  }
  replay::ProvenEntry receipt_of(ledger::Seq seq) const {
    const auto made =
        replay::make_entry_evidence(*bundle_of(long_log(40), 12), note, seq, "LOG-1", log_key());
    EXPECT_TRUE(made);
    return made->entry;
  }
  void write_receipt(const std::string& file, ledger::Seq seq, const char* more = nullptr) const {
    const replay::ProvenEntry entry = receipt_of(seq);
    nlohmann::json json{{"entry", entry.line}, {"proof", crypto::format_tlog_proof(entry.proof)}};
    if (more != nullptr) json[more] = "of no government";
    scratch.write(file, json.dump());
  }
  void proof_file() const {
    const replay::ProvenEntry entry = receipt_of(9);
    scratch.write("entry.tlog-proof", crypto::format_tlog_proof(entry.proof));
    scratch.write("entry", entry.line);
  }
  void publish(const replay::BundleReader& bundle, const std::string& directory) const {
    std::filesystem::remove_all(scratch.file(directory));
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file(directory)).problem);
  }
  test_support::ScratchFolder::Outcome check(const std::string& arguments) const {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' receipt " + arguments + " --key log.vkey");
  }
  std::string note = checkpoint_of(long_log(40), 12);
  test_support::ScratchFolder scratch;
};

TEST_F(ReceiptProgram, SaysWhichEntryIsProvenUnderWhichCheckpointByWhichKey) {
  const auto outcome = check("receipt.json");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("HOLDS: receipt.json\n"),
                    HasSubstr("Entry       9, signature.withdrawn, id "),
                    HasSubstr("recorded 2020-11-24T08:00:00.000Z"),
                    HasSubstr("Signatures  1, which verifies"), HasSubstr("12 entries, root "),
                    HasSubstr(crypto::format_vkey(log_key())), Not(HasSubstr("DEMONSTRATION"))));
}

TEST_F(ReceiptProgram, ChecksMany) {
  write_receipt("first.json", 0);
  const auto outcome = check("receipt.json first.json");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("Entry       9,"), HasSubstr("Entry       0, "
                                                                           "ledger.opened")));
  scratch.write("bad.json", "{}");
  EXPECT_EQ(check("receipt.json nowhere.json").status, 2);
  EXPECT_EQ(check("nowhere.json bad.json receipt.json").status, 1);
}

TEST_F(ReceiptProgram, ReadsABareProofBesideItsEntry) {
  const auto outcome = check("entry.tlog-proof --entry entry");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("Entry       9,"));
  scratch.write("entry", scratch.read("entry") + "\n");
  const auto longer = check("entry.tlog-proof --entry entry");
  EXPECT_EQ(longer.status, 1) << longer.output;
  EXPECT_THAT(longer.output, HasSubstr("the entry ends with a line end"));
}

TEST_F(ReceiptProgram, MarksWhatIsOfADemonstration) {
  write_receipt("demo.json", 9, "demonstration");
  EXPECT_THAT(check("demo.json").output, HasSubstr("DEMONSTRATION"));
}

TEST_F(ReceiptProgram, LeavesWith1WhereOneDoesNotHold) {
  std::string altered = scratch.read("receipt.json");
  altered.replace(altered.find("08:00:00.000Z"), 13, "08:00:00.001Z");
  scratch.write("altered.json", altered);
  const auto outcome = check("altered.json");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("DOES NOT HOLD: altered.json: the proof does not lead from "
                                        "this entry to the signed root."));
  scratch.write("refusal.json", R"({"status":422,"code":"ID-3","signed":"x"})");
  EXPECT_EQ(check("refusal.json").status, 1);
  EXPECT_THAT(check("refusal.json").output, HasSubstr("this is a refusal and no receipt"));
}

TEST_F(ReceiptProgram, LeavesWith2WhereItCannotRun) {
  scratch.write("long.json", std::string(4'000'001, ' '));
  for (const char* arguments :
       {"", "nowhere.json", "long.json", "entry.tlog-proof", "receipt.json --entry entry",
        "receipt.json --entry nowhere", "receipt.json entry.tlog-proof --entry entry",
        "receipt.json --policy nowhere", "receipt.json --log nowhere", "receipt.json --wrong"}) {
    EXPECT_EQ(check(arguments).status, 2) << arguments;
  }
  EXPECT_EQ(scratch.run("'" ITMO_BIN_DIR "/itmo-audit' receipt receipt.json").status, 2);
}

TEST_F(ReceiptProgram, AsksWhetherALaterLogBeginsWithThatOfTheReceipt) {
  publish(*bundle_of(long_log(40), 40), "site");
  const test_support::StaticSite site(scratch, "site");
  for (const std::string& log : {std::string("site"), site.url()}) {
    const auto outcome = check("receipt.json --log " + log);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("Later log   40 entries, root "));
  }
  publish(*bundle_of(long_log(40, 1), 40), "fork");
  const auto fork = check("receipt.json --log fork");
  EXPECT_EQ(fork.status, 1) << fork.output;
  EXPECT_THAT(fork.output, HasSubstr("DOES NOT HOLD: receipt.json: LOG-19: "));
  publish(*bundle_of(long_log(40), 11), "shorter");
  EXPECT_THAT(check("receipt.json --log shorter").output, HasSubstr("LOG-22: "));
  scratch.write("site/checkpoint", "no note");
  const auto unsigned_log = check("receipt.json --log site");
  EXPECT_EQ(unsigned_log.status, 1) << unsigned_log.output;
  EXPECT_THAT(unsigned_log.output, HasSubstr("DOES NOT HOLD: site: LOG-7: "));
}

TEST_F(ReceiptProgram, AsksWhetherTheQuorumCosignedItsCheckpointOrTheLaterOne) {
  const crypto::SecretKey secret = crypto::SecretKey::from_seed(std::string(32, 'w'));
  const crypto::WitnessKey key{"witness.example/w", secret.public_key()};
  scratch.write("policy", "witness w " + crypto::format_witness_vkey(key) + "\nquorum w\n");
  const auto cosigned = [&](const std::string& whole) {
    return whole +
           crypto::cosign(whole.substr(0, whole.find("\n\n") + 1), 1'767'225'600, key.name, secret);
  };
  const auto alone = check("receipt.json --policy policy");
  EXPECT_EQ(alone.status, 1) << alone.output;
  EXPECT_THAT(alone.output, AllOf(HasSubstr("its entry is in the log, but the quorum is not met"),
                                  HasSubstr("w  did not cosign  ")));

  publish(*bundle_of(long_log(40), 40), "log");
  scratch.write("log/checkpoint", cosigned(scratch.read("log/checkpoint")));
  const auto later = check("receipt.json --policy policy --log log");
  EXPECT_EQ(later.status, 0) << later.output;
  EXPECT_THAT(later.output, HasSubstr("of the later checkpoint: Cosigned by w. The quorum, w, is "
                                      "met."));
  note = cosigned(note);
  write_receipt("receipt.json", 9);
  const auto good = check("receipt.json --policy policy");
  EXPECT_EQ(good.status, 0) << good.output;
  EXPECT_THAT(good.output, HasSubstr("w  2026-01-01T00:00:00.000Z  witness.example/w+"));
}

}  // namespace
}  // namespace replay_test
