// How the events of an activity's cycle change the state; total after check.
#include <algorithm>

#include "ledger/days.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

template <class E>
Origin origin_of(const Case<E>& c) {
  return {c.event.date, c.context.seq};
}

void tell(const State& state, Index cycle, Effects& effects) {
  effects.rows.push_back(CycleEffect{cycle, state.cycles[cycle], std::nullopt});
}

void tell_newest_design(const State& state, Index cycle, Effects& effects) {
  const ActivityCycle& row = state.cycles[cycle];
  effects.rows.push_back(CycleEffect{cycle, row, row.designs.back()});
}

void tell_report(State& state, Index report, Effects& effects) {
  note_days(state, report);
  effects.rows.push_back(MonitoringEffect{report, state.monitorings[report]});
}

// Decisions on a new version are made anew; who was against an older one is remembered.
Reviewed next_version(const Reviewed& before, Timestamp since) {
  Reviewed next{since, {}, before.opposed};
  for (const Review& review : before.reviews) {
    if (is_positive(review.decision) || contains(next.opposed, review.party)) continue;
    next.opposed.push_back(review.party);
  }
  return next;
}

// What is reviewed at that stage: the newest version's. Precondition: REV-3 held.
Reviewed& reviewed_in(State& state, const Case<ReviewDecided>& c) {
  ActivityCycle& cycle = state.cycles[*c.facts.cycle];
  switch (c.body.stage) {
    case Stage::validation: return cycle.designs.back().validation;
    case Stage::verification: return state.monitorings[*c.facts.monitoring].verification;
    case Stage::idea: break;
  }
  return cycle.idea;
}

}  // namespace

void evolve(State& state, const Case<ActivityProposed>& c, Effects& effects) {
  if (c.facts.cycle) {
    ActivityCycle& cycle = state.cycles[*c.facts.cycle];
    cycle.sector = c.body.sector;
    cycle.idea_version = c.body.version;
    cycle.idea = next_version(cycle.idea, c.context.time);
    cycle.origin = origin_of(c);
    return tell(state, *c.facts.cycle, effects);
  }
  ActivityCycle row;
  row.id = c.body.id;
  row.approach = *c.facts.approach;
  row.developer = *c.facts.developer;
  row.sector = c.body.sector;
  row.idea_version = c.body.version;
  row.idea.since = c.context.time;
  row.origin = origin_of(c);
  tell(state, state.cycles.add(c.body.id, std::move(row)), effects);
}

void evolve(State& state, const Case<DesignSubmitted>& c, Effects& effects) {
  Design design;
  design.version = c.body.version;
  design.components = c.body.components;
  design.crediting_from = c.body.crediting_from;
  design.crediting_to = c.body.crediting_to;
  design.type = c.body.type;
  design.mitigation = c.body.mitigation;
  design.origin = origin_of(c);
  auto& designs = state.cycles[*c.facts.cycle].designs;
  if (!designs.empty()) {
    design.validation = next_version(designs.back().validation, c.context.time);
  }
  designs.push_back(std::move(design));
  tell_newest_design(state, *c.facts.cycle, effects);
}

void evolve(State& state, const Case<ActivityValidated>& c, Effects& effects) {
  Design& design = state.cycles[*c.facts.cycle].designs.back();
  design.opinion = c.body.opinion;
  design.validator = c.facts.verifier;
  design.validation.since = c.context.time;
  design.origin = origin_of(c);
  tell_newest_design(state, *c.facts.cycle, effects);
}

void evolve(State& state, const Case<ActivityRegistered>& c, Effects& effects) {
  ActivityCycle& cycle = state.cycles[*c.facts.cycle];
  cycle.registered = c.body.version;
  cycle.designs.back().origin = origin_of(c);
  tell_newest_design(state, *c.facts.cycle, effects);
}

void evolve(State& state, const Case<ActivityClosed>& c, Effects& effects) {
  ActivityCycle& cycle = state.cycles[*c.facts.cycle];
  cycle.closed_at = c.context.seq;
  tell(state, *c.facts.cycle, effects);
}

void evolve(State& state, const Case<MonitoringSubmitted>& c, Effects& effects) {
  Monitoring row;
  row.id = c.body.id;
  row.cycle = *c.facts.cycle;
  row.component = c.body.component;
  row.period_from = c.body.period_from;
  row.period_to = c.body.period_to;
  row.claims = c.body.claims;
  row.origin = origin_of(c);
  tell_report(state, state.monitorings.add(c.body.id, std::move(row)), effects);
}

void evolve(State& state, const Case<MonitoringVerified>& c, Effects& effects) {
  Monitoring& report = state.monitorings[*c.facts.monitoring];
  report.version = c.body.version;
  if (!report.verifier) report.verifier = c.facts.verifier;
  report.verified = c.body.verified;
  report.verification = next_version(report.verification, c.context.time);
  report.origin = origin_of(c);
  state.verifications.insert({report.cycle, *c.facts.verifier});
  tell_report(state, *c.facts.monitoring, effects);
}

void evolve(State& state, const Case<ReviewDecided>& c, Effects& effects) {
  auto& reviews = reviewed_in(state, c).reviews;
  const Review row{*c.facts.party, c.body.decision, c.context.time, c.body.quantities,
                   origin_of(c)};
  const auto known = std::find_if(reviews.begin(), reviews.end(),
                                  [&](const Review& each) { return each.party == row.party; });
  if (known == reviews.end()) {
    reviews.push_back(row);
  } else {
    *known = row;
  }
  switch (c.body.stage) {
    case Stage::verification: return tell_report(state, *c.facts.monitoring, effects);
    case Stage::validation: return tell_newest_design(state, *c.facts.cycle, effects);
    case Stage::idea: break;
  }
  tell(state, *c.facts.cycle, effects);
}

}  // namespace ledger
