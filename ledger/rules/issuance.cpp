// units.issued: the certificate that makes serials (events.md, decision 6).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/certificate.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/underlying.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

// Whether the definition makes the issuance itself the first transfer.
bool issuance_transfers(const State& state, const Facts<UnitsIssued>& facts) {
  if (!facts.approach || !facts.host_authorization) return false;
  Lot lot;
  lot.approach = *facts.approach;
  lot.host_authorization = *facts.host_authorization;
  return !state.approaches[*facts.approach].rules.empty() &&
         is_first_transfer(state, lot, state.authorizations[lot.host_authorization],
                           Occurrence::issuance);
}

}  // namespace

Facts<UnitsIssued> resolve(const State& state, const Event&, const UnitsIssued& body,
                           const Context&) {
  Facts<UnitsIssued> facts;
  facts.activity = state.activities.find(body.activity);
  if (facts.activity) {
    facts.approach = state.activities[*facts.activity].approach;
    facts.causes.add(state.activities[*facts.activity].origin, "activity ", body.activity);
  }
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  if (body.monitoring) {
    facts.monitoring = state.monitorings.find(*body.monitoring);
    if (facts.monitoring) {
      facts.causes.add(state.monitorings[*facts.monitoring].origin, "report ", *body.monitoring);
    }
  }
  facts.host_authorization = find_authorization(state, body.authorization.host, facts.causes);
  if (body.authorization.buyer) {
    facts.buyer_authorization = find_authorization(state, *body.authorization.buyer, facts.causes);
    facts.buyer_unknown = !facts.buyer_authorization;
  }
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  facts.scope = state.scopes.find(body.scope);
  if (facts.scope) facts.next = state.scopes[*facts.scope].units.next();
  for (const auto& lot : body.lots) facts.lots_sum += lot.last - lot.first + 1;
  facts.first_transfer = issuance_transfers(state, facts);
  return facts;
}

namespace {

using C = const Case<UnitsIssued>&;

const Approach* approach_of(C c) {
  return c.facts.approach ? &c.state.approaches[*c.facts.approach] : nullptr;
}
const Authorization* host_authorization(C c) {
  return c.facts.host_authorization ? &c.state.authorizations[*c.facts.host_authorization]
                                    : nullptr;
}
const Authorization* buyer_authorization(C c) {
  return c.facts.buyer_authorization ? &c.state.authorizations[*c.facts.buyer_authorization]
                                     : nullptr;
}
const Account* account_of(C c) {
  return c.facts.account ? &c.state.accounts[*c.facts.account] : nullptr;
}

bool approach_is_open(C c) {
  return !approach_of(c) || is_open(*approach_of(c), c.context.time);
}
std::string explain_closed(C c, const Row*) {
  return explain_ended(*approach_of(c));
}

AuthorizationSums first_transfers(C c) {
  AuthorizationSums sums;
  if (c.facts.first_transfer) sums.add(*c.facts.host_authorization, c.facts.lots_sum);
  return sums;
}

bool cap_is_kept(C c) {
  return within_caps(c.state, first_transfers(c), {});
}
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, first_transfers(c), {});
}

bool authorizations_are_active(C c) {
  const Authorization* host = host_authorization(c);
  const Authorization* buyer = buyer_authorization(c);
  return (!host || active_at(*host, c.context.time)) &&
         (!buyer || active_at(*buyer, c.context.time));
}
std::string explain_not_active(C c, const Row*) {
  const Authorization* host = host_authorization(c);
  const bool host_fails = host && !active_at(*host, c.context.time);
  return explain_inactive(c.state, host_fails ? *host : *buyer_authorization(c), c.context.time);
}

bool holder_is_covered(C c) {
  const Authorization* host = host_authorization(c);
  const Account* account = account_of(c);
  if (!host || !account) return true;
  return may_hold(*host, c.state, account->holder);
}
std::string explain_holder_not_covered(C c, const Row*) {
  return "Authorization " + host_authorization(c)->id + " names who may hold its units, and " +
         c.state.participants[account_of(c)->holder].id +
         " is not among them. Issue to an account of a participant that it names.";
}

