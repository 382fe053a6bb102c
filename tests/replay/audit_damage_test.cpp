// Given a good bundle, damaged in one place: the report names the place, the clause and the level.
#include <gtest/gtest.h>

#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_log.hpp"
#include "replay/audit.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using ledger::Seq;
using replay::AuditReport;
using replay::Level;

struct Damaged : testing::Test {
  void SetUp() override { lay_out(ordinary_year(), bundle); }

  AuditReport audit() {
    replay::Workers workers(1);
    return replay::audit(bundle, log_key(), {}, workers);
  }
  // The audit finds the entry bad and has reached the level before the broken one.
  AuditReport expect_bad_entry(Seq entry, std::optional<Level> reached = std::nullopt) {
    AuditReport report = audit();
    EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid);
    if (!report.finding) return report;
    EXPECT_EQ(report.finding->entry, entry) << replay::describe(report);
    if (reached) {
      EXPECT_EQ(report.reached, *reached) << replay::describe(report);
    }
    EXPECT_FALSE(report.totals) << "figures of a log with a bad entry";
    return report;
  }
  AuditReport expect_bad_part(std::string_view part, Level reached, const ledger::Clause& clause) {
    AuditReport report = audit();
    EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid);
    EXPECT_EQ(report.reached, reached) << replay::describe(report);
    if (!report.finding) return report;
    EXPECT_EQ(report.finding->part, part) << replay::describe(report);
    EXPECT_EQ(report.finding->clause->id, clause.id);
    return report;
  }
  std::size_t place_in(Seq seq, std::string_view text) {
    return ordinary_year().entries()[seq].line.find(text);
  }
  static Seq last() { return ordinary_year().entries().size() - 1; }

  MemoryBundle bundle;
};

// ---- entries ----

TEST_F(Damaged, AnyBitOfAnEntryNamesThatEntry) {
  const Seq seq = 19;
  const std::size_t length = ordinary_year().entries()[seq].line.size();
  for (std::size_t byte = 0; byte < length; byte += 3) {
    const auto parts = bundle.parts;
    flip_in_entry(bundle, seq, byte, byte % 8);
    expect_bad_entry(seq);
    bundle.parts = parts;
  }
}

TEST_F(Damaged, AnyEntryIsNamedFirstAndLastIncluded) {
  for (Seq seq = 0; seq <= last(); ++seq) {
    const auto parts = bundle.parts;
    flip_in_entry(bundle, seq, place_in(seq, "\"time\":\"") + 8 + 22, 0);  // the last millisecond
    const AuditReport report = expect_bad_entry(seq);
    EXPECT_EQ(report.finding->clause->id, ledger::LOG_2.id) << seq;
    bundle.parts = parts;
  }
}

TEST_F(Damaged, AnEventNoLongerFitsItsSignatures) {
  Seq seq = 0;  // of the first settlement
  while (place_in(seq, "\"type\":\"proceeds.deducted\"") == std::string::npos) ++seq;
  flip_in_entry(bundle, seq, place_in(seq, "\"quantity\":") + 11, 0);
  const AuditReport report = expect_bad_entry(seq, Level::format);
  EXPECT_TRUE(report.finding->clause->id.starts_with("SIG-")) << report.finding->clause->id;
  EXPECT_NE(report.finding->sentence.find("altered afterwards"), std::string::npos);
}

TEST_F(Damaged, AMalformedEntryIsInvalidNotCouldNotRun) {
  flip_in_entry(bundle, 7, 0, 0);
  const AuditReport report = expect_bad_entry(7, Level::nothing);
  EXPECT_TRUE(report.finding->clause->id.starts_with("FMT-"));
  EXPECT_EQ(report.entries, 7u);
}

TEST_F(Damaged, AnAlteredLinkIsSeenAtItsEntry) {
  flip_in_entry(bundle, 9, place_in(9, "\"prev\":\"") + 8, 0);
  const AuditReport report = expect_bad_entry(9, Level::signatures);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_2.id);
}

TEST_F(Damaged, SwappedEntriesAreSeenAtTheFirst) {
  edit_entries(bundle, 0, [](auto& lines) { std::swap(lines[11], lines[12]); });
  const AuditReport report = expect_bad_entry(11, Level::signatures);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_1.id);
}

