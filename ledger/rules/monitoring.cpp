// monitoring.submitted and monitoring.verified: what a developer claims of a period and what a
// verifier finds, by vintage, restatable (events.md 2; R21, R36).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/days.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Report = Case<MonitoringSubmitted>;
using Verification = Case<MonitoringVerified>;

// ---- monitoring.submitted; precondition of most: ACT-6 holds ----

const ActivityCycle& cycle_of(const Report& c) {
  return c.state.cycles[*c.facts.cycle];
}

bool developer_is_appointed(const Report& c) {
  return !c.facts.cycle ||
         is_developer(c.state, cycle_of(c).approach, cycle_of(c).developer, c.context.time);
}

std::string explain_developer(const Report& c, const Row*) {
  return no_developer(c.state, cycle_of(c).approach,
                      c.state.participants[cycle_of(c).developer].id);
}

bool was_proposed(const Report& c) {
  return c.facts.cycle.has_value();
}

std::string explain_not_proposed(const Report& c, const Row*) {
  return not_proposed(c.body.activity);
}

bool is_not_closed(const Report& c) {
  return !cycle_of(c).closed_at;
}

std::string explain_closed(const Report& c, const Row*) {
  return is_closed(cycle_of(c));
}

bool documents_are_public(const Report& c) {
  return withheld(c.body.documents) == nullptr;
}

std::string explain_documents(const Report& c, const Row*) {
  return explain_withheld(*withheld(c.body.documents));
}

bool id_is_new(const Report& c) {
  return !c.state.monitorings.find(c.body.id);
}

std::string explain_id(const Report& c, const Row*) {
  return taken("Monitoring report", c.body.id, c.state.monitorings.lookup(c.body.id)->origin.seq);
}

bool component_fits(const Report& c) {
  const Design* design = registered_design(cycle_of(c));
  if (design == nullptr) return false;
  return c.body.component ? contains(design->components, *c.body.component)
                          : design->components.empty();
}

std::string explain_component(const Report& c, const Row*) {
  const Design* design = registered_design(cycle_of(c));
  if (design == nullptr) {
    return "Activity " + c.body.activity +
           " is not registered yet. Register it first (activity.registered).";
  }
  if (design->components.empty()) {
    return "The registered design of activity " + c.body.activity +
           " has no components; the report names " + quoted(*c.body.component) + ". Leave it out.";
  }
  std::string list;
  for (const Id& id : design->components) list += (list.empty() ? "" : ", ") + id;
  return "The registered design of activity " + c.body.activity +
         " is monitored by component: " + list + ". Name one of them in `component`.";
}

bool period_fits(const Report& c) {
  const Design& design = *registered_design(cycle_of(c));
  return c.body.period_from <= c.body.period_to && design.crediting_from <= c.body.period_from &&
         c.body.period_to <= design.crediting_to && c.body.period_to < c.event.date;
}

std::string explain_period(const Report& c, const Row*) {
  const Design& design = *registered_design(cycle_of(c));
  return "The monitoring period " + period(c.body.period_from, c.body.period_to) +
         " must lie in the registered crediting period " +
         period(design.crediting_from, design.crediting_to) +
         " and end before the report is dated (" + format_date(c.event.date) + ").";
}

bool overlaps_none(const Report& c) {
  return !c.facts.overlap;
}

// "The monitoring period … has days in common with that of report B, …, of the same component."
std::string days_in_common(Days days, const std::optional<Id>& component, const Monitoring& other) {
  std::string what = "The monitoring period " + period(days.from, days.to) +
                     " has days in common with that of report " + other.id + ", " +
                     period(other.period_from, other.period_to) + ", of ";
  if (other.component == component) {
    return what + (component ? "the same component." : "the same activity.");
  }
  what += other.component ? "component " + *other.component : "the activity as a whole";
  return what + ", and only components that the registered design lists both are monitored apart.";
}

std::string explain_overlap(const Report& c, const Row*) {
  return days_in_common({c.body.period_from, c.body.period_to}, c.body.component,
                        c.state.monitorings[*c.facts.overlap]) +
         " One tonne is monitored once: report other days.";
}

