#include "ledger/changes.hpp"

#include <algorithm>
#include <map>

#include "ledger/locks.hpp"

namespace ledger {

void count_year(State& state, const YearEffect& change, Effects& effects) {
  PartyYear& year = state.party_years[{change.party, change.year}];
  year.first_transferred += change.first_transferred;
  year.used += change.used;
  year.changed_at = effects.seq;
  year.changed_on = date_of(effects.time);
  for (YearEffect& known : effects.years) {
    if (known.party != change.party || known.year != change.year) continue;
    known.first_transferred += change.first_transferred;
    known.used += change.used;
    return;
  }
  effects.years.push_back(change);
}

void count_caps(State& state, const AuthorizationSums& first_transfers,
                const AuthorizationSums& acquisitions, Effects& effects) {
  for (const auto& [index, quantity] : first_transfers.sums()) {
    state.authorizations[index].first_transferred += quantity;
    effects.caps.push_back({index, quantity, 0, 0});
  }
  for (const auto& [index, quantity] : acquisitions.sums()) {
    state.authorizations[index].acquired += quantity;
    effects.caps.push_back({index, 0, quantity, 0});
  }
}

void count_issued(State& state, Index authorization, std::int64_t quantity, Effects& effects) {
  state.authorizations[authorization].issued += quantity;
  effects.caps.push_back({authorization, 0, 0, quantity});
}

void take_from_reservations(State& state, const std::vector<Row>& moved, Effects& effects) {
  std::map<Index, RangeSet> taken;  // by lock
  for (const Row& row : moved) {
    if (!row.run.standing.reserved) continue;
    all_holds(state, UnitsLocked::Sort::reservation, row.scope, row.run.range,
              [&](Index lock, const Range& part) {
                taken[lock].join(part);
                return true;
              });
  }
  for (const auto& [index, ranges] : taken) {
    Lock& lock = state.locks[index];
    forget_ranges(state, index);
    lock.ranges = RangeSet::subtract(lock.ranges, ranges);
    index_ranges(state, index);
    if (lock.ranges.empty()) {
      lock.ended_at = effects.seq;
      stop_waiting(state, *lock.event);
    }
    effects.rows.push_back(LockEffect{index, lock});
  }
}

void Changes::add(const Run& before, Standing after, bool first_transfer) {
  if (first_transfer) {
    const Terms& terms = host_terms(state_, after);
    after.host_version = static_cast<std::uint32_t>(terms.version) & most_versions;
  }
  if (before.standing == after) return;
  runs_.push_back({before.range, after});
  effects_.units.push_back({scope_, before.range, before.standing, after, first_transfer});
  if (!first_transfer) return;
  const Lot& lot = state_.lots[after.lot];
  const bool same_year = !first_transferred_.empty() &&
                         first_transferred_.back().party == lot.host &&
                         first_transferred_.back().year == lot.vintage;
  if (!same_year) first_transferred_.push_back({lot.host, lot.vintage, 0, 0});
  first_transferred_.back().first_transferred += before.range.quantity();
}

void Changes::put_in_place() {
  state_.scopes[scope_].units.apply(runs_);
  for (const YearEffect& change : first_transferred_) count_year(state_, change, effects_);
}

}  // namespace ledger
