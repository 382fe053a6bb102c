// What every engine of the views must do, said once and run over each.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/store/engines.hpp"

namespace {

using namespace ledger;
using Rows = std::vector<std::pair<std::string, std::string>>;

TableBatch rows(const Rows& rows, const std::vector<std::string>& erased = {}) {
  TableBatch batch;
  for (const auto& [key, value] : rows) batch.put(key, value);
  for (const std::string& key : erased) batch.erase(key);
  return batch;
}

Rows scan(const TableSnapshot& snapshot, std::string_view from = "", std::string_view to = "") {
  Rows found;
  const auto scanned = snapshot.scan(from, to, [&](std::string_view key, std::string_view value) {
    found.emplace_back(key, value);
    return Scan::go_on;
  });
  if (!scanned) found.emplace_back("unreadable", scanned.error().detail);
  return found;
}

std::string last_key(const TableSnapshot& snapshot, std::string_view from, std::string_view to) {
  const auto row = snapshot.last_in(from, to);
  return row && *row ? (*row)->key + "=" + (*row)->value : "none";
}

template <class Engine>
struct TableContract : testing::Test {
  Engine engine;
  Table& table() { return engine.table(); }
  void apply(const TableBatch& batch, Seq position) { ASSERT_TRUE(table().apply(batch, position)); }
};

using Engines = testing::Types<test::MemoryTableEngine, test::RocksTableEngine>;
struct EngineNames {
  template <class Engine>
  static std::string GetName(int) {
    return std::is_same_v<Engine, test::MemoryTableEngine> ? "Memory" : "RocksDb";
  }
};
TYPED_TEST_SUITE(TableContract, Engines, EngineNames);

TYPED_TEST(TableContract, IsEmptyAtPositionZeroAtFirst) {
  EXPECT_EQ(this->table().position(), 0u);
  const auto snapshot = this->table().snapshot();
  EXPECT_EQ(snapshot->position(), 0u);
  EXPECT_EQ(scan(*snapshot), Rows{});
  EXPECT_EQ(*snapshot->get("a"), std::nullopt);
  EXPECT_EQ(last_key(*snapshot, "", ""), "none");
}

TYPED_TEST(TableContract, AppliesChangesInTheOrderGiven) {
  TableBatch batch;
  batch.put("a", "1");
  batch.put("a", "2");
  batch.put("b", "1");
  batch.erase("b");
  batch.erase("c");
  batch.put("c", "1");
  this->apply(batch, 7);
  const auto snapshot = this->table().snapshot();
  EXPECT_EQ(scan(*snapshot), (Rows{{"a", "2"}, {"c", "1"}}));
  EXPECT_EQ(snapshot->position(), 7u);
  EXPECT_EQ(this->table().position(), 7u);
}

TYPED_TEST(TableContract, ABatchWithoutRowsStillMovesThePosition) {
  this->apply(rows({{"a", "1"}}), 1);
  this->apply(TableBatch(), 5);
  EXPECT_EQ(this->table().position(), 5u);
  EXPECT_EQ(this->table().snapshot()->position(), 5u);
}

TYPED_TEST(TableContract, TakesKeysAndValuesOfAnyBytes) {
  const std::string zero(1, '\0');
  const std::string high(3, '\xff');
  const Rows all = {{zero, ""}, {zero + zero, zero}, {"format", "f"}, {"position", "p"},
                    {"r", "r"}, {"s", "s"},          {high, high}};
  this->apply(rows(all), 1);
  const auto snapshot = this->table().snapshot();
  EXPECT_EQ(scan(*snapshot), all);
  EXPECT_EQ(last_key(*snapshot, "", ""), high + "=" + high);
  EXPECT_EQ(**snapshot->get(zero), "");
}

TYPED_TEST(TableContract, ScansHalfOpenRangesInOrder) {
  this->apply(rows({{"b", "2"}, {"a", "1"}, {"d", "4"}, {"c", "3"}}), 1);
  const auto snapshot = this->table().snapshot();
  EXPECT_EQ(scan(*snapshot, "b", "d"), (Rows{{"b", "2"}, {"c", "3"}}));
  EXPECT_EQ(scan(*snapshot, "bb", ""), (Rows{{"c", "3"}, {"d", "4"}}));
  EXPECT_EQ(scan(*snapshot, "", "b"), (Rows{{"a", "1"}}));
  EXPECT_EQ(scan(*snapshot, "c", "c"), Rows{});
  EXPECT_EQ(scan(*snapshot, "x", ""), Rows{});
}

TYPED_TEST(TableContract, StopsAScanWhenTheVisitorSaysSo) {
  this->apply(rows({{"a", "1"}, {"b", "2"}, {"c", "3"}}), 1);
  std::string seen;
  ASSERT_TRUE(this->table().snapshot()->scan("", "", [&](std::string_view key, std::string_view) {
    seen += key;
    return key == "b" ? Scan::stop : Scan::go_on;
  }));
  EXPECT_EQ(seen, "ab");
}

TYPED_TEST(TableContract, FindsTheLastRowOfARange) {
  this->apply(rows({{"a1", "1"}, {"a3", "3"}, {"b", "4"}}), 1);
  const auto snapshot = this->table().snapshot();
  EXPECT_EQ(last_key(*snapshot, "a", end_of_prefix("a")), "a3=3");
  EXPECT_EQ(last_key(*snapshot, "a", "a3"), "a1=1");
  EXPECT_EQ(last_key(*snapshot, "a2", "a3"), "none");
  EXPECT_EQ(last_key(*snapshot, "", ""), "b=4");
}

TYPED_TEST(TableContract, ASnapshotKeepsItsMoment) {
  this->apply(rows({{"a", "1"}, {"b", "1"}}), 1);
  const auto first = this->table().snapshot();
  this->apply(rows({{"b", "2"}, {"c", "2"}}, {"a"}), 2);
  const auto second = this->table().snapshot();
  ASSERT_TRUE(this->table().clear());
  const auto third = this->table().snapshot();
  this->apply(rows({{"a", "4"}}), 4);
  EXPECT_EQ(scan(*first), (Rows{{"a", "1"}, {"b", "1"}}));
  EXPECT_EQ(first->position(), 1u);
  EXPECT_EQ(scan(*second), (Rows{{"b", "2"}, {"c", "2"}}));
  EXPECT_EQ(second->position(), 2u);
  EXPECT_EQ(*second->get("a"), std::nullopt);
  EXPECT_EQ(last_key(*second, "", "b~"), "b=2");
  EXPECT_EQ(scan(*third), Rows{});
  EXPECT_EQ(third->position(), 0u);
  EXPECT_EQ(scan(*this->table().snapshot()), (Rows{{"a", "4"}}));
}

TYPED_TEST(TableContract, AVisitorMayUseTheTable) {
  this->apply(rows({{"a", "1"}, {"b", "2"}}), 1);
  const auto snapshot = this->table().snapshot();
  Rows inner;
  ASSERT_TRUE(snapshot->scan("", "", [&](std::string_view key, std::string_view) {
    inner.emplace_back(key, **this->table().snapshot()->get(key));
    return Scan::go_on;
  }));
  EXPECT_EQ(inner, (Rows{{"a", "1"}, {"b", "2"}}));
}

// Rows and position always belong together, whatever the writer does meanwhile.
TYPED_TEST(TableContract, SnapshotsAreOfOneMomentWhileTheWriterApplies) {
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::thread reader([&] {
    while (!done) {
      const auto snapshot = this->table().snapshot();
      const std::string position = std::to_string(snapshot->position());
      for (const auto& [key, value] : scan(*snapshot)) torn += value != position;
    }
  });
  for (Seq position = 1; position <= 500; ++position) {
    const std::string value = std::to_string(position);
    this->apply(rows({{"a", value}, {"b", value}, {"c", value}}), position);
  }
  done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST(Table, EndOfPrefixIsTheSmallestKeyBehindIt) {
  EXPECT_EQ(end_of_prefix("ab"), "ac");
  EXPECT_EQ(end_of_prefix("a\xff"), "b");
  EXPECT_EQ(end_of_prefix("\xff\xff"), "");
  EXPECT_EQ(end_of_prefix(""), "");
}

using RocksTableTest = TableContract<test::RocksTableEngine>;

TEST_F(RocksTableTest, KeepsEverythingWhenItIsClosedAndOpened) {
  apply(rows({{"a", "1"}}), 3);
  engine.reopen();
  EXPECT_EQ(table().position(), 3u);
  EXPECT_EQ(scan(*table().snapshot()), (Rows{{"a", "1"}}));
}

TEST_F(RocksTableTest, KeepsWhatWasFlushedAndForgetsTheRestTogetherWithItsPosition) {
  apply(rows({{"a", "1"}}), 1);
  engine.flush();
  apply(rows({{"a", "2"}, {"b", "2"}}), 2);
  engine.lose_power();
  EXPECT_EQ(table().position(), 1u);
  EXPECT_EQ(scan(*table().snapshot()), (Rows{{"a", "1"}}));
}

// Wherever the crash falls, rows and position come back as they were at one apply.
TEST_F(RocksTableTest, ComesBackWholeAsItWasAtSomeEarlierApply) {
  const std::string padding(3'000, '.');  // so that a memtable is full every twenty applies
  Seq applied = 0;
  for (int crash = 0; crash < 6; ++crash) {
    const int applies = 10 + 17 * crash;
    for (int i = 0; i < applies; ++i) {
      ++applied;
      apply(rows({{"x", std::to_string(applied)}, {"y", std::to_string(applied) + padding}}),
            applied);
      engine.disk().settle();
    }
    engine.lose_power();
    const Seq position = table().position();
    ASSERT_LE(position, applied);
    const auto snapshot = table().snapshot();
    EXPECT_EQ(snapshot->position(), position);
    if (position > 0) {
      EXPECT_EQ(**snapshot->get("x"), std::to_string(position));
      EXPECT_EQ(**snapshot->get("y"), std::to_string(position) + padding);
    }
    applied = position;
  }
  EXPECT_GT(applied, 0u) << "some memtable was written out";
}

TEST_F(RocksTableTest, ClearSurvivesAFlushAndACrash) {
  apply(rows({{"a", "1"}}), 1);
  engine.flush();
  ASSERT_TRUE(table().clear());
  engine.flush();
  engine.lose_power();
  EXPECT_EQ(table().position(), 0u);
  EXPECT_EQ(scan(*table().snapshot()), Rows{});
}

TEST_F(RocksTableTest, WritesNothingAfterAFailedWrite) {
  apply(rows({{"a", "1"}}), 1);
  engine.disk().fail_sync(1, test_support::Flavour::lost);
  Result<> flushed;
  engine.disk().freely([&] { flushed = table().flush(); });
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().clause->id, "LOG-12");
  const auto applied = table().apply(rows({{"b", "2"}}), 2);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().clause->id, "LOG-12");
  EXPECT_EQ(table().position(), 1u);
}

}  // namespace
