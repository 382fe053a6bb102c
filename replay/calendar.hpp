// What official texts leave open of the end of an NDC period, as its reader sets it: when
// adjustments become final (2/CMA.3, annex, 12; the date is the CMA's to set), and in which year
// the first biennial report is due that has the period's last year (4/CMA.6, 14).
#pragma once

#include <map>
#include <optional>

#include "ledger/event_parts.hpp"
#include "ledger/time.hpp"

namespace replay {

// By the last year of the period. A value.
struct Calendar {
  std::map<ledger::Year, ledger::Date> final_from;  // that day and after, adjustments are final
  std::map<ledger::Year, ledger::Year> biennial_report;  // at the end of that year

  // Nothing where it was not set.
  [[nodiscard]] std::optional<ledger::Date> finality_of(ledger::Year last_of_period) const;
  // The year at whose end first transfers for other purposes must be recorded: the one before the
  // report's. Where that was not set, reports are due at the end of even years and have data up to
  // two years before.
  [[nodiscard]] ledger::Year oimp_cutoff_year(ledger::Year last_of_period) const;
};

}  // namespace replay
