// activity.validated, activity.registered and activity.closed (events.md 2; domain: both orderings
// of authorization and design).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Validation = Case<ActivityValidated>;
using Registration = Case<ActivityRegistered>;
using Closing = Case<ActivityClosed>;

// ---- what the three share; precondition of all but the first pair: ACT-6 holds ----

template <class E>
bool was_proposed(const Case<E>& c) {
  return c.facts.cycle.has_value();
}

template <class E>
std::string explain_not_proposed(const Case<E>& c, const Row*) {
  return not_proposed(c.body.activity);
}

template <class E>
const ActivityCycle& cycle_of(const Case<E>& c) {
  return c.state.cycles[*c.facts.cycle];
}

template <class E>
const Approach& approach_of(const Case<E>& c) {
  return c.state.approaches[cycle_of(c).approach];
}

template <class E>
bool is_not_closed(const Case<E>& c) {
  return !cycle_of(c).closed_at;
}

template <class E>
std::string explain_closed(const Case<E>& c, const Row*) {
  return is_closed(cycle_of(c));
}

// "Activity X has no design yet" or "… a design of version 2".
std::string designs_of(const ActivityCycle& cycle) {
  const Design* newest = newest_design(cycle);
  if (newest == nullptr) return "Activity " + cycle.id + " has no design yet";
  return "The newest design of activity " + cycle.id + " is version " +
         std::to_string(newest->version);
}

// ---- activity.validated ----

bool documents_are_public(const Validation& c) {
  return withheld(c.body.documents) == nullptr;
}

std::string explain_documents(const Validation& c, const Row*) {
  return explain_withheld(*withheld(c.body.documents));
}

bool newest_is_validated_once(const Validation& c) {
  const Design* newest = newest_design(cycle_of(c));
  return newest && newest->version == c.body.version && !newest->opinion;
}

std::string explain_validated_version(const Validation& c, const Row*) {
  const Design* newest = newest_design(cycle_of(c));
  const bool again = newest && newest->version == c.body.version;
  return designs_of(cycle_of(c)) + (again ? ", and it is validated already" : "") +
         "; the event validates version " + std::to_string(c.body.version) +
         (again ? ". Submit the next version of the design first (activity.design_submitted)."
                : ". Validate the newest version.");
}

bool verifier_is_accredited(const Validation& c) {
  return c.facts.verifier &&
         is_accredited(c.state, cycle_of(c).approach, *c.facts.verifier, c.context.time);
}

std::string explain_accreditation(const Validation& c, const Row*) {
  return not_accredited(c.state, approach_of(c), c.body.verifier);
}

bool verifier_is_independent(const Validation& c) {
  return dependence(c.state, cycle_of(c), *c.facts.verifier, c.context.time).empty();
}

std::string explain_independence(const Validation& c, const Row*) {
  return not_independent(dependence(c.state, cycle_of(c), *c.facts.verifier, c.context.time));
}

bool verified_no_report(const Validation& c) {
  return !cycle_rules(approach_of(c)).separate_verifier ||
         !c.state.verifications.contains({*c.facts.cycle, *c.facts.verifier});
}

std::string explain_verified(const Validation& c, const Row*) {
  return c.body.verifier + " verified a report of activity " + c.body.activity +
         ", and the rules ask for another validator of its designs. Name one that verified none.";
}

constexpr Rule<ActivityValidated> validation_table[] = {
    {&ACT_6, was_proposed, nullptr, explain_not_proposed},
    {&ACT_7, is_not_closed, nullptr, explain_closed},
    {&ACT_10, documents_are_public, nullptr, explain_documents},
    {&ACT_11, newest_is_validated_once, nullptr, explain_validated_version},
    {&ACT_12, verifier_is_accredited, nullptr, explain_accreditation},
    {&ACT_13, verifier_is_independent, nullptr, explain_independence},
    {&MON_8, verified_no_report, nullptr, explain_verified},
};

// ---- activity.registered ----

bool approach_is_open(const Registration& c) {
  return !c.facts.cycle || is_open(approach_of(c), c.context.time);
}

std::string explain_ended_approach(const Registration& c, const Row*) {
  return explain_ended(approach_of(c));
}

