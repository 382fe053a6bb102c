// Which days of an activity are taken: by monitoring reports that hold them, and by units that were
// issued without a report (MON-4, MON-15; R20, R21).
#pragma once

#include <optional>

#include "ledger/state.hpp"

namespace ledger {

struct Days {
  Date from, to;  // both included
};

// Whether nobody else may report its days: it waits for its first verification, or something is
// verified that nobody sent back, or units were issued of it.
[[nodiscard]] bool holds_its_days(const Monitoring& report);

// A report of that activity that holds some of these days, so that the component (nothing: the
// whole) cannot be monitored in them. Reports are apart only where both name components, these
// differ, and both are of the registered design. O(components log reports) where they are.
[[nodiscard]] std::optional<Index> report_in_the_way(const State& state, Index cycle,
                                                     const std::optional<Id>& component, Days days);

// A report of that activity with some of these days, of which units were issued.
[[nodiscard]] std::optional<Index> issued_report(const State& state, Index cycle, Days days);
// Whether units of that activity were issued without a report for some of these days.
[[nodiscard]] bool issued_without_report(const State& state, Index activity, Days days);

// Notes whether the report holds its days now. To be called after each step of it.
void note_days(State& state, Index report);
// Notes that units were issued without a report. Precondition: from is not after to.
void note_days_without_report(State& state, Index activity, Days days);

}  // namespace ledger
