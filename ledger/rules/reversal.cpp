// reversal.recorded: removals that were issued and are lost again (R45); and what movements ask of
// it.
#include <algorithm>

#include "ledger/clauses_reports.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
Facts<ReversalRecorded> resolve(const State& state, const Event&, const ReversalRecorded& body,
                                const Context& context) {
  Facts<ReversalRecorded> facts;
  facts.activity = state.activities.find(body.activity);
  facts.verifier = state.participants.find(body.verifier);
  if (!facts.activity) return facts;
  const Activity& activity = state.activities[*facts.activity];
  facts.causes.add(activity.origin, "activity ", body.activity);
  for (const Lot& lot : state.lots) {
    if (lot.activity != *facts.activity || lot.issued_as) continue;  // the same units again
    facts.issued += lot.last - lot.first + 1;
    facts.causes.add(lot.origin, "the issuance of its units");
  }
  const auto before = state.reversals.find(*facts.activity);
  if (before != state.reversals.end()) facts.before = before->second;
  facts.is_verifier =
      facts.verifier && is_accredited(state, activity.approach, *facts.verifier, context.time);
  return facts;
}

namespace {

using C = const Case<ReversalRecorded>&;

bool activity_removes(C c) {
  return c.facts.activity &&
         c.state.activities[*c.facts.activity].terms.mitigation == Mitigation::removals;
}
std::string explain_activity(C c, const Row*) {
  if (!c.facts.activity) {
    return "Activity " + quoted(c.body.activity) +
           " is unknown. Name one that an authorization lists.";
  }
  return "Activity " + c.body.activity +
         " reduces emissions; what it avoided cannot be lost again. A reversal is one of removals.";
}

bool verifier_is_appointed(C c) {
  return c.facts.is_verifier;
}
std::string explain_verifier(C c, const Row*) {
  return quoted(c.body.verifier) + " is not appointed as a verifier by both Parties of approach " +
         c.state.approaches[c.state.activities[*c.facts.activity].approach].id +
         ". Have it appointed first (role.granted), or name one that is.";
}

bool days_are_over(C c) {
  return c.body.period_from <= c.body.period_to && c.body.period_to <= c.event.date;
}
std::string explain_days(C c, const Row*) {
  return "The reversal happened from " + format_date(c.body.period_from) + " to " +
         format_date(c.body.period_to) + "; the event is dated " + format_date(c.event.date) +
         ". State days in order, the last not after that date.";
}

bool no_more_than_issued(C c) {
  return c.body.quantity <= c.facts.issued - c.facts.before.recorded;
}
std::string explain_too_much(C c, const Row*) {
  const std::int64_t left = c.facts.issued - c.facts.before.recorded;
  return "Of activity " + c.body.activity + ' ' + in_units(c.facts.issued) + " were issued and " +
         in_units(c.facts.before.recorded) + " are reversed; these " + in_units(c.body.quantity) +
         " are " + in_units(c.body.quantity - left) + " too many. State at most " + in_units(left) +
         ".";
}

bool report_is_public(C c) {
  return c.body.document.access != Access::confidential;
}
std::string explain_not_public(C, const Row*) {
  return "The report on the reversal is confidential as a whole. Name one with a public version, "
         "in full or redacted.";
}

constexpr Rule<ReversalRecorded> rules[] = {
    {&RVS_1, activity_removes, nullptr, explain_activity},
    {&RVS_2, verifier_is_appointed, nullptr, explain_verifier},
    {&RVS_3, days_are_over, nullptr, explain_days},
    {&RVS_4, no_more_than_issued, nullptr, explain_too_much},
    {&RVS_5, report_is_public, nullptr, explain_not_public},
};

}  // namespace

template <>
std::span<const Rule<ReversalRecorded>> rules_of<ReversalRecorded>() {
  return rules;
}

// ---- what movements ask ----

std::map<Index, std::int64_t> by_activity(const State& state, const std::vector<Row>& rows) {
  std::map<Index, std::int64_t> sums;
  for (const Row& row : rows) {
    sums[state.lots[row.run.standing.lot].activity] += row.run.range.quantity();
  }
  return sums;
}

std::int64_t open_reversal(const State& state, Index activity) {
  const auto it = state.reversals.find(activity);
  return it == state.reversals.end() ? 0 : it->second.open();
}

bool no_reversal_is_open(const State& state, const Row& row) {
  return !row.first_transfer || state.reversals.empty() ||
         open_reversal(state, state.lots[row.run.standing.lot].activity) == 0;
}

std::string explain_open_reversal(const State& state, const Row& row) {
  const Index activity = state.lots[row.run.standing.lot].activity;
  return "Of activity " + state.activities[activity].id + ' ' +
         in_units(open_reversal(state, activity)) + " are reversed and not made good; " +
         describe(state, row) +
         " would be first transferred. Cancel as many units of the activity for the reversal "
         "first.";
}

}  // namespace ledger
