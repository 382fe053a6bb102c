// itmo-audit as a person runs it: exit status, sentences, files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "crypto/cosignature.hpp"
#include "crypto/text.hpp"
#include "replay/aef_files.hpp"
#include "replay/audit.hpp"
#include "replay/bundle_file.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

struct AuditProgram : testing::Test {
  void SetUp() override {
    MemoryBundle bundle;
    lay_out(ordinary_year(), bundle);
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("log")).problem);
    scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
  }
  test_support::ScratchFolder::Outcome audit(const std::string& arguments) const {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' " + arguments);
  }
  std::string entries_file() const {
    return "log/tile/entries/000.p/" + std::to_string(ordinary_year().entries().size());
  }
  test_support::ScratchFolder scratch;
};

TEST_F(AuditProgram, LeavesWith0WhereTheLogIsValid) {
  const auto outcome = audit("log --key log.vkey");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("VALID. The log holds at every level"), std::string::npos);
}

TEST_F(AuditProgram, WritesItsReportAsJson) {
  const auto outcome = audit("log --key log.vkey --json --threads 2");
  EXPECT_EQ(outcome.status, 0);
  const auto json = nlohmann::json::parse(outcome.output);
  EXPECT_EQ(json["totals"]["units"]["issued"], 15'000);
}

TEST_F(AuditProgram, LeavesWith1AndNamesTheEntryOfAFlippedByte) {
  std::string entries = scratch.read(entries_file());
  flip_bit(entries, entries.find("\"quantity\":15000") + 12, 1);
  scratch.write(entries_file(), entries);
  const auto outcome = audit("log --key log.vkey");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.output.find("INVALID at entry "), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("by SIG-"), std::string::npos) << outcome.output;
}

TEST_F(AuditProgram, CallsABundleThatLacksAPartInvalid) {
  const auto outcome = audit("log/tile --key log.vkey");
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_NE(outcome.output.find("There is no checkpoint"), std::string::npos);
}

TEST_F(AuditProgram, LeavesWith2WhereItCannotRun) {
  scratch.write("no.vkey", "no key");
  scratch.write("empty.trust", "# nothing\n");
  for (const char* arguments :
       {"", "log", "nowhere --key log.vkey", "log --key no.vkey", "log --key nowhere",
        "log --key log.vkey --trust nowhere", "log --key log.vkey --trust empty.trust",
        "log --key log.vkey --state no.vkey", "log --key log.vkey --state log",
        "log --key log.vkey --policy nowhere", "log --key log.vkey --policy no.vkey",
        "log --key log.vkey --threads 0", "log --key log.vkey --mirror copy",
        "https://127.0.0.1 --key log.vkey", "http://127.0.0.1:1 --key log.vkey",
        "log --key log.vkey --wrong"}) {
    const auto outcome = audit(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments << "\n" << outcome.output;
    EXPECT_FALSE(outcome.output.empty()) << arguments;
  }
}

// A log that goes on by newer rules is not a broken log.
TEST_F(AuditProgram, LeavesWith2WhereTheLogGoesOnByNewerRules) {
  api::story::Writer writer(story_origin);
  writer.write("2030-01-01T00:00:00.000Z", ledger::SpecAdopted{2}, {"XBA", "XHA"}).event.id =
      "adoption";
  std::vector<std::string> lines = ordinary_year().lines();
  lines.push_back(ordinary_year().entry_for(writer.acts().front()).line);
  MemoryBundle bundle;
  lay_out(lines, story_origin, bundle);
  ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("newer")).problem);
  const auto outcome = audit("newer --key log.vkey");
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_NE(outcome.output.find("COULD NOT RUN. Entry "), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("Good before that"), std::string::npos) << outcome.output;
  const auto second =
      scratch.run("python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' newer --key log.vkey");
  EXPECT_EQ(second.status, 2) << second.output;
}

