// units.used: towards an NDC or another authorized purpose; terminal (events.md, decisions 10, 11).
#include <algorithm>

#include "ledger/clauses_locks.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/metric.hpp"
#include "ledger/rules/named_units.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {

Facts<UnitsUsed> resolve(const State& state, const Event&, const UnitsUsed& body, const Context&) {
  Facts<UnitsUsed> facts;
  find_units(state, body.units, facts);
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  facts.user = state.participants.find(body.user);
  if (facts.user) facts.causes.add(state.participants[*facts.user].origin, "user ", body.user);
  mark_first_transfers(
      state, body.purpose == Purpose::ndc ? Occurrence::other : Occurrence::oimp_use, facts);
  return facts;
}

namespace {

using C = const Case<UnitsUsed>&;

const Terms& host_terms(C c, const Row& row) {
  return host_terms(c.state, row.run.standing);
}
const Terms& governing(C c, const Row& row) {
  return governing(c.state, row);
}
bool for_ndc(C c) {
  return c.body.purpose == Purpose::ndc;
}
// The Party whose section the units are used in. Precondition: USE-1 holds.
Index using_party(C c) {
  return c.state.accounts[*c.facts.account].party;
}

bool approaches_are_open(C c) {
  return all_open(c.state, c.facts.transferring_lots, c.context.time);
}
std::string explain_not_open(C c, const Row*) {
  return explain_ended(c.state, c.facts.transferring_lots, c.context.time);
}

bool cap_is_kept(C c) {
  return within_caps(c.state, c.facts.first_transfers, {});
}
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, c.facts.first_transfers, {});
}
bool authorizations_are_active(C c) {
  return all_active(c.state, c.facts.transferring_lots, c.context.time);
}
std::string explain_not_active(C c, const Row*) {
  return explain_inactive(c.state, c.facts.transferring_lots, c.context.time);
}

// Towards an NDC the Party of the section uses, whoever holds the units or asks for it.
bool party_is_covered(C c, const Row& row) {
  return !for_ndc(c) || !c.facts.account || admits_party(host_terms(c, row), using_party(c));
}
bool user_is_covered(C c, const Row& row) {
  return party_is_covered(c, row) &&
         (!c.facts.user || covers(governing(c, row), c.state, *c.facts.user, Act::use));
}
std::string explain_user_not_covered(C c, const Row* row) {
  if (!party_is_covered(c, *row)) {
    return c.state.participants[using_party(c)].id + " is not among the Parties of authorization " +
           host_terms(c, *row).id + ". Only these use its units towards an NDC.";
  }
  return c.body.user + " may not use units under authorization " + governing(c, *row).id +
         ". Name a user that it covers.";
}

bool purpose_is_authorized(C c, const Row& row) {
  return has_purpose(host_terms(c, row), c.body.purpose) &&
         has_purpose(governing(c, row), c.body.purpose);
}
std::string explain_purpose(C c, const Row* row) {
  return "Purpose " + std::string(name_of(c.body.purpose)) + " is not authorized by " +
         (has_purpose(host_terms(c, *row), c.body.purpose) ? governing(c, *row).id
                                                           : host_terms(c, *row).id) +
         " for " + describe(c.state, *row) + ".";
}

bool in_time(const Terms& authorization, Date date) {
  return !authorization.use_until || date <= *authorization.use_until;
}
bool used_in_time(C c, const Row& row) {
  const Date today = date_of(c.context.time);
  return in_time(host_terms(c, row), today) && in_time(governing(c, row), today);
}
std::string explain_too_late(C c, const Row* row) {
  const Date today = date_of(c.context.time);
  const Terms& late =
      in_time(host_terms(c, *row), today) ? governing(c, *row) : host_terms(c, *row);
  return "Authorization " + late.id + " lets units be used until " + format_date(*late.use_until) +
         "; the entry's date is " + format_date(today) + ".";
}

