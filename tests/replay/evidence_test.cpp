// Evidence: its form, and what it proves to somebody who has nothing but the log's key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/evidence_check.hpp"
#include "replay/evidence_make.hpp"
#include "tests/replay/two_logs.hpp"

namespace replay_test {
namespace {

using replay::Evidence;
using replay::EvidenceVerdict;
using Outcome = EvidenceVerdict::Outcome;
using testing::HasSubstr;

EvidenceVerdict check(const Evidence& evidence, const replay::BundleReader* entries = nullptr) {
  replay::Workers workers(1);
  return replay::check_evidence(evidence, log_key(), entries, workers);
}

void expect(const Evidence& evidence, const ledger::Clause& clause,
            const replay::BundleReader* entries = nullptr) {
  const EvidenceVerdict verdict = check(evidence, entries);
  EXPECT_EQ(verdict.outcome, Outcome::proven) << verdict.sentence;
  ASSERT_NE(verdict.clause, nullptr) << verdict.sentence;
  EXPECT_EQ(verdict.clause->id, clause.id) << verdict.sentence;
  const auto again = replay::parse_evidence(replay::format_evidence(evidence));
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(replay::format_evidence(*again), replay::format_evidence(evidence));
}

void expect_nothing(const Evidence& evidence) {
  const EvidenceVerdict verdict = check(evidence);
  EXPECT_EQ(verdict.outcome, Outcome::unproven) << verdict.sentence;
  EXPECT_EQ(verdict.clause, &replay::EVD_2);
}

// ---- two checkpoints ----

TEST(Evidence, ProvesAForkAtEverySizeOfBoth) {
  const ToldLog &one = long_log(20, 0), &two = long_log(20, 1);
  for (ledger::Seq newer = 2; newer <= 20; ++newer) {
    const auto log = bundle_of(one, newer);
    for (ledger::Seq older = 0; older <= newer; ++older) {
      const auto fork = replay::make_fork_evidence(*log, checkpoint_of(one, newer),
                                                   checkpoint_of(two, older), log_key());
      // The empty log and the common opening are beginnings of both.
      ASSERT_EQ(fork.has_value(), older >= 2) << older << " of " << newer;
      if (fork) expect(*fork, replay::LOG_19);
    }
  }
}

TEST(Evidence, IsNeverMadeOfALogThatGoesOn) {
  const auto log = bundle_of(long_log(20, 0), 20);
  for (ledger::Seq older = 0; older <= 20; ++older) {
    EXPECT_FALSE(replay::make_fork_evidence(*log, checkpoint_of(long_log(20, 0), 20),
                                            checkpoint_of(long_log(20, 0), older), log_key()));
  }
}

TEST(Evidence, OfAForkIsMadeFromTheEntriesWhereTheHashTilesAreDamaged) {
  const auto log = bundle_of(long_log(300, 0), 300);
  for (auto& [path, bytes] : log->parts) {
    if (path.starts_with("tile/0/") || path.starts_with("tile/1/")) flip_bit(bytes, 20, 1);
  }
  const auto fork = replay::make_fork_evidence(*log, checkpoint_of(long_log(300, 0), 300),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  ASSERT_TRUE(fork);
  expect(*fork, replay::LOG_19);
}

TEST(Evidence, OfAForkProvesNothingOnceAnyPartOfItIsAltered) {
  const auto made = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  ASSERT_TRUE(made);
  for (std::size_t i = 0; i < made->proof.size(); ++i) {
    replay::ForkEvidence altered = *made;
    altered.proof[i] = crypto::leaf_hash("another");
    expect_nothing(altered);
  }
  replay::ForkEvidence altered = *made;
  altered.begins = crypto::leaf_hash("another");
  expect_nothing(altered);
  altered = *made;
  altered.begins.reset();
  expect_nothing(altered);
  altered = *made;
  altered.proof.pop_back();
  expect_nothing(altered);
  altered = *made;
  std::swap(altered.older, altered.newer);
  expect_nothing(altered);
  altered = *made;
  altered.older = checkpoint_of(long_log(20, 0), 7);  // the log does go on from that one
  expect_nothing(altered);
  altered.begins = crypto::read_unverified(altered.older)->root;
  expect_nothing(altered);
  altered = *made;
  altered.newer = crypto::sign_note(crypto::checkpoint_text({story_origin, 7, made->proof[0]}),
                                    story_origin, long_log(20, 0).cast().key("XHA"));
  expect_nothing(altered);
}

// ---- an entry ----

TEST(Evidence, ProvesAnEntryThatBreaksARuleByTheEntriesBeforeIt) {
  for (const std::size_t behind : {0u, 1u, 300u}) {
    const auto [lines, seq] = log_with_a_repeated_id(behind);
    MemoryBundle log;
    lay_out(lines, story_origin, log);
    const auto made =
        replay::make_entry_evidence(log, log.parts["checkpoint"], seq, "ID-2", log_key());
    ASSERT_TRUE(made);
    const EvidenceVerdict alone = check(*made);
    EXPECT_EQ(alone.outcome, Outcome::undecided);
    EXPECT_THAT(alone.sentence, HasSubstr("--log"));
    replay::Workers workers(2);
    const auto verdict = replay::check_evidence(*made, log_key(), &log, workers);
    EXPECT_EQ(verdict.outcome, Outcome::proven) << verdict.sentence;
    EXPECT_THAT(verdict.sentence, HasSubstr("entry " + std::to_string(seq)));

    replay::EntryEvidence other = *made;
    other.clause = "ID-3";
    EXPECT_EQ(check(other, &log).outcome, Outcome::unproven);
    const auto another = bundle_of(long_log(300, 2), 300);
    EXPECT_EQ(check(*made, another.get()).outcome, Outcome::undecided)
        << "another log says nothing about this one";
    const auto shorter = bundle_of(ordinary_year(), seq - 1);
    EXPECT_EQ(check(*made, shorter.get()).outcome, Outcome::undecided);
    const auto beginning = bundle_of(ordinary_year(), seq);
    EXPECT_EQ(check(*made, beginning.get()).outcome, Outcome::proven)
        << "a copy of the entries before is enough";
  }
}

TEST(Evidence, ProvesAnEntryThatIsBadByItself) {
  std::vector<std::string> lines = ordinary_year().lines();
  flip_bit(lines[5], lines[5].find("\"sig\":\"") + 9, 0);
  const std::string repeated = lines[2];
  lines[7] = repeated;  // stands where another number belongs
  lines[8] = "no entry";
  MemoryBundle log;
  lay_out(lines, story_origin, log);
  for (const auto& [seq, clause] :
       std::map<ledger::Seq, std::string>{{5, "SIG-3"}, {7, "LOG-1"}, {8, "FMT-4"}}) {
    const auto made =
        replay::make_entry_evidence(log, log.parts["checkpoint"], seq, clause, log_key());
    ASSERT_TRUE(made);
    const auto verdict = check(*made);
    EXPECT_EQ(verdict.outcome, Outcome::proven) << verdict.sentence;
    replay::EntryEvidence altered = *made;
    altered.entry.line += ' ';
    expect_nothing(altered);
    altered = *made;
    altered.entry.proof.index += 1;
    expect_nothing(altered);
  }
}

TEST(Evidence, ProvesNothingOfAnEntryThatIsGood) {
  const auto log = bundle_of(ordinary_year(), 30);
  for (const ledger::Seq seq : {0u, 1u, 17u, 29u}) {
    const auto made = replay::make_entry_evidence(*log, checkpoint_of(ordinary_year(), 30), seq,
                                                  "TRF-2", log_key());
    ASSERT_TRUE(made);
    EXPECT_EQ(check(*made, log.get()).outcome, Outcome::unproven);
  }
}

TEST(Evidence, IsNotMadeOfAnEntryThatWasAlteredAfterItWasSigned) {
  const auto log = bundle_of(ordinary_year(), 30);
  const std::string note = checkpoint_of(ordinary_year(), 30);
  std::string& entries = only_part(*log, "tile/entries/");
  flip_bit(entries, entries.size() - 20, 0);
  EXPECT_FALSE(replay::make_entry_evidence(*log, note, 29, "SIG-3", log_key()));
}

// ---- a receipt ----

replay::ProvenEntry receipt_of(const ToldLog& log, ledger::Seq seq, ledger::Seq size) {
  const auto made = replay::make_entry_evidence(*bundle_of(log, size), checkpoint_of(log, size),
                                                seq, "LOG-1", log_key());
  EXPECT_TRUE(made);
  return made->entry;
}

TEST(Evidence, ProvesThatAnotherEntryStandsInThePlaceOfAReceipts) {
  const replay::ProvenEntry receipt = receipt_of(long_log(20, 0), 9, 12);
  const auto log = bundle_of(long_log(20, 1), 15);
  const auto made =
      replay::make_receipt_evidence(*log, log->parts.at("checkpoint"), receipt, log_key());
  ASSERT_TRUE(made);
  expect(*made, replay::LOG_19);
  replay::ReceiptEvidence altered = *made;
  altered.other = altered.receipt;
  expect_nothing(altered);
  altered = *made;
  altered.receipt.line += ' ';
  expect_nothing(altered);
}

// A log that was brought back from an old copy goes on, and its clock with it.
TEST(Evidence, ProvesByTheClockThatALogWasCutBeforeAReceipt) {
  const replay::ProvenEntry receipt = receipt_of(long_log(20, 0), 15, 20);
  const auto log = bundle_of(long_log(10, 1, "2020-11-25T08:00:00.000Z"), 10);
  const auto made =
      replay::make_receipt_evidence(*log, log->parts.at("checkpoint"), receipt, log_key());
  ASSERT_TRUE(made);
  expect(*made, replay::LOG_22);
  EXPECT_THAT(check(*made).sentence, HasSubstr("made later, at 2020-11-25T08:00:00.000Z"));
}

TEST(Evidence, SaysNothingAgainstAnOldCopyOrTheLogOfTheReceipt) {
  const replay::ProvenEntry receipt = receipt_of(long_log(20, 0), 15, 20);
  for (ledger::Seq size = 0; size <= 20; ++size) {
    const auto log = bundle_of(long_log(20, 0), size);
    EXPECT_FALSE(
        replay::make_receipt_evidence(*log, log->parts.at("checkpoint"), receipt, log_key()));
  }
}

// ---- the form ----

TEST(EvidenceFile, NamesTheLineThatIsNone) {
  const auto fork = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  ASSERT_TRUE(fork);
  const std::string good = replay::format_evidence(*fork);
  ASSERT_TRUE(replay::parse_evidence(good));
  const std::string head = "itmo-ledger/evidence@v1\n";
  const std::map<std::string, std::string> bad = {
      {"", "line 1"},
      {"itmo-ledger/evidence@v2\n", "line 1"},
      {head, "line 2"},
      {head + "kind spoon\n", "line 2"},
      {head + "kind fork\r\n", "line 2"},
      {head + "kind fork\ncheckpoint \n" + "checkpoint ====\n", "line 4"},
      {head + "kind entry\nclause no clause\n", "line 3"},
      {head + "kind entry\nclause TRF-2\nentry AAAA\nproof AAAA\n", "line 5"},
      {good + "hash AAAA\n", "not a hash"},
      {good + "\n", "line "},
      {good.substr(0, good.size() - 1), "a line with its end"},
      {good + "nothing more\n", "\"hash\""},
      {std::string(replay::longest_evidence + 1, 'x'), "more than"},
  };
  for (const auto& [text, word] : bad) {
    const auto refused = replay::parse_evidence(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().clause, &replay::EVD_1);
    EXPECT_THAT(refused.error().detail, HasSubstr(word)) << text;
  }
}

TEST(EvidenceFile, HasAtMostSixtyFourHashes) {
  replay::ForkEvidence fork{"a", "b", crypto::leaf_hash("a"),
                            std::vector<crypto::Hash>(64, crypto::leaf_hash("b"))};
  EXPECT_TRUE(replay::parse_evidence(replay::format_evidence(fork)));
  fork.proof.push_back(fork.proof[0]);
  EXPECT_FALSE(replay::parse_evidence(replay::format_evidence(fork)));
}

}  // namespace
}  // namespace replay_test
