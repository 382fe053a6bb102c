// The log as a whole, over the memory store: staging, hardening, duplicates, poison, and what a
// start refuses.
#include "ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "api/story.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"
#include "ledger/memory_store.hpp"
#include "tests/store/engines.hpp"
#include "tests/support/fault_store.hpp"
#include "tests/support/power_loss_fs.hpp"
#include "tests/support/story_log.hpp"

namespace {

using namespace ledger;
using test_support::FaultStore;
using test_support::Flavour;
using test_support::problem_of;
using test_support::story_arrivals;
namespace story = api::story;

template <class T>
std::string refused_by(const Result<T>& result) {
  return result ? "nothing" : std::string(result.error().clause->id);
}

// "3", "=3" for a repeated event, or the clause.
std::string outcome_text(const Outcome& outcome) {
  if (const auto* admitted = std::get_if<Admitted>(&outcome)) return std::to_string(admitted->seq);
  if (const auto* repeated = std::get_if<Repeated>(&outcome)) {
    return "=" + std::to_string(repeated->seq);
  }
  return std::string(std::get<Violation>(outcome).clause->id);
}

std::vector<std::string> texts(const std::vector<Outcome>& outcomes) {
  std::vector<std::string> out;
  out.reserve(outcomes.size());
  for (const Outcome& outcome : outcomes) out.push_back(outcome_text(outcome));
  return out;
}

std::vector<Arrival> some(std::size_t from, std::size_t to) {
  std::vector<Arrival> all = story_arrivals(to);
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(from));
  return all;
}

// A disk with a store and a lock slot, and a ledger on it that comes and goes.
struct LedgerOnDisk : testing::Test {
  Result<> start(LogIdentity identity = test_support::story_identity(),
                 std::int64_t newest = newest_spec) {
    ledger.reset();
    slot = LockSlot::open(slots.lock_file("/data/slot")).value();
    store.emplace(disk);
    sink = {};
    Result<Ledger> opened = Ledger::open(*store, *slot, sink, std::move(identity), newest);
    if (!opened) return tl::unexpected(opened.error());
    ledger.emplace(std::move(*opened));
    published = ledger->published();
    return {};
  }
  // Stages and hardens; the outcomes in short.
  std::vector<std::string> commit(std::vector<Arrival> arrivals) {
    Result<Hardened> hardened = ledger->harden(ledger->stage(std::move(arrivals)));
    if (!hardened) return {"failed " + std::string(hardened.error().clause->id)};
    published = hardened->batch().published;
    return texts(hardened->batch().outcomes);
  }
  void given(std::size_t from, std::size_t to) {
    for (const std::string& text : commit(some(from, to))) {
      ASSERT_TRUE(std::isdigit(static_cast<unsigned char>(text[0]))) << text;
    }
  }

  test_support::PowerLossFs slots;  // only the lock slot lies there
  MemoryStore disk;
  std::optional<LockSlot> slot;
  std::optional<FaultStore> store;
  test_support::LineSink sink;
  std::optional<Ledger> ledger;
  Published published;
};

// ---- opening ----

TEST_F(LedgerOnDisk, BeginsWithASignedCheckpointOfNothing) {
  ASSERT_TRUE(start());
  const auto checkpoint = crypto::open_checkpoint(published.note, test_support::story_log_key());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, 0u);
  EXPECT_EQ(**store->newest_checkpoint(), published.note);
  EXPECT_EQ(slot->record()->note, published.note);
  ASSERT_TRUE(start()) << "and is found again";
  EXPECT_EQ(**store->newest_checkpoint(), published.note);
}

TEST_F(LedgerOnDisk, ComesBackAsItWas) {
  ASSERT_TRUE(start());
  given(0, 7);
  given(7, 20);
  const Machine machine = ledger->machine();
  const Published before = published;
  ASSERT_TRUE(start());
  EXPECT_EQ(ledger->machine(), machine);
  EXPECT_EQ(published.note, before.note);
  EXPECT_EQ(published.root, before.root);
  EXPECT_EQ(published.open, before.open);
  EXPECT_EQ(sink.lines(), test::lines_of(*store, 0, 20));
  EXPECT_EQ(problem_of(*store, published), "");
}