bool right_authorizations_are_named(C c) {
  const Approach* approach = approach_of(c);
  const Authorization* host = host_authorization(c);
  const Authorization* buyer = buyer_authorization(c);
  if (!host || !approach || c.facts.buyer_unknown || approach->rules.empty()) return false;
  if (host->approach != *c.facts.approach || host->party != approach->host) return false;
  if (!buyer) return !approach->rules.back().both_authorize;
  return buyer->approach == *c.facts.approach && buyer->party == approach->buyer;
}
std::string explain_authorizations(C c, const Row*) {
  const Approach* approach = approach_of(c);
  if (!approach) return "Activity " + c.body.activity + " is unknown, so no authorization fits it.";
  if (!host_authorization(c)) return "Authorization " + c.body.authorization.host + " is unknown.";
  if (c.facts.buyer_unknown) return "Authorization " + *c.body.authorization.buyer + " is unknown.";
  if (!c.body.authorization.buyer && !approach->rules.empty() &&
      approach->rules.back().both_authorize) {
    return "The rules of approach " + approach->id +
           " require both Parties' authorizations; the buyer's is not named. Name it in "
           "authorization.buyer.";
  }
  return "The authorizations named are not those of the host and the buyer of approach " +
         approach->id + ". Name one of each Party, granted under it.";
}

// The authorization whose final date for issuance is past; null where neither is.
const Authorization* ended_for_issuance(C c) {
  for (const Authorization* row : {host_authorization(c), buyer_authorization(c)}) {
    if (row && row->issue_until && *row->issue_until < date_of(c.context.time)) return row;
  }
  return nullptr;
}
bool issued_in_time(C c) {
  return !ended_for_issuance(c);
}
std::string explain_too_late(C c, const Row*) {
  const Authorization& row = *ended_for_issuance(c);
  return "Authorization " + row.id + " lets units be issued until " +
         format_date(*row.issue_until) + "; the entry's date is " +
         format_date(date_of(c.context.time)) + ". A new authorization is needed.";
}

// The host always lists activities; a buyer's authorization without any is for all of the host's.
bool activity_is_listed(C c) {
  if (!c.facts.activity || !contains(host_authorization(c)->activities, *c.facts.activity)) {
    return false;
  }
  const Authorization* buyer = buyer_authorization(c);
  return !buyer || buyer->activities.empty() || contains(buyer->activities, *c.facts.activity);
}
std::string explain_activity(C c, const Row*) {
  const bool host_lists =
      c.facts.activity && contains(host_authorization(c)->activities, *c.facts.activity);
  return "Activity " + c.body.activity + " is not listed by authorization " +
         (host_lists ? buyer_authorization(c)->id : host_authorization(c)->id) +
         ". Name one that the authorizations list.";
}

bool approach_has_identifier(C c) {
  return approach_of(c)->carp.has_value();
}
std::string explain_no_identifier(C c, const Row*) {
  return "Approach " + approach_of(c)->id +
         " has no identifier from the centralized accounting and reporting platform yet. Adopt "
         "rules that state it (approach.rules_adopted, carp).";
}

bool account_fits(C c) {
  const Account* account = account_of(c);
  return account && account->kind == AccountKind::holding &&
         account->party == approach_of(c)->host && account->registry == c.body.scope;
}
std::string explain_account(C c, const Row*) {
  const Account* account = account_of(c);
  if (!account) return "Account " + c.body.account + " is unknown. Open it first.";
  return "Account " + account->id + " is in the section of " +
         c.state.participants[account->party].id + ", registry " + account->registry +
         "; units of registry " + c.body.scope + " are issued into a holding account of " +
         c.state.participants[approach_of(c)->host].id + " in that registry.";
}

