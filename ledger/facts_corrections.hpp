// What `resolve` finds for corrections.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/facts.hpp"
#include "ledger/journal.hpp"

namespace ledger {

template <>
struct Facts<EntryCorrected> : CommonFacts {
  std::optional<Movement> movement;  // what the entry did
  RangeSet touched;                  // its units
  std::optional<Seq> voided_by;
  std::optional<Seq> touched_since;  // the newest movement of one of its units
  std::optional<Row> locked;         // the first of its units that may not move
  std::optional<Row> unmarked;       // the first that would have to be an ITMO, as it stood before
};

[[nodiscard]] Facts<EntryCorrected> resolve(const State&, const Event&, const EntryCorrected&,
                                            const Context&);
void evolve(State&, const Case<EntryCorrected>&, Effects&);
template <>
std::span<const Rule<EntryCorrected>> rules_of<EntryCorrected>();

// Whether an entry of that type can be voided.
[[nodiscard]] bool can_be_voided(std::string_view type);

// The accounts in which units of a movement stood before it or stand now; ascending.
[[nodiscard]] std::vector<Index> accounts_of(const State& state, const Movement& movement);

}  // namespace ledger