TEST_F(LedgerOnDisk, GoesOnWhereItStopped) {
  ASSERT_TRUE(start());
  given(0, 10);
  ASSERT_TRUE(start());
  given(10, test_support::story_length());
  EXPECT_EQ(problem_of(*store, published), "");
}

// Sizes around a full tile, so that tiles come from the store, from the open ones, and from both.
TEST_F(LedgerOnDisk, ProvesEveryEntryAcrossFullTiles) {
  ASSERT_TRUE(start());
  std::size_t at = 0;
  for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{255},
                                 std::size_t{256}, std::size_t{257}, std::size_t{530}}) {
    given(at, size);
    at = size;
    EXPECT_EQ(problem_of(*store, published), "") << size << " entries";
  }
  const ProofReader reader(*store, published);
  EXPECT_EQ(reader.tile(1, 0, 2)->value().size(), 64u) << "the two full tiles' roots";
  EXPECT_EQ(*reader.tile(1, 0, 3), std::nullopt);
  EXPECT_EQ(*reader.tile(1, 1, 1), std::nullopt);
  EXPECT_EQ(*reader.tile(2, 0, 1), std::nullopt);
  EXPECT_EQ(*reader.tile(63, 0, 1), std::nullopt);
  EXPECT_EQ(*reader.tile(0, 0, 0), std::nullopt);
  EXPECT_EQ(*reader.tile(0, 0, 257), std::nullopt);
  EXPECT_EQ(reader.tile(0, 0, 5)->value(), (**store->tile(0, 0)).substr(0, 160));
  ASSERT_TRUE(start());
  EXPECT_EQ(problem_of(*store, published), "") << "also after a restart";
}

TEST_F(LedgerOnDisk, LeadsAnOldEntryToTheCheckpointThatFirstCoveredIt) {
  ASSERT_TRUE(start());
  given(0, 3);
  given(3, 300);
  const ProofReader reader(*store, published);
  const auto first =
      crypto::open_checkpoint(**store->checkpoint_covering(1), test_support::story_log_key());
  ASSERT_EQ(first->size, 3u);
  const auto proof = reader.inclusion(1, first->size);
  EXPECT_TRUE(
      crypto::verify_inclusion(crypto::leaf_hash(**store->line(1)), 1, 3, *proof, first->root));
}

// ---- staging ----

TEST_F(LedgerOnDisk, AnswersTheSameEventWithItsFirstPlace) {
  ASSERT_TRUE(start());
  given(0, 3);
  std::vector<Arrival> again = some(1, 5);  // 1 and 2 durable, 3 and 4 new
  again.push_back(again[2]);                // 3 again, in the same batch
  EXPECT_EQ(commit(again), (std::vector<std::string>{"=1", "=2", "3", "4", "=3"}));
  EXPECT_EQ(store->size(), 5u);
}

TEST_F(LedgerOnDisk, KnowsAnEventThatIsStagedButNotDurable) {
  ASSERT_TRUE(start());
  Staged first = ledger->stage(some(0, 3));
  Staged second = ledger->stage(some(1, 4));
  EXPECT_EQ(texts(second.outcomes), (std::vector<std::string>{"=1", "=2", "3"}));
  ASSERT_TRUE(ledger->harden(std::move(first)));
  ASSERT_TRUE(ledger->harden(std::move(second)));
  EXPECT_EQ(store->size(), 4u);
}

TEST_F(LedgerOnDisk, JoinsWhatIsStagedPieceByPieceInOneBatch) {
  ASSERT_TRUE(start());
  Staged batch;
  ledger->stage(some(0, 2), batch);
  ledger->stage(some(1, 4), batch);
  ledger->seal(batch);
  EXPECT_EQ(texts(batch.outcomes), (std::vector<std::string>{"0", "1", "=1", "2", "3"}));
  const auto hardened = ledger->harden(std::move(batch));
  ASSERT_TRUE(hardened);
  EXPECT_EQ(store->size(), 4u);
  EXPECT_EQ(slot->record()->note, hardened->batch().published.note);
  EXPECT_EQ(problem_of(*store, hardened->batch().published), "");
}