bool holder_is_the_accounts(C c) {
  return c.state.participants[account_of(c)->holder].id == c.body.holder;
}
std::string explain_holder(C c, const Row*) {
  return "Account " + c.body.account + " is held by " +
         c.state.participants[account_of(c)->holder].id + ", not by " + c.body.holder + ".";
}

// The serial that breaks the sequence, with the one that was expected; nothing when gapless.
std::optional<std::pair<Serial, Serial>> gap(C c) {
  Serial expected = c.facts.next;
  for (const auto& lot : c.body.lots) {
    if (lot.first != expected) return std::pair{lot.first, expected};
    expected = lot.last + 1;
  }
  return std::nullopt;
}
bool serials_are_gapless(C c) {
  return !gap(c).has_value();
}
std::string explain_gap(C c, const Row*) {
  const auto [found, expected] = *gap(c);
  return "Registry " + c.body.scope + " has issued up to serial " +
         std::to_string(c.facts.next - 1) + "; a lot begins at " + std::to_string(found) +
         " where " + std::to_string(expected) + " is next. Number the lots without a gap.";
}

bool quantity_is_the_sum(C c) {
  return c.body.quantity == c.facts.lots_sum;
}
std::string explain_quantity(C c, const Row*) {
  return "The lots hold " + in_units(c.facts.lots_sum) + "; `quantity` says " +
         in_units(c.body.quantity) + ".";
}

// The authorization that does not cover the vintage; null where both do.
const Authorization* without_vintage(C c, Year vintage) {
  for (const Authorization* row : {host_authorization(c), buyer_authorization(c)}) {
    if (row && (vintage < row->vintage_from || row->vintage_to < vintage)) return row;
  }
  return nullptr;
}
bool fits_vintage(C c, Year vintage) {
  return vintage >= 2021 && !without_vintage(c, vintage) &&
         year_of(c.body.period_from) <= vintage && vintage <= year_of(c.body.period_to);
}
bool vintages_fit(C c) {
  return std::all_of(c.body.lots.begin(), c.body.lots.end(),
                     [&](const auto& lot) { return fits_vintage(c, lot.vintage); });
}
std::string explain_vintage(C c, const Row*) {
  const auto bad = std::find_if(c.body.lots.begin(), c.body.lots.end(),
                                [&](const auto& lot) { return !fits_vintage(c, lot.vintage); });
  const Authorization* narrow = without_vintage(c, bad->vintage);
  const Authorization& shown = narrow ? *narrow : *host_authorization(c);
  return "Vintage " + std::to_string(bad->vintage) + " does not fit: authorization " + shown.id +
         " covers " + std::to_string(shown.vintage_from) + " to " +
         std::to_string(shown.vintage_to) + ", the monitoring period is " +
         format_date(c.body.period_from) + " to " + format_date(c.body.period_to) +
         ", and mitigation before 2021 is never eligible.";
}

bool period_fits(C c) {
  const auto& terms = c.state.activities[*c.facts.activity].terms;
  return c.body.period_from <= c.body.period_to && terms.crediting_from <= c.body.period_from &&
         c.body.period_to <= terms.crediting_to && c.body.period_to < c.event.date;
}
std::string explain_period(C c, const Row*) {
  const auto& terms = c.state.activities[*c.facts.activity].terms;
  return "The monitoring period " + format_date(c.body.period_from) + " to " +
         format_date(c.body.period_to) + " must lie in the crediting period " +
         format_date(terms.crediting_from) + " to " + format_date(terms.crediting_to) +
         " of activity " + c.body.activity + " and end before the issuance is dated (" +
         format_date(c.event.date) + ").";
}

bool terms_are_equal(C c) {
  const Authorization* host = host_authorization(c);
  return c.body.mitigation == c.state.activities[*c.facts.activity].terms.mitigation &&
         c.body.metric == host->metric && c.body.gwp == host->gwp;
}
std::string explain_terms(C c, const Row*) {
  const Authorization* host = host_authorization(c);
  return "Activity " + c.body.activity + " and authorization " + host->id + " say metric " +
         host->metric + ", GWP " + host->gwp +
         " and the activity's own mitigation type; the issuance says otherwise. Repeat theirs.";
}

