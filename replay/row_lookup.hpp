// Reading the views' rows as they were at one size.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/table.hpp"
#include "replay/view_keys.hpp"
#include "replay/view_rows.hpp"

namespace replay {

// Looks rows up for one answer. Once something cannot be read everything else is empty and
// failure() says why: ask it when the answer is made. One thread; the snapshot outlives it.
class RowLookup {
 public:
  RowLookup(const ledger::TableSnapshot& snapshot, ledger::Seq size)
      : snapshot_(snapshot), size_(size) {}

  [[nodiscard]] ledger::Seq size() const { return size_; }
  [[nodiscard]] ledger::Seq position() const { return snapshot_.position(); }

  // A register's row in its newest version below the size.
  template <class T>
  [[nodiscard]] std::optional<T> row(Register name, ledger::Index index) {
    const auto bytes = newest(row_key(name, index), size_);
    return bytes ? decoded<T>(*bytes) : std::nullopt;
  }
  // The row of that id, if it was there at the size.
  [[nodiscard]] std::optional<ledger::Index> find(Register name, std::string_view id);
  // How many rows a register has at the size.
  [[nodiscard]] ledger::Index count(Register name);
  // An authorization in its newest version below the size, with all earlier ones.
  [[nodiscard]] std::optional<ledger::Authorization> authorization(ledger::Index index);
  // The id of a row; kept for the next time.
  [[nodiscard]] const std::string& id_of(Register name, ledger::Index index);
  [[nodiscard]] std::vector<std::string> ids_of(Register name,
                                                const std::vector<ledger::Index>& indexes);

  // The value of a sum; 0 before it first changed.
  [[nodiscard]] std::int64_t sum(const Key& key);
  // Its value at another size, at most the position.
  [[nodiscard]] std::int64_t sum_at(const Key& key, ledger::Seq size);
  // Each sum whose key begins so and that has changed, with the rest of its key; ascending.
  void each_sum(const Key& prefix, const std::function<void(KeyParts, std::int64_t)>& visit);

  // For each key that begins so, behind which a seq stands: the newest row below that seq.
  using NewestVisitor = std::function<void(std::string_view rest, std::string_view value)>;
  void each_newest(const std::string& prefix, ledger::Seq below, const NewestVisitor& visit);
  // Each row whose key begins so.
  void each_row(const std::string& prefix, const ledger::RowVisitor& visit);
  // Each row from a key up to the end of a prefix.
  void each_row_from(const std::string& from, const std::string& prefix,
                     const ledger::RowVisitor& visit);
  [[nodiscard]] std::optional<ledger::TableRow> last_in(const std::string& from,
                                                        const std::string& to);
  [[nodiscard]] std::optional<EntryRow> entry(ledger::Seq seq);

  // The value as the row that it is; otherwise a failure.
  template <class T>
  [[nodiscard]] std::optional<T> decoded(std::string_view bytes) {
    std::optional<T> row = decode_row<T>(bytes);
    if (!row) fail();
    return row;
  }

  // Notes that a row is not what it must be.
  void fail();
  [[nodiscard]] const std::optional<ledger::Violation>& failure() const { return failure_; }

  // The answer, or why there is none.
  template <class T>
  [[nodiscard]] ledger::Result<T> answer(T value) const {
    if (failure_) return tl::unexpected(*failure_);
    return value;
  }

 private:
  [[nodiscard]] static std::string row_key(Register name, ledger::Index index);
  // The newest row below a seq among those whose keys are `prefix` and a seq.
  [[nodiscard]] std::optional<std::string> newest(const std::string& prefix, ledger::Seq below);
  [[nodiscard]] ledger::Seq last_sums() const;
  void load_changes();
  template <class T>
  [[nodiscard]] std::optional<T> read(ledger::Result<std::optional<T>> result);

  const ledger::TableSnapshot& snapshot_;
  const ledger::Seq size_;
  std::optional<ledger::Violation> failure_;
  std::map<std::pair<Register, ledger::Index>, std::string> ids_;
  bool has_changes_ = false;
  std::map<std::string, std::int64_t> changes_;  // of sums since the last rows of sums
};

}  // namespace replay