bool is_settled(C c, const Row& row) {
  return proceeds_settled(c.state, row, Step::end, c.context.time);
}
std::string explain_not_settled(C c, const Row* row) {
  return explain_unsettled(c.state, *row, Step::end);
}

bool party_is_the_sections(C c) {
  return c.facts.account &&
         c.state.participants[c.state.accounts[*c.facts.account].party].id == c.body.party;
}
std::string explain_party(C c, const Row*) {
  if (!c.facts.account) return "Account " + c.body.account + " is unknown.";
  return "Account " + c.body.account + " is in the section of " +
         c.state.participants[c.state.accounts[*c.facts.account].party].id + ", not of " +
         c.body.party + ".";
}

bool user_is_repeated(C c) {
  return may_act(c.state, c.facts.user) &&
         c.state.participants[*c.facts.user].identity.name == c.body.user_name;
}
std::string explain_user(C c, const Row*) {
  if (!may_act(c.state, c.facts.user)) return no_participant(c.state, c.body.user);
  return "Participant " + c.body.user + " is \"" +
         c.state.participants[*c.facts.user].identity.name + "\". Repeat exactly that name.";
}

bool is_of_one_approach(C c, const Row& row) {
  return c.state.lots[row.run.standing.lot].approach ==
         c.state.lots[c.facts.rows.front().run.standing.lot].approach;
}
std::string explain_other_approach(C c, const Row* row) {
  return "Units " + describe(c.state, *row) +
         " are of another approach than the first. Use units of one approach in one event.";
}

bool year_fits_purpose(C c) {
  return c.body.year.has_value() == (c.body.purpose == Purpose::ndc);
}
std::string explain_year(C c, const Row*) {
  return c.body.year ? "`year` belongs to a use towards an NDC only. Leave it out."
                     : "A use towards an NDC needs `year`, the calendar year it counts for.";
}

bool was_first_transferred(C c, const Row& row) {
  return !for_ndc(c) || row.run.standing.first_transferred;
}
std::string explain_not_transferred(C c, const Row* row) {
  return "Mitigation outcomes " + describe(c.state, *row) +
         " were never first transferred; only ITMOs are used towards an NDC.";
}

bool in_one_ndc_period(C c, const Row& row) {
  if (!for_ndc(c)) return true;
  const Ndc* ndc = ndc_of(c.state, using_party(c), *c.body.year);
  const Year vintage = c.state.lots[row.run.standing.lot].vintage;
  return ndc && ndc->from <= vintage && vintage <= ndc->to;
}
std::string explain_ndc_period(C c, const Row* row) {
  const Ndc* ndc = ndc_of(c.state, using_party(c), *c.body.year);
  if (!ndc) {
    return c.body.party + " has declared no NDC period that contains " +
           std::to_string(*c.body.year) + ".";
  }
  return c.body.party + "'s NDC period of " + std::to_string(*c.body.year) + " is " +
         std::to_string(ndc->from) + " to " + std::to_string(ndc->to) + "; " +
         describe(c.state, *row) + " lies outside.";
}

bool year_is_authorized(C c, const Row& row) {
  if (!for_ndc(c)) return true;
  for (const Terms* authorization : {&host_terms(c, row), &governing(c, row)}) {
    const auto& periods = authorization->ndc_periods;
    const bool named = std::any_of(periods.begin(), periods.end(), [&](const auto& period) {
      return period.first <= *c.body.year && *c.body.year <= period.second;
    });
    if (!named) return false;
  }
  return true;
}
std::string explain_year_not_authorized(C c, const Row* row) {
  return "Year " + std::to_string(*c.body.year) + " lies in no NDC period that authorizations " +
         host_terms(c, *row).id + " and " + governing(c, *row).id + " both name.";
}

