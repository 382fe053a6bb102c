// The sums of the views: today's values in memory; in the table what each entry added, and from
// time to time the values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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
  // Adds what the entry did and returns it, for the entry's row. Entries come in order; registers
  // before the units that name them. At every 256th entry the sums that changed get rows.
  [[nodiscard]] std::vector<SumChange> take(const ledger::Effects& effects, RowBatch& rows);

 private:
  // What sums need to know of rows that came before.
  struct LotFacts {
    ledger::Index activity = 0;
    ledger::Index host = 0;
    std::optional<ledger::Index> host_authorization;  // none once released from it
    ledger::Year vintage = 0;
    // Of the host's authorization, where its taking effect is the first transfer: the other reading
    // counts issuance and assignment there (decision 11).
    std::optional<ledger::Year> authorized_in;
    auto operator<=>(const LotFacts&) const = default;
  };
  struct AuthorizationFacts {
    ledger::Year granted_in = 0;
    std::vector<bool> oimp;  // by version, from 1
  };
  // Units of one entry that moved alike.
  struct Move {
    LotFacts lot_before, lot;
    bool existed = false;
    ledger::Index account_before = 0, account_after = 0;
    ledger::UnitStatus status_before = ledger::UnitStatus::held;
    ledger::UnitStatus status_after = ledger::UnitStatus::held;
    bool transferred_before = false, transferred_after = false;
    auto operator<=>(const Move&) const = default;
  };

  void note_registers(const ledger::Effects& effects);
  void note_authorization(const ledger::AuthorizationEffect& effect);
  [[nodiscard]] LotFacts facts_of(const ledger::Lot& lot) const;
  void add_moves(const ledger::Effects& effects);
  void add_move(const Move& move, std::int64_t quantity, ledger::Year calendar_year);
  void add_standing(const LotFacts& lot, ledger::Index account, ledger::UnitStatus status,
                    bool transferred, std::int64_t change);
  void add_figures(const ledger::Effects& effects);
  void add(Key key, std::int64_t change);
  [[nodiscard]] std::vector<SumChange> take_added();
  void put_values(ledger::Seq size, RowBatch& rows);

  struct Value {
    std::int64_t now = 0;
    bool waits = false;  // changed since its last row
  };
  std::map<std::string, Value> values_;  // by key
  std::vector<std::map<std::string, Value>::iterator> waiting_;
  std::vector<SumChange> added_;         // by this entry, as it came
  std::vector<LotFacts> lots_;           // by index
  std::vector<ledger::Index> sections_;  // the Party of each account
  std::vector<AuthorizationFacts> authorizations_;
  std::vector<std::vector<std::optional<ledger::Definition>>> definitions_;  // by approach, rules
};

}  // namespace replay
