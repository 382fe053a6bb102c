// Another process that holds a lock on a file, as long as this object lives.
#pragma once

#include <sys/types.h>

#include <filesystem>

namespace test_support {

class LockHolder {
 public:
  enum class Kind {
    whole_file,   // flock, as the lock slot has it
    record_lock,  // fcntl, as RocksDB has it
  };
  // Returns when the other process holds the lock. The file must exist.
  LockHolder(const std::filesystem::path& file, Kind kind);
  ~LockHolder();
  LockHolder(const LockHolder&) = delete;
  LockHolder& operator=(const LockHolder&) = delete;

 private:
  pid_t child_;
};

}  // namespace test_support
