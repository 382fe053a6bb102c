// A RocksDB directory that is ours, opened or refused with the reason: what the store and the table
// have in common. Keys and recovery: spec/log.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/rocks_store.hpp"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Status;
}  // namespace rocksdb

namespace ledger {

// What a directory is for: its row "format" in the default family says "<name> <format>".
struct RocksKind {
  std::string_view name;
  std::uint64_t format = 1;           // the newest that this program reads
  std::vector<std::string> families;  // beside the default one
};

// A number as eight bytes, big-endian, so that the order of keys is the order of numbers.
[[nodiscard]] std::string key_of(std::uint64_t number);
// Nothing unless there are eight bytes.
[[nodiscard]] std::optional<std::uint64_t> number_of(std::string_view key);

// Why RocksDB could not do something: LOG-15 for altered or missing bytes, else `otherwise`.
// `doing` begins the sentence: "Reading line 7 failed".
[[nodiscard]] tl::unexpected<Violation> rocks_failure(const rocksdb::Status& status,
                                                      const Clause& otherwise, std::string doing);

// The open database of one directory. This process alone has it while it lives; at the end it
// writes its memtables out. Moves. Any thread may read through it; the store or table above says
// who writes.
class RocksDatabase {
 public:
  // Called once with the database as it was found, for reading only and before any file is changed;
  // with nothing when there is none yet. A violation refuses the opening.
  using Examine = std::function<Result<>(const RocksDatabase* found)>;

  // Fails as open_rocks_store does.
  [[nodiscard]] static Result<RocksDatabase> open(const std::filesystem::path& directory,
                                                  const RocksKind& kind,
                                                  const RocksOptions& options,
                                                  const Examine& examine);
  RocksDatabase(RocksDatabase&&) noexcept;
  RocksDatabase& operator=(RocksDatabase&&) = delete;
  ~RocksDatabase();

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  // 0 is the default family, then RocksKind::families in order.
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(std::size_t index) const {
    return families_[index];
  }
  [[nodiscard]] Result<std::optional<std::string>> get(std::size_t family,
                                                       std::string_view key) const;
  [[nodiscard]] Result<std::optional<std::string>> last_key(std::size_t family) const;
  // Writes every memtable out, all families together.
  [[nodiscard]] Result<> flush() const;

 private:
  struct Opening;
  RocksDatabase(rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*> families, bool writes);
  [[nodiscard]] static Result<> look(const Opening& opening);

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  bool writes_;
};

}  // namespace ledger
