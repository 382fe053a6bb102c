// The log in real directories: what is refused at opening, what damage is found, what a full disk
// and a torn end do.
#include "ledger/rocks_store.hpp"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "ledger/clauses_log.hpp"
#include "ledger/rocks_table.hpp"
#include "tests/store/engines.hpp"
#include "tests/support/lock_holder.hpp"
#include "tests/support/scratch.hpp"

namespace {

using namespace ledger;
using test::Batch;
namespace fs = std::filesystem;

template <class T>
std::string refused_by(const Result<T>& result) {
  return result ? "nothing" : std::string(result.error().clause->id);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void flip(const fs::path& path, std::size_t at) {
  std::string bytes = read_file(path);
  ASSERT_LT(at, bytes.size());
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  write_file(path, bytes);
}

// The last record of a write-ahead log as a power loss tears it: cut, or zeros where it did not
// arrive.
enum class Torn { cut, zeros };
void tear_end(const fs::path& wal, Torn how = Torn::cut) {
  std::string bytes = read_file(wal);
  const std::size_t end = bytes.find_last_not_of('\0') + 1;
  ASSERT_GT(end, 10U);
  if (how == Torn::cut) {
    bytes.resize(end - 10);
  } else {
    bytes.replace(end - 10, 10, 10, '\0');
  }
  write_file(wal, bytes);
}

std::map<std::string, std::string> contents(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    files[entry.path().filename()] = read_file(entry.path());
  }
  return files;
}

fs::path file_ending(const fs::path& directory, const std::string& ending) {
  fs::path found;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == ending && entry.path() > found) found = entry.path();
  }
  return found;
}

std::string line_text(Seq seq) {
  return "line " + std::to_string(seq) + std::string(200, '.');
}

// From nothing to nearly as much as a line may have: two together are more than a log is filled
// for.
std::string long_line(Seq seq) {
  return "line " + std::to_string(seq) + std::string(seq * 7'919 % 65'000, '.');
}

struct RocksStoreDirectory : testing::Test {
  RocksOptions with(std::optional<Seq> acknowledged) const {
    RocksOptions options;
    options.acknowledged = acknowledged;
    return options;
  }
  auto open(std::optional<Seq> acknowledged = {}) const {
    return open_rocks_store(path, with(acknowledged));
  }
  // Fills a store with lines one by one, checkpoints "of 1", "of 2", …, and leaves it open.
  std::unique_ptr<Store> filled(Seq entries) const {
    auto store = open();
    EXPECT_TRUE(store) << store.error().detail;
    const Epoch epoch = *(*store)->open_epoch();
    for (Seq seq = 0; seq < entries; ++seq) {
      const Batch batch({line_text(seq)}, "of " + std::to_string(seq + 1));
      EXPECT_TRUE((*store)->append(epoch, seq, batch));
    }
    return std::move(*store);
  }
  // The directory as a crash leaves it: the memtable is lost, the write-ahead log is there.
  void fill_and_crash(Seq entries) {
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

// ---- LOG-13: somebody else's directory ----

TEST_F(RocksStoreDirectory, RefusesADirectoryWithAnotherFile) {
  fs::create_directory(path);
  write_file(path / "holiday.jpg", "jpg");
  const auto before = contents(path);
  const auto store = open();
  EXPECT_EQ(refused_by(store), "LOG-13");
  EXPECT_NE(store.error().detail.find("holiday.jpg"), std::string::npos) << store.error().detail;
  EXPECT_EQ(contents(path), before);
}

TEST_F(RocksStoreDirectory, RefusesItsOwnDirectoryWithAnotherFileInIt) {
  filled(2);
  write_file(path / "notes.txt", "do not forget");
  EXPECT_EQ(refused_by(open()), "LOG-13");
}

TEST_F(RocksStoreDirectory, RefusesTheRocksDbOfAnotherProgram) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, path.string(), &db).ok());
  ASSERT_TRUE(db->Put({}, "their key", "their value").ok());
  delete db;
  const auto before = contents(path);
  EXPECT_EQ(refused_by(open()), "LOG-13");
  EXPECT_EQ(contents(path), before) << "not a byte of theirs is touched";
}

TEST_F(RocksStoreDirectory, RefusesADirectoryOfViews) {
  ASSERT_TRUE(open_rocks_table(path));
  EXPECT_EQ(refused_by(open()), "LOG-13");
}

