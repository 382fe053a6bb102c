// What an issuance asks of the units of crediting programmes that back its own (ISS-10, ISS-11;
// R22). Precondition: AUT-8 holds.
#pragma once

#include <string>

#include "ledger/facts_units.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool underlying_units_fit(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_underlying(const Case<UnitsIssued>& c, const Row*);
[[nodiscard]] bool underlying_units_are_new(const Case<UnitsIssued>& c);
[[nodiscard]] std::string explain_reuse(const Case<UnitsIssued>& c, const Row*);

}  // namespace ledger
