// The life of a log key over the memory store: a second line for the key that is to follow, its
// announcement in the log, and a server that needs the new key alone.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/story.hpp"
#include "ledger/codec.hpp"
#include "ledger/ledger.hpp"
#include "ledger/memory_store.hpp"
#include "tests/support/power_loss_fs.hpp"
#include "tests/support/story_log.hpp"

namespace {

using namespace ledger;
using test_support::story_arrivals;
using test_support::story_identity;
using test_support::story_log_key;
namespace story = api::story;

crypto::SecretKey next_secret() {
  return crypto::SecretKey::from_seed(std::string(32, 'n'));
}

crypto::VerifierKey next_key() {
  return crypto::make_verifier_key(test_support::story_origin, next_secret().public_key());
}

LogIdentity with_next_key() {
  LogIdentity identity = story_identity();
  identity.next_log_key = next_secret();
  return identity;
}

LogIdentity with_next_key_alone() {
  LogIdentity identity = story_identity();
  identity.log_key = next_secret();
  return identity;
}

// The Parties of the story announce a key.
std::vector<Arrival> announcement_of(const crypto::VerifierKey& key) {
  story::Cast cast = story::Cast::derived();
  story::Act act;
  act.time = story::at("2031-01-01T00:00:00.000Z");
  act.event = {std::string(test_support::story_origin),
               "log-key-" + std::to_string(crypto::key_id(key)), date_of(act.time),
               plus_days(act.time, 30), LogKeyAnnounced{crypto::format_vkey(key)}};
  act.signers = {"CHE", "GHA", "XBA", "XHA"};
  std::vector<Arrival> one;
  one.push_back({authenticate(story::signed_event_of(act, cast)).value(), act.time, true});
  return one;
}

std::string signed_by_a_stranger(const std::string& note) {
  const crypto::SecretKey stranger = crypto::SecretKey::from_seed(std::string(32, 'x'));
  const std::string text = crypto::checkpoint_text(crypto::read_unverified(note).value());
  return crypto::sign_note(text, test_support::story_origin, stranger);
}

// A disk with a store and a lock slot, and a ledger on it that comes and goes.
struct LogKey : testing::Test {
  // "started", or the clause by which it does not.
  std::string start(LogIdentity identity) {
    ledger.reset();
    slot = LockSlot::open(slots.lock_file("/data/slot")).value();
    sink = {};
    Result<Ledger> opened = Ledger::open(*disk, *slot, sink, std::move(identity), newest_spec);
    if (!opened) {
      sentence = opened.error().detail;
      return std::string(opened.error().clause->id);
    }
    ledger.emplace(std::move(*opened));
    return "started";
  }
  // Events of the story up to that many, those that are there already left out.
  void admit(std::size_t count) {
    std::vector<Arrival> arrivals = story_arrivals(count);
    arrivals.erase(arrivals.begin(),
                   arrivals.begin() + static_cast<std::ptrdiff_t>(ledger->machine().size()));
    admit(std::move(arrivals));
  }
  void admit(std::vector<Arrival> arrivals) {
    const std::size_t all = arrivals.size();
    const auto hardened = ledger->harden(ledger->stage(std::move(arrivals)));
    ASSERT_TRUE(hardened);
    ASSERT_EQ(hardened->batch().entries.size(), all);
  }
  void announce() { admit(announcement_of(next_key())); }
  // Whether the newest checkpoint has a good line of the log key, and of the next.
  std::pair<bool, bool> lines() const {
    const std::string note = ledger->published().note;
    EXPECT_EQ(disk->newest_checkpoint().value().value(), note);
    EXPECT_EQ(slot->record()->note, note);
    return {crypto::open_checkpoint(note, story_log_key()).has_value(),
            crypto::open_checkpoint(note, next_key()).has_value()};
  }
  // The whole life, up to where the old key was destroyed.
  void retire() {
    ASSERT_EQ(start(story_identity()), "started");
    admit(4);
    ASSERT_EQ(start(with_next_key()), "started");
    admit(6);
    announce();
    ASSERT_EQ(start(with_next_key_alone()), "started") << sentence;
  }

