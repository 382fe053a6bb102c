#include "ledger/locks.hpp"

#include "ledger/ensure.hpp"

namespace ledger {

const Lock* lock_on(const State& state, UnitsLocked::Sort kind, Index scope, Serial serial) {
  const Lock* found = nullptr;
  all_holds(state, kind, scope, {serial, serial + 1}, [&](Index lock, const Range&) {
    found = &state.locks[lock];
    return false;
  });
  return found;
}

bool is_frozen(const State& state, const Lock& lock) {
  if (state.accounts[lock.account].frozen_by) return true;
  std::int64_t frozen = 0;
  for (const Range& range : lock.ranges.ranges()) {
    all_holds(state, UnitsLocked::Sort::freeze, *lock.scope, range, [&](Index, const Range& part) {
      frozen += part.quantity();
      return true;
    });
  }
  return frozen == lock.ranges.quantity();
}

void index_ranges(State& state, Index index) {
  const Lock& lock = state.locks[index];
  for (const Range& range : lock.ranges.ranges()) {
    state.locked.insert({{lock.kind, *lock.scope, range.first}, {range.end, index}});
  }
}

void forget_ranges(State& state, Index index) {
  const Lock& lock = state.locks[index];
  for (const Range& range : lock.ranges.ranges()) {
    state.locked.erase({lock.kind, *lock.scope, range.first});
  }
}

void stop_waiting(State& state, const crypto::Hash& event) {
  const auto waiting = state.reservations.find(event);
  ENSURE(waiting != state.reservations.end(), "a reservation that holds is counted");
  if (--waiting->second == 0) state.reservations.erase(waiting);
}

}  // namespace ledger
