// units.transferred: one event, three signatures, one instant (events.md, decision 8).
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
namespace {

// Why this transfer may be a first transfer, from where its units stand and where they go.
Occurrence occurrence_of(const Account& from, const Account& to, const Authorization* host) {
  if (to.kind == AccountKind::fund) return Occurrence::to_fund;
  if (host != nullptr && from.party == host->party && to.party != from.party) {
    return Occurrence::leaving_host;
  }
  return Occurrence::other;
}

// Whether units that are no ITMOs yet, and by this do not become ones, go on to be so elsewhere:
// they need what their first transfer will need. Home they go without.
bool goes_abroad_unmarked(const State& state, const Row& row, const Account& from,
                          const Account& to) {
  return from.party != to.party && to.party != state.lots[row.run.standing.lot].host &&
         !row.run.standing.first_transferred && !row.first_transfer;
}

}  // namespace

Facts<UnitsTransferred> resolve(const State& state, const Event&, const UnitsTransferred& body,
                                const Context&) {
  Facts<UnitsTransferred> facts;
  find_units(state, body.units, facts);
  facts.account = state.accounts.find(body.from.account);
  facts.to = state.accounts.find(body.to.account);
  facts.host_authorization = state.authorizations.find(body.authorization.host);
  if (body.authorization.buyer) {
    facts.buyer_authorization = state.authorizations.find(*body.authorization.buyer);
  }
  for (const auto& index : {facts.account, facts.to}) {
    if (!index) continue;
    const Account& row = state.accounts[*index];
    facts.causes.add(row.origin, "account ", row.id);
  }
  for (const auto& index : {facts.host_authorization, facts.buyer_authorization}) {
    if (!index) continue;
    const Authorization& row = state.authorizations[*index];
    facts.causes.add(row.stated, "authorization ", row.id);
  }
  if (!facts.account || !facts.to) return facts;
  const Account& from = state.accounts[*facts.account];
  const Account& to = state.accounts[*facts.to];
  facts.international = from.party != to.party;
  const Authorization* host =
      facts.host_authorization ? &state.authorizations[*facts.host_authorization] : nullptr;
  mark_first_transfers(state, occurrence_of(from, to, host), facts);
  for (Row& row : facts.rows) {
    row.acquisition = is_acquisition(state, row, *facts.to);
    if (row.acquisition) facts.acquired += row.run.range.quantity();
    if (goes_abroad_unmarked(state, row, from, to)) note_lot(facts, row.run.standing.lot);
  }
  if (facts.acquired > 0 && facts.buyer_authorization) {
    facts.acquisitions.add(*facts.buyer_authorization, facts.acquired);
  }
  return facts;
}

namespace {

using C = const Case<UnitsTransferred>&;

const Account* from_account(C c) {
  return c.facts.account ? &c.state.accounts[*c.facts.account] : nullptr;
}
const Account* to_account(C c) {
  return c.facts.to ? &c.state.accounts[*c.facts.to] : nullptr;
}
const Authorization* host_authorization(C c) {
  return c.facts.host_authorization ? &c.state.authorizations[*c.facts.host_authorization]
                                    : nullptr;
}
const Authorization* buyer_authorization(C c) {
  return c.facts.buyer_authorization ? &c.state.authorizations[*c.facts.buyer_authorization]
                                     : nullptr;
}
Step step_of(C c) {
  return c.facts.international ? Step::leave_section : Step::move_inside;
}

bool approaches_are_open(C c) {
  return all_open(c.state, c.facts.transferring_lots, c.context.time);
}
std::string explain_not_open(C c, const Row*) {
  return explain_ended(c.state, c.facts.transferring_lots, c.context.time);
}

bool caps_are_kept(C c) {
  return within_caps(c.state, c.facts.first_transfers, c.facts.acquisitions);
}
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, c.facts.first_transfers, c.facts.acquisitions);
}

