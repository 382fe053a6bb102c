// A witness of meaning: what it cosigns, what it never cosigns, and what it remembers.
#include "api/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "api/http_bundle.hpp"
#include "crypto/hash.hpp"
#include "replay/audit.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/evidence_check.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using api::Round;
using api::Watch;
using Outcome = Round::Outcome;
using testing::HasSubstr;
using testing::Not;

constexpr const char* name = "witness.example/XHA";

struct WatchTest : testing::Test {
  std::unique_ptr<Watch> start() {
    auto watch = std::make_unique<Watch>(log_key(), scratch.file("mirror"), key, name, workers);
    const auto opened = watch->open();
    EXPECT_TRUE(opened) << opened.error();
    return watch;
  }
  Round look(Watch& watch, const replay::BundleReader& log) { return watch.look(log, now); }

  // What the mirror serves: nothing, or a checkpoint that this witness cosigned.
  std::optional<crypto::Checkpoint> cosigned() const {
    const auto note = replay::DirectoryBundle(scratch.file("mirror")).checkpoint();
    if (note.outcome != replay::Fetched::Outcome::found) return std::nullopt;
    const auto parts = crypto::parse_note(note.bytes);
    EXPECT_TRUE(parts);
    const auto cosignature =
        crypto::read_cosignature(parts->text, parts->signatures, {name, key.public_key()});
    EXPECT_EQ(cosignature.verdict, crypto::Cosignature::Verdict::valid);
    EXPECT_EQ(cosignature.time, static_cast<std::uint64_t>(now.ms / 1'000));
    return crypto::open_checkpoint(note.bytes, log_key());
  }
  ledger::Seq cosigned_size() const {
    const auto checkpoint = cosigned();
    return checkpoint ? checkpoint->size : 0;
  }
  void expect_proven(const Round& round, const ledger::Clause& clause,
                     const replay::BundleReader* entries = nullptr) {
    EXPECT_EQ(round.outcome, Outcome::fault) << round.sentence;
    ASSERT_NE(round.clause, nullptr) << round.sentence;
    EXPECT_EQ(round.clause->id, clause.id) << round.sentence;
    ASSERT_TRUE(round.evidence);
    const auto verdict = replay::check_evidence(*round.evidence, log_key(), entries, workers);
    EXPECT_EQ(verdict.outcome, replay::EvidenceVerdict::Outcome::proven) << verdict.sentence;
  }

  test_support::ScratchFolder scratch;
  const crypto::SecretKey key = crypto::SecretKey::from_seed(crypto::sha256("witness").view());
  replay::Workers workers{2};
  ledger::Timestamp now = *ledger::parse_timestamp("2032-01-01T00:00:00.000Z");  // behind all logs
};

TEST_F(WatchTest, CosignsALogThatGrowsAndMirrorsAllOfIt) {
  const auto watch = start();
  for (const std::size_t size : {0u, 5u, 255u, 256u, 290u, 300u}) {
    const auto log = bundle_of(long_log(300, 0), size);
    const Round round = look(*watch, *log);
    EXPECT_EQ(round.outcome, Outcome::cosigned) << round.sentence;
    EXPECT_EQ(cosigned_size(), size);
    EXPECT_EQ(look(*watch, *log).outcome, Outcome::unchanged);
    const auto report =
        replay::audit(replay::DirectoryBundle(scratch.file("mirror")), log_key(), {}, workers);
    EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
  }
}

// Two entries of a ledger that is no demonstration.
const ToldLog& ordinary_ledger() {
  static const ToldLog log = [] {
    ToldLog told(story_origin);
    api::story::Writer writer(story_origin);
    auto opening = api::story::opening(told.cast(), story_origin, {"XBA", "XHA"});
    opening.mode = ledger::LedgerOpened::Mode::ordinary;
    writer.write("2020-11-23T08:00:00.000Z", opening, {"operator", "XBA", "XHA"});
    ledger::SignatureWithdrawn body;
    body.id = "a-draft";
    body.event = crypto::sha256(body.id);
    writer.write("2020-11-24T08:00:00.000Z", body, {"XHA"});
    for (const auto& act : writer.acts()) told.tell(act);
    return told;
  }();
  return log;
}

TEST_F(WatchTest, WaitsWhereTheNewestEntryIsMoreThanFiveMinutesAheadOfItsClock) {
  const auto watch = start();
  const auto log = bundle_of(ordinary_ledger(), 2);
  now.ms = ordinary_ledger().entries().back().time.ms - 300'001;
  const Round early = look(*watch, *log);
  EXPECT_EQ(early.outcome, Outcome::waiting);
  EXPECT_THAT(early.sentence, HasSubstr("Entry 1 was made at 2020-11-24T08:00:00.000Z"));
  EXPECT_FALSE(cosigned());
  now.ms += 1;
  const Round cosigns = look(*watch, *log);
  EXPECT_EQ(cosigns.outcome, Outcome::cosigned);
  EXPECT_THAT(cosigns.sentence, Not(HasSubstr("demonstration")));
}

TEST_F(WatchTest, ComparesTheToldTimesOfADemonstrationWithNoClockAndSaysSoOnce) {
  const auto watch = start();
  now = *ledger::parse_timestamp("2020-01-01T00:00:00.000Z");  // years before all its entries
  EXPECT_EQ(look(*watch, *bundle_of(long_log(20, 0), 0)).outcome, Outcome::cosigned);
  const Round first = look(*watch, *bundle_of(long_log(20, 0), 10));
  EXPECT_EQ(first.outcome, Outcome::cosigned) << first.sentence;
  EXPECT_THAT(first.sentence, HasSubstr("its times are told by those who submit"));
  const Round second = look(*watch, *bundle_of(long_log(20, 0), 20));
  EXPECT_EQ(second.outcome, Outcome::cosigned) << second.sentence;
  EXPECT_THAT(second.sentence, Not(HasSubstr("told")));
  EXPECT_EQ(cosigned_size(), 20u);
}

TEST_F(WatchTest, StopsAtAnEntryThatBreaksARuleAndShowsItToOthers) {
  const auto watch = start();
  const auto [lines, seq] = log_with_a_repeated_id(2);
  ASSERT_EQ(look(*watch, *bundle_of(ordinary_year(), 10)).outcome, Outcome::cosigned);
  MemoryBundle log;
  lay_out(lines, story_origin, log);
  const Round round = look(*watch, log);
  expect_proven(round, ledger::Clause{"ID-2", ledger::Kind::duplicate, ""}, &log);
  EXPECT_THAT(round.sentence, HasSubstr("Entry " + std::to_string(seq)));
  EXPECT_EQ(cosigned_size(), 10u);
}

TEST_F(WatchTest, StopsAtAForkOfAnySizeAlsoAfterARestart) {
  for (const bool restarted : {false, true}) {
    for (const std::size_t size : {6u, 10u, 15u}) {
      std::filesystem::remove_all(scratch.file("mirror"));
      auto watch = start();
      ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 10)).outcome, Outcome::cosigned);
      if (restarted) {
        watch.reset();
        watch = start();
      }
      expect_proven(look(*watch, *bundle_of(long_log(20, 1), size)), replay::LOG_19);
      EXPECT_EQ(cosigned(), crypto::read_unverified(checkpoint_of(long_log(20, 0), 10)));
    }
  }
}