TEST_F(RocksStoreDirectory, AViewTableRefusesADirectoryOfTheLog) {
  filled(1);
  EXPECT_EQ(refused_by(open_rocks_table(path)), "LOG-13");
}

TEST_F(RocksStoreDirectory, TakesAnEmptyDirectory) {
  fs::create_directory(path);
  EXPECT_TRUE(open());
}

// ---- LOG-14: a newer format ----

TEST_F(RocksStoreDirectory, RefusesANewerFormatAndLeavesItAlone) {
  filled(2);
  change([](rocksdb::DB& db) { return db.Put({}, "format", "itmo-ledger log 2"); });
  const auto before = contents(path);
  const auto store = open();
  EXPECT_EQ(refused_by(store), "LOG-14");
  EXPECT_NE(store.error().detail.find("format 2"), std::string::npos) << store.error().detail;
  EXPECT_EQ(contents(path), before);
}

TEST_F(RocksStoreDirectory, RefusesAFormatThatIsNoNumber) {
  filled(2);
  for (const std::string format : {"itmo-ledger log", "itmo-ledger log x", "itmo-ledger log 0"}) {
    change([&](rocksdb::DB& db) { return db.Put({}, "format", format); });
    EXPECT_FALSE(open()) << format;
  }
}

// ---- LOG-15: altered and missing bytes ----

TEST_F(RocksStoreDirectory, FindsEveryAlteredByteOfItsLines) {
  filled(40);
  const fs::path table = file_ending(path, ".sst");
  const std::string whole = read_file(table);
  for (std::size_t at = 0; at < whole.size() / 2; at += 97) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    write_file(table, altered);
    const auto store = open();
    if (!store) {
      EXPECT_EQ(refused_by(store), "LOG-15") << "byte " << at;
      continue;
    }
    const auto read = (*store)->read(0, 40, [](Seq, std::string_view) { return Result<>(); });
    EXPECT_EQ(refused_by(read), "LOG-15") << "byte " << at;
    EXPECT_EQ(refused_by((*store)->line(3)), "LOG-15") << "byte " << at;
  }
}

TEST_F(RocksStoreDirectory, FindsAGap) {
  filled(5);
  change([](rocksdb::DB& db) { return db.Delete({}, std::string("l\0\0\0\0\0\0\0\2", 9)); });
  const auto store = open();
  ASSERT_TRUE(store) << store.error().detail;
  std::vector<Seq> seen;
  const auto read = (*store)->read(0, 5, [&](Seq seq, std::string_view) {
    seen.push_back(seq);
    return Result<>();
  });
  EXPECT_EQ(refused_by(read), "LOG-15");
  EXPECT_NE(read.error().detail.find("Line 2"), std::string::npos) << read.error().detail;
  EXPECT_EQ(seen, (std::vector<Seq>{0, 1}));
  EXPECT_EQ(refused_by((*store)->line(2)), "LOG-15");
}

TEST_F(RocksStoreDirectory, RefusesLinesWithoutTheirCheckpoint) {
  filled(5);
  change([](rocksdb::DB& db) { return db.Delete({}, std::string("n\0\0\0\0\0\0\0\5", 9)); });
  EXPECT_EQ(refused_by(open()), "LOG-15");
}

TEST_F(RocksStoreDirectory, RefusesADirectoryThatLacksATable) {
  filled(5);
  fs::remove(file_ending(path, ".sst"));
  EXPECT_EQ(refused_by(open()), "LOG-15");
}

TEST_F(RocksStoreDirectory, RefusesDataWithoutTheFileThatSaysWhatCounts) {
  filled(5);
  fs::remove(path / "CURRENT");
  const auto before = contents(path);
  EXPECT_EQ(refused_by(open()), "LOG-15");
  EXPECT_EQ(contents(path), before) << "nothing is begun anew over it";
}

// ---- the write-ahead log ----

TEST_F(RocksStoreDirectory, AppendsOverSpaceThatWasWrittenBefore) {
  const auto store = open();
  const Epoch epoch = *(*store)->open_epoch();
  const fs::path wal = file_ending(path, ".log");
  const std::uintmax_t size = fs::file_size(wal);
  const std::string before = read_file(wal);
  ASSERT_TRUE((*store)->append(epoch, 0, Batch({"a line"}, "of 1")));
  EXPECT_EQ(fs::file_size(wal), size);
  EXPECT_EQ(before.find("a line"), std::string::npos);
  EXPECT_NE(read_file(wal).find("a line"), std::string::npos);
}

