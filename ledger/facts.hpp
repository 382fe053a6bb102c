// What every event's Facts have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// The youngest of the things that an event names: its date may not precede theirs (decision 3).
class Causes {
 public:
  // Called `what` and the name; the two are put together only where they are the youngest so far.
  void add(const Origin& origin, std::string_view what, std::string_view name = {}) {
    if (latest_ && origin.date <= latest_->date) return;
    latest_ = origin;
    what_ = what;
    what_ += name;
  }
  // Nothing when the event names nothing that an event made.
  [[nodiscard]] const std::optional<Origin>& latest() const { return latest_; }
  [[nodiscard]] const std::string& what() const { return what_; }

 private:
  std::optional<Origin> latest_;
  std::string what_;
};

// Base of every Facts<E>. Facts hold indices and values, never pointers: evolve adds rows.
struct CommonFacts {
  Causes causes;
};

// `resolve(state, event, body, context)` is total: unknown names stay unset, and rules refuse them.
// `evolve(state, case, effects)` is total after check; `case.state` is that same state.
// Both are overloaded for each event: facts_registry.hpp, facts_authorizations.hpp,
// facts_units.hpp,
// facts_locks.hpp.

}  // namespace ledger
