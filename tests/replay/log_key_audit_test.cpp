// A log that announced another log key, as auditors meet it who know the old key, or the new one:
// both verifiers, on the same files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "replay/bundle.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

struct LogKeyAudit : testing::Test {
  void SetUp() override {
    scratch.write("old.vkey", crypto::format_vkey(log_key()) + "\n");
    scratch.write("next.vkey", crypto::format_vkey(next_key()) + "\n");
    scratch.write("third.vkey", crypto::format_vkey(key_of(third)) + "\n");
    api::story::Writer writer(story_origin);
    writer
        .write("2030-01-01T00:00:00.000Z", ledger::LogKeyAnnounced{crypto::format_vkey(next_key())},
               {"XBA", "XHA"})
        .event.id = "next-log-key";
    announced.push_back(ordinary_year().entry_for(writer.acts().front()).line);
  }

  static crypto::VerifierKey key_of(const crypto::SecretKey& key) {
    return crypto::make_verifier_key(story_origin, key.public_key());
  }
  crypto::VerifierKey next_key() const { return key_of(next); }

  // Lays a log out under a checkpoint with these keys' lines.
  void lay(const std::vector<std::string>& lines,
           const std::vector<const crypto::SecretKey*>& keys) {
    MemoryBundle bundle;
    lay_out(lines, story_origin, bundle);
    std::string& note = bundle.parts["checkpoint"];
    const std::string text =
        crypto::checkpoint_text(crypto::open_checkpoint(note, log_key()).value());
    note = text + "\n";
    for (const crypto::SecretKey* key : keys) {
      note += crypto::sign_note(text, story_origin, *key).substr(text.size() + 1);
    }
    ASSERT_EQ(scratch.run("rm -rf log").status, 0);
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("log")).problem);
  }

  // "valid", or place and clause of what does not hold; both verifiers say it.
  std::string audit_with(const std::string& vkey) const {
    std::string said;
    for (const char* program : {"'" ITMO_BIN_DIR "/itmo-audit' ",
                                "python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' "}) {
      const auto outcome = scratch.run(program + std::string("log --json --key ") + vkey + ".vkey");
      const Json report = Json::parse(outcome.output, nullptr, false);
      if (report.is_discarded()) return outcome.output;
      std::string word = report["verdict"];
      if (report.contains("finding")) {
        word += " at " + report["finding"]["part"].get<std::string>() + ": " +
                report["finding"]["clause"].get<std::string>();
      }
      if (said.empty()) said = word;
      EXPECT_EQ(word, said) << program;
    }
    return said;
  }

  test_support::ScratchFolder scratch;
  const crypto::SecretKey& old = ordinary_year().cast().key("log");
  const crypto::SecretKey next = crypto::SecretKey::from_seed(std::string(32, 'n'));
  const crypto::SecretKey third = crypto::SecretKey::from_seed(std::string(32, 't'));
  std::vector<std::string> announced = ordinary_year().lines();
};

TEST_F(LogKeyAudit, BelievesEitherKeyInTheOverlap) {
  lay(announced, {&old, &next});
  EXPECT_EQ(audit_with("old"), "valid");
  EXPECT_EQ(audit_with("next"), "valid");
}

TEST_F(LogKeyAudit, BelievesTheAnnouncedKeyAlone) {
  lay(announced, {&next});
  EXPECT_EQ(audit_with("next"), "valid");
  EXPECT_EQ(audit_with("old"), "invalid at checkpoint: LOG-7") << "it was not signed by that key";
}

TEST_F(LogKeyAudit, BelievesNoKeyAloneThatTheLogDoesNotName) {
  lay(ordinary_year().lines(), {&next});
  EXPECT_EQ(audit_with("next"), "invalid at entry 0: LOG-7");
  lay(announced, {&third});
  EXPECT_EQ(audit_with("third"), "invalid at entry 0: LOG-7");
}

TEST_F(LogKeyAudit, AsksAReaderWithTheKeyOfAnotherLogWhichOneIsMeant) {
  lay(announced, {&old});
  scratch.write("foreign.vkey", crypto::format_vkey(crypto::make_verifier_key("another.example/log",
                                                                              third.public_key())) +
                                    "\n");
  const auto said = scratch.run("'" ITMO_BIN_DIR "/itmo-audit' log --key foreign.vkey");
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.output, HasSubstr("of another log than yours, signed it"));
  EXPECT_THAT(said.output, Not(HasSubstr("put it below yours")));
}

TEST_F(LogKeyAudit, WritesNoVerdictWhereThereIsNoRoomForTheReport) {
  lay(announced, {&old});
  for (const char* program : {"'" ITMO_BIN_DIR "/itmo-audit' ",
                              "python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' "}) {
    const auto said = scratch.run(program + std::string("log --key old.vkey >/dev/full"));
    EXPECT_EQ(said.status, 2) << program << said.output;
    EXPECT_THAT(said.output, HasSubstr("annot write the report")) << program;
  }
}

TEST_F(LogKeyAudit, BelievesWhicheverOfTwoKeysSignedWhereBothAreKnown) {
  scratch.write("both.vkey", scratch.read("old.vkey") + scratch.read("next.vkey"));
  lay(announced, {&old});
  EXPECT_EQ(audit_with("both"), "valid");
  lay(announced, {&next});
  EXPECT_EQ(audit_with("both"), "valid");
  lay(announced, {&next, &old});
  EXPECT_EQ(audit_with("both"), "valid");
}

TEST_F(LogKeyAudit, RemembersWhatTheOldKeySignedWhereBothAreKnown) {
  scratch.write("both.vkey", scratch.read("old.vkey") + scratch.read("next.vkey"));
  const auto audit = [&] {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' log --key both.vkey --state kept");
  };
  lay(ordinary_year().lines(), {&old});
  EXPECT_EQ(audit().status, 0);
  lay(announced, {&next});
  const auto later = audit();
  EXPECT_EQ(later.status, 0) << later.output;
  std::vector<std::string> shorter = ordinary_year().lines();
  shorter.pop_back();
  lay(shorter, {&next, &old});
  const auto cut = audit();
  EXPECT_EQ(cut.status, 1) << cut.output;
  EXPECT_NE(cut.output.find("LOG-2"), std::string::npos) << cut.output;
}

TEST_F(LogKeyAudit, BelievesANewKeyThatSignedBesideTheAnnouncedOne) {
  lay(announced, {&next, &third});
  EXPECT_EQ(audit_with("third"), "valid");
}

}  // namespace
}  // namespace replay_test