TEST_F(LedgerOnDisk, KnowsTheSameEventByItsBytesAndNotByItsSignatures) {
  ASSERT_TRUE(start());
  given(0, 3);
  story::Cast cast = story::Cast::derived();
  story::Act act;
  act.event = some(2, 3)[0].event.event();
  act.signers = {"a stranger"};
  auto stranger = authenticate(story::signed_event_of(act, cast));
  ASSERT_TRUE(stranger);
  EXPECT_EQ(commit({{*stranger, some(2, 3)[0].time, true}}), std::vector<std::string>{"=2"});
}

TEST_F(LedgerOnDisk, RefusesAnIdThatAnotherEventHas) {
  ASSERT_TRUE(start());
  given(0, 3);
  story::Cast cast = story::Cast::derived();
  story::Act act;
  act.event = some(3, 4)[0].event.event();
  act.event.id = some(2, 3)[0].event.event().id;
  act.signers = {"XBA"};
  auto other = authenticate(story::signed_event_of(act, cast));
  ASSERT_TRUE(other);
  EXPECT_EQ(commit({{*other, some(3, 4)[0].time, true}}), std::vector<std::string>{"ID-2"});
  EXPECT_EQ(store->size(), 3u);
}

TEST_F(LedgerOnDisk, ARefusalLeavesTheLogAsItIs) {
  ASSERT_TRUE(start());
  given(0, 3);
  const Machine machine = ledger->machine();
  const std::string note = published.note;
  std::vector<Arrival> late = some(30, 31);  // its causes are not in the log yet
  const auto outcome = commit(late);
  ASSERT_EQ(outcome.size(), 1u);
  EXPECT_FALSE(std::isdigit(static_cast<unsigned char>(outcome[0][0]))) << outcome[0];
  EXPECT_EQ(ledger->machine(), machine);
  EXPECT_EQ(published.note, note);
  EXPECT_EQ(store->size(), 3u);
}

TEST_F(LedgerOnDisk, SaysWhetherAnEventWouldBeAdmittedAndChangesNothing) {
  ASSERT_TRUE(start());
  given(0, 3);
  const Machine machine = ledger->machine();
  EXPECT_TRUE(ledger->would_admit(some(3, 4)[0]));
  EXPECT_TRUE(ledger->would_admit(some(1, 2)[0])) << "an admitted one is answered with its place";
  EXPECT_FALSE(ledger->would_admit(some(30, 31)[0]));
  EXPECT_EQ(ledger->machine(), machine);
  EXPECT_EQ(commit(some(3, 4)), std::vector<std::string>{"3"});
}

TEST_F(LedgerOnDisk, LOG_3_TimeNeverRunsBackwards) {
  ASSERT_TRUE(start());
  given(0, 10);
  Arrival early = some(10, 11)[0];
  early.time = some(0, 1)[0].time;
  EXPECT_EQ(commit({early}), std::vector<std::string>{"LOG-3"});
  early.time_from_submitter = false;  // a clock that was set back
  EXPECT_EQ(commit({early}), std::vector<std::string>{"10"});
  EXPECT_GE(ledger->machine().time(), some(9, 10)[0].time);
}

TEST_F(LedgerOnDisk, LOG_5_AnOrdinaryLedgerTakesNoTimeFromASubmitter) {
  ASSERT_TRUE(start());
  story::Cast cast = story::Cast::derived();
  story::Act act;
  act.time = some(0, 1)[0].time;
  act.event = some(0, 1)[0].event.event();
  std::get<LedgerOpened>(act.event.body).mode = LedgerOpened::Mode::ordinary;
  act.signers = {"operator"};
  for (const auto& party : std::get<LedgerOpened>(act.event.body).parties) {
    act.signers.push_back(party.id);
  }
  auto opening = authenticate(story::signed_event_of(act, cast));
  ASSERT_TRUE(opening);
  EXPECT_EQ(commit({{*opening, act.time, true}}), std::vector<std::string>{"LOG-5"});
  EXPECT_EQ(commit({{*opening, act.time, false}}), std::vector<std::string>{"0"});
  EXPECT_EQ(commit(some(1, 2)), std::vector<std::string>{"LOG-5"});
}

