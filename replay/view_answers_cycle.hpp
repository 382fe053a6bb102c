// Making the answers about activities' cycles.
#pragma once

#include <optional>
#include <vector>

#include "replay/answers_cycle.hpp"
#include "replay/view_answers.hpp"

namespace replay {

[[nodiscard]] std::optional<CycleAnswer> cycle_answer(RowLookup& lookup, ledger::Index index);
// The activities proposed under the approach, in order of their proposals.
[[nodiscard]] std::vector<Id> proposed_under(RowLookup& lookup, ledger::Index approach);

}  // namespace replay
