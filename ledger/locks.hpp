// Which lock holds which units: the state's index of the ranges of locks, kept as they come and go.
#pragma once

#include <algorithm>
#include <iterator>

#include "ledger/state.hpp"

namespace ledger {

// Calls visit(Index lock, const Range& of it) for what locks of that kind hold of the range,
// ascending, while it answers true; answers whether it always did.
template <class Visit>
bool all_holds(const State& state, UnitsLocked::Sort kind, Index scope, const Range& range,
               Visit&& visit) {
  const auto behind = state.locked.lower_bound({kind, scope, range.end});
  auto at = state.locked.upper_bound({kind, scope, range.first});
  if (at != state.locked.begin()) {
    const auto before = std::prev(at);
    const auto& [sort, registry, first] = before->first;
    if (sort == kind && registry == scope && range.first < before->second.end) at = before;
  }
  for (; at != behind; ++at) {
    const Range part{std::max(std::get<Serial>(at->first), range.first),
                     std::min(at->second.end, range.end)};
    if (!visit(at->second.lock, part)) return false;
  }
  return true;
}

// The lock of that kind that holds the unit; null where none does.
[[nodiscard]] const Lock* lock_on(const State& state, UnitsLocked::Sort kind, Index scope,
                                  Serial serial);

// Whether every unit that the lock still holds is frozen, or its whole account.
[[nodiscard]] bool is_frozen(const State& state, const Lock& lock);

// Puts the ranges of a lock into the index, and takes them out.
void index_ranges(State& state, Index lock);
void forget_ranges(State& state, Index lock);

// One reservation less waits for the event. Precondition: one does.
void stop_waiting(State& state, const crypto::Hash& event);

}  // namespace ledger
