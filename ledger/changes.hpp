// What the events of units do alike: give units new standings, count, and tell of both.
#pragma once

#include <vector>

#include "ledger/effects.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Adds to a Party's year and reports the change.
void count_year(State& state, const YearEffect& change, Effects& effects);

// Adds to what authorizations count against their caps and reports the change.
void count_caps(State& state, const AuthorizationSums& first_transfers,
                const AuthorizationSums& acquisitions, Effects& effects);

// Adds to the units that rest on a host's authorization, or takes from them, and reports the
// change.
void count_issued(State& state, Index authorization, std::int64_t quantity, Effects& effects);

// Takes units that moved from the reservations that held them. One that has none left ends; what it
// has left stays reserved until it is unlocked. `moved` is as the units stood before, ascending.
void take_from_reservations(State& state, const std::vector<Row>& moved, Effects& effects);

// Collects new standings of one registry and puts them in place in one pass.
class Changes {
 public:
  Changes(State& state, Index scope, Effects& effects)
      : state_(state), scope_(scope), effects_(effects) {}

  // Runs come ascending. `first_transfer`: the units become ITMOs by it, and keep the version of
  // the host's authorization that counts for them now.
  void add(const Run& before, Standing after, bool first_transfer);
  void put_in_place();

 private:
  State& state_;
  Index scope_;
  Effects& effects_;
  std::vector<Run> runs_;
  std::vector<YearEffect> first_transferred_;
};

}  // namespace ledger
