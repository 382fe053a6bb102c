// The lock slot: one whole record always remains, and a log behind it is never served.
#include "ledger/lock_slot.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "crypto/hash.hpp"
#include "ledger/clauses_log.hpp"
#include "tests/support/lock_holder.hpp"
#include "tests/support/power_loss_fs.hpp"
#include "tests/support/scratch.hpp"

namespace {

using namespace ledger;

LockRecord record(Seq size) {
  return {size, crypto::sha256(std::to_string(size)), "note " + std::to_string(size) + "\n"};
}

template <class T>
std::string refused_by(const Result<T>& result) {
  return result ? "nothing" : std::string(result.error().clause->id);
}

struct LockSlotFile : testing::Test {
  Result<LockSlot> open() const {
    auto file = open_lock_file(path);
    if (!file) return tl::unexpected(file.error());
    return LockSlot::open(std::move(*file));
  }
  void write(Seq from, Seq to) const {
    auto slot = open();
    ASSERT_TRUE(slot);
    for (Seq size = from; size <= to; ++size) ASSERT_TRUE(slot->write(record(size)));
  }
  std::string bytes() const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void put(const std::string& bytes) const {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  test_support::ScratchFolder directory;
  std::filesystem::path path = directory.file("slot");
};

constexpr std::size_t half = LockSlot::slot_bytes;

TEST_F(LockSlotFile, ANewFileRemembersNothing) {
  const auto slot = open();
  ASSERT_TRUE(slot);
  EXPECT_EQ(slot->record(), std::nullopt);
}

TEST_F(LockSlotFile, RemembersTheNewestRecord) {
  for (Seq size = 0; size < 5; ++size) {
    write(size, size);
    EXPECT_EQ(open()->record(), record(size));
  }
}

TEST_F(LockSlotFile, WritesItsTwoSlotsInTurn) {
  write(1, 2);
  for (Seq size = 3; size < 7; ++size) {
    const std::string before = bytes();
    write(size, size);
    const std::string after = bytes();
    const bool first_changed = before.substr(0, half) != after.substr(0, half);
    const bool second_changed = before.substr(half) != after.substr(half);
    EXPECT_EQ(first_changed, size % 2 == 0);
    EXPECT_EQ(second_changed, size % 2 == 1);
  }
}

TEST_F(LockSlotFile, LaysItsBytesOutAsTheSpecificationSays) {
  write(7, 7);
  const std::string all = bytes();
  ASSERT_EQ(all.size(), 2 * half);
  EXPECT_TRUE(all.substr(0, half) == std::string(half, '\0')) << "turn 1 lies in the second slot";
  const std::string slot = all.substr(half);
  const std::string note = record(7).note;
  EXPECT_EQ(slot.substr(0, 16), "itmo-ledger-slot");
  EXPECT_EQ(slot.substr(16, 4), std::string("\0\0\0\1", 4)) << "format";
  EXPECT_EQ(slot.substr(20, 4), std::string("\0\0\0\7", 4)) << "length of the note";
  EXPECT_EQ(slot.substr(24, 8), std::string("\0\0\0\0\0\0\0\1", 8)) << "turn";
  EXPECT_EQ(slot.substr(32, 8), std::string("\0\0\0\0\0\0\0\7", 8)) << "size";
  EXPECT_EQ(slot.substr(40, 32), record(7).root.view());
  EXPECT_EQ(slot.substr(72, note.size()), note);
  EXPECT_EQ(slot.substr(72 + note.size(), half - 32 - 72 - note.size()).find_first_not_of('\0'),
            std::string::npos);
  EXPECT_EQ(slot.substr(half - 32), crypto::sha256(slot.substr(0, half - 32)).view());
}

TEST_F(LockSlotFile, ATornSlotLeavesTheRecordBeforeIt) {
  write(1, 4);  // 4 lies in the first slot, 3 in the second
  const std::string whole = bytes();
  for (std::size_t at = 0; at < half; at += 61) {
    std::string torn = whole;
    torn[at] = static_cast<char>(torn[at] ^ 0x40);
    put(torn);
    const auto slot = open();
    ASSERT_TRUE(slot) << "byte " << at;
    EXPECT_EQ(slot->record(), record(3)) << "byte " << at;
  }
}

TEST_F(LockSlotFile, WritesOnOverATornSlot) {
  write(1, 4);
  std::string torn = bytes();
  torn.replace(20, 500, std::string(500, '\0'));
  put(torn);
  write(5, 5);
  EXPECT_EQ(open()->record(), record(5));
  EXPECT_TRUE(bytes().substr(half) == torn.substr(half)) << "the whole slot is not written over";
}

TEST_F(LockSlotFile, RefusesAFileWithoutAWholeSlot) {
  write(1, 4);
  std::string torn = bytes();
  torn[50] ^= 1;
  torn[half + 50] ^= 1;
  put(torn);
  EXPECT_EQ(refused_by(open()), "LOG-16");
}

TEST_F(LockSlotFile, RefusesSlotsInEachOthersPlace) {
  write(1, 4);
  const std::string whole = bytes();
  put(whole.substr(half) + whole.substr(0, half));
  EXPECT_EQ(refused_by(open()), "LOG-16");
}

TEST_F(LockSlotFile, RefusesAFileOfAnotherLength) {
  write(1, 4);
  const std::string whole = bytes();
  for (const std::string& other : {whole.substr(0, half), whole + "x", std::string("hello")}) {
    put(other);
    EXPECT_EQ(refused_by(open()), "LOG-16") << other.size() << " bytes";
  }
}

TEST_F(LockSlotFile, RefusesANewerFormat) {
  write(1, 4);
  std::string newer = bytes();
  newer[19] = 2;
  newer.replace(half - 32, 32, crypto::sha256(newer.substr(0, half - 32)).view());
  put(newer);
  EXPECT_EQ(refused_by(open()), "LOG-14");
}

TEST_F(LockSlotFile, BelongsToOneObjectAtATime) {
  const auto slot = open();
  ASSERT_TRUE(slot);
  EXPECT_EQ(refused_by(open()), "LOG-18");
}

TEST_F(LockSlotFile, BelongsToOneObjectAlsoAfterItsFirstRecordMadeTheFile) {
  auto slot = open();
  ASSERT_TRUE(slot->write(record(1)));
  EXPECT_EQ(refused_by(open()), "LOG-18");
}

TEST_F(LockSlotFile, RefusesAFileThatAnotherProcessHas) {
  write(1, 1);
  {
    const test_support::LockHolder other(path, test_support::LockHolder::Kind::whole_file);
    EXPECT_EQ(refused_by(open()), "LOG-18");
  }
  EXPECT_TRUE(open());
}

TEST_F(LockSlotFile, RefusesADirectoryThatIsNotThere) {
  path = directory.file("missing/slot");
  const auto slot = open();
  EXPECT_EQ(refused_by(slot), "LOG-18");
  EXPECT_NE(slot.error().detail.find("No such file"), std::string::npos) << slot.error().detail;
}

TEST_F(LockSlotFile, LeavesNoDraftBehind) {
  write(1, 1);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
  EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(LockSlot, WritesNothingAfterAFailedWrite) {
  test_support::PowerLossFs disk;
  auto slot = LockSlot::open(disk.lock_file("/data/slot"));
  ASSERT_TRUE(slot->write(record(1)));
  disk.fail_sync(1, test_support::Flavour::lost);
  EXPECT_EQ(refused_by(slot->write(record(2))), "LOG-12");
  EXPECT_EQ(refused_by(slot->write(record(3))), "LOG-12");
  EXPECT_EQ(slot->record(), record(1));
  EXPECT_EQ(LockSlot::open(disk.lock_file("/data/slot"))->record(), record(1));
}

// Whenever the power fails, the slot comes back with the last acknowledged record or a newer one.
TEST(LockSlot, LosesNoAcknowledgedRecordWhereverThePowerFails) {
  int arrived = 0;  // though nothing synced it
  for (const auto moment : {test_support::Moment::before, test_support::Moment::after}) {
    for (std::uint64_t nth = 1; nth <= 14; ++nth) {
      for (std::uint64_t seed = 0; seed < 4; ++seed) {
        test_support::PowerLossFs disk;
        disk.cut_at_operation(nth, moment);
        Seq acknowledged = 0;
        auto slot = LockSlot::open(disk.lock_file("/data/slot"));
        while (acknowledged < 9 && slot->write(record(acknowledged + 1))) ++acknowledged;
        ASSERT_TRUE(disk.is_off());
        disk.restart(test_support::Leftover::torn, seed);
        slot = LockSlot::open(disk.lock_file("/data/slot"));
        ASSERT_TRUE(slot) << slot.error().detail;
        const Seq kept = slot->record() ? slot->record()->size : 0;
        EXPECT_GE(kept, acknowledged) << "operation " << nth << ", seed " << seed;
        EXPECT_LE(kept, acknowledged + 1) << "operation " << nth << ", seed " << seed;
        if (kept > 0) {
          EXPECT_EQ(slot->record(), record(kept));
        }
        if (moment == test_support::Moment::before && kept > acknowledged) ++arrived;
      }
    }
  }
  EXPECT_GT(arrived, 0) << "the disk of this test can bring back more than was synced";
}

TEST(LockSlot, ALogMayBeAheadOfItsRecordButNeverBehind) {
  EXPECT_EQ(refused_by(check_lock(std::nullopt, 0)), "nothing");
  EXPECT_EQ(refused_by(check_lock(std::nullopt, 1)), "LOG-16");
  EXPECT_EQ(refused_by(check_lock(record(5), 5)), "nothing");
  EXPECT_EQ(refused_by(check_lock(record(5), 6)), "nothing");
  EXPECT_EQ(refused_by(check_lock(record(5), 4)), "LOG-17");
}

TEST(LockSlot, ALogWithAnotherRootIsAnotherLog) {
  EXPECT_EQ(refused_by(check_lock_root(record(5), record(5).root)), "nothing");
  EXPECT_EQ(refused_by(check_lock_root(record(5), record(6).root)), "LOG-17");
}

using LockSlotDeathTest = LockSlotFile;

TEST_F(LockSlotDeathTest, NeverGoesBack) {
  auto slot = open();
  ASSERT_TRUE(slot->write(record(2)));
  EXPECT_DEATH((void)slot->write(record(1)), "never decreases");
  LockRecord long_note = record(3);
  long_note.note = std::string(LockSlot::longest_note + 1, 'x');
  EXPECT_DEATH((void)slot->write(long_note), "fits into the lock slot");
}

}  // namespace
