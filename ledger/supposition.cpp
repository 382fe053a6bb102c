#include "ledger/supposition.hpp"

#include <variant>

namespace ledger {

bool Supposition::replaces(const Entry& entry) const {
  const auto* adopted = std::get_if<ApproachRules>(&entry.event.event().body);
  return adopted != nullptr && adopted->approach == proposed_.approach;
}

Result<Effects> Supposition::follow(const Entry& entry) {
  const Event& event = entry.event.event();
  if (!replaces(entry)) return evolve_if_admitted(state_, event, context_of(entry));
  Event supposed = event;
  auto& rules = std::get<ApproachRules>(supposed.body);
  ApproachRules put = proposed_;
  put.version = rules.version;
  put.carp = rules.carp;
  rules = std::move(put);
  return evolve_if_admitted(state_, supposed, context_of(entry));
}

}  // namespace ledger
