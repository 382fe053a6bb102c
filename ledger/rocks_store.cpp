#include "ledger/rocks_store.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <utility>

#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"
#include "ledger/rocks_database.hpp"

namespace ledger {
namespace {

constexpr RocksKind log_kind{"itmo-ledger log", 1};

// What a key begins with. Lines come first: each batch then lies behind every line of the batches
// before, and RocksDB writes the bulk of the log twice and never again.
constexpr char line_mark = 'l';
constexpr char note_mark = 'n';  // a checkpoint
constexpr char tile_mark = 't';
constexpr std::string_view epoch_key = "writer";

std::string row_key(char mark, std::uint64_t number) {
  std::string key(1, mark);
  key += key_of(number);
  return key;
}

std::string tile_key(unsigned level, std::uint64_t index) {
  return std::string{tile_mark, static_cast<char>(level)} + key_of(index);
}

// The smallest key behind all rows of that mark.
std::string end_of(char mark) {
  return std::string(1, static_cast<char>(mark + 1));
}

tl::unexpected<Violation> missing(const std::string& what) {
  return violates(LOG_15, what +
                              " is missing from the store. Keep the directory as it is and restore "
                              "the log from a mirror or a backup.");
}

// The number in the last key with that mark.
Result<std::optional<std::uint64_t>> last_number(const RocksDatabase& database, char mark) {
  auto key = database.last_key(std::string(1, mark), end_of(mark));
  if (!key) return tl::unexpected(std::move(key).error());
  if (!*key) return std::nullopt;
  const std::optional<std::uint64_t> number = number_of(std::string_view(**key).substr(1));
  if (!number) return violates(LOG_15, "A stored key is not a number: the store was altered.");
  return number;
}

// Where the writer of this process stands.
struct Position {
  Epoch epoch = 0;
  Seq size = 0;
  bool has_checkpoint = false;
};

// Reads the position off the newest rows; a checkpoint and its lines come and go together.
Result<Position> position_of(const RocksDatabase& database) {
  auto last_line = last_number(database, line_mark);
  if (!last_line) return tl::unexpected(std::move(last_line).error());
  auto last_checkpoint = last_number(database, note_mark);
  if (!last_checkpoint) return tl::unexpected(std::move(last_checkpoint).error());
  auto epoch = database.get(epoch_key);
  if (!epoch) return tl::unexpected(std::move(epoch).error());
  Position position;
  position.size = *last_line ? **last_line + 1 : 0;
  position.has_checkpoint = last_checkpoint->has_value();
  if (position.size != last_checkpoint->value_or(0)) {
    return violates(LOG_15, "The store has " + std::to_string(position.size) +
                                " entries, but its newest checkpoint is of " +
                                std::to_string(last_checkpoint->value_or(0)) +
                                ". Restore the log from a mirror or a backup.");
  }
  if (*epoch) {
    const std::optional<std::uint64_t> number = number_of(**epoch);
    if (!number) return violates(LOG_15, "The stored epoch is not a number.");
    position.epoch = *number;
  }
  return position;
}

class RocksStore final : public Store {
 public:
  RocksStore(RocksDatabase database, const Position& position, bool synced)
      : database_(std::move(database)),
        size_(position.size),
        epoch_(position.epoch),
        has_checkpoint_(position.has_checkpoint) {
    durably_.sync = synced;
  }

  [[nodiscard]] Result<Epoch> open_epoch() override {
    if (failed_) return stopped();
    batch_.Clear();
    put(epoch_key, key_of(epoch_ + 1));
    if (Result<> written = write(); !written) return tl::unexpected(std::move(written).error());
    return ++epoch_;
  }

  [[nodiscard]] Result<> append(Epoch epoch, Seq first, const StoreBatch& batch) override {
    if (failed_) return stopped();
    const StoreEnd end{epoch_, size(), has_checkpoint_};
    if (auto admitted = check_append(end, epoch, first, batch); !admitted) return admitted;
    gather(first, batch);
    if (Result<> written = write(); !written) return written;
    has_checkpoint_ = true;
    size_.store(first + batch.lines.size(), std::memory_order_release);
    return {};
  }

  [[nodiscard]] Seq size() const override { return size_.load(std::memory_order_acquire); }

  [[nodiscard]] Result<> read(Seq from, Seq to, const LineVisitor& visit) const override {
    ENSURE(from <= to && to <= size(), "read stays inside the log");
    const std::string end = row_key(line_mark, to);
    const rocksdb::Slice bound(end);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &bound;
    options.fill_cache = false;
    const Rows rows(database_.db().NewIterator(options));
    rows->Seek(row_key(line_mark, from));
    for (Seq seq = from; seq < to; ++seq, rows->Next()) {
      if (!rows->Valid() || rows->key() != rocksdb::Slice(row_key(line_mark, seq)))
        return gap(*rows, seq);
      if (auto visited = visit(seq, rows->value().ToStringView()); !visited) return visited;
    }
    return {};
  }