TEST_F(WatchTest, DoesNotGoBackToAnOldCopyAndGoesOnWithTheLog) {
  const auto watch = start();
  ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 10)).outcome, Outcome::cosigned);
  const Round old = look(*watch, *bundle_of(long_log(20, 0), 6));
  EXPECT_EQ(old.outcome, Outcome::waiting);
  EXPECT_THAT(old.sentence, HasSubstr("LOG-22"));
  EXPECT_EQ(cosigned_size(), 10u);
  EXPECT_EQ(look(*watch, *bundle_of(long_log(20, 0), 12)).outcome, Outcome::cosigned);
}

TEST_F(WatchTest, RemembersWhatItCosignedThoughTheMirrorIsGone) {
  auto watch = start();
  ASSERT_EQ(look(*watch, *bundle_of(long_log(300, 0), 300)).outcome, Outcome::cosigned);
  watch.reset();
  std::filesystem::remove_all(scratch.file("mirror/tile"));
  std::filesystem::remove(scratch.file("mirror/checkpoint"));
  watch = start();
  EXPECT_EQ(look(*watch, *bundle_of(long_log(20, 1), 20)).outcome, Outcome::waiting)
      << "of a log that was lost nothing can be proven, and nothing else is cosigned";
  EXPECT_FALSE(cosigned());
  EXPECT_EQ(look(*watch, *bundle_of(long_log(300, 0), 300)).outcome, Outcome::unchanged);
  EXPECT_EQ(cosigned_size(), 300u);
  const auto report =
      replay::audit(replay::DirectoryBundle(scratch.file("mirror")), log_key(), {}, workers);
  EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
}

