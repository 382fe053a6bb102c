#include "ledger/rocks_table.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
#include <utility>

#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"
#include "ledger/rocks_database.hpp"

namespace ledger {
namespace {

constexpr RocksKind table_kind{"itmo-ledger table", 1};

// Rows and position share one memtable, so that a flush never parts them.
// Keys of rows begin with 'r'; the position and the format row are outside of that range.
constexpr std::string_view position_key = "position";
constexpr char row_mark = 'r';
constexpr std::string_view first_row = "r";
constexpr std::string_view rows_end = "s";

std::string stored_key(std::string_view key) {
  std::string stored(1, row_mark);
  stored += key;
  return stored;
}

// The key that ends a range; an empty `to` means no upper bound.
std::string stored_end(std::string_view to) {
  return to.empty() ? std::string(rows_end) : stored_key(to);
}

tl::unexpected<Violation> unreadable(const rocksdb::Status& status) {
  return rocks_failure(status, LOG_18, "Reading a table failed");
}

Result<Seq> read_position(const rocksdb::DB& db, const rocksdb::ReadOptions& options) {
  std::string value;
  const rocksdb::Status status = const_cast<rocksdb::DB&>(db).Get(
      options, db.DefaultColumnFamily(), rocksdb::Slice(position_key), &value);
  if (status.IsNotFound()) return 0;
  if (!status.ok()) return unreadable(status);
  const std::optional<Seq> position = number_of(value);
  if (!position) return violates(LOG_15, "The stored position of a table is not a number.");
  return *position;
}

// Reads through a snapshot of RocksDB, in which rows and position are of one moment.
class RocksSnapshot final : public TableSnapshot {
 public:
  explicit RocksSnapshot(rocksdb::DB& db) : db_(db) {
    options_.snapshot = db_.GetSnapshot();
    position_ = read_position(db_, options_);
  }
  ~RocksSnapshot() override { db_.ReleaseSnapshot(options_.snapshot); }

  // 0 where it cannot be read; then no row can be, either.
  [[nodiscard]] Seq position() const override { return position_.value_or(0); }

  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view key) const override {
    if (!position_) return tl::unexpected(position_.error());
    std::string value;
    const rocksdb::Status status = db_.Get(options_, stored_key(key), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return unreadable(status);
    return value;
  }

  [[nodiscard]] Result<> scan(std::string_view from, std::string_view to,
                              const RowVisitor& visit) const override {
    if (!position_) return tl::unexpected(position_.error());
    const Bounds bounds(options_, from, to);
    const Rows rows(db_.NewIterator(bounds.options));
    for (rows->Seek(bounds.lower); rows->Valid(); rows->Next()) {
      const std::string_view key = rows->key().ToStringView().substr(1);
      if (visit(key, rows->value().ToStringView()) == Scan::stop) return {};
    }
    if (!rows->status().ok()) return unreadable(rows->status());
    return {};
  }

  [[nodiscard]] Result<std::optional<TableRow>> last_in(std::string_view from,
                                                        std::string_view to) const override {
    if (!position_) return tl::unexpected(position_.error());
    const Bounds bounds(options_, from, to);
    const Rows rows(db_.NewIterator(bounds.options));
    rows->SeekToLast();
    if (rows->Valid()) {
      return TableRow{std::string(rows->key().ToStringView().substr(1)), rows->value().ToString()};
    }
    if (!rows->status().ok()) return unreadable(rows->status());
    return std::nullopt;
  }

 private:
  using Rows = std::unique_ptr<rocksdb::Iterator>;

  // The bounds of an iterator, which points to them: they stay where they are.
  struct Bounds {
    Bounds(const rocksdb::ReadOptions& at, std::string_view from, std::string_view to)
        : first(stored_key(from)), end(stored_end(to)), lower(first), upper(end), options(at) {
      options.iterate_lower_bound = &lower;
      options.iterate_upper_bound = &upper;
    }
    Bounds(const Bounds&) = delete;
    Bounds& operator=(const Bounds&) = delete;
    std::string first, end;
    rocksdb::Slice lower, upper;
    rocksdb::ReadOptions options;
  };

  rocksdb::DB& db_;
  rocksdb::ReadOptions options_;
  Result<Seq> position_;
};

class RocksTable final : public Table {
 public:
  RocksTable(RocksDatabase database, Seq position)
      : database_(std::move(database)), position_(position) {
    unlogged_.disableWAL = true;
  }

  [[nodiscard]] Result<> apply(const TableBatch& batch, Seq position) override {
    batch_.Clear();
    for (const TableBatch::Change& change : batch.changes()) add(change);
    return write(position);
  }

  [[nodiscard]] Seq position() const override { return position_.load(std::memory_order_acquire); }

  [[nodiscard]] std::unique_ptr<TableSnapshot> snapshot() const override {
    return std::make_unique<RocksSnapshot>(database_.db());
  }

  [[nodiscard]] Result<> clear() override {
    batch_.Clear();
    const rocksdb::Status status =
        batch_.DeleteRange(rocksdb::Slice(first_row), rocksdb::Slice(rows_end));
    ENSURE(status.ok(), "a batch takes one more change");
    return write(0);
  }

  [[nodiscard]] Result<> flush() override {
    Result<> flushed = failed_ ? stopped() : database_.flush();
    failed_ = !flushed;
    return flushed;
  }

 private:
  // Key and value go into the batch as they are, without another copy of either.
  void add(const TableBatch::Change& change) {
    ENSURE(!change.key.empty(), "a row's key is not empty");
    const std::array<rocksdb::Slice, 2> key = {rocksdb::Slice(first_row),
                                               rocksdb::Slice(change.key)};
    const rocksdb::SliceParts parts(key.data(), static_cast<int>(key.size()));
    rocksdb::Status status;
    if (change.value) {
      const rocksdb::Slice value(*change.value);
      status = batch_.Put(parts, rocksdb::SliceParts(&value, 1));
    } else {
      status = batch_.Delete(parts);
    }
    ENSURE(status.ok(), "a batch of rows fits into memory");
  }

  [[nodiscard]] Result<> write(Seq position) {
    if (failed_) return stopped();
    rocksdb::Status status = batch_.Put(rocksdb::Slice(position_key), key_of(position));
    if (status.ok()) status = database_.db().Write(unlogged_, &batch_);
    failed_ = !status.ok();
    if (failed_) return rocks_failure(status, LOG_12, "Writing to a table failed");
    position_.store(position, std::memory_order_release);
    return {};
  }

  [[nodiscard]] static Result<> stopped() {
    return violates(LOG_12,
                    "An earlier write to this table failed; nothing is written after it. "
                    "Start again once the disk is right.");
  }

  RocksDatabase database_;
  std::atomic<Seq> position_;  // written by the writer, read by all
  // The writer's.
  rocksdb::WriteOptions unlogged_;
  rocksdb::WriteBatch batch_;  // keeps its memory from one apply to the next
  bool failed_ = false;
};

}  // namespace

Result<std::unique_ptr<Table>> open_rocks_table(const std::filesystem::path& directory,
                                                const RocksOptions& options) {
  auto database = RocksDatabase::open(directory, table_kind, options,
                                      [](const RocksDatabase*) -> Result<> { return {}; });
  if (!database) return tl::unexpected(std::move(database).error());
  const Result<Seq> position = read_position(database->db(), rocksdb::ReadOptions());
  if (!position) return tl::unexpected(position.error());
  return std::make_unique<RocksTable>(std::move(*database), *position);
}

}  // namespace ledger
