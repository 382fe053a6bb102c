// itmo-audit writes evidence of what it finds, and itmo-audit evidence checks it: by the file and
// the log's key alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "crypto/text.hpp"
#include "replay/evidence_make.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/static_site.hpp"

namespace replay_test {
namespace {

using testing::HasSubstr;

struct EvidenceProgram : testing::Test {
  void SetUp() override { scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n"); }
  void publish(const replay::BundleReader& bundle, const std::string& directory) const {
    std::filesystem::remove_all(scratch.file(directory));
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file(directory)).problem);
  }
  test_support::ScratchFolder::Outcome audit(const std::string& arguments) const {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' " + arguments + " --key log.vkey");
  }
  bool is_written() const { return std::filesystem::exists(scratch.file("proof")); }
  void write_receipt(const ToldLog& log, ledger::Seq seq, ledger::Seq size) const {
    const auto made = replay::make_entry_evidence(*bundle_of(log, size), checkpoint_of(log, size),
                                                  seq, "LOG-1", log_key());
    ASSERT_TRUE(made);
    scratch.write("receipt.json",
                  nlohmann::json{{"entry", made->entry.line},
                                 {"proof", crypto::format_tlog_proof(made->entry.proof)},
                                 {"seq", seq}}
                      .dump());
  }
  test_support::ScratchFolder scratch;
};

TEST_F(EvidenceProgram, ProvesAForkToWhoeverHasTheLogsKey) {
  publish(*bundle_of(long_log(20, 0), 20), "log");
  scratch.write("seen", checkpoint_of(long_log(20, 1), 7));
  const auto found = audit("log --state seen --evidence proof");
  EXPECT_EQ(found.status, 1) << found.output;
  EXPECT_THAT(found.output, HasSubstr("itmo-audit evidence proof --key log.vkey"));
  std::filesystem::remove_all(scratch.file("log"));
  const auto checked = audit("evidence proof");
  EXPECT_EQ(checked.status, 0) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("PROVEN: the log breaks LOG-19"));

  scratch.write("log.vkey", crypto::format_vkey(log_key("ledger.example/other")) + "\n");
  const auto of_another = audit("evidence proof");
  EXPECT_EQ(of_another.status, 1) << of_another.output;
  EXPECT_THAT(of_another.output, HasSubstr("PROVES NOTHING, by EVD-2"));
}

TEST_F(EvidenceProgram, ProvesAForkOfAShorterLogByTheMirrorOfTheLongerOne) {
  publish(*bundle_of(long_log(20, 0), 20), "site");
  const test_support::StaticSite site(scratch, "site");
  ASSERT_EQ(audit(site.url() + " --mirror copy --evidence proof").status, 0);
  EXPECT_FALSE(is_written());
  publish(*bundle_of(long_log(20, 0), 12), "site");
  const auto old_copy = audit(site.url() + " --mirror copy --evidence proof");
  EXPECT_EQ(old_copy.status, 1);
  EXPECT_THAT(old_copy.output, HasSubstr("No evidence  A log that is shorter than before may be"));
  EXPECT_FALSE(is_written());
  publish(*bundle_of(long_log(12, 1), 12), "site");
  const auto forked = audit(site.url() + " --mirror copy --evidence proof");
  EXPECT_EQ(forked.status, 1) << forked.output;
  EXPECT_EQ(audit("evidence proof").status, 0);
}

TEST_F(EvidenceProgram, ProvesAnEntryThatBreaksAClauseByAnyCopyOfTheLog) {
  const auto [lines, seq] = log_with_a_repeated_id(3);
  MemoryBundle log;
  lay_out(lines, story_origin, log);
  publish(log, "log");
  const auto found = audit("log --evidence proof");
  EXPECT_EQ(found.status, 1) << found.output;
  EXPECT_THAT(found.output, HasSubstr("by ID-2"));
  const auto alone = audit("evidence proof");
  EXPECT_EQ(alone.status, 2) << alone.output;
  EXPECT_THAT(alone.output, HasSubstr("COULD NOT DECIDE"));
  publish(*bundle_of(ordinary_year(), seq), "older-copy");
  for (const char* copy : {"log", "older-copy"}) {
    const auto checked = audit("evidence proof --log " + std::string(copy));
    EXPECT_EQ(checked.status, 0) << checked.output;
    EXPECT_THAT(checked.output, HasSubstr("PROVEN: the log breaks ID-2"));
  }
  publish(*bundle_of(long_log(300, 2), 300), "another-log");
  EXPECT_EQ(audit("evidence proof --log another-log").status, 2);
  EXPECT_EQ(audit("evidence proof --log nowhere").status, 2);
}

TEST_F(EvidenceProgram, IsNotWrittenAgainstALogWhoseCopyWasAltered) {
  publish(*bundle_of(ordinary_year(), 30), "log");
  std::string entries = scratch.read("log/tile/entries/000.p/30");
  flip_bit(entries, entries.find("\"sig\":\"") + 9, 0);
  scratch.write("log/tile/entries/000.p/30", entries);
  const auto found = audit("log --evidence proof");
  EXPECT_EQ(found.status, 1) << found.output;
  EXPECT_THAT(found.output, HasSubstr("No evidence  "));
  EXPECT_FALSE(is_written());
}

TEST_F(EvidenceProgram, ProvesWhatAReceiptSaysAgainstALogThatWasCut) {
  write_receipt(long_log(20, 0), 15, 18);
  publish(*bundle_of(long_log(20, 0), 20), "log");
  const auto holds = audit("log --receipt receipt.json --evidence proof");
  EXPECT_EQ(holds.status, 0) << holds.output;
  EXPECT_THAT(holds.output, HasSubstr("its entry is in this log"));

  publish(*bundle_of(long_log(20, 0), 10), "log");
  const auto old_copy = audit("log --receipt receipt.json --evidence proof");
  EXPECT_EQ(old_copy.status, 1) << old_copy.output;
  EXPECT_THAT(old_copy.output, HasSubstr("LOG-22"));
  EXPECT_FALSE(is_written());

  publish(*bundle_of(long_log(10, 1, "2020-11-25T08:00:00.000Z"), 10), "log");
  const auto cut = audit("log --receipt receipt.json --evidence proof");
  EXPECT_EQ(cut.status, 1) << cut.output;
  const auto checked = audit("evidence proof");
  EXPECT_EQ(checked.status, 0) << checked.output;
  EXPECT_THAT(checked.output, HasSubstr("PROVEN: the log breaks LOG-22"));

  publish(*bundle_of(long_log(20, 1), 20), "log");
  EXPECT_EQ(audit("log --receipt receipt.json --evidence proof").status, 1);
  EXPECT_THAT(audit("evidence proof").output, HasSubstr("PROVEN: the log breaks LOG-19"));
}

TEST_F(EvidenceProgram, LeavesWith1WhereAFileIsNoneAnd2WhereItCannotRun) {
  scratch.write("proof", "itmo-ledger/evidence@v1\nkind fork\ncheckpoint\n");
  const auto malformed = audit("evidence proof");
  EXPECT_EQ(malformed.status, 1) << malformed.output;
  EXPECT_THAT(malformed.output, HasSubstr("PROVES NOTHING, by EVD-1"));
  EXPECT_THAT(malformed.output, HasSubstr("line 3"));
  scratch.write("none.json", "{}");
  for (const char* arguments :
       {"evidence", "evidence nowhere", "evidence proof --wrong", "log --receipt none.json"}) {
    EXPECT_EQ(audit(arguments).status, 2) << arguments;
  }
}

}  // namespace
}  // namespace replay_test
