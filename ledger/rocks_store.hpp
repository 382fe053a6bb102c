// A Store in a RocksDB directory. Keys and recovery: spec/log.md.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

#include "ledger/clause.hpp"
#include "ledger/store.hpp"

namespace rocksdb {
class Env;
}

namespace ledger {

// Whether a commit waits for the disk. Off only in a build that shows that the power-loss tests
// notice (CMake option ITMO_SYNC=OFF): such a build loses acknowledged entries and must never
// serve.
#ifdef ITMO_UNSYNCED
inline constexpr bool commits_are_synced = false;
#else
inline constexpr bool commits_are_synced = true;
#endif

// How a RocksDB directory is opened; the defaults are right for a server.
struct RocksOptions {
  rocksdb::Env* env = nullptr;               // nothing: the machine's; must outlive the store
  std::optional<Seq> acknowledged;           // the lock slot's size; see open_rocks_store
  bool synced = commits_are_synced;          // only a test of the tests turns it off
  std::size_t memtable_bytes = 64ULL << 20;  // held in memory before a table file is written
  std::size_t cache_bytes = 64ULL << 20;     // uncompressed blocks for random reads
};

// Opens or makes the store in `directory` (its parent must exist). This process alone has it until
// the store is destroyed, which also writes the memtable out.
// LOG-13 a directory with anything else in it; LOG-14 a newer format; LOG-15 altered data;
// LOG-18 what the system refuses (permission, space, another process).
// A power loss can leave torn bytes behind the last synced one. With `acknowledged` (0 where the
// lock slot is new) they are dropped as long as that many entries remain, else LOG-17, and no file
// is touched; without it, LOG-15 where checksums or parts of records tell them.
[[nodiscard]] Result<std::unique_ptr<Store>> open_rocks_store(
    const std::filesystem::path& directory, const RocksOptions& options = {});

}  // namespace ledger