TEST_F(Damaged, ADroppedEntryIsSeenWhereItStood) {
  edit_entries(bundle, 0, [](auto& lines) { lines.erase(lines.begin() + 5); });
  const AuditReport report = expect_bad_entry(5, Level::signatures);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_1.id);
}

TEST_F(Damaged, AMissingEndIsNamedByTheFirstEntryThatIsNotThere) {
  edit_entries(bundle, 0, [](auto& lines) { lines.pop_back(); });
  const AuditReport report = expect_bad_entry(last(), Level::nothing);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_15.id);
}

TEST_F(Damaged, ABundleCutAnywhereNamesTheEntryThatItCuts) {
  const std::string whole = only_part(bundle, "tile/entries/");
  for (const std::size_t kept :
       {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
    only_part(bundle, "tile/entries/") = whole.substr(0, kept);
    const AuditReport report = audit();
    ASSERT_TRUE(report.finding) << kept;
    EXPECT_EQ(report.finding->clause->id, ledger::LOG_15.id);
    EXPECT_EQ(report.finding->entry, report.entries) << kept;
    EXPECT_EQ(report.reached, Level::nothing);
  }
}

TEST_F(Damaged, BytesBehindTheLastEntryAreNamedWithIt) {
  only_part(bundle, "tile/entries/") += '\0';
  const AuditReport report = expect_bad_entry(last(), Level::nothing);
  EXPECT_NE(report.finding->sentence.find("goes on behind entry"), std::string::npos);
}

TEST_F(Damaged, AnEntryBehindTheLastIsNoPartOfTheLog) {
  crypto::append_to_bundle(only_part(bundle, "tile/entries/"), ordinary_year().lines().back());
  expect_bad_entry(last(), Level::nothing);
}

TEST_F(Damaged, AWrongLengthNamesTheEntryThatItBelongsTo) {
  std::size_t at = 0;
  for (Seq seq = 0; seq < 4; ++seq) at += 2 + ordinary_year().entries()[seq].line.size();
  for (const std::size_t byte : {at, at + 1}) {
    const auto parts = bundle.parts;
    flip_bit(only_part(bundle, "tile/entries/"), byte, 2);
    expect_bad_entry(4, Level::nothing);
    bundle.parts = parts;
  }
}

// ---- what the log itself took in ----

struct BadLog : Damaged {
  // A log that goes on with an entry that it should have refused, published and signed as if good.
  AuditReport audit_with(const ledger::Entry& entry) {
    std::vector<std::string> lines = before;
    lines.push_back(entry.line);
    bundle.parts.clear();
    lay_out(lines, story_origin, bundle);
    return expect_bad_entry(before.size());
  }
  std::vector<std::string> before = ordinary_year().lines();
};

TEST_F(BadLog, AnInadmissibleEntryIsNamedWithTheRule) {
  api::story::Writer writer(story_origin);
  ledger::AdjustmentApplied body;
  body.party = "XHA";
  body.year = 2026;
  body.version = 2;
  body.first_transferred = 8'549;  // by the log 8,550
  body.amount_num = 8'549;
  writer.write("2030-01-01T00:00:00.000Z", body, {"XHA"}).event.id = "too-few";
  const AuditReport report = audit_with(ordinary_year().entry_for(writer.acts()[0]));
  EXPECT_EQ(report.finding->clause->id, "ADJ-5") << replay::describe(report);
  EXPECT_EQ(report.reached, Level::chain);
  EXPECT_NE(report.finding->sentence.find("took it in like this"), std::string::npos);
}

TEST_F(BadLog, TimeThatRunsBackwardsBreaksTheChain) {
  const ledger::Entry& last_entry = ordinary_year().entries().back();
  std::string line = last_entry.line;
  const std::size_t time = line.find("\"time\":\"") + 8;
  line.replace(time, 4, "2019");
  before.pop_back();
  ledger::Entry entry = last_entry;
  entry.line = line;
  const AuditReport report = audit_with(entry);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_3.id);
  EXPECT_EQ(report.reached, Level::signatures);
}

