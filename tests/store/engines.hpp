// The engines that the contract tests run over: the same calls, in memory and on RocksDB.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "ledger/rocks_store.hpp"
#include "ledger/rocks_table.hpp"
#include "tests/support/fault_store.hpp"
#include "tests/support/power_loss_fs.hpp"

namespace test {

// A batch that owns what a StoreBatch only points to.
class Batch {
 public:
  explicit Batch(std::vector<std::string> lines, std::string checkpoint = "note",
                 std::vector<ledger::StoredTile> tiles = {})
      : lines_(std::move(lines)),
        views_(lines_.begin(), lines_.end()),
        tiles_(std::move(tiles)),
        checkpoint_(std::move(checkpoint)) {}
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  operator ledger::StoreBatch() const { return {views_, tiles_, checkpoint_}; }  // NOLINT

 private:
  std::vector<std::string> lines_;
  std::vector<std::string_view> views_;
  std::vector<ledger::StoredTile> tiles_;
  std::string checkpoint_;
};

[[nodiscard]] inline ledger::StoredTile tile(unsigned level, std::uint64_t index, char fill) {
  return {level, index, std::string(ledger::tile_bytes, fill)};
}

// All lines from..to-1 of a store; the reading must succeed.
[[nodiscard]] inline std::vector<std::string> lines_of(const ledger::Store& store, ledger::Seq from,
                                                       ledger::Seq to) {
  std::vector<std::string> lines;
  const auto read = store.read(from, to, [&](ledger::Seq, std::string_view line) {
    lines.emplace_back(line);
    return ledger::Result<>();
  });
  if (!read) return {"unreadable: " + read.error().detail};
  return lines;
}

class MemoryStoreEngine {
 public:
  MemoryStoreEngine() { reopen(); }
  ledger::Store& store() { return *store_; }
  void reopen() { store_ = std::make_unique<test_support::FaultStore>(disk_); }
  void fail_next_append(test_support::Flavour flavour) { store_->fail_append(1, flavour); }

 private:
  ledger::MemoryStore disk_;
  std::unique_ptr<test_support::FaultStore> store_;
};

// On a disk in memory, with a memtable so small that some commits write a table file.
class RocksStoreEngine {
 public:
  RocksStoreEngine() { open(); }
  ~RocksStoreEngine() { close(); }
  ledger::Store& store() { return *store_; }
  void reopen() {
    close();
    open();
  }
  void fail_next_append(test_support::Flavour flavour) { disk_.fail_sync(1, flavour); }

 private:
  void open() {
    ledger::RocksOptions options;
    options.env = disk_.env();
    options.acknowledged = 0;
    options.memtable_bytes = 64 << 10;
    options.cache_bytes = 1 << 20;
    disk_.freely([&] { store_ = ledger::open_rocks_store("/data/log", options).value(); });
  }
  void close() {
    disk_.freely([&] { store_.reset(); });
  }

  test_support::PowerLossFs disk_;
  std::unique_ptr<ledger::Store> store_;
};

class MemoryTableEngine {
 public:
  ledger::Table& table() { return table_; }

 private:
  ledger::MemoryTable table_;
};

class RocksTableEngine {
 public:
  RocksTableEngine() { open(); }
  ~RocksTableEngine() { close(); }
  ledger::Table& table() { return *table_; }
  void reopen() {
    close();
    open();
  }
  void flush() {
    disk_.freely([&] { ASSERT_TRUE(table_->flush()); });
  }
  // A crash that keeps only what reached the disk for good.
  void lose_power() {
    disk_.cut_now();
    close();
    disk_.restart(test_support::Leftover::nothing, 0);
    open();
  }
  test_support::PowerLossFs& disk() { return disk_; }

 private:
  void open() {
    ledger::RocksOptions options;
    options.env = disk_.env();
    options.memtable_bytes = 64 << 10;
    options.cache_bytes = 1 << 20;
    disk_.freely([&] { table_ = ledger::open_rocks_table("/data/views", options).value(); });
  }
  void close() {
    disk_.freely([&] { table_.reset(); });
  }

  test_support::PowerLossFs disk_;
  std::unique_ptr<ledger::Table> table_;
};

}  // namespace test