TEST_F(WatchTest, CosignsAnewWithAnotherKeyAndDoesNotGoBackWithIt) {
  ASSERT_EQ(look(*start(), *bundle_of(long_log(300, 0), 300)).outcome, Outcome::cosigned);
  const crypto::SecretKey another = crypto::SecretKey::from_seed(crypto::sha256("new").view());
  Watch watch(log_key(), scratch.file("mirror"), another, name, workers);
  ASSERT_TRUE(watch.open());
  EXPECT_EQ(look(watch, *bundle_of(long_log(300, 0), 290)).outcome, Outcome::waiting);
  EXPECT_EQ(look(watch, *bundle_of(long_log(300, 0), 300)).outcome, Outcome::cosigned);
  const auto note = replay::DirectoryBundle(scratch.file("mirror")).checkpoint();
  const auto parts = crypto::parse_note(note.bytes);
  ASSERT_TRUE(parts);
  EXPECT_EQ(crypto::read_cosignature(parts->text, parts->signatures, {name, another.public_key()})
                .verdict,
            crypto::Cosignature::Verdict::valid);
  EXPECT_EQ(look(watch, *bundle_of(long_log(300, 0), 300)).outcome, Outcome::unchanged);
}

// The key that is to follow signs beside the log's; readers who have it alone find its line.
TEST_F(WatchTest, KeepsEveryLineOfTheLogsName) {
  auto log = bundle_of(long_log(20, 0), 20);
  std::string& note = log->parts.at("checkpoint");
  const auto parts = crypto::parse_note(note);
  ASSERT_TRUE(parts);
  const std::string of_next = crypto::sign_note(
      parts->text, story_origin, crypto::SecretKey::from_seed(crypto::sha256("next").view()));
  const std::string line = of_next.substr(of_next.rfind("\n\n") + 2);
  const std::string of_other = crypto::sign_note(
      parts->text, "somebody", crypto::SecretKey::from_seed(crypto::sha256("other").view()));
  const std::string other = of_other.substr(of_other.rfind("\n\n") + 2);
  note += line + other;
  ASSERT_EQ(look(*start(), *log).outcome, Outcome::cosigned);
  const std::string mirrored = replay::DirectoryBundle(scratch.file("mirror")).checkpoint().bytes;
  EXPECT_THAT(mirrored, HasSubstr(line));
  EXPECT_THAT(mirrored, Not(HasSubstr(other)));
  EXPECT_EQ(cosigned_size(), 20u);
}

TEST_F(WatchTest, IsNotKeptFromItsMemoryByLinesThatAServerPutsIntoACheckpoint) {
  auto log = bundle_of(long_log(20, 0), 20);
  std::string& note = log->parts.at("checkpoint");
  const std::string text(crypto::parse_note(note)->text);
  for (int i = 0; i < 99; ++i) {
    const crypto::SecretKey junk =
        crypto::SecretKey::from_seed(crypto::sha256(std::to_string(i)).view());
    const std::string of_junk = crypto::sign_note(text, story_origin, junk);
    note += of_junk.substr(of_junk.rfind("\n\n") + 2);
  }
  ASSERT_EQ(look(*start(), *log).outcome, Outcome::cosigned);
  const auto watch = start();
  EXPECT_EQ(look(*watch, *log).outcome, Outcome::unchanged);
  EXPECT_EQ(cosigned_size(), 20u);
  expect_proven(look(*watch, *bundle_of(long_log(20, 1), 20)), replay::LOG_19);
}

TEST_F(WatchTest, WaitsWhereTheLineOfTheKeyThatTheLogWasOpenedForIsMissing) {
  auto log = bundle_of(long_log(20, 0), 20);
  std::string& note = log->parts.at("checkpoint");
  const crypto::SecretKey next = crypto::SecretKey::from_seed(crypto::sha256("next").view());
  note = crypto::sign_note(crypto::parse_note(note)->text, story_origin, next);
  Watch watch(crypto::make_verifier_key(story_origin, next.public_key()), scratch.file("mirror"),
              key, name, workers);
  ASSERT_TRUE(watch.open());
  const Round round = look(watch, *log);
  EXPECT_EQ(round.outcome, Outcome::waiting);
  EXPECT_THAT(round.sentence, HasSubstr("LOG-7"));
}