bool newest_is_registered_once(const Registration& c) {
  const Design* newest = newest_design(cycle_of(c));
  return newest && newest->version == c.body.version && cycle_of(c).registered < c.body.version &&
         newest->crediting_from == c.body.crediting_from &&
         newest->crediting_to == c.body.crediting_to;
}

std::string explain_registered_version(const Registration& c, const Row*) {
  const ActivityCycle& cycle = cycle_of(c);
  const Design* newest = newest_design(cycle);
  if (newest == nullptr || newest->version != c.body.version) {
    return designs_of(cycle) + "; the event registers version " + std::to_string(c.body.version) +
           ". Register the newest version.";
  }
  if (cycle.registered == c.body.version) {
    return "Version " + std::to_string(c.body.version) + " of activity " + cycle.id +
           " is registered already. Nothing more is needed.";
  }
  return "The design's crediting period is " +
         period(newest->crediting_from, newest->crediting_to) + "; the event states " +
         period(c.body.crediting_from, c.body.crediting_to) + ". Repeat the design's.";
}

bool is_validated_positively(const Registration& c) {
  return newest_design(cycle_of(c))->opinion == ActivityValidated::Opinion::positive;
}

const ReviewAsked* open_validation(const Registration& c) {
  return open_review(approach_of(c), Stage::validation, newest_design(cycle_of(c))->validation);
}

bool design_is_approved(const Registration& c) {
  return is_validated_positively(c) && open_validation(c) == nullptr &&
         !is_sent_back(newest_design(cycle_of(c))->validation);
}

std::string explain_not_approved(const Registration& c, const Row*) {
  const Design& design = *newest_design(cycle_of(c));
  const std::string which =
      "Version " + std::to_string(design.version) + " of the design of " + c.body.activity;
  if (!design.opinion) {
    return which + " is not validated yet. Have a verifier validate it (activity.validated).";
  }
  if (!is_validated_positively(c)) {
    return which + " was validated, and not positively. Submit a version that answers the opinion.";
  }
  const ReviewAsked* open = open_validation(c);
  return which + " is validated, but " +
         (open ? explain_open(c.state, approach_of(c), *open, design.validation)
               : explain_sent_back());
}

const Authorization* host_authorization(const Registration& c) {
  return c.facts.host_authorization ? &c.state.authorizations[*c.facts.host_authorization]
                                    : nullptr;
}

const Authorization* buyer_authorization(const Registration& c) {
  return c.facts.buyer_authorization ? &c.state.authorizations[*c.facts.buyer_authorization]
                                     : nullptr;
}

bool host_lists(const Registration& c) {
  return c.facts.activity && contains(host_authorization(c)->activities, *c.facts.activity);
}

// A buyer's authorization without any activity is for all of the host's.
bool buyer_lists(const Registration& c) {
  const Authorization* row = buyer_authorization(c);
  return !row || row->activities.empty() || contains(row->activities, *c.facts.activity);
}

bool terms_fit_the_design(const Registration& c) {
  const auto& terms = c.state.activities[*c.facts.activity].terms;
  const Design& design = *newest_design(cycle_of(c));
  return terms.type == design.type && terms.mitigation == design.mitigation &&
         terms.crediting_from <= design.crediting_from && design.crediting_to <= terms.crediting_to;
}

bool authorizations_fit_the_design(const Registration& c) {
  if (!host_authorization(c)) return true;  // AUT-8 refuses that
  return host_lists(c) && buyer_lists(c) && terms_fit_the_design(c);
}

std::string explain_fit(const Registration& c, const Row*) {
  if (!host_lists(c) || !buyer_lists(c)) {
    return "Authorization " +
           (host_lists(c) ? buyer_authorization(c)->id : host_authorization(c)->id) +
           " does not list activity " + c.body.activity + ". Name one that does.";
  }
  const auto& terms = c.state.activities[*c.facts.activity].terms;
  const Design& design = *newest_design(cycle_of(c));
  return "Activity " + c.body.activity + " is authorized as " + quoted(terms.type) +
         " with a crediting period of " + period(terms.crediting_from, terms.crediting_to) +
         "; its design says " + quoted(design.type) + " and " +
         period(design.crediting_from, design.crediting_to) +
         ", and perhaps another mitigation type. These terms stay (AUT-23): submit a design that "
         "fits them, or propose another activity.";
}

