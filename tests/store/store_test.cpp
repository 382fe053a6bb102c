// What every engine of the log must do, said once and run over each.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "ledger/clauses_log.hpp"
#include "tests/store/engines.hpp"

namespace {

using namespace ledger;
using test::Batch;
using test::lines_of;
using test_support::Flavour;
using Lines = std::vector<std::string>;

std::string refused_by(const Result<>& result) {
  return result ? "nothing" : std::string(result.error().clause->id);
}

template <class Engine>
struct StoreContract : testing::Test {
  Engine engine;
  Store& store() { return engine.store(); }
  Epoch epoch = *engine.store().open_epoch();

  Result<> append(Seq first, Lines lines, std::string checkpoint) {
    return store().append(epoch, first, Batch(std::move(lines), std::move(checkpoint)));
  }
  std::string covering(Seq seq) {
    const auto note = store().checkpoint_covering(seq);
    return note && *note ? **note : "none";
  }
};

using Engines = testing::Types<test::MemoryStoreEngine, test::RocksStoreEngine>;
struct EngineNames {
  template <class Engine>
  static std::string GetName(int) {
    return std::is_same_v<Engine, test::MemoryStoreEngine> ? "Memory" : "RocksDb";
  }
};
TYPED_TEST_SUITE(StoreContract, Engines, EngineNames);

TYPED_TEST(StoreContract, IsEmptyAtFirst) {
  EXPECT_EQ(this->store().size(), 0u);
  EXPECT_EQ(*this->store().line(0), std::nullopt);
  EXPECT_EQ(*this->store().tile(0, 0), std::nullopt);
  EXPECT_EQ(*this->store().newest_checkpoint(), std::nullopt);
  EXPECT_EQ(this->covering(0), "none");
  EXPECT_EQ(lines_of(this->store(), 0, 0), Lines{});
}

TYPED_TEST(StoreContract, ReturnsExactlyTheBytesThatWereAppended) {
  const Lines lines = {"a", std::string("\0\n\xff", 3), std::string(longest_line, 'z')};
  ASSERT_TRUE(this->append(0, lines, "three"));
  EXPECT_EQ(this->store().size(), 3u);
  EXPECT_EQ(lines_of(this->store(), 0, 3), lines);
  EXPECT_EQ(lines_of(this->store(), 1, 2), Lines{lines[1]});
  for (Seq seq = 0; seq < 3; ++seq) EXPECT_EQ(**this->store().line(seq), lines[seq]);
  EXPECT_EQ(*this->store().line(3), std::nullopt);
  EXPECT_EQ(**this->store().newest_checkpoint(), "three");
}

TYPED_TEST(StoreContract, KeepsEverythingWhenItIsOpenedAgain) {
  ASSERT_TRUE(this->append(0, {}, "zero"));
  ASSERT_TRUE(this->append(0, {"a", "b"}, "two"));
  ASSERT_TRUE(this->store().append(this->epoch, 2, Batch({"c"}, "three", {test::tile(0, 0, 'h')})));
  this->engine.reopen();
  EXPECT_EQ(lines_of(this->store(), 0, this->store().size()), (Lines{"a", "b", "c"}));
  EXPECT_EQ(**this->store().newest_checkpoint(), "three");
  EXPECT_EQ(this->covering(0), "two");
  EXPECT_EQ(**this->store().tile(0, 0), test::tile(0, 0, 'h').hashes);
}

TYPED_TEST(StoreContract, RefusesABatchThatDoesNotBeginWhereItEnds) {
  ASSERT_TRUE(this->append(0, {"a", "b"}, "two"));
  for (const Seq first : {Seq{0}, Seq{1}, Seq{3}}) {
    EXPECT_EQ(refused_by(this->append(first, {"x"}, "bad")), "LOG-10");
  }
  EXPECT_EQ(lines_of(this->store(), 0, this->store().size()), (Lines{"a", "b"}));
  EXPECT_EQ(**this->store().newest_checkpoint(), "two");
  EXPECT_TRUE(this->append(2, {"c"}, "three")) << "a refusal does not stop the writer";
}

TYPED_TEST(StoreContract, RefusesAnAppendOfAStaleEpoch) {
  const Epoch stale = this->epoch;
  this->epoch = *this->store().open_epoch();
  EXPECT_GT(this->epoch, stale);
  EXPECT_EQ(refused_by(this->store().append(stale, 0, Batch({"x"}, "bad"))), "LOG-11");
  EXPECT_EQ(this->store().size(), 0u);
  EXPECT_TRUE(this->append(0, {"a"}, "one"));
}

TYPED_TEST(StoreContract, RefusesAnEpochThatNobodyOpened) {
  EXPECT_EQ(refused_by(this->store().append(this->epoch + 1, 0, Batch({"x"}, "bad"))), "LOG-11");
}

TYPED_TEST(StoreContract, RaisesTheEpochAlsoAfterItIsOpenedAgain) {
  const Epoch first = this->epoch;
  this->engine.reopen();
  EXPECT_GT(*this->store().open_epoch(), first);
  EXPECT_EQ(refused_by(this->store().append(first, 0, Batch({"x"}, "bad"))), "LOG-11");
}

TYPED_TEST(StoreContract, NeverReplacesACheckpoint) {
  ASSERT_TRUE(this->append(0, {}, "zero"));
  EXPECT_EQ(refused_by(this->append(0, {}, "other zero")), "LOG-10");
  EXPECT_EQ(**this->store().newest_checkpoint(), "zero");
  ASSERT_TRUE(this->append(0, {"a"}, "one"));
  EXPECT_EQ(refused_by(this->append(1, {}, "other one")), "LOG-10");
  this->engine.reopen();
  this->epoch = *this->store().open_epoch();
  EXPECT_EQ(refused_by(this->append(1, {}, "other one")), "LOG-10");
  EXPECT_EQ(**this->store().newest_checkpoint(), "one");
}

TYPED_TEST(StoreContract, FindsTheCheckpointThatFirstCoveredAnEntry) {
  ASSERT_TRUE(this->append(0, {}, "zero"));
  ASSERT_TRUE(this->append(0, {"a", "b", "c"}, "three"));
  ASSERT_TRUE(this->append(3, {"d"}, "four"));
  ASSERT_TRUE(this->append(4, Lines(300, "e"), "many"));
  for (const Seq seq : {Seq{0}, Seq{1}, Seq{2}}) EXPECT_EQ(this->covering(seq), "three");
  EXPECT_EQ(this->covering(3), "four");
  for (const Seq seq : {Seq{4}, Seq{255}, Seq{303}}) EXPECT_EQ(this->covering(seq), "many");
  EXPECT_EQ(this->covering(304), "none");
}

TYPED_TEST(StoreContract, KeepsFullTilesOfEveryLevel) {
  std::vector<StoredTile> tiles = {test::tile(0, 0, 'a'), test::tile(0, 256, 'b'),
                                   test::tile(1, 0, 'c'),
                                   test::tile(highest_tile_level, ~std::uint64_t{0}, 'd')};
  ASSERT_TRUE(this->store().append(this->epoch, 0, Batch({"x"}, "one", tiles)));
  for (const StoredTile& tile : tiles) {
    EXPECT_EQ(**this->store().tile(tile.level, tile.index), tile.hashes);
  }
  EXPECT_EQ(*this->store().tile(0, 1), std::nullopt);
  EXPECT_EQ(*this->store().tile(1, 1), std::nullopt);
  EXPECT_EQ(*this->store().tile(2, 0), std::nullopt);
}

TYPED_TEST(StoreContract, EndsAReadingWithTheVisitorsViolation) {
  ASSERT_TRUE(this->append(0, {"a", "b", "c"}, "three"));
  Lines seen;
  const auto read = this->store().read(0, 3, [&](Seq seq, std::string_view line) -> Result<> {
    seen.emplace_back(line);
    if (seq == 1) return violates(LOG_15, "enough");
    return {};
  });
  EXPECT_EQ(refused_by(read), "LOG-15");
  EXPECT_EQ(read.error().detail, "enough");
  EXPECT_EQ(seen, (Lines{"a", "b"}));
}

TYPED_TEST(StoreContract, DoesNotCountABatchWhoseWritingFailed) {
  for (const Flavour flavour : {Flavour::persisted, Flavour::lost}) {
    const Seq before = this->store().size();
    this->engine.fail_next_append(flavour);
    EXPECT_EQ(refused_by(this->append(before, {"x", "y"}, "failed")), "LOG-12");
    EXPECT_EQ(this->store().size(), before);
    EXPECT_EQ(*this->store().line(before), std::nullopt);
    EXPECT_EQ(this->covering(before), "none");
    this->engine.reopen();
    this->epoch = *this->store().open_epoch();
    const Seq after = this->store().size();
    EXPECT_EQ(after, flavour == Flavour::persisted ? before + 2 : before) << "all of it or nothing";
    if (after > before) {
      EXPECT_EQ(lines_of(this->store(), before, after), (Lines{"x", "y"}));
      EXPECT_EQ(**this->store().newest_checkpoint(), "failed");
    }
  }
}

TYPED_TEST(StoreContract, WritesNothingAfterAFailedWrite) {
  ASSERT_TRUE(this->append(0, {"a"}, "one"));
  this->engine.fail_next_append(Flavour::lost);
  ASSERT_EQ(refused_by(this->append(1, {"b"}, "two")), "LOG-12");
  EXPECT_EQ(refused_by(this->append(1, {"b"}, "two")), "LOG-12");
  const auto opened = this->store().open_epoch();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().clause->id, "LOG-12");
  EXPECT_EQ(lines_of(this->store(), 0, 1), Lines{"a"}) << "reading goes on";
  EXPECT_EQ(**this->store().newest_checkpoint(), "one");
}

