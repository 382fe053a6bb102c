#include "ledger/rules/legal_person.hpp"

#include <algorithm>

#include "ledger/rules/wording.hpp"

namespace ledger {

bool is_alpha3(std::string_view id) {
  return id.size() == 3 && std::all_of(id.begin(), id.end(),
                                       [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

bool is_same_person(const Identity& a, const Identity& b) {
  return a.country == b.country && a.number == b.number;
}

std::string no_alpha3(std::string_view party) {
  return quoted(party) +
         " is given as the id of a Party. Name a Party by its ISO 3166 alpha-3 code, three capital "
         "letters.";
}

std::string not_its_own_country(std::string_view party, const Identity& identity) {
  return "Party " + quoted(party) + " is identified as a person of " + quoted(identity.country) +
         ". Give its own code as the country.";
}

std::string same_person_as(std::string_view other, const Identity& identity) {
  return "Number " + quoted(identity.number) + " of " + quoted(identity.country) + " is that of " +
         quoted(other) +
         ". Give the number under which its own country registers this participant, or act as the "
         "other one.";
}

}  // namespace ledger