TEST_F(AuditProgram, BelievesPins) {
  const std::string opening = crypto::to_hex(ordinary_year().entries()[0].leaf.view());
  scratch.write("pins", "opening " + opening + "\n");
  const auto good = audit("log --key log.vkey --trust pins");
  EXPECT_EQ(good.status, 0) << good.output;
  scratch.write("pins", "opening " + std::string(64, '0') + "\n");
  const auto bad = audit("log --key log.vkey --trust pins");
  EXPECT_EQ(bad.status, 1) << bad.output;
  EXPECT_NE(bad.output.find("LOG-20"), std::string::npos);
}

TEST_F(AuditProgram, ReadsABundleFileLikeTheDirectory) {
  std::ofstream out(scratch.file("log.tar"), std::ios::binary);
  ASSERT_FALSE(replay::write_bundle_file(replay::DirectoryBundle(scratch.file("log")), out));
  out.close();
  const auto of_file = audit("log.tar --key log.vkey --json");
  EXPECT_EQ(of_file.status, 0) << of_file.output;
  EXPECT_EQ(of_file.output, audit("log --key log.vkey --json").output);

  const std::string bytes = scratch.read("log.tar");
  scratch.write("log.tar", bytes.substr(0, bytes.size() - 512));
  const auto broken_off = audit("log.tar --key log.vkey");
  EXPECT_EQ(broken_off.status, 1) << broken_off.output;
  EXPECT_NE(broken_off.output.find("INVALID at bundle file, by LOG-15"), std::string::npos);
  EXPECT_NE(broken_off.output.find("was cut: it ends after"), std::string::npos)
      << broken_off.output;
}

// The checkpoint of the last audit is begun, advanced, and never replaced by one that contradicts
// it.
TEST_F(AuditProgram, KeepsTheCheckpointOfItsLastAuditAndAsksThatTheLogGoesOnFromIt) {
  const std::string newest = scratch.read("log/checkpoint");
  const auto first = audit("log --key log.vkey --state seen");
  EXPECT_EQ(first.status, 0) << first.output;
  EXPECT_NE(first.output.find("Kept        this checkpoint in seen"), std::string::npos);
  EXPECT_EQ(first.output.find("Contains"), std::string::npos);
  EXPECT_EQ(scratch.read("seen"), newest);

  scratch.write("seen", checkpoint_of(ordinary_year(), 9));  // as curl brings one
  const auto second = audit("log --key log.vkey --state seen");
  EXPECT_EQ(second.status, 0) << second.output;
  EXPECT_NE(second.output.find("older checkpoint, 9 entries"), std::string::npos);
  EXPECT_EQ(scratch.read("seen"), newest);
  for (const auto& file : std::filesystem::directory_iterator(scratch.path())) {
    EXPECT_EQ(file.path().filename().string().find(".new"), std::string::npos) << file.path();
  }

  const std::string more = checkpoint_of(long_log(300), 300);
  scratch.write("seen", more);
  const auto rolled_back = audit("log --key log.vkey --state seen");
  EXPECT_EQ(rolled_back.status, 1) << rolled_back.output;
  EXPECT_NE(rolled_back.output.find("by LOG-22"), std::string::npos) << rolled_back.output;
  EXPECT_EQ(scratch.read("seen"), more);
  EXPECT_EQ(scratch.read("seen.refused"), newest);

  const std::string forked = checkpoint_of(long_log(10), 9);
  scratch.write("seen", forked);
  const auto other = audit("log --key log.vkey --state seen --json");
  EXPECT_EQ(other.status, 1) << other.output;
  EXPECT_EQ(nlohmann::json::parse(other.output)["finding"]["clause"], "LOG-19");
  EXPECT_EQ(scratch.read("seen"), forked);
}

TEST_F(AuditProgram, KeepsNoCheckpointOfALogThatDoesNotHold) {
  std::string entries = scratch.read(entries_file());
  flip_bit(entries, entries.find("\"quantity\":15000") + 12, 1);
  scratch.write(entries_file(), entries);
  EXPECT_EQ(audit("log --key log.vkey --state seen").status, 1);
  EXPECT_FALSE(std::filesystem::exists(scratch.file("seen")));
}

