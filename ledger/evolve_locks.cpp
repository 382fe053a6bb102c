// How locks come and go; total after check.
#include <utility>

#include "ledger/changes.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/locks.hpp"

namespace ledger {
namespace {

void freeze_account(State& state, Index account, std::optional<Index> by, Effects& effects) {
  state.accounts[account].frozen_by = by;
  effects.rows.push_back(AccountEffect{account, state.accounts[account]});
}

// Sets or clears the mark of a lock of that kind on all these units.
void mark(State& state, const Lock& lock, const RangeSet& ranges, bool locked, Effects& effects) {
  std::vector<Piece> pieces;
  state.scopes[*lock.scope].units.resolve(ranges.ranges(), pieces);
  Changes changes(state, *lock.scope, effects);
  for (const Piece& piece : pieces) {
    Standing after = piece.run.standing;
    if (lock.kind == UnitsLocked::Sort::freeze) {
      after.frozen = locked;
    } else {
      after.reserved = locked;
    }
    changes.add(piece.run, after, false);
  }
  changes.put_in_place();
}

}  // namespace

void evolve(State& state, const Case<UnitsLocked>& c, Effects& effects) {
  const UnitsLocked& body = c.body;
  Lock row;
  row.id = body.id;
  row.kind = body.kind;
  row.account = *c.facts.account;
  row.event = body.event;
  row.until = body.until;
  row.reason = body.reason;
  row.origin = {c.event.date, c.context.seq};
  if (body.units) {
    row.scope = c.facts.scope;
    row.ranges = body.units->ranges;
  }
  const Index index = state.locks.add(body.id, std::move(row));
  const Lock& lock = state.locks[index];
  effects.rows.push_back(LockEffect{index, lock});
  if (lock.event) ++state.reservations[*lock.event];
  if (!lock.scope) return freeze_account(state, lock.account, index, effects);
  index_ranges(state, index);
  mark(state, lock, lock.ranges, true, effects);
}

void evolve(State& state, const Case<UnitsUnlocked>& c, Effects& effects) {
  const Index index = *c.facts.lock;
  Lock& lock = state.locks[index];
  lock.ended_at = c.context.seq;
  if (lock.event) stop_waiting(state, *lock.event);
  if (lock.scope) {
    forget_ranges(state, index);
    mark(state, lock, std::exchange(lock.ranges, {}), false, effects);
  } else {
    freeze_account(state, lock.account, std::nullopt, effects);
  }
  effects.rows.push_back(LockEffect{index, lock});
}

}  // namespace ledger
