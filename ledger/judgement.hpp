// An event judged at its place, and what it then changes: the one meaning that stepping a log and
// supposing other rules share.
#pragma once

#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Judges identity (LED-1, ID) and the event's own rules, in order of precedence.
[[nodiscard]] Result<> judge(const State& state, const Event& event, const Context& context);

// Judges likewise, then evolves the state and returns what changed. A violation leaves the state
// as it was.
[[nodiscard]] Result<Effects> evolve_if_admitted(State& state, const Event& event,
                                                 const Context& context);

}  // namespace ledger