bool first_transfer_is_stated(C c, const Row& row) {
  return row.first_transfer == c.body.first_transfer;
}
std::string explain_first_transfer(C c, const Row* row) {
  return "For " + describe(c.state, *row) + " this use " + (row->first_transfer ? "is" : "is not") +
         " the first transfer. State it in `first_transfer`; where units differ, use them in two "
         "events.";
}

// Its adjustment added them already; it uses them like any other Party once it bought them (R29).
bool host_acquired_them_back(C c, const Row& row) {
  if (!for_ndc(c) || using_party(c) != c.state.lots[row.run.standing.lot].host) return true;
  return row.run.standing.acquirer_authorization != 0;
}
std::string explain_not_acquired_back(C c, const Row* row) {
  return "ITMOs " + describe(c.state, *row) + " were first transferred by " + c.body.party +
         " itself and no other Party acquired them since. " + c.body.party +
         " uses only those towards its NDC that it acquired back.";
}

bool no_finding_stands_against(C c, const Row& row) {
  return !for_ndc(c) || c.state.open_findings.empty() || !open_finding_over(c.state, row);
}
std::string explain_finding(C c, const Row* row) {
  const Finding& finding = *open_finding_over(c.state, *row);
  return "Finding " + finding.id + ", opened by entry " + std::to_string(finding.origin.seq) +
         " and not resolved, covers units among " + describe(c.state, *row) +
         " and affects the balance. Have it resolved first, or use other units.";
}

// USE-7 holds: there is an NDC of that year.
bool metric_is_the_ndcs(C c, const Row& row) {
  return !for_ndc(c) || ndc_of(c.state, using_party(c), *c.body.year)->metric ==
                            metric_of(c.state, c.state.lots[row.run.standing.lot]);
}
std::string explain_metric(C c, const Row* row) {
  return "Units " + describe(c.state, *row) + " are in metric " +
         quoted(metric_of(c.state, c.state.lots[row->run.standing.lot])) + ", and the NDC of " +
         c.body.party + " for " + std::to_string(*c.body.year) + " is in " +
         quoted(ndc_of(c.state, using_party(c), *c.body.year)->metric) +
         ". Towards an NDC use units of its metric.";
}

constexpr Rule<UnitsUsed> rules[] = {
    {&APR_8, approaches_are_open, nullptr, explain_not_open},
    {&RVS_6, nullptr, no_reversal_stands_against, explain_reversal},
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_6, nullptr, user_is_covered, explain_user_not_covered},
    {&AUT_7, nullptr, purpose_is_authorized, explain_purpose},
    {&AUT_9, nullptr, used_in_time, explain_too_late},
    {&PRO_8, nullptr, is_settled, explain_not_settled},
    {&LCK_1, nullptr, is_unlocked, explain_lock},
    {&USE_1, party_is_the_sections, nullptr, explain_party},
    {&USE_2, user_is_repeated, nullptr, explain_user},
    {&USE_3, all_are_issued, nullptr, explain_unissued},
    {&USE_3, nullptr, is_held, explain_held},
    {&USE_4, quantity_is_repeated, nullptr, explain_quantity},
    {&USE_4, nullptr, is_of_one_approach, explain_other_approach},
    {&USE_5, year_fits_purpose, nullptr, explain_year},
    {&USE_6, nullptr, was_first_transferred, explain_not_transferred},
    {&USE_7, nullptr, in_one_ndc_period, explain_ndc_period},
    {&USE_8, nullptr, year_is_authorized, explain_year_not_authorized},
    {&USE_9, nullptr, first_transfer_is_stated, explain_first_transfer},
    {&USE_10, nullptr, host_acquired_them_back, explain_not_acquired_back},
    {&USE_11, nullptr, no_finding_stands_against, explain_finding},
    {&USE_12, nullptr, metric_is_the_ndcs, explain_metric},
};

}  // namespace

template <>
std::span<const Rule<UnitsUsed>> rules_of<UnitsUsed>() {
  return rules;
}

}  // namespace ledger
