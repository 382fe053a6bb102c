// What must hold at every entry, from the state alone: of each activity and vintage, and of each
// host's authorization, everything issued is held, used or cancelled, and what a revocation
// released is accounted for.
#pragma once

#include <string>

#include "ledger/state.hpp"

namespace test_support {

// The first thing that does not hold; empty where all does.
[[nodiscard]] std::string broken_conservation(const ledger::State& state);

}  // namespace test_support