TEST_F(LedgerOnDisk, LOG_6_AdmitsOnlyTheOpeningOfItsOwnConfiguration) {
  const crypto::PublicKey stranger =
      crypto::SecretKey::from_seed(std::string(32, 's')).public_key();
  std::array<LogIdentity, 4> others = {
      test_support::story_identity(), test_support::story_identity(),
      test_support::story_identity(), test_support::story_identity()};
  others[0].origin = "ledger.example/other";
  others[1].log_key = crypto::SecretKey::from_seed(std::string(32, 'l'));
  others[2].service_key = stranger;
  others[3].operator_key = stranger;
  for (LogIdentity& other : others) {
    MemoryStore memory;
    test_support::PowerLossFs files;
    LockSlot other_slot = LockSlot::open(files.lock_file("/data/slot")).value();
    auto opened = Ledger::open(memory, other_slot, sink, std::move(other));
    ASSERT_TRUE(opened);
    EXPECT_EQ(texts(opened->stage(some(0, 1)).outcomes), std::vector<std::string>{"LOG-6"});
  }
}

// The Parties of the story adopt spec number 2.
Arrival adoption() {
  story::Cast cast = story::Cast::derived();
  story::Act act;
  act.time = story::at("2031-01-01T00:00:00.000Z");
  act.event = {std::string(test_support::story_origin), "adoption", date_of(act.time),
               plus_days(act.time, 30), SpecAdopted{2}};
  act.signers = {"CHE", "GHA", "XBA", "XHA"};
  return {authenticate(story::signed_event_of(act, cast)).value(), act.time, true};
}

TEST_F(LedgerOnDisk, LED_9_AdmitsNoNumberThatItCouldNotJudgeBy) {
  ASSERT_TRUE(start());
  given(0, 10);
  EXPECT_EQ(commit({adoption()}), std::vector<std::string>{"LED-9"});
  EXPECT_EQ(ledger->machine().state().spec, 1);
}

TEST_F(LedgerOnDisk, LED_9_AProgramThatKnowsTooLittleDoesNotStartAndHarmsNothing) {
  ASSERT_TRUE(start(test_support::story_identity(), 2));
  given(0, 10);
  EXPECT_EQ(commit({adoption()}), std::vector<std::string>{"10"});
  EXPECT_EQ(ledger->machine().state().spec, 2);
  const Result<> older = start();
  EXPECT_EQ(refused_by(older), "LED-9");
  EXPECT_NE(older.error().detail.find("Entry 10 of this log"), std::string::npos)
      << older.error().detail;
  ASSERT_TRUE(start(test_support::story_identity(), 2)) << "and a newer program finds it whole";
  EXPECT_EQ(ledger->machine().state().spec, 2);
}

// ---- hardening ----

TEST_F(LedgerOnDisk, PublishesNothingBeforeItIsDurable) {
  ASSERT_TRUE(start());
  given(0, 2);
  Staged staged = ledger->stage(some(2, 5));
  EXPECT_EQ(store->size(), 2u);
  EXPECT_EQ(slot->record()->size, 2u);
  ASSERT_TRUE(ledger->harden(std::move(staged)));
  EXPECT_EQ(store->size(), 5u);
  EXPECT_EQ(slot->record()->size, 5u);
  EXPECT_EQ(slot->record()->root, ledger->machine().tree().root);
}

TEST_F(LedgerOnDisk, HardensWhatWasStagedAheadInOrder) {
  ASSERT_TRUE(start());
  std::vector<Staged> staged;
  for (std::size_t at = 0; at < 20; at += 4) staged.push_back(ledger->stage(some(at, at + 4)));
  for (Staged& batch : staged) {
    Result<Hardened> hardened = ledger->harden(std::move(batch));
    ASSERT_TRUE(hardened);
    published = hardened->batch().published;
    EXPECT_EQ(problem_of(*store, published), "");
  }
}

