// The reviews that wait for a Party, with their clocks (spec/decisions/0019).
#pragma once

#include <vector>

#include "replay/books.hpp"
#include "replay/due.hpp"

namespace replay {

// What the rules in force let the Party decide on now: by the last day before it may be deemed
// approved, or open already where that day is past or there is none. Within a stage by activity,
// then report, in the order of the log.
[[nodiscard]] std::vector<DueItem> reviews_due(const Books& books, ledger::Index party);

}  // namespace replay
