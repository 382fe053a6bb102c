// activity.proposed and activity.design_submitted: what a developer brings (events.md 2).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Proposal = Case<ActivityProposed>;
using Submission = Case<DesignSubmitted>;

// ---- activity.proposed ----

const Approach& approach_of(const Proposal& c) {
  return c.state.approaches[*c.facts.approach];
}

bool approach_is_open(const Proposal& c) {
  return !c.facts.approach || is_open(approach_of(c), c.context.time);
}

std::string explain_ended_approach(const Proposal& c, const Row*) {
  return explain_ended(approach_of(c));
}

bool approach_has_rules(const Proposal& c) {
  return c.facts.approach && !approach_of(c).rules.empty();
}

std::string explain_approach(const Proposal& c, const Row*) {
  return no_rules_of(c.state, c.body.approach);
}

bool developer_is_appointed(const Proposal& c) {
  return c.facts.developer &&
         is_developer(c.state, *c.facts.approach, *c.facts.developer, c.context.time);
}

std::string explain_developer(const Proposal& c, const Row*) {
  return no_developer(c.state, *c.facts.approach, c.body.developer);
}

std::string too_many_versions(std::string_view what, const Id& activity) {
  return "The " + std::string(what) + " of activity " + activity + " has " +
         std::to_string(most_versions) +
         " versions, and no more are kept. Propose another activity.";
}

const ActivityCycle* known_cycle(const Proposal& c) {
  return c.facts.cycle ? &c.state.cycles[*c.facts.cycle] : nullptr;
}

std::int64_t next_version(const Proposal& c) {
  return known_cycle(c) ? known_cycle(c)->idea_version + 1 : 1;
}

bool version_is_next(const Proposal& c) {
  return c.body.version == next_version(c) && c.body.version <= most_versions;
}

std::string explain_version(const Proposal& c, const Row*) {
  if (next_version(c) > most_versions) return too_many_versions("idea", c.body.id);
  return "The idea of activity " + c.body.id + " is next proposed in version " +
         std::to_string(next_version(c)) + "; the event states " + std::to_string(c.body.version) +
         (known_cycle(c) ? ". State the next version, or choose another id."
                         : ". State version 1.");
}

bool may_be_proposed_again(const Proposal& c) {
  const ActivityCycle* known = known_cycle(c);
  if (!known) return true;
  return known->approach == *c.facts.approach && known->developer == *c.facts.developer &&
         !idea_is_rejected(*known) && !idea_is_approved(c.state, *known);
}

std::string explain_again(const Proposal& c, const Row*) {
  const ActivityCycle& known = *known_cycle(c);
  const std::string before = "Activity " + known.id + " was proposed at entry " +
                             std::to_string(known.origin.seq) + " by " +
                             c.state.participants[known.developer].id + " under approach " +
                             c.state.approaches[known.approach].id;
  if (idea_is_rejected(known)) return before + " and rejected. Propose another activity.";
  if (known.approach != *c.facts.approach || known.developer != *c.facts.developer) {
    return before + ". Choose another id, or let its developer propose it anew there.";
  }
  return before +
         " and needs no further approval. Changes belong into the next version of its "
         "design (activity.design_submitted).";
}

bool fits_the_authorization(const Proposal& c) {
  if (!c.facts.activity) return true;
  const Activity& listed = c.state.activities[*c.facts.activity];
  return listed.approach == *c.facts.approach && listed.terms.sector == c.body.sector;
}

std::string explain_fit(const Proposal& c, const Row*) {
  const Activity& listed = c.state.activities[*c.facts.activity];
  return "Activity " + listed.id + " was authorized at entry " + std::to_string(listed.origin.seq) +
         " under approach " + c.state.approaches[listed.approach].id + " in the sector " +
         quoted(listed.terms.sector) + ". Propose it there and so, or choose another id.";
}

constexpr Rule<ActivityProposed> proposal_table[] = {
    {&APR_8, approach_is_open, nullptr, explain_ended_approach},
    {&ACT_1, approach_has_rules, nullptr, explain_approach},
    {&ACT_2, developer_is_appointed, nullptr, explain_developer},
    {&ACT_3, version_is_next, nullptr, explain_version},
    {&ACT_4, may_be_proposed_again, nullptr, explain_again},
    {&ACT_5, fits_the_authorization, nullptr, explain_fit},
};

// ---- activity.design_submitted ----

// Precondition: ACT-6 holds.
const ActivityCycle& cycle_of(const Submission& c) {
  return c.state.cycles[*c.facts.cycle];
}

bool was_proposed(const Submission& c) {
  return c.facts.cycle.has_value();
}

std::string explain_not_proposed(const Submission& c, const Row*) {
  return not_proposed(c.body.activity);
}