TEST_F(RocksStoreDirectory, KeepsEveryLineOfALogThatWasFilledManyTimes) {
  {
    const auto store = open();
    const Epoch epoch = *(*store)->open_epoch();
    for (Seq seq = 0; seq < 300; seq += 2) {
      const Batch two({long_line(seq), long_line(seq + 1)}, "of some");
      ASSERT_TRUE((*store)->append(epoch, seq, two));
    }
    crash();
  }
  const auto store = open();
  ASSERT_TRUE(store) << store.error().detail;
  ASSERT_EQ((*store)->size(), 300U);
  for (Seq seq = 0; seq < 300; ++seq) {
    EXPECT_EQ(test::lines_of(**store, seq, seq + 1), std::vector<std::string>{long_line(seq)});
  }
}

// ---- LOG-15, LOG-17: the end of the write-ahead log ----

TEST_F(RocksStoreDirectory, ReadsWhatACrashLeftInTheWriteAheadLog) {
  fill_and_crash(5);
  const auto store = open();
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 5u);
  EXPECT_EQ(test::lines_of(**store, 4, 5), std::vector<std::string>{line_text(4)});
}

TEST_F(RocksStoreDirectory, DropsATornEndThatWasNotAcknowledged) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"));
  EXPECT_EQ(refused_by(open()), "LOG-15") << "without a word on what was acknowledged";
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4u);
  EXPECT_EQ(**(*store)->newest_checkpoint(), "of 4");
  EXPECT_EQ(test::lines_of(**store, 3, 4), std::vector<std::string>{line_text(3)});
}

TEST_F(RocksStoreDirectory, DropsAnEndOfWhichSomeDidNotArrive) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"), Torn::zeros);
  EXPECT_EQ(refused_by(open()), "LOG-15") << "without a word on what was acknowledged";
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4U);
}

TEST_F(RocksStoreDirectory, DropsARecordOfWhichTheBeginningDidNotArrive) {
  {
    const auto store = filled(4);
    const Epoch epoch = *store->open_epoch();
    const std::size_t begin = read_file(file_ending(path, ".log")).find_last_not_of('\0') + 1;
    ASSERT_TRUE(store->append(epoch, 4, Batch({line_text(4)}, "of 5")));
    crash();
    std::string bytes = read_file(file_ending(path, ".log"));
    bytes.replace(begin, 20, 20, '\0');
    ASSERT_NE(bytes.find("line 4"), std::string::npos);
    write_file(file_ending(path, ".log"), bytes);
  }
  const auto before = contents(path);
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
  EXPECT_EQ(contents(path), before);
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4U);
}

TEST_F(RocksStoreDirectory, GoesOnWritingBehindATornEnd) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"));
  {
    const auto store = open(4);
    ASSERT_TRUE(store);
    const Epoch epoch = *(*store)->open_epoch();
    ASSERT_TRUE((*store)->append(epoch, 4, Batch({"another line 4"}, "another of 5")));
  }
  const auto store = open(5);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ(test::lines_of(**store, 3, 5),
            (std::vector<std::string>{line_text(3), "another line 4"}));
}

TEST_F(RocksStoreDirectory, RefusesATornEndThatWasAcknowledgedAndTouchesNothing) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"));
  const auto before = contents(path);
  const auto store = open(5);
  EXPECT_EQ(refused_by(store), "LOG-17");
  EXPECT_NE(store.error().detail.find("holds 4 whole entries but 5"), std::string::npos)
      << store.error().detail;
  EXPECT_EQ(contents(path), before);
}

TEST_F(RocksStoreDirectory, RefusesAnAlteredByteAmongAcknowledgedEntries) {
  fill_and_crash(5);
  const fs::path wal = file_ending(path, ".log");
  flip(wal, read_file(wal).find("line 2"));
  EXPECT_EQ(refused_by(open()), "LOG-15");
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
}

TEST_F(RocksStoreDirectory, RefusesAnOldCopyOfItself) {
  filled(3);
  fs::copy(path, scratch.file("backup"), fs::copy_options::recursive);
  path = scratch.file("backup");
  EXPECT_EQ(refused_by(open(4)), "LOG-17");
  EXPECT_TRUE(open(3));
}

