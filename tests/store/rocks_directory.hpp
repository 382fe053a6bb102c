// A store in a real directory, and what the tests of one do to it: read, damage, crash.
#pragma once

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ledger/rocks_store.hpp"
#include "tests/store/engines.hpp"
#include "tests/support/scratch.hpp"

namespace test {

namespace fs = std::filesystem;

template <class T>
std::string refused_by(const ledger::Result<T>& result) {
  return result ? "nothing" : std::string(result.error().clause->id);
}

inline std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline void flip(const fs::path& path, std::size_t at) {
  std::string bytes = read_file(path);
  ASSERT_LT(at, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  write_file(path, bytes);
}

inline std::map<std::string, std::string> contents(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    files[entry.path().filename()] = read_file(entry.path());
  }
  return files;
}

inline fs::path file_ending(const fs::path& directory, const std::string& ending) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == ending && entry.path() > found) found = entry.path();
  }
  return found;
}

inline std::string line_text(ledger::Seq seq) {
  return "line " + std::to_string(seq) + std::string(200, '.');
}

// One directory, and what happens to it.
struct RocksDirectory : testing::Test {
  ledger::RocksOptions with(std::optional<ledger::Seq> acknowledged) const {
    ledger::RocksOptions options;
    options.acknowledged = acknowledged;
    return options;
  }
  auto open(std::optional<ledger::Seq> acknowledged = {}) const {
    return ledger::open_rocks_store(path, with(acknowledged));
  }
  // Fills a store with lines one by one, checkpoints "of 1", "of 2", …, and leaves it open.
  std::unique_ptr<ledger::Store> filled(ledger::Seq entries) const {
    auto store = open();
    EXPECT_TRUE(store) << store.error().detail;
    const ledger::Epoch epoch = *(*store)->open_epoch();
    for (ledger::Seq seq = 0; seq < entries; ++seq) {
      const Batch batch({line_text(seq)}, "of " + std::to_string(seq + 1));
      EXPECT_TRUE((*store)->append(epoch, seq, batch));
    }
    return std::move(*store);
  }
  // The directory as a crash leaves it: the memtable is lost, the write-ahead log is there.
  void fill_and_crash(ledger::Seq entries) {
    const auto store = filled(entries);
    crash();
  }
  void crash() {
    fs::copy(path, scratch.file("crashed"), fs::copy_options::recursive);
    path = scratch.file("crashed");
  }
  // Opens the directory with RocksDB itself, below the store.
  void change(const std::function<rocksdb::Status(rocksdb::DB&)>& work) const {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, path.string(), &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    ASSERT_TRUE(work(*db).ok());
    ASSERT_TRUE(db->Close().ok());
    fs::remove(path / "LOG");
  }

  test_support::ScratchFolder scratch;
  fs::path path = scratch.file("log");
};

}  // namespace test