bool claims_fit(const Report& c) {
  return !c.body.claims.empty() &&
         !vintage_outside(c.body.claims, c.body.period_from, c.body.period_to);
}

std::string explain_claims(const Report& c, const Row*) {
  if (c.body.claims.empty()) {
    return "The report claims nothing. State the outcomes of each vintage in `claims`.";
  }
  const Year wrong = *vintage_outside(c.body.claims, c.body.period_from, c.body.period_to);
  return "Outcomes of " + std::to_string(wrong) + " are claimed; the monitoring period is " +
         period(c.body.period_from, c.body.period_to) + ". Claim outcomes of its years only.";
}

constexpr Rule<MonitoringSubmitted> report_table[] = {
    {&ACT_2, developer_is_appointed, nullptr, explain_developer},
    {&ACT_6, was_proposed, nullptr, explain_not_proposed},
    {&ACT_7, is_not_closed, nullptr, explain_closed},
    {&ACT_10, documents_are_public, nullptr, explain_documents},
    {&MON_1, id_is_new, nullptr, explain_id},
    {&MON_2, component_fits, nullptr, explain_component},
    {&MON_3, period_fits, nullptr, explain_period},
    {&MON_4, overlaps_none, nullptr, explain_overlap},
    {&MON_5, claims_fit, nullptr, explain_claims},
};

// ---- monitoring.verified; precondition of all but its own and MON-4: MON-6 holds ----

const Monitoring& report_of(const Verification& c) {
  return c.state.monitorings[*c.facts.monitoring];
}

const ActivityCycle& cycle_of(const Verification& c) {
  return c.state.cycles[report_of(c).cycle];
}

bool verified_documents_are_public(const Verification& c) {
  return withheld(c.body.documents) == nullptr;
}

std::string explain_verified_documents(const Verification& c, const Row*) {
  return explain_withheld(*withheld(c.body.documents));
}

bool verifier_is_accredited(const Verification& c) {
  if (!c.facts.monitoring) return true;
  return c.facts.verifier &&
         is_accredited(c.state, cycle_of(c).approach, *c.facts.verifier, c.context.time);
}

std::string explain_accreditation(const Verification& c, const Row*) {
  return not_accredited(c.state, c.state.approaches[cycle_of(c).approach], c.body.verifier);
}

bool verifier_is_independent(const Verification& c) {
  return !c.facts.monitoring ||
         dependence(c.state, cycle_of(c), *c.facts.verifier, c.context.time).empty();
}

std::string explain_independence(const Verification& c, const Row*) {
  return not_independent(dependence(c.state, cycle_of(c), *c.facts.verifier, c.context.time));
}

bool days_are_free(const Verification& c) {
  return !c.facts.overlap;
}

std::string explain_taken_days(const Verification& c, const Row*) {
  const Monitoring& report = report_of(c);
  return days_in_common({report.period_from, report.period_to}, report.component,
                        c.state.monitorings[*c.facts.overlap]) +
         " Report " + report.id +
         " gave its days up when nothing was verified of it or a Party sent it back. Verify the "
         "other report, or have that one sent back first.";
}

bool report_is_known(const Verification& c) {
  return c.facts.monitoring.has_value();
}

std::string explain_report(const Verification& c, const Row*) {
  return "Monitoring report " + quoted(c.body.monitoring) +
         " is not one of this ledger. Submit it first (monitoring.submitted), or correct the id.";
}

bool version_is_next(const Verification& c) {
  return c.body.version == report_of(c).version + 1;
}

std::string explain_version(const Verification& c, const Row*) {
  return "Monitoring report " + c.body.monitoring + " was verified in " +
         counted(static_cast<std::size_t>(report_of(c).version), "version") + ", so the next is " +
         std::to_string(report_of(c).version + 1) + "; the event states " +
         std::to_string(c.body.version) + ". State the next version.";
}