bool still_appointed(const Submission& c) {
  return !c.facts.cycle ||
         is_developer(c.state, cycle_of(c).approach, cycle_of(c).developer, c.context.time);
}

std::string explain_not_appointed(const Submission& c, const Row*) {
  return no_developer(c.state, cycle_of(c).approach,
                      c.state.participants[cycle_of(c).developer].id);
}

bool design_is_next(const Submission& c) {
  const std::size_t known = c.facts.cycle ? cycle_of(c).designs.size() : 0;
  return !c.facts.cycle ||
         (c.body.version == static_cast<std::int64_t>(known) + 1 && known < most_versions);
}

std::string explain_design_version(const Submission& c, const Row*) {
  const std::size_t known = cycle_of(c).designs.size();
  if (known == most_versions) return too_many_versions("design", c.body.activity);
  return "Activity " + c.body.activity + " has " + counted(known, "version") +
         " of its design, so the next is " + std::to_string(known + 1) + "; the event states " +
         std::to_string(c.body.version) + ". State the next version.";
}

bool is_not_closed(const Submission& c) {
  return !cycle_of(c).closed_at;
}

std::string explain_closed(const Submission& c, const Row*) {
  return is_closed(cycle_of(c));
}

bool idea_came_first(const Submission& c) {
  const ActivityCycle& cycle = cycle_of(c);
  return !asks(c.state.approaches[cycle.approach], CycleStep::idea) ||
         idea_is_approved(c.state, cycle);
}

std::string explain_idea(const Submission& c, const Row*) {
  return explain_idea_not_approved(c.state, cycle_of(c));
}

bool years_fit(const Submission& c) {
  return !vintage_outside(c.body.expected, c.body.crediting_from, c.body.crediting_to);
}

std::string explain_years(const Submission& c, const Row*) {
  const Year wrong = *vintage_outside(c.body.expected, c.body.crediting_from, c.body.crediting_to);
  return "Outcomes of " + std::to_string(wrong) + " are expected; the crediting period is " +
         period(c.body.crediting_from, c.body.crediting_to) + ". Name years of it only.";
}

bool documents_are_public(const Submission& c) {
  return withheld(c.body.documents) == nullptr;
}

std::string explain_documents(const Submission& c, const Row*) {
  return explain_withheld(*withheld(c.body.documents));
}

bool crediting_is_in_order(const Submission& c) {
  return c.body.crediting_from <= c.body.crediting_to;
}

std::string explain_crediting(const Submission& c, const Row*) {
  return "The crediting period would begin on " + format_date(c.body.crediting_from) +
         " and end on " + format_date(c.body.crediting_to) + ". Exchange the two days.";
}

bool last_one_was_judged(const Submission& c) {
  const Design* newest = newest_design(cycle_of(c));
  return newest == nullptr || newest->opinion;
}

std::string explain_not_judged(const Submission& c, const Row*) {
  return "Version " + std::to_string(newest_design(cycle_of(c))->version) +
         " of the design of activity " + c.body.activity +
         " waits for a verifier's opinion (activity.validated). Submit the next version after it.";
}

constexpr Rule<DesignSubmitted> design_table[] = {
    {&ACT_2, still_appointed, nullptr, explain_not_appointed},
    {&ACT_3, design_is_next, nullptr, explain_design_version},
    {&ACT_6, was_proposed, nullptr, explain_not_proposed},
    {&ACT_7, is_not_closed, nullptr, explain_closed},
    {&ACT_8, idea_came_first, nullptr, explain_idea},
    {&ACT_9, years_fit, nullptr, explain_years},
    {&ACT_10, documents_are_public, nullptr, explain_documents},
    {&ACT_18, last_one_was_judged, nullptr, explain_not_judged},
    {&AUT_22, crediting_is_in_order, nullptr, explain_crediting},
};

}  // namespace

Facts<ActivityProposed> resolve(const State& state, const Event&, const ActivityProposed& body,
                                const Context&) {
  Facts<ActivityProposed> facts;
  facts.developer = find_participant(state, body.developer, facts.causes);
  facts.cycle = find_cycle(state, body.id, facts.causes);
  facts.activity = state.activities.find(body.id);
  facts.approach = state.approaches.find(body.approach);
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach ", body.approach);
  if (!approach.rules.empty()) {
    facts.causes.add(approach.rules.back().origin, "the rules of approach ", body.approach);
  }
  return facts;
}

Facts<DesignSubmitted> resolve(const State& state, const Event&, const DesignSubmitted& body,
                               const Context&) {
  Facts<DesignSubmitted> facts;
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  return facts;
}

template <>
std::span<const Rule<ActivityProposed>> rules_of<ActivityProposed>() {
  return proposal_table;
}

template <>
std::span<const Rule<DesignSubmitted>> rules_of<DesignSubmitted>() {
  return design_table;
}

}  // namespace ledger
