// What approach.rules_adopted may ask of an activity's cycle (RUL-15, RUL-16).
#pragma once

#include <string>

#include "ledger/facts_registry.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool reviews_fit(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_reviews(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool steps_build_on_steps(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_steps(const Case<ApproachRules>& c, const Row*);

}  // namespace ledger