TEST_F(RocksStoreDirectory, MakesNothingNewWhereEntriesWereAcknowledged) {
  EXPECT_EQ(refused_by(open(1)), "LOG-17");
  EXPECT_FALSE(fs::exists(path));
}

// ---- LOG-18: what the system refuses ----

TEST_F(RocksStoreDirectory, RefusesADirectoryThatAnotherProcessHas) {
  filled(1);
  {
    const test_support::LockHolder other(path / "LOCK",
                                         test_support::LockHolder::Kind::record_lock);
    const auto store = open();
    EXPECT_EQ(refused_by(store), "LOG-18");
    EXPECT_NE(store.error().detail.find("another process"), std::string::npos)
        << store.error().detail;
  }
  EXPECT_TRUE(open());
}

TEST_F(RocksStoreDirectory, IsOpenOnceInAProcess) {
  const auto store = filled(1);
  EXPECT_EQ(refused_by(open()), "LOG-18");
  EXPECT_TRUE(store->line(0));
}

TEST_F(RocksStoreDirectory, RefusesAParentThatIsNotThere) {
  path = scratch.file("missing/log");
  EXPECT_EQ(refused_by(open()), "LOG-18");
}

TEST_F(RocksStoreDirectory, RefusesAFileInPlaceOfADirectory) {
  write_file(path, "a file");
  EXPECT_EQ(refused_by(open()), "LOG-18");
  EXPECT_EQ(read_file(path), "a file");
}

// ---- LOG-12: a full disk ----

struct FullDisk : testing::Test {
  Result<std::unique_ptr<Store>> open() {
    RocksOptions options;
    options.env = disk.env();
    options.acknowledged = acknowledged;
    options.memtable_bytes = memtable;
    Result<std::unique_ptr<Store>> store;
    disk.freely([&] { store = open_rocks_store("/data/log", options); });
    return store;
  }

  void write_until_full(std::uint64_t space) {
    auto store = open();
    ASSERT_TRUE(store) << store.error().detail;
    const Epoch epoch = *(*store)->open_epoch();
    disk.leave_space(space);
    Result<> appended;
    while (appended) {
      appended = (*store)->append(epoch, acknowledged, Batch({std::string(3'000, 'x')}));
      if (appended) ++acknowledged;
      disk.settle();
    }
    EXPECT_EQ(appended.error().clause->id, "LOG-12");
    EXPECT_NE(appended.error().detail.find("no space left"), std::string::npos)
        << appended.error().detail;
    disk.leave_space(1 << 30);
    EXPECT_EQ(refused_by((*store)->append(epoch, acknowledged, Batch({"x"}))), "LOG-12")
        << "also when there is space again: only a start reads what is really there";
    EXPECT_EQ((*store)->size(), acknowledged);
    disk.freely([&] { store->reset(); });
    store = open();
    ASSERT_TRUE(store) << store.error().detail;
    EXPECT_GE((*store)->size(), acknowledged);
    EXPECT_LE((*store)->size(), acknowledged + 1);
    acknowledged = (*store)->size();
    disk.freely([&] { store->reset(); });
  }

  test_support::PowerLossFs disk;
  Seq acknowledged = 0;
  std::size_t memtable = 1 << 20;
};

// While table files are written, too.
TEST_F(FullDisk, StopsTheWriterWithTheSystemsWordsAndLosesNothing) {
  memtable = 64 << 10;
  for (std::uint64_t space = 0; space < 200'000; space += 23'456) write_until_full(space);
}

// Once the write-ahead log has used what it was filled with.
struct FullDiskInACommit : FullDisk, testing::WithParamInterface<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Space, FullDiskInACommit, testing::Range<std::uint64_t>(0, 3'200, 311));

TEST_P(FullDiskInACommit, EndsItAtAnyOfItsBytes) {
  write_until_full(GetParam());
}

TEST_F(FullDisk, IsTheReasonWhyAStoreDoesNotOpen) {
  disk.leave_space(10);
  const auto store = open();
  EXPECT_EQ(refused_by(store), "LOG-18");
  EXPECT_NE(store.error().detail.find("no space left"), std::string::npos) << store.error().detail;
}

}  // namespace