bool verifier_is_another(const Verification& c) {
  const Approach& approach = c.state.approaches[cycle_of(c).approach];
  return !cycle_rules(approach).separate_verifier || !validated(cycle_of(c), *c.facts.verifier);
}

std::string explain_another(const Verification& c, const Row*) {
  return c.body.verifier + " validated a design of activity " + cycle_of(c).id +
         ", and the rules ask for another verifier of its reports. Name one that validated none.";
}

// The first vintage of which more is verified than claimed, or nothing.
std::optional<Year> beyond_claim(const Verification& c) {
  const auto& claims = report_of(c).claims;
  const auto it = std::find_if(
      c.body.verified.begin(), c.body.verified.end(),
      [&](const VintageQuantity& v) { return quantity_of(claims, v.vintage) < v.quantity; });
  if (it == c.body.verified.end()) return std::nullopt;
  return it->vintage;
}

bool claims_are_kept(const Verification& c) {
  return !beyond_claim(c);
}

std::string explain_beyond_claim(const Verification& c, const Row*) {
  const Year vintage = *beyond_claim(c);
  const std::int64_t claimed = quantity_of(report_of(c).claims, vintage);
  const std::int64_t verified = quantity_of(c.body.verified, vintage);
  return "Report " + c.body.monitoring + " claims " + in_units(claimed) + " of vintage " +
         std::to_string(vintage) + "; " + in_units(verified) + " would be verified, " +
         in_units(verified - claimed) + " more. Verify what is claimed at most.";
}

bool first_verifier_restates(const Verification& c) {
  const auto& first = report_of(c).verifier;
  return !first || *first == *c.facts.verifier;
}

std::string explain_restatement(const Verification& c, const Row*) {
  const Id& first = c.state.participants[*report_of(c).verifier].id;
  return first + " verified report " + c.body.monitoring + " first; " + c.body.verifier +
         " would restate that. Let " + first +
         " restate it; where it no longer can, a Party that has not decided on it may return it, "
         "and its days be reported anew.";
}

constexpr Rule<MonitoringVerified> verification_table[] = {
    {&ACT_10, verified_documents_are_public, nullptr, explain_verified_documents},
    {&ACT_12, verifier_is_accredited, nullptr, explain_accreditation},
    {&ACT_13, verifier_is_independent, nullptr, explain_independence},
    {&MON_4, days_are_free, nullptr, explain_taken_days},
    {&MON_6, report_is_known, nullptr, explain_report},
    {&MON_7, version_is_next, nullptr, explain_version},
    {&MON_8, verifier_is_another, nullptr, explain_another},
    {&MON_9, claims_are_kept, nullptr, explain_beyond_claim},
    {&MON_14, first_verifier_restates, nullptr, explain_restatement},
};

}  // namespace

Facts<MonitoringSubmitted> resolve(const State& state, const Event&,
                                   const MonitoringSubmitted& body, const Context&) {
  Facts<MonitoringSubmitted> facts;
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  if (!facts.cycle) return facts;
  facts.overlap =
      report_in_the_way(state, *facts.cycle, body.component, {body.period_from, body.period_to});
  return facts;
}

Facts<MonitoringVerified> resolve(const State& state, const Event&, const MonitoringVerified& body,
                                  const Context&) {
  Facts<MonitoringVerified> facts;
  facts.verifier = find_participant(state, body.verifier, facts.causes);
  facts.monitoring = state.monitorings.find(body.monitoring);
  if (!facts.monitoring) return facts;
  const Monitoring& report = state.monitorings[*facts.monitoring];
  facts.causes.add(report.origin, "monitoring report ", body.monitoring);
  facts.cycle = report.cycle;
  if (!body.verified.empty() && !holds_its_days(report)) {
    facts.overlap = report_in_the_way(state, report.cycle, report.component,
                                      {report.period_from, report.period_to});
  }
  return facts;
}

template <>
std::span<const Rule<MonitoringSubmitted>> rules_of<MonitoringSubmitted>() {
  return report_table;
}

template <>
std::span<const Rule<MonitoringVerified>> rules_of<MonitoringVerified>() {
  return verification_table;
}

}  // namespace ledger