TEST_F(AuditProgram, SaysWhoCosignedAndWhetherTheyAreEnough) {
  const crypto::SecretKey secret = crypto::SecretKey::from_seed(std::string(32, 'w'));
  const crypto::WitnessKey key{"witness.example/w", secret.public_key()};
  scratch.write("policy", "witness w " + crypto::format_witness_vkey(key) + "\nquorum w\n");
  const auto alone = audit("log --key log.vkey --policy policy");
  EXPECT_EQ(alone.status, 1) << alone.output;
  EXPECT_NE(alone.output.find("INVALID at checkpoint, by LOG-23"), std::string::npos);
  EXPECT_NE(alone.output.find("Level reached: checkpoint"), std::string::npos) << alone.output;
  const std::string note = scratch.read("log/checkpoint");
  const std::string text = note.substr(0, note.find("\n\n") + 1);
  scratch.write("log/checkpoint", note + crypto::cosign(text, 1'767'225'600, key.name, secret));
  const auto good = audit("log --key log.vkey --policy policy");
  EXPECT_EQ(good.status, 0) << good.output;
  EXPECT_NE(good.output.find("Cosigned by w. The quorum, w, is met."), std::string::npos);
  EXPECT_NE(good.output.find("w  2026-01-01T00:00:00.000Z  witness.example/w+"), std::string::npos);
  const auto json =
      nlohmann::json::parse(audit("log --key log.vkey --policy policy --json").output);
  EXPECT_EQ(json["quorum"]["met"], true);
  EXPECT_EQ(json["quorum"]["witnesses"][0]["time"], 1'767'225'600);
  EXPECT_EQ(json["quorum"]["witnesses"][0]["verdict"], "valid");
}

// A report of 2028 as it was published: its name, and the file in the scratch folder.
std::string publish(const test_support::ScratchFolder& scratch) {
  const replay::Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  const std::string name = replay::file_name(replay::files_of(aef, replay::AefFormat::json)[0]);
  scratch.write(name, replay::to_json(aef));
  return name;
}

TEST_F(AuditProgram, MakesAPublishedReportAgainFromTheLog) {
  const std::string name = publish(scratch);
  const auto good = audit("log --key log.vkey --aef " + name);
  EXPECT_EQ(good.status, 0) << good.output;
  EXPECT_NE(good.output.find("IDENTICAL  " + name), std::string::npos) << good.output;
  const auto json = nlohmann::json::parse(audit("log --key log.vkey --json --aef " + name).output);
  EXPECT_EQ(json["comparisons"][0]["identical"], true);
}

TEST_F(AuditProgram, FindsAPublishedReportThatIsNotTheLogs) {
  const std::string name = publish(scratch);
  std::string bytes = scratch.read(name);
  bytes.replace(bytes.find("3726"), 4, "3727");
  scratch.write(name, bytes);
  const auto bad = audit("log --key log.vkey --aef " + name);
  EXPECT_EQ(bad.status, 1) << bad.output;
  EXPECT_NE(bad.output.find("INVALID at " + name + ", by LOG-21"), std::string::npos) << bad.output;
  EXPECT_NE(bad.output.find("DIFFERS  " + name), std::string::npos);
  const auto json = nlohmann::json::parse(audit("log --key log.vkey --json --aef " + name).output);
  EXPECT_EQ(json["finding"]["clause"], "LOG-21");
}

TEST_F(AuditProgram, TakesNoReportWhoseNameSaysNothing) {
  scratch.write("report.json", "{}");
  for (const char* report : {"report.json", "nowhere.json"}) {
    EXPECT_EQ(audit(std::string("log --key log.vkey --aef ") + report).status, 2) << report;
  }
}

}  // namespace
}  // namespace replay_test
