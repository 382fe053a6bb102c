// Ordered rows of bytes that can always be made again: views, drafts, snapshots.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/seq.hpp"

namespace ledger {

// Rows to put and keys to erase, applied together in the order given; a later one wins.
class TableBatch {
 public:
  struct Change {
    std::string key;
    std::optional<std::string> value;  // nothing: the row is erased
  };
  void put(std::string key, std::string value) {
    changes_.push_back({std::move(key), std::move(value)});
  }
  void erase(std::string key) { changes_.push_back({std::move(key), std::nullopt}); }
  void clear() { changes_.clear(); }
  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }

 private:
  std::vector<Change> changes_;
};

struct TableRow {
  std::string key;
  std::string value;
};

// Whether a scan goes on after this row.
enum class Scan { go_on, stop };

// Called with each row in ascending order of key bytes; the views are valid during the call.
using RowVisitor = std::function<Scan(std::string_view key, std::string_view value)>;

// The smallest key that is greater than every key with this prefix; empty (no bound) if none is.
[[nodiscard]] std::string end_of_prefix(std::string_view prefix);

// The rows as they were at one moment. Any thread may hold one; one thread at a time uses it.
// Destroyed before its table. Ranges are half open; an empty `to` means no upper bound.
// Every method fails with LOG-15 when the engine finds altered bytes.
class TableSnapshot {
 public:
  TableSnapshot() = default;
  TableSnapshot(const TableSnapshot&) = delete;
  TableSnapshot& operator=(const TableSnapshot&) = delete;
  virtual ~TableSnapshot() = default;

  // The size of the log that these rows reflect.
  [[nodiscard]] virtual Seq position() const = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> get(std::string_view key) const = 0;
  // Visits the rows with from <= key < to, ascending, until the visitor stops.
  [[nodiscard]] virtual Result<> scan(std::string_view from, std::string_view to,
                                      const RowVisitor& visit) const = 0;
  // The last row with from <= key < to: the newest version at a position, when keys end in one.
  [[nodiscard]] virtual Result<std::optional<TableRow>> last_in(std::string_view from,
                                                                std::string_view to) const = 0;
};

// A table of rows with the log position they reflect.
// Threads: one writer calls apply, clear and flush; any thread calls position and snapshot at the
// same time. Keys are not empty.
class Table {
 public:
  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  virtual ~Table() = default;

  // Applies the batch and sets the position, both or neither. Not durable: after a crash the table
  // comes back as it was at some earlier apply, whole. Fails with LOG-12; then every later one
  // does.
  [[nodiscard]] virtual Result<> apply(const TableBatch& batch, Seq position) = 0;

  // The position of the newest apply; 0 in a new table.
  [[nodiscard]] virtual Seq position() const = 0;

  // The rows of now. Cheap; many may live at the same time; hold one for a request, not for hours.
  [[nodiscard]] virtual std::unique_ptr<TableSnapshot> snapshot() const = 0;

  // Erases every row and sets the position to 0, so that everything is made again.
  [[nodiscard]] virtual Result<> clear() = 0;

  // After it, everything applied survives a crash.
  [[nodiscard]] virtual Result<> flush() = 0;
};

}  // namespace ledger
