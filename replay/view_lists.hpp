// The lists of the views: which entries concern an account, and an issued lot.
#pragma once

#include <cstddef>
#include <vector>

#include "ledger/concerns.hpp"
#include "ledger/effects.hpp"
#include "ledger/seq.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_keys.hpp"
#include "replay/view_rows.hpp"

namespace replay {

// Folds entries into pages of lists. A page that is not full is written again with what came since,
// once for many entries; a full one never again. A value of its fold; one thread. In memory is the
// last page of each list.
class ListFold {
 public:
  static constexpr std::size_t page_entries = 32;

  void take(const ledger::Effects& effects, RowBatch& rows);
  // Writes every page that is not full and changed since the last call, once.
  void put_pages(RowBatch& rows);

 private:
  struct Page : ListPage {
    bool waits = false;  // to be written
  };
  void add_to_account(ledger::Index account, ledger::Seq seq, RowBatch& rows);
  void add_to_lot(ledger::Index lot, ledger::Seq seq, RowBatch& rows);
  [[nodiscard]] Key list_of(ledger::Index lot) const;

  ledger::Concerns concerns_;
  std::vector<Page> accounts_;
  std::vector<Page> lots_;  // by issued lot
  std::vector<ledger::Index> waiting_accounts_, waiting_lots_;
};

}  // namespace replay