// ---- hash tiles ----

TEST_F(Damaged, AnyByteOfAHashTileNamesTheTile) {
  const std::string path = "tile/0/000.p/" + std::to_string(last() + 1);
  for (std::size_t byte = 0; byte < 32 * (last() + 1); byte += 16) {
    const auto parts = bundle.parts;
    flip_bit(bundle.parts.at(path), byte, byte / 16 % 8);
    const AuditReport report = audit();
    ASSERT_TRUE(report.finding) << byte;
    EXPECT_TRUE(report.finding->part.starts_with("tile/0/000")) << report.finding->part;
    EXPECT_EQ(report.reached, Level::rules) << replay::describe(report);
    EXPECT_EQ(report.finding->clause->id, ledger::LOG_15.id);
    EXPECT_TRUE(report.totals) << "the entries are good, so the figures hold";
    bundle.parts = parts;
  }
}

TEST_F(Damaged, AHashTileOfTheWrongLengthIsNotOne) {
  std::string& tile = only_part(bundle, "tile/0/");
  tile.push_back('\0');
  expect_bad_part("tile/0/000.p/" + std::to_string(last() + 1), Level::rules, ledger::LOG_15);
  tile.resize(tile.size() - 2);
  expect_bad_part("tile/0/000.p/" + std::to_string(last() + 1), Level::rules, ledger::LOG_15);
}

TEST_F(Damaged, AMissingHashTileIsNamed) {
  std::erase_if(bundle.parts, [](const auto& part) { return part.first.starts_with("tile/0/"); });
  expect_bad_part("tile/0/000.p/" + std::to_string(last() + 1), Level::rules, ledger::LOG_15);
}

TEST_F(Damaged, HigherTilesAreComparedToo) {
  for (const char* path : {"tile/1/000.p/2", "tile/0/001", "tile/0/002.p/88"}) {
    bundle.parts.clear();
    lay_out(long_log(600), bundle);
    flip_bit(bundle.parts.at(path), 40, 3);
    const AuditReport report = audit();
    ASSERT_TRUE(report.finding) << path;
    EXPECT_TRUE(std::string_view(path).starts_with(report.finding->part)) << report.finding->part;
    EXPECT_EQ(report.reached, Level::rules);
  }
}

TEST_F(Damaged, AForeignTileIsNotTaken) {
  MemoryBundle other;
  lay_out(long_log(last() + 1), other);
  only_part(bundle, "tile/0/") = only_part(other, "tile/0/");
  const AuditReport report = audit();
  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid);
  EXPECT_EQ(report.reached, Level::rules) << replay::describe(report);
}

// ---- checkpoints ----

TEST_F(Damaged, ACheckpointOfAnotherRootIsNotThisLogs) {
  bundle.parts["checkpoint"] = checkpoint_of(long_log(last() + 1), last() + 1);
  expect_bad_part("checkpoint", Level::rules, ledger::LOG_15);
}

TEST_F(Damaged, ACheckpointOfAnotherKeyProvesNothing) {
  const crypto::SecretKey other = crypto::SecretKey::from_seed(std::string(32, 'x'));
  const ledger::TreeHead head = ordinary_year().machine().tree();
  bundle.parts["checkpoint"] = crypto::sign_note(
      crypto::checkpoint_text({story_origin, head.size, head.root}), story_origin, other);
  const AuditReport report = expect_bad_part("checkpoint", Level::root, ledger::LOG_7);
  EXPECT_TRUE(report.totals);
}

TEST_F(Damaged, ALogOpenedForAnotherKeyIsNotTheOneThatTheKeySigned) {
  const crypto::SecretKey other = crypto::SecretKey::from_seed(std::string(32, 'x'));
  const ledger::TreeHead head = ordinary_year().machine().tree();
  bundle.parts["checkpoint"] = crypto::sign_note(
      crypto::checkpoint_text({story_origin, head.size, head.root}), story_origin, other);
  replay::Workers workers(1);
  const AuditReport report = replay::audit(
      bundle, crypto::make_verifier_key(story_origin, other.public_key()), {}, workers);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid);
  EXPECT_EQ(report.finding->entry, 0u);
  EXPECT_EQ(report.finding->clause->id, ledger::LOG_7.id);
  EXPECT_EQ(report.reached, Level::root);
}

