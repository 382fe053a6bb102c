// What a version of an approach's rules would have changed, had it stood in the place of those that
// were adopted: seen before anyone signs it (spec/reports.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/entry.hpp"
#include "ledger/supposition.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"
#include "replay/reconcile.hpp"

namespace replay {

// An entry of the log that the proposed rules would refuse.
struct OtherVerdict {
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::string_view type;  // of the event; static text
  ledger::Violation violation;
};

// An entry that both admit, and that does something else: what it does only as things are, and
// only then.
struct OtherOutcome {
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::string_view type;
  std::vector<std::string> now, then;  // in words
};

// A balance, a count against a cap or a sum of a Party's year.
struct OtherBalance {
  std::string what;
  std::int64_t now = 0, then = 0;
};

// A row of a Party's AEF that only one of the two prints.
struct OtherRow {
  ledger::Id party;
  ledger::Year year = 0;
  AefTable table = AefTable::actions;
  bool now = false;  // printed as things are; else printed then
  AefRow row;
};

struct WhatIfReport {
  ledger::Seq replaced = 0;  // versions of the log that the proposed one stood in for
  std::optional<OtherVerdict> inadmissible;  // the proposed version itself would be refused there
  std::vector<OtherVerdict> verdicts;        // in the order of the log
  std::vector<OtherOutcome> outcomes;        // likewise
  std::vector<OtherBalance> balances;        // by name
  Reconciliation units;                      // `one`: as things are, `other`: then
  std::vector<OtherRow> rows;                // by Party, year and table

  [[nodiscard]] bool differs() const {
    return inadmissible || !verdicts.empty() || !outcomes.empty() || !balances.empty() ||
           !units.differences.empty() || !rows.empty();
  }
};

// Follows an audit and keeps two sets of books: one of the log, one of the log under the proposed
// rules. One thread.
class WhatIf {
 public:
  explicit WhatIf(ledger::ApproachRules proposed) : supposition_(std::move(proposed)) {}

  // Takes every entry once, in order from the first.
  void take(const ledger::Entry& entry, const ledger::Effects& effects);

  // Precondition: an entry was taken.
  [[nodiscard]] WhatIfReport report(const Provenance& provenance) const;

 private:
  void compare(const ledger::Entry& entry, const ledger::Effects& now, const ledger::Effects& then);

  ledger::Supposition supposition_;
  Books now_, then_;
  WhatIfReport found_;  // what is known entry by entry
};

}  // namespace replay