  [[nodiscard]] Result<std::optional<std::string>> line(Seq seq) const override {
    if (seq >= size()) return std::nullopt;
    auto line = database_.get(row_key(line_mark, seq));
    if (line && !*line) return missing("Line " + std::to_string(seq));
    return line;
  }

  [[nodiscard]] Result<std::optional<std::string>> tile(unsigned level,
                                                        std::uint64_t index) const override {
    if (level > highest_tile_level) return std::nullopt;
    return database_.get(tile_key(level, index));
  }

  [[nodiscard]] Result<std::optional<std::string>> checkpoint_covering(Seq seq) const override {
    if (seq >= size()) return std::nullopt;
    const std::string end = end_of(note_mark);
    const rocksdb::Slice bound(end);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &bound;
    const Rows rows(database_.db().NewIterator(options));
    rows->Seek(row_key(note_mark, seq + 1));
    if (rows->Valid()) return rows->value().ToString();
    if (!rows->status().ok()) return unreadable(rows->status(), "a checkpoint");
    return missing("The checkpoint over entry " + std::to_string(seq));
  }

  [[nodiscard]] Result<std::optional<std::string>> newest_checkpoint() const override {
    const Seq now = size();
    auto note = database_.get(row_key(note_mark, now));
    if (note && !*note && now > 0) {
      return missing("The checkpoint of " + std::to_string(now) + " entries");
    }
    return note;
  }

 private:
  using Rows = std::unique_ptr<rocksdb::Iterator>;

  [[nodiscard]] static tl::unexpected<Violation> unreadable(const rocksdb::Status& status,
                                                            const std::string& what) {
    return rocks_failure(status, LOG_18, "Reading " + what + " failed");
  }

  [[nodiscard]] static tl::unexpected<Violation> gap(const rocksdb::Iterator& rows, Seq seq) {
    const std::string line = "Line " + std::to_string(seq);
    if (!rows.status().ok()) return unreadable(rows.status(), line);
    return missing(line);
  }

  // A batch only refuses a row of more than 4 GiB.
  void put(rocksdb::Slice key, rocksdb::Slice value) {
    const rocksdb::Status status = batch_.Put(key, value);
    ENSURE(status.ok(), "a batch of rows fits into memory");
  }

  // One write-ahead record for everything; the batch keeps its memory from commit to commit.
  void gather(Seq first, const StoreBatch& batch) {
    batch_.Clear();
    Seq seq = first;
    for (const std::string_view line : batch.lines) put(row_key(line_mark, seq++), line);
    for (const StoredTile& tile : batch.tiles) {
      put(tile_key(tile.level, tile.index), tile.hashes);
    }
    put(row_key(note_mark, seq), batch.checkpoint);
  }

  [[nodiscard]] Result<> write() {
    const rocksdb::Status status = database_.db().Write(durably_, &batch_);
    if (status.ok()) return {};
    failed_ = true;
    return rocks_failure(status, LOG_12, "Writing to the log failed");
  }

  [[nodiscard]] static tl::unexpected<Violation> stopped() {
    return violates(LOG_12,
                    "An earlier write to the log failed; nothing is written after it. Start "
                    "again once the disk is right.");
  }

  RocksDatabase database_;
  std::atomic<Seq> size_;  // written by the writer, read by all
  // The writer's.
  rocksdb::WriteOptions durably_;
  rocksdb::WriteBatch batch_;
  Epoch epoch_;
  bool has_checkpoint_;
  bool failed_ = false;
};

// Refuses, before any file is changed, a directory with fewer entries than were acknowledged.
Result<> check_acknowledged(const std::string& directory, const RocksDatabase* found,
                            const RocksOptions& options) {
  Position position;
  if (found != nullptr) {
    auto read = position_of(*found);
    if (!read) return tl::unexpected(std::move(read).error());
    position = *read;
  }
  if (position.size >= options.acknowledged.value_or(0)) return {};
  return violates(LOG_17, "The data directory " + directory + " holds " +
                              std::to_string(position.size) + " whole entries but " +
                              std::to_string(*options.acknowledged) +
                              " were acknowledged: it is an old copy, another directory, or was "
                              "damaged. Bring back newer data; a shorter log is never continued.");
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocks_store(const std::filesystem::path& directory,
                                                const RocksOptions& options) {
  auto database =
      RocksDatabase::open(directory, log_kind, options, [&](const RocksDatabase* found) {
        return check_acknowledged(directory.string(), found, options);
      });
  if (!database) return tl::unexpected(std::move(database).error());
  const Result<Position> position = position_of(*database);
  if (!position) return tl::unexpected(position.error());
  return std::make_unique<RocksStore>(std::move(*database), *position, options.synced);
}

}  // namespace ledger
