// The sums of the views: today's value in memory, every value it ever had in the table.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/seq.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_keys.hpp"

namespace replay {

// Folds what entries add to sums. A value of its fold; one thread.
class SumFold {
 public:
  // Adds what the entry did. Entries come in order; registers before the units that name them.
  void take(const ledger::Effects& effects, RowBatch& rows);

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

  void note_registers(const ledger::Effects& effects);
  void add_moves(const ledger::Effects& effects);
  void add_move(const Move& move, std::int64_t quantity, ledger::Year calendar_year);
  void add_standing(const LotFacts& lot, ledger::Index account, ledger::UnitStatus status,
                    std::int64_t change);
  void add_figures(const ledger::Effects& effects);
  void add(Key key, std::int64_t change);

  std::map<std::string, std::int64_t> values_;                          // by key without its seq
  std::vector<std::map<std::string, std::int64_t>::iterator> touched_;  // by this entry
  std::vector<LotFacts> lots_;                                          // by index
  std::vector<ledger::Index> sections_;                                 // the Party of each account
};

}  // namespace replay
