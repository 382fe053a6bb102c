// Is this event this ledger's, new, timely, and signed by those who must: asked of every event
// before its own rules (ID clauses, in the order of spec/rules.md).
#pragma once

#include "ledger/facts.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// LED-1 of a ledger that is not opened, then ID-1 to ID-11. Reads the state only.
[[nodiscard]] Result<> check_identity(const State& state, const Event& event,
                                      const Context& context);

// ID-12: the event is not older than what it names.
[[nodiscard]] Result<> check_causes(const Event& event, const Causes& causes);

}  // namespace ledger