TEST_F(LedgerOnDisk, AFailedAppendPoisonsEveryLaterCall) {
  for (const Flavour flavour : {Flavour::lost, Flavour::persisted}) {
    ASSERT_TRUE(start());
    const Seq before = store->size();
    Staged first = ledger->stage(some(before, before + 2));
    Staged second = ledger->stage(some(before + 2, before + 3));
    Staged refusals = ledger->stage(some(before, before + 1));
    store->fail_append(1, flavour);
    EXPECT_EQ(refused_by(ledger->harden(std::move(first))), "LOG-12");
    EXPECT_EQ(refused_by(ledger->harden(std::move(second))), "LOG-12");
    EXPECT_EQ(refused_by(ledger->harden(std::move(refusals))), "LOG-12")
        << "a duplicate may rest on an entry that is not durable";
    EXPECT_EQ(store->size(), before);
    EXPECT_EQ(slot->record()->size, before);
    ASSERT_TRUE(start());
    EXPECT_EQ(store->size(), flavour == Flavour::persisted ? before + 2 : before);
    EXPECT_EQ(slot->record()->size, store->size()) << "a slot that is behind catches up";
    EXPECT_EQ(problem_of(*store, published), "");
  }
}

TEST_F(LedgerOnDisk, AFailedWriteOfTheLockSlotPoisonsEveryLaterCall) {
  for (const Flavour flavour : {Flavour::lost, Flavour::persisted}) {
    ASSERT_TRUE(start());
    const Seq before = store->size();
    slots.fail_sync(1, flavour);
    EXPECT_EQ(commit(some(before, before + 1)), std::vector<std::string>{"failed LOG-12"});
    EXPECT_EQ(commit(some(before + 1, before + 2)), std::vector<std::string>{"failed LOG-12"});
    ASSERT_TRUE(start());
    EXPECT_EQ(store->size(), before + 1) << "the store had it already";
    EXPECT_EQ(slot->record()->size, before + 1);
    EXPECT_EQ(problem_of(*store, published), "");
  }
}

TEST_F(LedgerOnDisk, AWriterThatWasOvertakenWritesNothing) {
  ASSERT_TRUE(start());
  given(0, 2);
  ASSERT_TRUE(disk.open_epoch()) << "another writer";
  EXPECT_EQ(commit(some(2, 3)), std::vector<std::string>{"failed LOG-11"});
  EXPECT_EQ(store->size(), 2u);
}

// ---- what a start refuses ----

// A copy of what a store holds, to be written again with something altered.
struct Contents {
  std::vector<std::string> lines;
  std::vector<StoredTile> tiles;
  std::vector<std::pair<Seq, std::string>> checkpoints;  // by size, as they were committed
};

struct AlteredLedger : LedgerOnDisk {
  void SetUp() override {
    ASSERT_TRUE(start());
    for (const auto& [from, to] :
         std::vector<std::pair<std::size_t, std::size_t>>{{0, 3}, {3, 4}, {4, 200}, {200, 300}}) {
      given(from, to);
    }
    contents.lines = test::lines_of(*store, 0, 300);
    contents.tiles = {{0, 0, **store->tile(0, 0)}};
    for (Seq seq = 0; seq < 300;) {
      const std::string note = **store->checkpoint_covering(seq);
      seq = crypto::open_checkpoint(note, test_support::story_log_key())->size;
      contents.checkpoints.emplace_back(seq, note);
    }
  }

  // Starts a ledger over a store with these contents, beside the same lock slot.
  Result<> start_over() {
    MemoryStore other;
    const Epoch epoch = *other.open_epoch();
    Seq from = 0;
    for (const auto& [size, note] : contents.checkpoints) {
      const std::vector<std::string_view> views(contents.lines.begin() + static_cast<long>(from),
                                                contents.lines.begin() + static_cast<long>(size));
      const bool last = size == contents.lines.size();
      const auto tiles =
          last ? std::span<const StoredTile>(contents.tiles) : std::span<const StoredTile>();
      if (auto ok = other.append(epoch, from, {views, tiles, note}); !ok) return ok;
      from = size;
    }
    ledger.reset();
    sink = {};
    slot = LockSlot::open(slots.lock_file("/data/slot")).value();
    Result<Ledger> opened = Ledger::open(other, *slot, sink, test_support::story_identity());
    if (!opened) return tl::unexpected(opened.error());
    return {};
  }