// Every reader sees, at every moment, a log that ends where size() says and has its checkpoint.
TYPED_TEST(StoreContract, ReadersSeeWholeBatchesWhileTheWriterAppends) {
  constexpr Seq last = 300;
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  const auto look = [&] {
    const Seq size = this->store().size();
    if (size == 0) return;
    const Lines lines = lines_of(this->store(), 0, size);
    if (lines.size() != size || lines.back() != "line " + std::to_string(size - 1)) ++torn;
    if (this->covering(size - 1) != "of " + std::to_string(size)) ++torn;
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) look();
    });
  }
  for (Seq at = 0; at < last; at += 3) {
    Lines lines;
    for (Seq seq = at; seq < at + 3; ++seq) lines.push_back("line " + std::to_string(seq));
    EXPECT_TRUE(this->append(at, lines, "of " + std::to_string(at + 3)));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  look();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(this->store().size(), last);
}

using StoreDeathTest = StoreContract<test::MemoryStoreEngine>;

TEST_F(StoreDeathTest, AbortsOnABatchBeyondTheLimits) {
  const auto append = [&](const Batch& batch) { (void)store().append(epoch, 0, batch); };
  EXPECT_DEATH(append(Batch({""})), "1 to 65,535 bytes");
  EXPECT_DEATH(append(Batch({std::string(longest_line + 1, 'x')})), "1 to 65,535 bytes");
  EXPECT_DEATH(append(Batch({"x"}, "")), "its checkpoint");
  EXPECT_DEATH(append(Batch({"x"}, "n", {{0, 0, "short"}})), "256 hashes");
  EXPECT_DEATH(append(Batch({"x"}, "n", {test::tile(64, 0, 'x')})), "at most 63");
}

}  // namespace
