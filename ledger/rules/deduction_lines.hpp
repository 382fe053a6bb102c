// The deduction lines of an approach's rules (RUL-8 to RUL-13). Precondition of all: RUL-1 holds.
#pragma once

#include <string>

#include "ledger/facts_registry.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool names_are_used_once(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_names(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool lines_keep_their_terms(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_terms(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool takers_fit_the_moments(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_takers(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool rates_are_bounded(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_rates(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool accounts_are_named_where_needed(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_account_member(const Case<ApproachRules>& c, const Row*);
[[nodiscard]] bool accounts_fit_their_lines(const Case<ApproachRules>& c);
[[nodiscard]] std::string explain_accounts(const Case<ApproachRules>& c, const Row*);

}  // namespace ledger