// The authorization that is not in effect; null where each is.
const Authorization* inactive(const Registration& c) {
  for (const Authorization* row : {host_authorization(c), buyer_authorization(c)}) {
    if (row && !active_at(*row, c.context.time)) return row;
  }
  return nullptr;
}

bool authorizations_are_active(const Registration& c) {
  return inactive(c) == nullptr;
}

std::string explain_not_active(const Registration& c, const Row*) {
  return explain_inactive(c.state, *inactive(c), c.context.time);
}

bool right_authorizations_are_named(const Registration& c) {
  const Approach& approach = approach_of(c);
  const Authorization* host = host_authorization(c);
  const Authorization* buyer = buyer_authorization(c);
  if (!host || host->approach != cycle_of(c).approach || host->party != approach.host) return false;
  if (!c.body.authorization.buyer) return !approach.rules.back().both_authorize;
  return buyer && buyer->approach == cycle_of(c).approach && buyer->party == approach.buyer;
}

std::string explain_authorizations(const Registration& c, const Row*) {
  const Approach& approach = approach_of(c);
  return "A registration under approach " + approach.id + " names an authorization of " +
         c.state.participants[approach.host].id +
         (approach.rules.back().both_authorize
              ? " and one of " + c.state.participants[approach.buyer].id
              : " (and may name one of " + c.state.participants[approach.buyer].id + ")") +
         ", granted under it. Name these in `authorization`.";
}

constexpr Rule<ActivityRegistered> registration_table[] = {
    {&APR_8, approach_is_open, nullptr, explain_ended_approach},
    {&ACT_6, was_proposed, nullptr, explain_not_proposed},
    {&ACT_7, is_not_closed, nullptr, explain_closed},
    {&ACT_14, newest_is_registered_once, nullptr, explain_registered_version},
    {&ACT_15, design_is_approved, nullptr, explain_not_approved},
    {&ACT_16, authorizations_fit_the_design, nullptr, explain_fit},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_8, right_authorizations_are_named, nullptr, explain_authorizations},
};

// ---- activity.closed ----

bool is_registered(const Closing& c) {
  return cycle_of(c).registered != 0;
}

std::string explain_not_registered(const Closing& c, const Row*) {
  return "Activity " + c.body.activity + " is not registered, so there is nothing to close.";
}

constexpr Rule<ActivityClosed> closing_table[] = {
    {&ACT_6, was_proposed, nullptr, explain_not_proposed},
    {&ACT_7, is_not_closed, nullptr, explain_closed},
    {&ACT_17, is_registered, nullptr, explain_not_registered},
};

}  // namespace

Facts<ActivityValidated> resolve(const State& state, const Event&, const ActivityValidated& body,
                                 const Context&) {
  Facts<ActivityValidated> facts;
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  facts.verifier = find_participant(state, body.verifier, facts.causes);
  return facts;
}

Facts<ActivityRegistered> resolve(const State& state, const Event&, const ActivityRegistered& body,
                                  const Context&) {
  Facts<ActivityRegistered> facts;
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  facts.activity = state.activities.find(body.activity);
  facts.host_authorization = find_authorization(state, body.authorization.host, facts.causes);
  if (body.authorization.buyer) {
    facts.buyer_authorization = find_authorization(state, *body.authorization.buyer, facts.causes);
  }
  return facts;
}

Facts<ActivityClosed> resolve(const State& state, const Event&, const ActivityClosed& body,
                              const Context&) {
  Facts<ActivityClosed> facts;
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  return facts;
}

template <>
std::span<const Rule<ActivityValidated>> rules_of<ActivityValidated>() {
  return validation_table;
}

template <>
std::span<const Rule<ActivityRegistered>> rules_of<ActivityRegistered>() {
  return registration_table;
}

template <>
std::span<const Rule<ActivityClosed>> rules_of<ActivityClosed>() {
  return closing_table;
}

}  // namespace ledger