bool authorizations_are_active(C c) {
  return all_active(c.state, c.facts.transferring_lots, c.context.time) &&
         all_active(c.state, c.facts.acquisitions, c.context.time);
}
std::string explain_not_active(C c, const Row*) {
  const std::string host = explain_inactive(c.state, c.facts.transferring_lots, c.context.time);
  return host.empty() ? explain_inactive(c.state, c.facts.acquisitions, c.context.time) : host;
}

const Lot& lot_of(C c, const Row& row) {
  return c.state.lots[row.run.standing.lot];
}
const Terms& host_terms_of(C c, const Row& row) {
  return host_terms(c.state, row.run.standing);
}

// By whose authorization the transferee is judged: the one that it acquires under, the one that
// governs where the units stay, or the host's when they come home.
const Terms& receiving(C c, const Row& row) {
  const Authorization* buyer = buyer_authorization(c);
  if (buyer && row.acquisition) return *buyer;
  return c.facts.international ? host_terms_of(c, row) : governing(c.state, row);
}

// Empty when everyone is covered; else who is not, by which authorization (R8).
std::string uncovered(C c, const Row& row) {
  const Account* from = from_account(c);
  const Account* to = to_account(c);
  if (!from || !to) return "";
  const auto name = [&](Index participant) { return c.state.participants[participant].id; };
  const Terms& host = host_terms_of(c, row);
  if (row.first_transfer && !covers(host, c.state, from->holder, Act::transfer)) {
    return name(from->holder) + " may not transfer under authorization " + host.id;
  }
  if (to->kind == AccountKind::fund) return "";
  if (!admits_party(host, to->party)) {
    return name(to->party) + " is not among the Parties of authorization " + host.id;
  }
  const Terms& by = receiving(c, row);
  if (row.acquisition || c.facts.international) {
    return covers(by, c.state, to->holder, Act::acquire)
               ? ""
               : name(to->holder) + " may not acquire under authorization " + by.id;
  }
  return may_hold(by, c.state, to->holder)
             ? ""
             : name(to->holder) + " is not named by authorization " + by.id;
}
bool everyone_is_covered(C c, const Row& row) {
  return uncovered(c, row).empty();
}
std::string explain_uncovered(C c, const Row* row) {
  return uncovered(c, *row) +
         ". Name a participant that it covers, or change the authorization first.";
}

// The authorization that does not name the purpose for the row; null where both do.
const Terms* without_purpose(C c, const Row& row) {
  const Terms& host = host_terms_of(c, row);
  if (!has_purpose(host, c.body.purpose)) return &host;
  const Terms& governs = receiving(c, row);
  return has_purpose(governs, c.body.purpose) ? nullptr : &governs;
}
bool purpose_is_authorized(C c, const Row& row) {
  return !from_account(c) || !to_account(c) || without_purpose(c, row) == nullptr;
}
std::string explain_purpose(C c, const Row* row) {
  return "Purpose " + std::string(name_of(c.body.purpose)) + " is not authorized by " +
         without_purpose(c, *row)->id + ". State a purpose that it names.";
}

bool right_authorizations_are_named(C c) {
  const Authorization* host = host_authorization(c);
  const Authorization* buyer = buyer_authorization(c);
  const Account* to = to_account(c);
  if (!host || host->party != c.state.approaches[host->approach].host) return false;
  if (c.body.authorization.buyer) {
    return buyer && buyer->approach == host->approach && buyer->party != host->party &&
           (!to || buyer->party == to->party);
  }
  return c.facts.acquired == 0 || !c.state.approaches[host->approach].rules.back().both_authorize;
}
std::string explain_authorizations(C c, const Row*) {
  if (!host_authorization(c)) {
    return "Authorization " + c.body.authorization.host + " is unknown; name the host's.";
  }
  const Authorization& named = *host_authorization(c);
  const Index host = c.state.approaches[named.approach].host;
  if (named.party != host) {
    return "Authorization " + named.id + " is one of " + c.state.participants[named.party].id +
           ". Name one of " + c.state.participants[host].id + ", the host, in authorization.host.";
  }
  if (c.body.authorization.buyer) {
    return "Authorization " + *c.body.authorization.buyer +
           " is not one of the acquiring Party under the same approach as " +
           c.body.authorization.host + ".";
  }
  return "The approach's rules require the acquiring Party's authorization too. Name it in "
         "authorization.buyer, and the host's in authorization.host.";
}