  Contents contents;
};

TEST_F(AlteredLedger, StartsOverAnExactCopy) {
  EXPECT_TRUE(start_over());
}

TEST_F(AlteredLedger, FindsEveryAlteredLineAndFeedsNothingOfIt) {
  for (const std::size_t line : {0u, 3u, 100u, 199u, 255u, 256u, 298u, 299u}) {
    const std::string whole = contents.lines[line];
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 5) {
      contents.lines[line][at] = static_cast<char>(whole[at] ^ 1);
      const Result<> started = start_over();
      ASSERT_FALSE(started) << "line " << line << ", byte " << at;
      EXPECT_TRUE(started.error().clause == &LOG_15 || started.error().clause == &LOG_17);
      EXPECT_TRUE(sink.lines().empty()) << "views never see an altered line";
    }
    contents.lines[line] = whole;
  }
}

TEST_F(AlteredLedger, FindsAnAlteredTile) {
  for (std::size_t at = 0; at < tile_bytes; at += 511) {
    contents.tiles[0].hashes[at] = static_cast<char>(contents.tiles[0].hashes[at] ^ 1);
    const Result<> started = start_over();
    EXPECT_EQ(refused_by(started), "LOG-15") << "byte " << at;
    EXPECT_NE(started.error().detail.find("Hash tile 0 of level 0"), std::string::npos);
    contents.tiles[0].hashes[at] = static_cast<char>(contents.tiles[0].hashes[at] ^ 1);
  }
  contents.tiles.clear();
  EXPECT_EQ(refused_by(start_over()), "LOG-15") << "a missing one";
}

TEST_F(AlteredLedger, FindsEveryAlteredByteOfEveryCheckpoint) {
  for (auto& [size, note] : contents.checkpoints) {
    const std::string whole = note;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      note[at] = static_cast<char>(whole[at] ^ 1);
      const Result<> started = start_over();
      EXPECT_FALSE(started) << "size " << size << ", byte " << at;
    }
    note = whole;
  }
}

TEST_F(AlteredLedger, FindsAnOlderCheckpointInTheNewersPlace) {
  contents.checkpoints[2].second = contents.checkpoints[1].second;
  EXPECT_EQ(refused_by(start_over()), "LOG-15");
}

TEST_F(AlteredLedger, LOG_7_RefusesALogThatAnotherKeySigned) {
  LogIdentity other = test_support::story_identity();
  other.log_key = crypto::SecretKey::from_seed(std::string(32, 'l'));
  EXPECT_EQ(refused_by(start(std::move(other))), "LOG-7");
  LogIdentity moved = test_support::story_identity();
  moved.origin = "ledger.example/moved";
  EXPECT_EQ(refused_by(start(std::move(moved))), "LOG-7");
  LogIdentity service = test_support::story_identity();
  service.service_key = story_arrivals(1)[0].event.signatures()[0].key;
  EXPECT_EQ(refused_by(start(std::move(service))), "LOG-7");
  EXPECT_TRUE(start());
}

TEST_F(AlteredLedger, LOG_17_RefusesAnOlderBackup) {
  contents.lines.resize(200);
  contents.tiles.clear();
  contents.checkpoints.pop_back();
  const Result<> started = start_over();
  EXPECT_EQ(refused_by(started), "LOG-17");
  EXPECT_NE(started.error().detail.find("200 entries but 300"), std::string::npos)
      << started.error().detail;
}

TEST_F(AlteredLedger, LOG_17_RefusesAnEmptyStoreBesideAUsedSlot) {
  contents = {};
  EXPECT_EQ(refused_by(start_over()), "LOG-17");
}

