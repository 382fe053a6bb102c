// How authorizations come, change and end; total after check.
#include <utility>

#include "ledger/facts_authorizations.hpp"

namespace ledger {
namespace {

// The rows of the activities listed; those that are new are added.
std::vector<Index> activities_of(State& state, const Case<AuthorizationGranted>& c,
                                 Effects& effects) {
  std::vector<Index> out;
  for (std::size_t i = 0; i < c.body.activities.size(); ++i) {
    if (const auto known = c.facts.activities[i]) {
      out.push_back(*known);
      continue;
    }
    const AuthorizationGranted::Activity& terms = c.body.activities[i];
    const Index index = state.activities.add(
        terms.id, {terms.id, *c.facts.approach, terms, {c.event.date, c.context.seq}});
    effects.rows.push_back(ActivityEffect{index, state.activities[index]});
    out.push_back(index);
  }
  return out;
}

std::vector<Terms::Entity> entities_of(const Case<AuthorizationGranted>& c) {
  std::vector<Terms::Entity> out;
  for (std::size_t i = 0; i < c.body.entities.size(); ++i) {
    out.push_back({*c.facts.entities[i], c.body.entities[i].may});
  }
  return out;
}

std::vector<Index> parties_of(const Case<AuthorizationGranted>& c) {
  std::vector<Index> out;
  for (const auto& party : c.facts.parties) out.push_back(*party);
  return out;
}

// What the statement says, with names resolved.
Terms terms_of(State& state, const Case<AuthorizationGranted>& c, Effects& effects) {
  const AuthorizationGranted& body = c.body;
  Terms terms;
  terms.id = body.id;
  terms.approach = *c.facts.approach;
  terms.party = *c.facts.party;
  terms.version = body.version;
  terms.cap = body.cap;
  terms.metric = body.metric;
  terms.gwp = body.gwp;
  terms.conversion = body.conversion;
  terms.purposes = body.purposes;
  terms.parties = parties_of(c);
  terms.entities = entities_of(c);
  terms.vintage_from = body.vintage_from;
  terms.vintage_to = body.vintage_to;
  terms.issue_until = body.issue_until;
  terms.use_until = body.use_until;
  terms.ndc_periods = body.ndc_periods;
  terms.activities = activities_of(state, c, effects);
  terms.underlying_registries = body.underlying_registries;
  terms.oimp = body.oimp;
  terms.standards = body.standards;
  terms.change = {body.change_terms.until, body.change_terms.consent,
                  body.change_terms.notice_days};
  terms.stated = {c.event.date, c.context.seq};
  return terms;
}

template <class E>
void note(Authorization& row, const Case<E>& c) {
  row.notice = {c.facts.content, c.context.time, {c.event.date, c.context.seq}};
}

// An authorization may have many versions, so only the newest is told.
void tell(State& state, Index index, Effects& effects) {
  Authorization& row = state.authorizations[index];
  std::vector<Terms> earlier = std::exchange(row.earlier, {});
  effects.rows.push_back(AuthorizationEffect{index, row});
  row.earlier = std::move(earlier);
}

}  // namespace

void evolve(State& state, const Case<AuthorizationGranted>& c, Effects& effects) {
  const RulesVersion& rules = state.approaches[*c.facts.approach].rules.back();
  Authorization row;
  static_cast<Terms&>(row) = terms_of(state, c, effects);
  row.effective = plus_days(c.context.time, rules.objection_days);
  row.origin = row.stated;
  tell(state, state.authorizations.add(c.body.id, std::move(row)), effects);
}

void evolve(State& state, const Case<AuthorizationChanged>& c, Effects& effects) {
  const Index index = *c.facts.authorization;
  Authorization& row = state.authorizations[index];
  if (c.body.stage == ChangeStage::notice) {
    note(row, c);
  } else {
    Terms next = terms_of(state, {state, c.event, c.body.terms, c.facts.terms, c.context}, effects);
    row.earlier.push_back(row);
    static_cast<Terms&>(row) = std::move(next);
    row.notice.reset();
  }
  tell(state, index, effects);
}

void evolve(State& state, const Case<AuthorizationRevoked>& c, Effects& effects) {
  const Index index = *c.facts.authorization;
  Authorization& row = state.authorizations[index];
  if (c.body.stage == ChangeStage::notice) {
    note(row, c);
  } else {
    row.revoked = Origin{c.event.date, c.context.seq};
    row.notice.reset();
  }
  tell(state, index, effects);
}

}  // namespace ledger
