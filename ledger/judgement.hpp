// An event judged at its place, and what it then changes: the one meaning that stepping a log and
// supposing other rules share.
#pragma once

#include <cstdint>

#include "crypto/merkle.hpp"
#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/rule.hpp"
#include "ledger/spec_number.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Where an entry stands: behind those that `tree` is of. Their root is hashed for those events
// alone that speak of it.
[[nodiscard]] Context context_of(const Entry& entry, const crypto::Frontier& tree,
                                 std::int64_t newest = newest_spec);

// Keeps the root over the entries so far, the last of which is of `last`, where the next one is of
// another day.
void keep_day_end(State& state, const crypto::Frontier& tree, Timestamp last, Timestamp next);

// Judges identity (LED-1, ID) and the event's own rules, in order of precedence.
[[nodiscard]] Result<> judge(const State& state, const Event& event, const Context& context);

// Judges likewise, then evolves the state and returns what changed. A violation leaves the state
// as it was.
[[nodiscard]] Result<Effects> evolve_if_admitted(State& state, const Event& event,
                                                 const Context& context);

}  // namespace ledger