const Document* withheld_document(C c) {
  const auto it = std::find_if(
      c.body.documents.begin(), c.body.documents.end(),
      [](const Document& document) { return document.access == Access::confidential; });
  return it == c.body.documents.end() ? nullptr : &*it;
}
bool documents_have_public_versions(C c) {
  return !withheld_document(c);
}
std::string explain_documents(C c, const Row*) {
  return "A document of kind " + quoted(withheld_document(c)->kind) +
         " is confidential as a whole. Monitoring and verification reports need a public version: "
         "make it public, or redacted with the hash of the redacted version.";
}

// The account that would receive units of another metric: theirs, or one of a share; null: none.
const Account* account_of_another_metric(C c) {
  if (account_of(c)->metric != c.body.metric) return account_of(c);
  for (const auto& line : approach_of(c)->rules.back().deductions) {
    if (!line.account) continue;
    const Account& account = c.state.accounts[*line.account];
    if (account.metric != c.body.metric) return &account;
  }
  return nullptr;
}
bool accounts_are_of_the_metric(C c) {
  return account_of_another_metric(c) == nullptr;
}
std::string explain_account_metric(C c, const Row*) {
  const Account& account = *account_of_another_metric(c);
  return "The units are in metric " + quoted(c.body.metric) + ", and account " + account.id +
         (&account == account_of(c) ? "" : ", which the rules name for a share of them,") +
         " is one of " + quoted(account.metric) +
         ". Units of one metric stand in accounts of their own: name such an account.";
}

constexpr Rule<UnitsIssued> rules[] = {
    {&APR_8, approach_is_open, nullptr, explain_closed},
    {&RVS_6, no_reversal_stands_against, nullptr, explain_reversal},
    {&ACT_7, activity_is_not_closed, nullptr, explain_activity_closed},
    {&MON_10, activity_is_registered, nullptr, explain_not_registered},
    {&MON_11, report_is_named, nullptr, explain_report},
    {&MON_12, report_is_approved, nullptr, explain_report_not_approved},
    {&MON_13, verified_is_kept, nullptr, explain_beyond_verified},
    {&MON_15, days_are_issued_one_way, nullptr, explain_days},
    {&MON_16, holder_judged_nothing, nullptr, explain_judge},
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_6, holder_is_covered, nullptr, explain_holder_not_covered},
    {&AUT_8, right_authorizations_are_named, nullptr, explain_authorizations},
    {&AUT_9, issued_in_time, nullptr, explain_too_late},
    {&ISS_1, activity_is_listed, nullptr, explain_activity},
    {&ISS_2, approach_has_identifier, nullptr, explain_no_identifier},
    {&ISS_3, account_fits, nullptr, explain_account},
    {&ISS_4, holder_is_the_accounts, nullptr, explain_holder},
    {&ISS_5, serials_are_gapless, nullptr, explain_gap},
    {&ISS_6, quantity_is_the_sum, nullptr, explain_quantity},
    {&ISS_7, vintages_fit, nullptr, explain_vintage},
    {&ISS_8, period_fits, nullptr, explain_period},
    {&ISS_9, terms_are_equal, nullptr, explain_terms},
    {&ISS_10, underlying_units_fit, nullptr, explain_underlying},
    {&ISS_11, underlying_units_are_new, nullptr, explain_reuse},
    {&ISS_12, documents_have_public_versions, nullptr, explain_documents},
    {&ISS_13, accounts_are_of_the_metric, nullptr, explain_account_metric},
};

}  // namespace

template <>
std::span<const Rule<UnitsIssued>> rules_of<UnitsIssued>() {
  return rules;
}

}  // namespace ledger
