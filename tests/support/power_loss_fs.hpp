// A disk in memory that forgets what a real one forgets when the power fails: unsynced bytes, and
// names that no sync of their directory made durable. RocksDB and the lock slot run on it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/lock_slot.hpp"

namespace rocksdb {
class Env;
}

namespace test_support {

// What is left, at a power loss, of what was never synced.
enum class Leftover {
  nothing,  // not a byte, not a name
  prefix,   // some of it, in the order in which it was written
  torn,     // some sectors and not others; a sector that is missing reads as zeros
};

// Whether the operation at which the power fails has happened.
enum class Moment { before, after };

// What a sync that reports an error left on the disk.
enum class Flavour { persisted, lost };

// An empty disk with the directory "/data". RocksDB runs its background jobs only in settle() and
// inside freely(), so that the same calls always make the same operations in the same order.
// Threads: the env and the lock file may be used by any; everything else by the test's one.
class PowerLossFs {
 public:
  PowerLossFs();
  ~PowerLossFs();
  PowerLossFs(const PowerLossFs&) = delete;
  PowerLossFs& operator=(const PowerLossFs&) = delete;

  [[nodiscard]] rocksdb::Env* env() const;
  // The lock slot's file at `path`, whose directory exists.
  [[nodiscard]] std::unique_ptr<ledger::LockFile> lock_file(const std::string& path);

  // Runs waiting background jobs, and those that they ask for, until none is left.
  void settle();
  // Writes memtables out in a thread of its own while `work` runs: for what waits for that.
  void freely(const std::function<void()>& work);

  // Changes of the disk so far: every append, sync, making, renaming and deletion is one; and the
  // syncs among them, of files and of directories.
  [[nodiscard]] std::uint64_t operations() const;
  [[nodiscard]] std::uint64_t syncs() const;

  // The power fails at an operation, or at a sync, counted from now (1 is the next). From then on
  // everything fails, until restart().
  void cut_at_operation(std::uint64_t nth, Moment moment);
  void cut_at_sync(std::uint64_t nth, Moment moment);
  void cut_now();
  [[nodiscard]] bool is_off() const;

  // The power comes back: the disk has what was durable, and of the rest what `leftover` says,
  // drawn from `seed`. Nothing may be open any more. Forgets every fault that was asked for.
  void restart(Leftover leftover, std::uint64_t seed);

  // The nth sync from now reports an error, though the power stays.
  void fail_sync(std::uint64_t nth, Flavour flavour);
  // There is space for this many bytes more; what goes beyond is not written, and reported.
  void leave_space(std::uint64_t bytes);

  // What was asked for and has not happened yet does not happen; there is space again.
  void forget_faults();

  // ---- what lies there: looked at, and damaged on purpose ----

  [[nodiscard]] std::vector<std::string> names(const std::string& directory) const;
  [[nodiscard]] std::string bytes(const std::string& path) const;
  // Replaces a file's bytes, durably; makes the file if there is none.
  void put(const std::string& path, std::string bytes);
  void remove(const std::string& path);

 private:
  class Disk;
  class FileSystem;
  class Env;
  class SlotFile;
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<Env> env_;
};

}  // namespace test_support
