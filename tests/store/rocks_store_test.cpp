// The log in real directories: what is refused at opening, and what damage is found.
#include "ledger/rocks_store.hpp"

#include <set>

#include "ledger/clauses_log.hpp"
#include "ledger/rocks_table.hpp"
#include "tests/store/rocks_directory.hpp"
#include "tests/support/lock_holder.hpp"

namespace {

using namespace ledger;
using namespace test;

struct RocksStoreDirectory : RocksDirectory {};

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

}  // namespace
