// Who a participant is: what the opening and an admission ask alike (PAR-2, PAR-3, PAR-6).
#pragma once

#include <string>
#include <string_view>

#include "ledger/event.hpp"

namespace ledger {

// Three capital letters, the form of an ISO 3166 alpha-3 code; reserved codes such as EUE too.
[[nodiscard]] bool is_alpha3(std::string_view id);

// Whether both are registered in one country under one number.
[[nodiscard]] bool is_same_person(const Identity& a, const Identity& b);

// Sentences of the refusals.
[[nodiscard]] std::string no_alpha3(std::string_view party);
[[nodiscard]] std::string not_its_own_country(std::string_view party, const Identity& identity);
[[nodiscard]] std::string same_person_as(std::string_view other, const Identity& identity);

}  // namespace ledger