bool is_settled(C c, const Row& row) {
  return proceeds_settled(c.state, row, step_of(c), c.context.time);
}
std::string explain_not_settled(C c, const Row* row) {
  return explain_unsettled(c.state, *row, step_of(c));
}

bool accounts_are_known_and_differ(C c) {
  return from_account(c) && to_account(c) && c.facts.account != c.facts.to;
}
std::string explain_accounts(C c, const Row*) {
  if (!from_account(c)) return "Account " + c.body.from.account + " is unknown.";
  if (!to_account(c)) return "Account " + c.body.to.account + " is unknown. Open it first.";
  return "Both sides name account " + c.body.from.account + ".";
}

bool repeats(C c, const Side& side, const Account& account) {
  const Participant& holder = c.state.participants[account.holder];
  return c.state.participants[account.party].id == side.party && holder.id == side.participant &&
         holder.identity.name == side.name;
}
bool sides_are_repeated(C c) {
  return repeats(c, c.body.from, *from_account(c)) && repeats(c, c.body.to, *to_account(c));
}
std::string explain_side(C c, const Row*) {
  const bool from_is_wrong = !repeats(c, c.body.from, *from_account(c));
  const Account& account = from_is_wrong ? *from_account(c) : *to_account(c);
  const Participant& holder = c.state.participants[account.holder];
  return "Account " + account.id + " is in the section of " +
         c.state.participants[account.party].id + " and held by " + holder.id + ", \"" +
         holder.identity.name + "\". Repeat exactly that in `" + (from_is_wrong ? "from" : "to") +
         "`.";
}

bool totals_are_repeated(C c) {
  return c.body.quantity == c.facts.named && c.body.vintages == c.facts.vintages;
}
std::string explain_totals(C c, const Row*) {
  std::string found;
  for (const VintageQuantity& v : c.facts.vintages) {
    if (!found.empty()) found += ", ";
    found += in_units(v.quantity) + " of vintage " + std::to_string(v.vintage);
  }
  return "The ranges hold " + in_units(c.facts.named) + ": " + found +
         ". Repeat exactly these in `quantity` and `vintages`.";
}

bool rests_on_named_host(C c, const Row& row) {
  return lot_of(c, row).host_authorization == *c.facts.host_authorization;
}

// Acquired under it by this transfer or by an earlier one; vintage and activity as it says (R10).
bool rests_on_named_buyer(C c, const Row& row) {
  const Authorization* buyer = buyer_authorization(c);
  if (!buyer) return true;
  if (!row.acquisition) return governing(c.state, row).id == buyer->id;
  const Lot& lot = lot_of(c, row);
  return buyer->vintage_from <= lot.vintage && lot.vintage <= buyer->vintage_to &&
         buyer->metric == metric_of(c.state, lot) &&
         (buyer->activities.empty() || contains(buyer->activities, lot.activity));
}

bool rests_on_named_authorizations(C c, const Row& row) {
  return rests_on_named_host(c, row) && rests_on_named_buyer(c, row);
}
std::string explain_other_authorization(C c, const Row* row) {
  const std::string units = "Units " + describe(c.state, *row);
  if (!rests_on_named_host(c, *row)) {
    return units + " rest on authorization " + host_terms_of(c, *row).id + ", not on " +
           c.body.authorization.host + ". Send units of one authorization in one transfer.";
  }
  const Authorization& buyer = *buyer_authorization(c);
  if (!row->acquisition) {
    return units + " stand under authorization " + governing(c.state, *row).id + ", not under " +
           buyer.id + ". Name the authorization under which they were acquired, or none.";
  }
  return units + " of activity " + c.state.activities[lot_of(c, *row).activity].id +
         " are not what authorization " + buyer.id +
         " allows to acquire, by vintage, metric or activity. Name one that does.";
}

