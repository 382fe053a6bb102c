// One event of each type, written by hand with every member that it can have, and again with none
// that it can do without. Values are within the schema; what they mean, no rule has judged.
#pragma once

#include <vector>

#include "ledger/event.hpp"

namespace sample {

// In the order of ledger::Body: fullest()[i] and leanest()[i] have the type event_types()[i].
[[nodiscard]] const std::vector<ledger::Event>& fullest();
[[nodiscard]] const std::vector<ledger::Event>& leanest();

// The transfer of `fullest`, over other units.
[[nodiscard]] ledger::Event transfer_of(const ledger::RangeSet& ranges);

}  // namespace sample
