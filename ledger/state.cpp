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
  return std::tie(activity, approach, host, host_authorization, host_version, buyer_authorization,
                  rules, vintage, mitigation, scope, first, last, origin, issued_as, released) ==
             std::tie(other.activity, other.approach, other.host, other.host_authorization,
                      other.host_version, other.buyer_authorization, other.rules, other.vintage,
                      other.mitigation, other.scope, other.first, other.last, other.origin,
                      other.issued_as, other.released) &&
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

const Terms& version_of(const Authorization& authorization, std::int64_t version) {
  if (version == authorization.version) return authorization;
  return authorization.earlier[static_cast<std::size_t>(version - 1)];
}

const Terms& host_terms(const Authorization& authorization, std::int64_t issued_under) {
  using Until = AuthorizationGranted::ChangeTerms::Until;
  for (std::int64_t version = issued_under; version < authorization.version; ++version) {
    const Terms& terms = version_of(authorization, version);
    if (terms.change.until != Until::first_transfer) return terms;
  }
  return authorization;
}

const Terms& host_terms(const State& state, const Lot& lot) {
  return host_terms(state.authorizations[lot.host_authorization], lot.host_version);
}

const Terms& host_terms(const State& state, const Standing& standing) {
  const Lot& lot = state.lots[standing.lot];
  if (standing.host_version == 0) return host_terms(state, lot);
  return version_of(state.authorizations[lot.host_authorization], standing.host_version);
}

Assignment assignment_of(const Lot& lot) {
  return {*lot.issued_as, lot.host_authorization, lot.host_version, lot.buyer_authorization,
          lot.released};
}

bool same_authorization(const Lot& a, const Lot& b) {
  return std::tie(a.host_authorization, a.host_version, a.buyer_authorization) ==
         std::tie(b.host_authorization, b.host_version, b.buyer_authorization);
}

bool is_authorized(const State& state, const Lot& lot) {
  using Until = AuthorizationGranted::ChangeTerms::Until;
  if (lot.released) return false;
  return !state.authorizations[lot.host_authorization].revoked ||
         host_terms(state, lot).change.until != Until::first_transfer;
}

bool covers(const Terms& terms, const State& state, Index participant, Act act) {
  const Participant::Sort kind = state.participants[participant].kind;
  if (kind == Participant::Sort::operator_) return false;
  if (kind == Participant::Sort::party) return admits_party(terms, participant);
  if (terms.entities.empty()) return true;
  return std::any_of(
      terms.entities.begin(), terms.entities.end(), [&](const Terms::Entity& entity) {
        return entity.participant == participant &&
               std::find(entity.may.begin(), entity.may.end(), act) != entity.may.end();
      });
}

bool may_hold(const Terms& terms, const State& state, Index participant) {
  return covers(terms, state, participant, Act::transfer) ||
         covers(terms, state, participant, Act::acquire) ||
         covers(terms, state, participant, Act::use);
}

bool admits_party(const Terms& terms, Index party) {
  const auto& parties = terms.parties;
  return parties.empty() || party == terms.party ||
         std::find(parties.begin(), parties.end(), party) != parties.end();
}

bool has_purpose(const Terms& terms, Purpose purpose) {
  return std::find(terms.purposes.begin(), terms.purposes.end(), purpose) != terms.purposes.end();
}

bool has_oimp(const Terms& terms) {
  return has_purpose(terms, Purpose::imp) || has_purpose(terms, Purpose::op);
}

namespace {

bool is_over(const Terms& terms, Timestamp time) {
  return terms.use_until && *terms.use_until < date_of(time);
}

}  // namespace

bool active_at(const Authorization& authorization, Timestamp time) {
  return authorization.effective <= time && !authorization.revoked && !is_over(authorization, time);
}

bool active_for(const State& state, const Lot& lot, Timestamp time) {
  return state.authorizations[lot.host_authorization].effective <= time &&
         is_authorized(state, lot) && !is_over(host_terms(state, lot), time);
}

}  // namespace ledger