  test_support::PowerLossFs slots;  // only the lock slot lies there
  std::optional<MemoryStore> disk{std::in_place};
  std::optional<LockSlot> slot;
  test_support::LineSink sink;
  std::optional<Ledger> ledger;
  std::string sentence;  // why it did not start
};

using Lines = std::pair<bool, bool>;

TEST_F(LogKey, IsJoinedByTheNextOneInEveryNewCheckpoint) {
  ASSERT_EQ(start(with_next_key()), "started");
  EXPECT_EQ(lines(), Lines(true, true));
  for (const std::size_t count : {1u, 3u}) {
    admit(count);
    EXPECT_EQ(lines(), Lines(true, true)) << count;
  }
}

TEST_F(LogKey, IsJoinedAndLeftByTheNextOneAtAnyStart) {
  ASSERT_EQ(start(story_identity()), "started");
  admit(2);
  ASSERT_EQ(start(with_next_key()), "started");
  EXPECT_EQ(lines(), Lines(true, false)) << "it was signed before";
  admit(4);
  EXPECT_EQ(lines(), Lines(true, true));
  ASSERT_EQ(start(story_identity()), "started") << "without it";
  admit(5);
  EXPECT_EQ(lines(), Lines(true, false));
}

TEST_F(LogKey, GoesOnAloneOnceItWasAnnouncedAndSignedBesideTheOld) {
  retire();
  EXPECT_EQ(sink.lines().size(), 7u) << "the whole log was replayed";
  EXPECT_EQ(ledger->machine().state().log_keys,
            (std::vector<std::string>{crypto::format_vkey(story_log_key()),
                                      crypto::format_vkey(next_key())}));
}

TEST_F(LogKey, SignsAloneFromThenOn) {
  retire();
  EXPECT_EQ(lines(), Lines(true, true)) << "it was signed before";
  const crypto::SecretKey third = crypto::SecretKey::from_seed(std::string(32, 't'));
  admit(announcement_of(crypto::make_verifier_key(test_support::story_origin, third.public_key())));
  EXPECT_EQ(lines(), Lines(false, true));
  EXPECT_EQ(start(with_next_key_alone()), "started") << sentence;
  EXPECT_EQ(start(story_identity()), "LOG-7") << "the old key is not enough any more";
}

TEST_F(LogKey, LOG_7_OfAnOverlapThatNobodyAnnouncedServesNothingAlone) {
  ASSERT_EQ(start(with_next_key()), "started");
  admit(6);
  EXPECT_EQ(start(with_next_key_alone()), "LOG-7");
  EXPECT_NE(sentence.find("no log.key_announced names"), std::string::npos) << sentence;
  EXPECT_EQ(start(with_next_key()), "started");
}

TEST_F(LogKey, LOG_7_ThatWasAnnouncedButNeverSignedBesideTheOldServesNothing) {
  ASSERT_EQ(start(story_identity()), "started");
  admit(6);
  announce();
  EXPECT_EQ(start(with_next_key_alone()), "LOG-7");
  EXPECT_NE(sentence.find("was not signed by log key"), std::string::npos) << sentence;
  EXPECT_EQ(start(story_identity()), "started");
}

TEST_F(LogKey, LOG_7_ThatIsToFollowIsNobodysKeyInTheLog) {
  ASSERT_EQ(start(story_identity()), "started");
  admit(2);
  story::Cast cast = story::Cast::derived();
  LogIdentity identity = story_identity();
  identity.next_log_key = crypto::SecretKey::from_seed(cast.key("XHA").seed());
  EXPECT_EQ(start(std::move(identity)), "LOG-7");
  EXPECT_NE(sentence.find("keys.next_log is a key of XHA"), std::string::npos) << sentence;
}

// Each checkpoint that the old key signed is looked at, though the new one vouches for the root.
TEST_F(LogKey, LOG_15_FindsAnotherSignatureInThePlaceOfTheOldKeys) {
  retire();
  const std::vector<std::string> lines = sink.lines();
  std::vector<std::pair<Seq, std::string>> checkpoints;
  for (Seq seq = 0; seq < lines.size(); seq = checkpoints.back().first) {
    const std::string note = disk->checkpoint_covering(seq).value().value();
    checkpoints.emplace_back(crypto::read_unverified(note)->size, note);
  }
  ASSERT_EQ(checkpoints.size(), 3u);
  const auto put = [&](std::size_t forged) {
    disk.emplace();
    const Epoch epoch = disk->open_epoch().value();
    Seq from = 0;
    for (std::size_t i = 0; i < checkpoints.size(); ++i) {
      auto [size, note] = checkpoints[i];
      if (i == forged) note = signed_by_a_stranger(note);
      const std::vector<std::string_view> batch(lines.begin() + static_cast<long>(from),
                                                lines.begin() + static_cast<long>(size));
      ASSERT_TRUE(disk->append(epoch, from, {batch, {}, note}));
      from = size;
    }
  };
  put(0);
  EXPECT_EQ(start(with_next_key_alone()), "LOG-15") << "the old key alone signed it";
  EXPECT_NE(sentence.find("The stored checkpoint over entry 0"), std::string::npos) << sentence;
  put(1);
  EXPECT_EQ(start(with_next_key_alone()), "LOG-15");
  put(2);
  EXPECT_EQ(start(with_next_key_alone()), "LOG-7") << "the newest";
  put(3);
  EXPECT_EQ(start(with_next_key_alone()), "started") << sentence;
}

}  // namespace