TEST_F(Damaged, ALogIsBelievedByTheNextKeyWhereTheKeyOfItsOpeningSignedTheSameNote) {
  const crypto::SecretKey next = crypto::SecretKey::from_seed(std::string(32, 'n'));
  const ledger::TreeHead head = ordinary_year().machine().tree();
  const std::string text = crypto::checkpoint_text({story_origin, head.size, head.root});
  const std::string old = crypto::sign_note(text, story_origin, ordinary_year().cast().key("log"));
  const std::string line = crypto::sign_note(text, story_origin, next).substr(text.size() + 1);
  replay::Workers workers(1);
  const auto audit_by = [&](const crypto::VerifierKey& key, const std::string& note) {
    bundle.parts["checkpoint"] = note;
    return replay::audit(bundle, key, {}, workers);
  };
  const crypto::VerifierKey key = crypto::make_verifier_key(story_origin, next.public_key());
  EXPECT_EQ(audit_by(key, old + line).verdict, AuditReport::Verdict::valid);
  EXPECT_EQ(audit_by(log_key(), old + line).verdict, AuditReport::Verdict::valid);
  for (const std::string& note : {old, text + "\n" + line}) {
    const AuditReport report = audit_by(key, note);
    ASSERT_TRUE(report.finding);
    EXPECT_EQ(report.finding->clause->id, ledger::LOG_7.id);
    EXPECT_EQ(report.reached, Level::root);
  }
  std::string wrong = old;
  flip_bit(wrong, wrong.size() - 10, 1);
  EXPECT_EQ(audit_by(key, wrong + line).verdict, AuditReport::Verdict::invalid);
}

TEST_F(Damaged, AnyBitOfTheCheckpointMakesTheLogInvalid) {
  const std::string whole = bundle.parts["checkpoint"];
  for (std::size_t byte = 0; byte < whole.size(); ++byte) {
    flip_bit(bundle.parts["checkpoint"], byte, byte % 7);
    const AuditReport report = audit();
    EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid) << byte;
    EXPECT_LT(report.reached, Level::checkpoint) << byte;
    bundle.parts["checkpoint"] = whole;
  }
}

TEST_F(Damaged, ACheckpointThatClaimsMoreThanIsThereIsInvalidAtOnce) {
  bundle.parts["checkpoint"] = crypto::sign_note(
      crypto::checkpoint_text({story_origin, (std::uint64_t{1} << 63) - 1, crypto::Hash()}),
      story_origin, ordinary_year().cast().key("log"));
  const AuditReport report = expect_bad_entry(0, Level::nothing);
  EXPECT_NE(replay::to_json(report).find("9223372036854775807"), std::string::npos);
}

TEST_F(Damaged, WithoutACheckpointNothingIsProven) {
  bundle.parts.erase("checkpoint");
  expect_bad_part("checkpoint", Level::nothing, ledger::LOG_15);
  bundle.parts["checkpoint"] = "no note";
  expect_bad_part("checkpoint", Level::nothing, ledger::LOG_15);
}

// ---- what cannot be read ----

TEST_F(Damaged, APartThatCannotBeReadKeepsTheAuditFromRunning) {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : bundle.parts) paths.push_back(path);
  for (const std::string& path : paths) {
    bundle.unreadable = {path};
    const AuditReport report = audit();
    EXPECT_EQ(report.verdict, AuditReport::Verdict::could_not_run) << path;
    EXPECT_NE(report.problem.find(path), std::string::npos) << report.problem;
    EXPECT_FALSE(report.totals);
  }
}

TEST_F(Damaged, ABadEntryCountsBeforeWhatCannotBeReadBehindIt) {
  bundle.parts.clear();
  lay_out(long_log(600), bundle);
  flip_in_entry(bundle, 3, 10, 0);
  bundle.unreadable = {"tile/entries/002.p/88"};
  expect_bad_entry(3);
}

}  // namespace
}  // namespace replay_test
