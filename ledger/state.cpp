#include "ledger/state.hpp"

#include <algorithm>

namespace ledger {
namespace {

bool same(const std::optional<UnitsIssued::Underlying>& a,
          const std::optional<UnitsIssued::Underlying>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::tie(a->registry, a->first, a->last) == std::tie(b->registry, b->first, b->last);
}

}  // namespace

bool Lot::operator==(const Lot& other) const {
  return std::tie(activity, approach, host, host_authorization, buyer_authorization, rules, vintage,
                  mitigation, scope, first, last, origin) ==
             std::tie(other.activity, other.approach, other.host, other.host_authorization,
                      other.buyer_authorization, other.rules, other.vintage, other.mitigation,
                      other.scope, other.first, other.last, other.origin) &&
         same(underlying, other.underlying);
}

const Ndc* ndc_of(const State& state, Index party, Year year) {
  const auto it = std::find_if(state.ndcs.begin(), state.ndcs.end(), [&](const Ndc& ndc) {
    return ndc.party == party && ndc.from <= year && year <= ndc.to;
  });
  return it == state.ndcs.end() ? nullptr : &*it;
}

bool is_open(const Approach& approach, Timestamp time) {
  return !approach.ended || time < approach.ended->from;
}

bool covers(const Authorization& authorization, const State& state, Index participant, Act act) {
  const Participant::Sort kind = state.participants[participant].kind;
  if (kind == Participant::Sort::operator_) return false;
  if (kind == Participant::Sort::party) return admits_party(authorization, participant);
  if (authorization.entities.empty()) return true;
  return std::any_of(authorization.entities.begin(), authorization.entities.end(),
                     [&](const Authorization::Entity& entity) {
                       return entity.participant == participant &&
                              std::find(entity.may.begin(), entity.may.end(), act) !=
                                  entity.may.end();
                     });
}

bool may_hold(const Authorization& authorization, const State& state, Index participant) {
  return covers(authorization, state, participant, Act::transfer) ||
         covers(authorization, state, participant, Act::acquire) ||
         covers(authorization, state, participant, Act::use);
}

bool admits_party(const Authorization& authorization, Index party) {
  const auto& parties = authorization.parties;
  return parties.empty() || party == authorization.party ||
         std::find(parties.begin(), parties.end(), party) != parties.end();
}

bool has_purpose(const Authorization& authorization, Purpose purpose) {
  const auto& purposes = authorization.purposes;
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

bool active_at(const Authorization& authorization, Timestamp time) {
  return authorization.effective <= time &&
         (!authorization.use_until || date_of(time) <= *authorization.use_until);
}

}  // namespace ledger
