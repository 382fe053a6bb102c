// What `resolve` finds for the events by which units stand still.
#pragma once

#include <optional>
#include <span>

#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

template <>
struct Facts<UnitsLocked> : UnitFacts {};

template <>
struct Facts<UnitsUnlocked> : CommonFacts {
  std::optional<Index> lock;
};

[[nodiscard]] Facts<UnitsLocked> resolve(const State&, const Event&, const UnitsLocked&,
                                         const Context&);
[[nodiscard]] Facts<UnitsUnlocked> resolve(const State&, const Event&, const UnitsUnlocked&,
                                           const Context&);

void evolve(State&, const Case<UnitsLocked>&, Effects&);
void evolve(State&, const Case<UnitsUnlocked>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<UnitsLocked>> rules_of<UnitsLocked>();
template <>
std::span<const Rule<UnitsUnlocked>> rules_of<UnitsUnlocked>();

}  // namespace ledger
