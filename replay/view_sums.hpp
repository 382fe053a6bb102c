// The sums of the views: today's value in memory, every value it ever had in the table. A busy sum
// changes with every entry, so the values of many entries share a row.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/seq.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_keys.hpp"
#include "replay/view_rows.hpp"

namespace replay {

// Folds what entries add to sums. A value of its fold; one thread.
class SumFold {
 public:
  // Adds what the entry did. Entries come in order; registers before the units that name them.
  void take(const ledger::Effects& effects, RowBatch& rows);
  // Makes rows of all values that have none yet.
  void put_rows(RowBatch& rows);

 private:
  // What sums need to know of rows that came before.
  struct LotFacts {
    ledger::Index activity = 0;
    ledger::Index host = 0;
    ledger::Year vintage = 0;
  };
  // Units of one entry that moved alike.
  struct Move {
    ledger::Index lot = 0;
    bool existed = false;
    ledger::Index account_before = 0, account_after = 0;
    ledger::UnitStatus status_before = ledger::UnitStatus::held;
    ledger::UnitStatus status_after = ledger::UnitStatus::held;
    bool first_transfer = false;
    auto operator<=>(const Move&) const = default;
  };

  // A sum: today's value, and those since its last row, each with the entry that made it.
  struct Kept {
    std::int64_t value = 0;
    SumRow fresh;
  };
  using Sums = std::map<std::string, Kept>;  // by key without its seq

  void put_row(Sums::iterator sum, RowBatch& rows);
  void note_registers(const ledger::Effects& effects);
  void add_moves(const ledger::Effects& effects);
  void add_move(const Move& move, std::int64_t quantity, ledger::Year calendar_year);
  void add_standing(const LotFacts& lot, ledger::Index account, ledger::UnitStatus status,
                    std::int64_t change);
  void add_figures(const ledger::Effects& effects);
  void add(Key key, std::int64_t change);

  Sums sums_;
  std::vector<Sums::iterator> touched_;    // by this entry
  std::vector<Sums::iterator> unwritten_;  // that had no fresh value before; perhaps twice
  std::vector<LotFacts> lots_;             // by index
  std::vector<ledger::Index> sections_;    // the Party of each account
};

}  // namespace replay