TEST_F(WatchTest, RemembersWhatTheOldKeySignedWhenTheLogGoesOverToAnother) {
  const crypto::SecretKey next = crypto::SecretKey::from_seed(crypto::sha256("next").view());
  crypto::LogKeys both = log_key();
  both.add(crypto::make_verifier_key(story_origin, next.public_key()));
  const auto by_next = [&](MemoryBundle& log) {
    std::string& note = log.parts.at("checkpoint");
    note = crypto::sign_note(crypto::parse_note(note)->text, story_origin, next);
  };
  api::story::Writer writer(story_origin);
  writer
      .write("2030-01-01T00:00:00.000Z",
             ledger::LogKeyAnnounced{crypto::format_vkey(both.all().back())}, {"XBA", "XHA"})
      .event.id = "next-log-key";
  std::vector<std::string> lines = ordinary_year().lines();
  lines.push_back(ordinary_year().entry_for(writer.acts().front()).line);
  MemoryBundle before, after;
  lay_out(ordinary_year(), before);
  lay_out(lines, story_origin, after);
  by_next(after);
  Watch watch(both, scratch.file("mirror"), key, name, workers);
  ASSERT_TRUE(watch.open());
  ASSERT_EQ(look(watch, before).outcome, Outcome::cosigned);
  const Round round = look(watch, after);
  ASSERT_EQ(round.outcome, Outcome::cosigned) << round.sentence;
  const auto fork = bundle_of(long_log(20, 1), 20);
  by_next(*fork);
  const Round forked = look(watch, *fork);
  EXPECT_EQ(forked.outcome, Outcome::fault) << forked.sentence;
  ASSERT_TRUE(forked.evidence);
  EXPECT_EQ(replay::check_evidence(*forked.evidence, both, nullptr, workers).outcome,
            replay::EvidenceVerdict::Outcome::proven);

  // Who was given the old key alone hears which key to ask a Party about.
  MemoryBundle overlap;
  lay_out(lines, story_origin, overlap);
  Watch old(log_key(), scratch.file("other mirror"), key, name, workers);
  ASSERT_TRUE(old.open());
  ASSERT_EQ(look(old, overlap).outcome, Outcome::cosigned);
  const Round alone = look(old, after);
  EXPECT_EQ(alone.outcome, Outcome::waiting);
  EXPECT_THAT(alone.sentence, HasSubstr(crypto::format_vkey(both.all().back()) +
                                        ", which the log names, signed it"));
}

TEST_F(WatchTest, SaysThatItsMirrorIsDamagedAndCosignsNothing) {
  auto watch = start();
  ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 10)).outcome, Outcome::cosigned);
  watch.reset();
  std::string entries = scratch.read("mirror/tile/entries/000.p/10");
  flip_bit(entries, entries.size() - 20, 0);
  scratch.write("mirror/tile/entries/000.p/10", entries);
  watch = start();
  const Round round = look(*watch, *bundle_of(long_log(20, 0), 12));
  EXPECT_EQ(round.outcome, Outcome::broken);
  EXPECT_THAT(round.sentence, HasSubstr("Remove its directory tile"));
}

TEST_F(WatchTest, IsTheOnlyOneInItsMirror) {
  const auto watch = start();
  Watch second(log_key(), scratch.file("mirror"), key, name, workers);
  const auto opened = second.open();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error(), HasSubstr("in use by another watch"));
}