TEST_F(AlteredLedger, LOG_16_RefusesAUsedStoreBesideAnEmptySlot) {
  ledger.reset();
  slots.remove("/data/slot");
  EXPECT_EQ(refused_by(start()), "LOG-16");
}

// Signed by our own key, valid by every rule, and yet not the log that was acknowledged: a fork.
TEST_F(AlteredLedger, LOG_17_RefusesAnotherLogOfTheSameLength) {
  MemoryStore fork;
  test_support::PowerLossFs other_files;
  LockSlot other_slot = LockSlot::open(other_files.lock_file("/data/slot")).value();
  test_support::LineSink other_sink;
  auto other = Ledger::open(fork, other_slot, other_sink, test_support::story_identity());
  std::vector<Arrival> arrivals = story_arrivals(301);
  arrivals.erase(arrivals.begin() + 290);  // one account less, one later one more
  ASSERT_TRUE(other->harden(other->stage(std::move(arrivals))));
  ASSERT_EQ(fork.size(), 300u);
  ledger.reset();
  slot = LockSlot::open(slots.lock_file("/data/slot")).value();
  EXPECT_EQ(refused_by(Ledger::open(fork, *slot, sink, test_support::story_identity())), "LOG-17");
}

TEST_F(AlteredLedger, ASlotBehindTheStoreCatchesUp) {
  ledger.reset();
  slots.remove("/data/slot");
  LockSlot behind = LockSlot::open(slots.lock_file("/data/slot")).value();
  const auto [size, note] = contents.checkpoints[2];
  ASSERT_TRUE(behind.write(
      {size, crypto::open_checkpoint(note, test_support::story_log_key())->root, note}));
  ASSERT_TRUE(start());
  EXPECT_EQ(slot->record()->size, 300u);
  EXPECT_EQ(slot->record()->note, published.note);
}

// A sink that cannot take an entry is a start that did not happen.
TEST_F(AlteredLedger, PassesOnWhatTheSinkSays) {
  struct Full final : Sink {
    Result<> take(const Entry& entry, const Effects&) override {
      if (entry.seq == 5) return violates(LOG_12, "no space left");
      return {};
    }
  } full;
  ledger.reset();
  slot = LockSlot::open(slots.lock_file("/data/slot")).value();
  EXPECT_EQ(refused_by(Ledger::open(*store, *slot, full, test_support::story_identity())),
            "LOG-12");
}

// ---- the store fails under a reader ----

// An event that is in the log, whose line has become unreadable, is no duplicate and no refusal.
TEST_F(LedgerOnDisk, StopsWhenTheStoreHasLostALine) {
  struct Unreadable final : Store {
    explicit Unreadable(Store& below) : store(below) {}
    Result<Epoch> open_epoch() override { return store.open_epoch(); }
    Result<> append(Epoch e, Seq first, const StoreBatch& batch) override {
      return store.append(e, first, batch);
    }
    Seq size() const override { return store.size(); }
    Result<> read(Seq from, Seq to, const LineVisitor& visit) const override {
      return store.read(from, to, visit);
    }
    Result<std::optional<std::string>> line(Seq) const override {
      return violates(LOG_15, "altered");
    }
    Result<std::optional<std::string>> tile(unsigned level, std::uint64_t index) const override {
      return store.tile(level, index);
    }
    Result<std::optional<std::string>> checkpoint_covering(Seq seq) const override {
      return store.checkpoint_covering(seq);
    }
    Result<std::optional<std::string>> newest_checkpoint() const override {
      return store.newest_checkpoint();
    }
    Store& store;
  } unreadable(disk);
  slot = LockSlot::open(slots.lock_file("/data/slot")).value();
  auto opened = Ledger::open(unreadable, *slot, sink, test_support::story_identity());
  ASSERT_TRUE(opened);
  ASSERT_TRUE(opened->harden(opened->stage(some(0, 3))));
  EXPECT_EQ(refused_by(opened->harden(opened->stage(some(1, 2)))), "LOG-15");
  EXPECT_EQ(refused_by(opened->harden(opened->stage(some(3, 4)))), "LOG-15") << "for good";
}

}  // namespace
