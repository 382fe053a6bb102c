// What the auditor holds itself: pinned keys, a pinned opening, an older checkpoint.
#include <gtest/gtest.h>

#include "crypto/pem.hpp"
#include "crypto/text.hpp"
#include "replay/audit.hpp"
#include "replay/clauses_audit.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using replay::AuditReport;
using replay::PartyKey;
using replay::Trust;

AuditReport audit_with(const Trust& trust) {
  MemoryBundle bundle;
  lay_out(ordinary_year(), bundle);
  replay::Workers workers(1);
  return replay::audit(bundle, log_key(), trust, workers);
}

crypto::Hash fingerprint_of(const std::string& name) {
  return crypto::key_fingerprint(ordinary_year().cast().public_key(name));
}

void expect_distrust(const AuditReport& report, const ledger::Clause& clause) {
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid) << replay::describe(report);
  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->clause->id, clause.id);
  EXPECT_FALSE(report.finding->level);
  EXPECT_EQ(report.reached, replay::Level::checkpoint) << "the log itself holds";
}

TEST(Trust, WithoutItKeysAreAsClaimedByTheOperator) {
  const AuditReport report = audit_with({});
  EXPECT_FALSE(report.pinned);
  ASSERT_EQ(report.party_keys.size(), 2u);
  for (const PartyKey& key : report.party_keys) {
    EXPECT_EQ(key.ground, PartyKey::Ground::claimed_by_operator);
    EXPECT_EQ(key.fingerprint, fingerprint_of(key.party));
    EXPECT_EQ(key.enrolled_by, 0u);
  }
  const std::string text = replay::describe(report);
  EXPECT_NE(text.find("as claimed by the operator"), std::string::npos);
  EXPECT_NE(text.find(crypto::to_hex(fingerprint_of("XHA").view())), std::string::npos);
}

TEST(Trust, InTheOpeningCoversEveryKeyThatFollows) {
  Trust trust;
  trust.opening = ordinary_year().entries()[0].leaf;
  const AuditReport report = audit_with(trust);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid);
  for (const PartyKey& key : report.party_keys) {
    EXPECT_EQ(key.ground, PartyKey::Ground::opening_pinned);
  }
  EXPECT_EQ(replay::describe(report).find("claimed"), std::string::npos);
}

TEST(Trust, InAnotherOpeningIsBrokenByThisLog) {
  Trust trust;
  trust.opening = ordinary_year().entries()[1].leaf;
  const AuditReport report = audit_with(trust);
  expect_distrust(report, replay::LOG_20);
  EXPECT_EQ(report.finding->entry, 0u);
}

TEST(Trust, InKeysIsSaidKeyByKey) {
  Trust trust;
  trust.parties["XHA"] = {fingerprint_of("XHA"), fingerprint_of("never enrolled")};
  const AuditReport report = audit_with(trust);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << replay::describe(report);
  for (const PartyKey& key : report.party_keys) {
    EXPECT_EQ(key.ground, key.party == "XHA" ? PartyKey::Ground::key_pinned
                                             : PartyKey::Ground::claimed_by_operator);
  }
}

TEST(Trust, IsBrokenByAKeyThatThePartyNeverNamed) {
  Trust trust;
  trust.parties["XHA"] = {fingerprint_of("XBA")};
  const AuditReport report = audit_with(trust);
  expect_distrust(report, replay::LOG_20);
  EXPECT_NE(report.finding->sentence.find(crypto::to_hex(fingerprint_of("XHA").view())),
            std::string::npos);
}

TEST(Trust, InAPartyThatTheLogDoesNotHaveIsBroken) {
  Trust trust;
  trust.parties["XZZ"] = {fingerprint_of("XHA")};
  expect_distrust(audit_with(trust), replay::LOG_20);
  trust.parties.clear();
  trust.parties["XBA-FUND"] = {fingerprint_of("XBA-FUND")};  // an entity
  expect_distrust(audit_with(trust), replay::LOG_20);
}

// ---- older checkpoints ----

TEST(Trust, InAnOlderCheckpointHoldsForEverySizeOfTheSameLog) {
  for (ledger::Seq size = 0; size <= ordinary_year().entries().size(); ++size) {
    Trust trust;
    trust.older_checkpoint = checkpoint_of(ordinary_year(), size);
    const AuditReport report = audit_with(trust);
    EXPECT_EQ(report.verdict, AuditReport::Verdict::valid) << size << replay::describe(report);
    EXPECT_EQ(report.contains, size);
  }
}

// Told before any entry is replayed, naming both.
void expect_contradiction(const AuditReport& report, const ledger::Clause& clause,
                          const std::string& older) {
  EXPECT_EQ(report.verdict, AuditReport::Verdict::invalid) << replay::describe(report);
  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->clause->id, clause.id) << replay::describe(report);
  EXPECT_EQ(report.entries, 0u);
  EXPECT_FALSE(report.contains);
  const auto opened = crypto::read_unverified(older);
  for (const crypto::Checkpoint& each : {*opened, *report.checkpoint}) {
    EXPECT_NE(report.finding->sentence.find(std::to_string(each.size) + " entries with root " +
                                            crypto::to_hex(each.root.view())),
              std::string::npos)
        << report.finding->sentence;
  }
}