// Nobody is blamed for what the log key did not sign, and the next look begins anew.
TEST_F(WatchTest, WaitsWhereALogIsAlteredOnItsWay) {
  const auto watch = start();
  ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 5)).outcome, Outcome::cosigned);
  const std::string entries = "tile/entries/000.p/20";
  const std::vector<std::function<void(MemoryBundle&)>> damages = {
      [&](MemoryBundle& log) { flip_in_entry(log, 12, 400, 0); },
      [&](MemoryBundle& log) {  // a time, which no signature covers
        edit_entries(log, 19,
                     [](auto& lines) { lines[19].replace(lines[19].rfind("08:00"), 5, "09:00"); });
      },
      [&](MemoryBundle& log) { log.parts.erase(entries); },
      [&](MemoryBundle& log) { log.parts[entries].pop_back(); },
      [&](MemoryBundle& log) { log.parts[entries] += "more"; },
      [&](MemoryBundle& log) { flip_in_entry(log, 2, 400, 0); },
      [&](MemoryBundle& log) { log.unreadable.insert(entries); },
      [&](MemoryBundle& log) { log.parts["checkpoint"] += "more"; },
      [&](MemoryBundle& log) { log.parts.erase("checkpoint"); },
  };
  for (const auto& damage : damages) {
    const auto log = bundle_of(long_log(20, 0), 20);
    damage(*log);
    const Round round = look(*watch, *log);
    EXPECT_EQ(round.outcome, Outcome::waiting) << round.sentence;
    EXPECT_FALSE(round.sentence.empty());
    EXPECT_EQ(cosigned_size(), 5u);
  }
  EXPECT_EQ(look(*watch, *bundle_of(long_log(20, 0), 20)).outcome, Outcome::cosigned);
}

TEST_F(WatchTest, PublishesAfterACrashWhatItRemembers) {
  auto watch = start();
  ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 5)).outcome, Outcome::cosigned);
  const std::string older = scratch.read("mirror/checkpoint");
  ASSERT_EQ(look(*watch, *bundle_of(long_log(20, 0), 10)).outcome, Outcome::cosigned);
  watch.reset();
  scratch.write("mirror/checkpoint", older);
  watch = start();
  EXPECT_EQ(look(*watch, *bundle_of(long_log(20, 0), 10)).outcome, Outcome::unchanged);
  EXPECT_EQ(cosigned_size(), 10u);
}

// ---- servers that wish it harm ----

// Answers every question with the same bytes for ever, or drop by drop.
struct HostileServer {
  HostileServer(const test_support::ScratchFolder& folder, const std::string& answer)
      : scratch(folder) {
    scratch.write("hostile.py",
                  "import socket, time\n"
                  "s = socket.create_server(('127.0.0.1', 0))\n"
                  "print(s.getsockname()[1], flush=True)\n"
                  "while True:\n"
                  "    c, _ = s.accept()\n"
                  "    try:\n"
                  "        c.recv(65536)\n" +
                      answer +
                      "    except OSError: pass\n"
                      "    c.close()\n");
    const auto started = scratch.run(
        "python3 -u hostile.py >port 2>&1 & echo $! >pid; "
        "for i in $(seq 300); do [ -s port ] && break; sleep 0.1; done; tr -d '\\n' <port");
    url = "http://127.0.0.1:" + started.output;
  }
  ~HostileServer() { (void)scratch.run("kill $(cat pid)"); }
  const test_support::ScratchFolder& scratch;
  std::string url;
};

TEST_F(WatchTest, EndsInAClearErrorWhateverAServerSends) {
  const std::map<std::string, std::string> answers = {
      {"endless",
       "        c.sendall(b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n')\n"
       "        while True: c.sendall(b'10000\\r\\n' + b'x' * 65536 + b'\\r\\n')\n"},
      {"oversized",
       "        c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 1000000000000\\r\\n\\r\\n')\n"
       "        while True: c.sendall(b'x' * 65536)\n"},
      {"an endless head", "        while True: c.sendall(b'HTTP/1.1 200 OK\\r\\nX: y\\r\\n')\n"},
      {"slow",
       "        c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 1000\\r\\n\\r\\n')\n"
       "        while True: c.sendall(b'x'); time.sleep(0.05)\n"},
      {"shorter than it says",
       "        c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 1000\\r\\n\\r\\nshort')\n"},
  };
  api::ClientLimits limits;
  limits.exchange = std::chrono::milliseconds(1'000);
  const auto watch = start();
  for (const auto& [why, answer] : answers) {
    const HostileServer server(scratch, answer);
    const api::HttpBundle log(*api::parse_server_address(server.url), limits);
    const auto began = std::chrono::steady_clock::now();
    const Round round = look(*watch, log);
    EXPECT_EQ(round.outcome, Outcome::waiting) << why;
    EXPECT_FALSE(round.sentence.empty()) << why;
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20)) << why;
  }
  EXPECT_FALSE(cosigned());
}

}  // namespace
}  // namespace replay_test