// The vintage whose NDC period has another method, or none; nothing when all fit.
std::optional<Year> unfit_vintage(C c) {
  const Index host = host_authorization(c)->party;
  for (const VintageQuantity& v : c.facts.vintages) {
    const Ndc* ndc = ndc_of(c.state, host, v.vintage);
    if (ndc == nullptr || ndc->method != c.body.method) return v.vintage;
  }
  return std::nullopt;
}
bool method_is_declared(C c) {
  return !unfit_vintage(c).has_value();
}
std::string explain_method(C c, const Row*) {
  const Year vintage = *unfit_vintage(c);
  const Index host = host_authorization(c)->party;
  const std::string who = c.state.participants[host].id;
  if (ndc_of(c.state, host, vintage) == nullptr) {
    return who + " has declared no NDC period that contains vintage " + std::to_string(vintage) +
           ". Send ndc.declared first.";
  }
  return who + " declared another adjustment method for the period of vintage " +
         std::to_string(vintage) + ". State that one.";
}

bool execution_day_is_allowed(C c) {
  if (!c.body.executed_on) return true;
  const auto& window = c.state.migration;
  const auto& cause = c.facts.causes.latest();
  return window && window->first <= *c.body.executed_on && *c.body.executed_on <= window->second &&
         *c.body.executed_on <= c.event.date && (!cause || cause->date <= *c.body.executed_on);
}
std::string explain_execution_day(C c, const Row*) {
  const auto& window = c.state.migration;
  return "`executed_on` " + format_date(*c.body.executed_on) +
         (window ? " must lie in the migration window " + format_date(window->first) + " to " +
                       format_date(window->second) +
                       ", not after the event's date and not before what the event names."
                 : " is not allowed: this ledger was opened without a migration window.");
}

bool receiver_is_of_the_metric(C c, const Row& row) {
  return to_account(c)->metric == metric_of(c.state, lot_of(c, row));
}
std::string explain_receiver_metric(C c, const Row* row) {
  return "Units " + describe(c.state, *row) + " are in metric " +
         quoted(metric_of(c.state, lot_of(c, *row))) + ", and account " + to_account(c)->id +
         " is one of " + quoted(to_account(c)->metric) +
         ". Units of one metric stand in accounts of their own: send them to one of theirs.";
}

constexpr Rule<UnitsTransferred> rules[] = {
    {&APR_8, approaches_are_open, nullptr, explain_not_open},
    {&RVS_6, nullptr, no_reversal_stands_against, explain_reversal},
    {&AUT_4, caps_are_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_6, nullptr, everyone_is_covered, explain_uncovered},
    {&AUT_7, nullptr, purpose_is_authorized, explain_purpose},
    {&AUT_8, right_authorizations_are_named, nullptr, explain_authorizations},
    {&PRO_8, nullptr, is_settled, explain_not_settled},
    {&LCK_1, nullptr, is_unlocked, explain_lock},
    {&TRF_1, accounts_are_known_and_differ, nullptr, explain_accounts},
    {&TRF_2, sides_are_repeated, nullptr, explain_side},
    {&TRF_3, all_are_issued, nullptr, explain_unissued},
    {&TRF_3, nullptr, is_held, explain_held},
    {&TRF_4, totals_are_repeated, nullptr, explain_totals},
    {&TRF_5, nullptr, rests_on_named_authorizations, explain_other_authorization},
    {&TRF_6, method_is_declared, nullptr, explain_method},
    {&TRF_7, execution_day_is_allowed, nullptr, explain_execution_day},
    {&TRF_8, nullptr, receiver_is_of_the_metric, explain_receiver_metric},
};

}  // namespace

template <>
std::span<const Rule<UnitsTransferred>> rules_of<UnitsTransferred>() {
  return rules;
}

}  // namespace ledger