TEST(Trust, InAnOlderCheckpointIsBrokenByAForkedLog) {
  for (const ledger::Seq size : {2u, 5u, 8u}) {
    Trust trust;
    trust.older_checkpoint = checkpoint_of(long_log(10), size);
    expect_contradiction(audit_with(trust), replay::LOG_19, *trust.older_checkpoint);
  }
}

TEST(Trust, InAnOlderCheckpointIsBrokenByAnotherLogOfTheSameSize) {
  const std::size_t size = ordinary_year().entries().size();
  Trust trust;
  trust.older_checkpoint = checkpoint_of(long_log(300), size);
  expect_contradiction(audit_with(trust), replay::LOG_19, *trust.older_checkpoint);
}

TEST(Trust, InAnOlderCheckpointIsBrokenByALogThatLostEntries) {
  Trust trust;
  trust.older_checkpoint = checkpoint_of(long_log(300), 300);
  expect_contradiction(audit_with(trust), replay::LOG_22, *trust.older_checkpoint);
}

// With a tile that is damaged or gone the tiles prove nothing; the entries still do.
TEST(Trust, InAnOlderCheckpointIsBrokenByAForkedLogWhoseTilesAreDamagedToo) {
  for (const bool gone : {false, true}) {
    MemoryBundle bundle;
    lay_out(ordinary_year(), bundle);
    std::string& tile = only_part(bundle, "tile/0/");
    gone ? tile.clear() : flip_bit(tile, 0, 0);
    Trust trust;
    trust.older_checkpoint = checkpoint_of(long_log(10), 5);
    replay::Workers workers(1);
    const AuditReport report = replay::audit(bundle, log_key(), trust, workers);
    ASSERT_TRUE(report.finding);
    EXPECT_EQ(report.finding->clause->id, replay::LOG_19.id) << replay::describe(report);
    EXPECT_EQ(report.reached, replay::Level::rules);
    EXPECT_EQ(report.entries, ordinary_year().entries().size());
  }
}

// Who altered a copy of the log cannot make its key look like that of a forger.
TEST(Trust, InAnOlderCheckpointSaysNothingAgainstACheckpointThatNobodySigned) {
  MemoryBundle bundle;
  lay_out(ordinary_year(), bundle);
  std::string& note = bundle.parts["checkpoint"];
  const auto claimed = crypto::read_unverified(note);
  note = crypto::sign_note(crypto::checkpoint_text(*claimed), claimed->origin,
                           ordinary_year().cast().key("XHA"));
  Trust trust;
  trust.older_checkpoint = checkpoint_of(long_log(300), 300);
  replay::Workers workers(1);
  const AuditReport report = replay::audit(bundle, log_key(), trust, workers);
  ASSERT_TRUE(report.finding);
  EXPECT_EQ(report.finding->part, "checkpoint");
  EXPECT_EQ(report.finding->clause->id, "LOG-7") << replay::describe(report);
}

TEST(Trust, InACheckpointThatTheLogKeyNeverSignedIsNotPossible) {
  Trust trust;
  trust.older_checkpoint = "not a note";
  const AuditReport report = audit_with(trust);
  EXPECT_EQ(report.verdict, AuditReport::Verdict::could_not_run);
  EXPECT_NE(
      replay::describe(report).find("COULD NOT RUN. The older checkpoint is not a signed note"),
      std::string::npos)
      << replay::describe(report);
}

// ---- the file ----

std::string pin(char digit) {
  return std::string(64, digit);
}

TEST(TrustFile, HasAnOpeningAndKeysOfParties) {
  std::string problem;
  const auto trust =
      replay::parse_trust("# pins of 2027\n\nopening " + pin('a') + "\r\nparty XHA " + pin('b') +
                              "\nparty XHA " + pin('c') + "\nparty XBA " + pin('b'),
                          problem);
  ASSERT_TRUE(trust) << problem;
  EXPECT_EQ(crypto::to_hex(trust->opening->view()), pin('a'));
  EXPECT_EQ(trust->parties.size(), 2u);
  EXPECT_EQ(trust->parties.at("XHA").size(), 2u);
}

TEST(TrustFile, NamesTheLineThatIsWrong) {
  for (const std::string& line : std::vector<std::string>{
           "opening", "party XHA", "party xha " + pin('a'), "party XHA " + pin('A'),
           "party XHA " + pin('a') + "a", "party  XHA " + pin('a'), "trust " + pin('a'), " ",
           "opening " + pin('a') + " "}) {
    std::string problem;
    EXPECT_FALSE(replay::parse_trust("# one\n" + line + "\n", problem)) << line;
    EXPECT_TRUE(problem.starts_with("Line 2 of the trust file: ")) << problem;
  }
}

TEST(TrustFile, ThatPinsNothingOrTheOpeningTwiceIsRefused) {
  std::string problem;
  EXPECT_FALSE(replay::parse_trust("# nothing\n", problem));
  EXPECT_NE(problem.find("pins nothing"), std::string::npos);
  const std::string opening = "opening " + pin('a') + "\n";
  EXPECT_FALSE(replay::parse_trust(opening + opening, problem));
  EXPECT_NE(problem.find("twice"), std::string::npos);
}

}  // namespace
}  // namespace replay_test
