// The write-ahead log: what a crash, a torn end and a full disk leave of it.
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "ledger/clauses_log.hpp"
#include "tests/store/rocks_directory.hpp"

namespace {

using namespace ledger;
using namespace test;

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

// From nothing to nearly as much as a line may have: two together are more than a log is filled
// for.
std::string long_line(Seq seq) {
  return "line " + std::to_string(seq) + std::string(seq * 7'919 % 65'000, '.');
}

struct WriteAheadLog : RocksDirectory {};

TEST_F(WriteAheadLog, AppendsOverSpaceThatWasWrittenBefore) {
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

TEST_F(WriteAheadLog, KeepsEveryLineOfALogThatWasFilledManyTimes) {
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

TEST_F(WriteAheadLog, ReadsWhatACrashLeftInTheWriteAheadLog) {
  fill_and_crash(5);
  const auto store = open();
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 5u);
  EXPECT_EQ(test::lines_of(**store, 4, 5), std::vector<std::string>{line_text(4)});
}

TEST_F(WriteAheadLog, DropsATornEndThatWasNotAcknowledged) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"));
  EXPECT_EQ(refused_by(open()), "LOG-15") << "without a word on what was acknowledged";
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4u);
  EXPECT_EQ(**(*store)->newest_checkpoint(), "of 4");
  EXPECT_EQ(test::lines_of(**store, 3, 4), std::vector<std::string>{line_text(3)});
}

TEST_F(WriteAheadLog, DropsAnEndOfWhichSomeDidNotArrive) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"), Torn::zeros);
  EXPECT_EQ(refused_by(open()), "LOG-15") << "without a word on what was acknowledged";
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4U);
}

TEST_F(WriteAheadLog, DropsARecordOfWhichTheBeginningDidNotArrive) {
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

// Over the end of a block its parts tell that it is torn.
TEST_F(WriteAheadLog, DropsALongRecordOfWhichTheBeginningDidNotArrive) {
  {
    const auto store = filled(4);
    const Epoch epoch = *store->open_epoch();
    const std::size_t begin = read_file(file_ending(path, ".log")).find_last_not_of('\0') + 1;
    ASSERT_TRUE(store->append(epoch, 4, Batch({std::string(40'000, '4')}, "of 5")));
    crash();
    std::string bytes = read_file(file_ending(path, ".log"));
    bytes.replace(begin, 512, 512, '\0');
    write_file(file_ending(path, ".log"), bytes);
  }
  EXPECT_EQ(refused_by(open()), "LOG-15") << "without a word on what was acknowledged";
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
  const auto store = open(4);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_EQ((*store)->size(), 4U);
}

// While it lives no file of this process may be longer.
class LongestFile {
 public:
  explicit LongestFile(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~LongestFile() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  LongestFile(const LongestFile&) = delete;
  LongestFile& operator=(const LongestFile&) = delete;

 private:
  void (*const handler_)(int);
  rlimit before_{};
};

TEST_F(WriteAheadLog, TakesEntriesWhereAQuotaHasNoRoomForZeros) {
  Seq size = 0;
  {
    const auto store = open();
    const Epoch epoch = *(*store)->open_epoch();
    const std::uintmax_t filled = fs::file_size(file_ending(path, ".log"));
    const LongestFile limit(filled + 50'000);
    Result<> appended;
    while (appended) {
      appended = (*store)->append(epoch, size, Batch({std::string(3'000, 'x')}));
      if (appended) ++size;
    }
    EXPECT_EQ(appended.error().clause->id, "LOG-12");
    EXPECT_GT(size * 3'000, filled);
    crash();
  }
  const auto store = open(size);
  ASSERT_TRUE(store) << store.error().detail;
  EXPECT_GE((*store)->size(), size);
}

TEST_F(WriteAheadLog, GoesOnWritingBehindATornEnd) {
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

TEST_F(WriteAheadLog, RefusesATornEndThatWasAcknowledgedAndTouchesNothing) {
  fill_and_crash(5);
  tear_end(file_ending(path, ".log"));
  const auto before = contents(path);
  const auto store = open(5);
  EXPECT_EQ(refused_by(store), "LOG-17");
  EXPECT_NE(store.error().detail.find("holds 4 whole entries but 5"), std::string::npos)
      << store.error().detail;
  EXPECT_EQ(contents(path), before);
}

TEST_F(WriteAheadLog, RefusesAnAlteredByteAmongAcknowledgedEntries) {
  fill_and_crash(5);
  const fs::path wal = file_ending(path, ".log");
  flip(wal, read_file(wal).find("line 2"));
  EXPECT_EQ(refused_by(open()), "LOG-15");
  EXPECT_EQ(refused_by(open(5)), "LOG-17");
}

TEST_F(WriteAheadLog, RefusesAnOldCopyOfItself) {
  filled(3);
  fs::copy(path, scratch.file("backup"), fs::copy_options::recursive);
  path = scratch.file("backup");
  EXPECT_EQ(refused_by(open(4)), "LOG-17");
  EXPECT_TRUE(open(3));
}

TEST_F(WriteAheadLog, MakesNothingNewWhereEntriesWereAcknowledged) {
  EXPECT_EQ(refused_by(open(1)), "LOG-17");
  EXPECT_FALSE(fs::exists(path));
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

// RocksDB looks every five seconds whether there is space again.
TEST_F(FullDisk, IsNotForgottenWhenThereIsSpaceAgain) {
  memtable = 64 << 10;
  auto store = open();
  ASSERT_TRUE(store) << store.error().detail;
  const Epoch epoch = *(*store)->open_epoch();
  disk.leave_space(4'000);  // for one entry in a new write-ahead log, not for a table file
  std::uint64_t before = 0;
  do {
    ASSERT_TRUE((*store)->append(epoch, acknowledged++, Batch({std::string(3'000, 'x')})));
    before = disk.operations();
    disk.settle();
  } while (disk.operations() == before);  // until a memtable had to be written out
  disk.leave_space(1 << 30);
  disk.freely([] { std::this_thread::sleep_for(std::chrono::seconds(7)); });
  EXPECT_EQ(refused_by((*store)->append(epoch, acknowledged, Batch({"x"}))), "LOG-12");
  disk.freely([&] { store->reset(); });
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
