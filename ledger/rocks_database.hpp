// A RocksDB directory that is ours, opened or refused with the reason: what the store and the table
// have in common. Keys and recovery: spec/log.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/clause.hpp"
#include "ledger/rocks_store.hpp"

namespace rocksdb {
class DB;
class Env;
class Status;
}  // namespace rocksdb

namespace ledger {

// What a directory is for: its row "format" says "<name> <format>".
struct RocksKind {
  std::string_view name;
  std::uint64_t format;  // the newest that this program reads
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
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const;
  // The last key with from <= key < to.
  [[nodiscard]] Result<std::optional<std::string>> last_key(std::string_view from,
                                                            std::string_view to) const;
  // Writes the memtable out.
  [[nodiscard]] Result<> flush() const;

 private:
  struct Opening;
  // With the environment of its own that it writes through, or none.
  RocksDatabase(std::unique_ptr<rocksdb::DB> db, std::unique_ptr<rocksdb::Env> env);
  [[nodiscard]] static Result<> look(const Opening& opening);
  [[nodiscard]] static Result<RocksDatabase> open_found(const Opening& opening, bool is_new);

  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace ledger
