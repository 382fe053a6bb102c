// Whom and what an authorization covers: Parties, entities and activities (AUT-19 to AUT-24).
// Precondition of all: AUT-2 and AUT-3 hold.
#pragma once

#include <string>

#include "ledger/facts_authorizations.hpp"
#include "ledger/rule.hpp"

namespace ledger {

[[nodiscard]] bool using_parties_are_parties(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_using_parties(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool entities_can_act(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_entities(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool activities_are_listed(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_activities(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool crediting_is_in_order(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_crediting(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool known_activities_stay(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_known_activities(const Case<AuthorizationGranted>& c, const Row*);
[[nodiscard]] bool buyer_follows_the_host(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_buyer_follows(const Case<AuthorizationGranted>& c, const Row*);

// Against the cycle of activities: ACT-5 and ACT-8; these have no precondition.
[[nodiscard]] bool activities_were_proposed_so(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_proposed_otherwise(const Case<AuthorizationGranted>& c,
                                                     const Row*);
[[nodiscard]] bool ideas_came_first(const Case<AuthorizationGranted>& c);
[[nodiscard]] std::string explain_ideas(const Case<AuthorizationGranted>& c, const Row*);

}  // namespace ledger
