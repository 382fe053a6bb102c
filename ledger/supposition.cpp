#include "ledger/supposition.hpp"

#include <variant>

namespace ledger {

bool Supposition::replaces(const Entry& entry) const {
  const auto* adopted = std::get_if<ApproachRules>(&entry.event.event().body);
  return adopted != nullptr && adopted->approach == proposed_.approach;
}

Result<Effects> Supposition::follow(const Entry& entry) {
  Result<Effects> effects = suppose(entry);
  keep_day_end(state_, tree_, last_, entry.time);
  tree_.append(entry.leaf);
  last_ = entry.time;
  return effects;
}

Result<Effects> Supposition::suppose(const Entry& entry) {
  const Event& event = entry.event.event();
  if (std::holds_alternative<StateCommitted>(event.body)) {
    Effects nothing;
    nothing.seq = entry.seq;
    nothing.time = entry.time;
    nothing.type = type_of(event.body);
    return nothing;
  }
  const Context context = context_of(entry, tree_);
  if (!replaces(entry)) return evolve_if_admitted(state_, event, context);
  Event supposed = event;
  auto& rules = std::get<ApproachRules>(supposed.body);
  ApproachRules put = proposed_;
  put.version = rules.version;
  put.carp = rules.carp;
  rules = std::move(put);
  return evolve_if_admitted(state_, supposed, context);
}

}  // namespace ledger
