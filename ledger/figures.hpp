// How an entry changed units and the figures that count them: the parts of Effects that can be
// undone.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/event_parts.hpp"
#include "ledger/ranges.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Units of one run whose standing changed alike. `before` is absent at issuance.
struct UnitEffect {
  Index scope = 0;
  Range range;
  std::optional<Standing> before;
  Standing after;
  bool first_transfer = false;
  bool operator==(const UnitEffect&) const = default;
};

// Due figures of a Party's year that moved: first transfers by vintage, uses by declared year.
struct YearEffect {
  Index party = 0;
  Year year = 0;
  std::int64_t first_transferred = 0;  // change
  std::int64_t used = 0;               // change
  bool operator==(const YearEffect&) const = default;
};

// What authorizations count: against their caps, and of units that rest on them.
struct CapEffect {
  Index authorization = 0;
  std::int64_t first_transferred = 0;  // change
  std::int64_t acquired = 0;           // change
  std::int64_t issued = 0;             // change
  bool operator==(const CapEffect&) const = default;
};

// Proceeds taken from one group (activity, vintage) for one line; money lines are never here.
struct ProceedsEffect {
  Index approach = 0;
  Index activity = 0;
  Year vintage = 0;
  Id line;
  Moment moment = Moment::transfer;
  std::int64_t base = 0;   // gross settled by this entry
  std::int64_t taken = 0;  // of it for this line
  bool operator==(const ProceedsEffect&) const = default;
};

// Removals of an activity that were lost again, or were made good by cancelling.
struct ReversalEffect {
  Index activity = 0;
  std::int64_t recorded = 0;  // change
  std::int64_t settled = 0;   // change
  bool operator==(const ReversalEffect&) const = default;
};

// Units cancelled of what a finding says is too much.
struct ExcessEffect {
  Index finding = 0;
  std::int64_t settled = 0;  // change
  bool operator==(const ExcessEffect&) const = default;
};

}  // namespace ledger
