// Rows on their way into the table: many entries at once, or nowhere.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "ledger/table.hpp"

namespace replay {

// Collects rows. While silent it takes none: the entries that are being folded are in the table
// already. One thread.
class RowBatch {
 public:
  void be_silent(bool silent) { silent_ = silent; }
  // Ask before building keys and values: most of start-up is silent.
  [[nodiscard]] bool is_silent() const { return silent_; }
  [[nodiscard]] std::size_t size() const { return rows_.changes().size(); }

  void put(std::string key, std::string value) {
    if (!silent_) rows_.put(std::move(key), std::move(value));
  }
  void erase(std::string key) {
    if (!silent_) rows_.erase(std::move(key));
  }
  [[nodiscard]] const ledger::TableBatch& rows() const { return rows_; }
  void clear() { rows_.clear(); }

 private:
  ledger::TableBatch rows_;
  bool silent_ = false;
};

}  // namespace replay
