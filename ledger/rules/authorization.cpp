// authorization.granted: what one Party allows under an approach (events.md, decision 5; 4/CMA.6
// 5).
#include <algorithm>

#include "ledger/clauses_authorizations.hpp"
#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_authorizations.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/authorization_terms.hpp"
#include "ledger/rules/coverage.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Granting = Case<AuthorizationGranted>;

const Approach& approach_of(const Granting& c) {
  return c.state.approaches[*c.facts.approach];
}
const RulesVersion& rules_in_force(const Granting& c) {
  return approach_of(c).rules.back();
}
const Id& id_of(const Granting& c, Index participant) {
  return c.state.participants[participant].id;
}

// ---- id, approach, Party ----

bool id_is_new(const Granting& c) {
  return !c.state.authorizations.find(c.body.id);
}

std::string explain_id_is_new(const Granting& c, const Row*) {
  return taken("Authorization", c.body.id, c.state.authorizations.lookup(c.body.id)->origin.seq);
}

bool approach_has_rules(const Granting& c) {
  return c.facts.approach && !approach_of(c).rules.empty();
}

std::string explain_approach(const Granting& c, const Row*) {
  return no_rules_of(c.state, c.body.approach);
}

bool approach_is_open(const Granting& c) {
  return !c.facts.approach || is_open(approach_of(c), c.context.time);
}

std::string explain_closed(const Granting& c, const Row*) {
  return explain_ended(approach_of(c));
}

bool party_is_of_the_approach(const Granting& c) {
  return c.facts.party &&
         (*c.facts.party == approach_of(c).host || *c.facts.party == approach_of(c).buyer);
}

std::string explain_party(const Granting& c, const Row*) {
  return c.body.party + " is no Party of approach " + c.body.approach + ", which is that of " +
         id_of(c, approach_of(c).host) + " and " + id_of(c, approach_of(c).buyer) + ".";
}

bool version_is_the_first(const Granting& c) {
  return c.body.version == 1;
}

std::string explain_version(const Granting& c, const Row*) {
  return "The event grants authorization " + c.body.id + " in version " +
         std::to_string(c.body.version) + ". State version 1.";
}

bool host_came_first(const Granting& c) {
  return c.facts.of_host || !rules_in_force(c).host_first || c.facts.host_has_authorized;
}

std::string explain_host_first(const Granting& c, const Row*) {
  return "The rules of approach " + c.body.approach + " put the host first, and " +
         id_of(c, approach_of(c).host) + " has authorized nothing under it. Send " +
         id_of(c, approach_of(c).host) + "'s authorization.granted first.";
}

constexpr Rule<AuthorizationGranted> table[] = {
    {&APR_8, approach_is_open, nullptr, explain_closed},
    {&ACT_5, activities_were_proposed_so, nullptr, explain_proposed_otherwise},
    {&ACT_8, ideas_came_first, nullptr, explain_ideas},
    {&AUT_1, id_is_new, nullptr, explain_id_is_new},
    {&AUT_2, approach_has_rules, nullptr, explain_approach},
    {&AUT_3, party_is_of_the_approach, nullptr, explain_party},
    {&AUT_10, version_is_the_first, nullptr, explain_version},
    {&AUT_11, host_came_first, nullptr, explain_host_first},
    {&AUT_12, measure_is_stated, nullptr, explain_measure},
    {&AUT_13, cap_is_some, nullptr, explain_cap},
    {&AUT_14, vintages_are_in_order, nullptr, explain_vintages},
    {&AUT_15, purposes_are_some, nullptr, explain_purposes},
    {&AUT_16, oimp_is_said, nullptr, explain_oimp},
    {&AUT_17, oimp_is_defined, nullptr, explain_oimp_defined},
    {&AUT_18, periods_fit_the_purposes, nullptr, explain_periods},
    {&AUT_19, using_parties_are_parties, nullptr, explain_using_parties},
    {&AUT_20, entities_can_act, nullptr, explain_entities},
    {&AUT_21, activities_are_listed, nullptr, explain_activities},
    {&AUT_22, crediting_is_in_order, nullptr, explain_crediting},
    {&AUT_23, known_activities_stay, nullptr, explain_known_activities},
    {&AUT_24, buyer_follows_the_host, nullptr, explain_buyer_follows},
    {&AUT_25, standards_are_named, nullptr, explain_standards},
    {&AUT_26, tracking_registry_is_its_own, nullptr, explain_tracking},
    {&AUT_27, final_dates_are_ahead, nullptr, explain_final_dates},
    {&AUT_28, consent_is_the_parties, nullptr, explain_consent},
    {&AUT_29, documents_have_public_versions, nullptr, explain_documents},
    {&AUT_37, notice_is_bounded, nullptr, explain_notice_bound},
    {&AUT_38, metric_is_that_of_its_years, nullptr, explain_other_metric},
};

std::optional<Index> find_named(const State& state, const Id& id, std::string_view what,
                                Causes& causes) {
  const auto index = state.participants.find(id);
  if (index) causes.add(state.participants[*index].origin, std::string(what) + id);
  return index;
}

bool host_has_authorized(const State& state, Index approach) {
  const auto& rows = state.authorizations.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const Authorization& row) {
    return row.approach == approach && row.party == state.approaches[approach].host;
  });
}

}  // namespace

Facts<AuthorizationGranted> resolve(const State& state, const Event&,
                                    const AuthorizationGranted& body, const Context&) {
  Facts<AuthorizationGranted> facts;
  facts.party = state.participants.find(body.party);
  for (const Id& id : body.parties) {
    facts.parties.push_back(find_named(state, id, "Party ", facts.causes));
  }
  for (const auto& entity : body.entities) {
    facts.entities.push_back(find_named(state, entity.id, "entity ", facts.causes));
  }
  for (const auto& listed : body.activities) {
    facts.activities.push_back(state.activities.find(listed.id));
    if (const auto& known = facts.activities.back()) {
      facts.causes.add(state.activities[*known].origin, "activity ", listed.id);
    }
    if (const ActivityCycle* cycle = state.cycles.lookup(listed.id)) {
      facts.causes.add(cycle->origin, "activity ", listed.id);
    }
  }
  facts.approach = state.approaches.find(body.approach);
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach ", body.approach);
  if (!approach.rules.empty()) {
    facts.causes.add(approach.rules.back().origin, "the rules of approach ", body.approach);
  }
  facts.of_host = facts.party == approach.host;
  facts.host_has_authorized = host_has_authorized(state, *facts.approach);
  return facts;
}

template <>
std::span<const Rule<AuthorizationGranted>> rules_of<AuthorizationGranted>() {
  return table;
}

}  // namespace ledger
