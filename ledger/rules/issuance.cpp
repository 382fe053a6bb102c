// units.issued: the certificate that makes serials (events.md, decision 6).
#include <algorithm>
#include <tuple>

#include "ledger/clauses_units.hpp"
#include "ledger/movement.hpp"

namespace ledger {

Facts<UnitsIssued> resolve(const State& state, const Event&, const UnitsIssued& body,
                           const Context&) {
  Facts<UnitsIssued> facts;
  facts.activity = state.activities.find(body.activity);
  if (facts.activity) {
    facts.approach = state.activities[*facts.activity].approach;
    facts.causes.add(state.activities[*facts.activity].origin, "activity " + body.activity);
  }
  facts.host_authorization = state.authorizations.find(body.authorization.host);
  if (facts.host_authorization) {
    facts.causes.add(state.authorizations[*facts.host_authorization].origin,
                     "authorization " + body.authorization.host);
  }
  if (body.authorization.buyer) {
    facts.buyer_authorization = state.authorizations.find(*body.authorization.buyer);
    facts.buyer_unknown = !facts.buyer_authorization;
    if (facts.buyer_authorization) {
      facts.causes.add(state.authorizations[*facts.buyer_authorization].origin,
                       "authorization " + *body.authorization.buyer);
    }
  }
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account " + body.account);
  }
  facts.scope = state.scopes.find(body.scope);
  if (facts.scope) facts.next = state.scopes[*facts.scope].units.next();
  for (const auto& lot : body.lots) facts.lots_sum += lot.last - lot.first + 1;
  if (facts.approach && facts.host_authorization &&
      !state.approaches[*facts.approach].rules.empty()) {
    const Approach& approach = state.approaches[*facts.approach];
    Lot lot;
    lot.approach = *facts.approach;
    lot.host_authorization = *facts.host_authorization;
    lot.rules = static_cast<std::int64_t>(approach.rules.size());
    facts.first_transfer = is_first_transfer(state, lot, Occurrence::issuance);
  }
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

AuthorizationSums first_transfers(C c) {
  AuthorizationSums sums;
  if (c.facts.first_transfer) sums.add(*c.facts.host_authorization, c.facts.lots_sum);
  return sums;
}

bool cap_is_kept(C c) { return within_caps(c.state, first_transfers(c), {}); }
std::string explain_cap(C c, const Row*) { return explain_caps(c.state, first_transfers(c), {}); }

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
  return covers(*host, c.state, account->holder, Act::transfer) ||
         covers(*host, c.state, account->holder, Act::acquire) ||
         covers(*host, c.state, account->holder, Act::use);
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

bool issued_in_time(C c) {
  const Authorization* host = host_authorization(c);
  return !host || !host->issue_until || date_of(c.context.time) <= *host->issue_until;
}
std::string explain_too_late(C c, const Row*) {
  return "Authorization " + host_authorization(c)->id + " lets units be issued until " +
         format_date(*host_authorization(c)->issue_until) + "; the entry's date is " +
         format_date(date_of(c.context.time)) + ".";
}

bool activity_is_listed(C c) {
  const Authorization* host = host_authorization(c);
  return c.facts.activity && host &&
         std::find(host->activities.begin(), host->activities.end(), *c.facts.activity) !=
             host->activities.end();
}
std::string explain_activity(C c, const Row*) {
  return "Activity " + c.body.activity + " is not listed by authorization " +
         c.body.authorization.host + ". Name one that it lists.";
}

bool approach_has_identifier(C c) { return approach_of(c)->carp.has_value(); }
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
bool serials_are_gapless(C c) { return !gap(c).has_value(); }
std::string explain_gap(C c, const Row*) {
  const auto [found, expected] = *gap(c);
  return "Registry " + c.body.scope + " has issued up to serial " +
         std::to_string(c.facts.next - 1) + "; a lot begins at " + std::to_string(found) +
         " where " + std::to_string(expected) + " is next. Number the lots without a gap.";
}

bool quantity_is_the_sum(C c) { return c.body.quantity == c.facts.lots_sum; }
std::string explain_quantity(C c, const Row*) {
  return "The lots hold " + tonnes(c.facts.lots_sum) + "; `quantity` says " +
         tonnes(c.body.quantity) + ".";
}

bool fits_vintage(C c, Year vintage) {
  const Authorization* host = host_authorization(c);
  return vintage >= 2021 && host->vintage_from <= vintage && vintage <= host->vintage_to &&
         year_of(c.body.period_from) <= vintage && vintage <= year_of(c.body.period_to);
}
bool vintages_fit(C c) {
  return std::all_of(c.body.lots.begin(), c.body.lots.end(),
                     [&](const auto& lot) { return fits_vintage(c, lot.vintage); });
}
std::string explain_vintage(C c, const Row*) {
  const auto bad = std::find_if(c.body.lots.begin(), c.body.lots.end(),
                                [&](const auto& lot) { return !fits_vintage(c, lot.vintage); });
  const Authorization* host = host_authorization(c);
  return "Vintage " + std::to_string(bad->vintage) + " does not fit: authorization " + host->id +
         " covers " + std::to_string(host->vintage_from) + " to " +
         std::to_string(host->vintage_to) + ", the monitoring period is " +
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

bool underlying_fits(C c, const UnitsIssued::Lot& lot) {
  if (!lot.underlying) return true;
  const auto& listed = host_authorization(c)->underlying_registries;
  return lot.underlying->last - lot.underlying->first == lot.last - lot.first &&
         std::find(listed.begin(), listed.end(), lot.underlying->registry) != listed.end();
}
bool underlying_units_fit(C c) {
  return std::all_of(c.body.lots.begin(), c.body.lots.end(),
                     [&](const auto& lot) { return underlying_fits(c, lot); });
}
std::string explain_underlying(C c, const Row*) {
  const auto bad = std::find_if(c.body.lots.begin(), c.body.lots.end(),
                                [&](const auto& lot) { return !underlying_fits(c, lot); });
  return "The lot from serial " + std::to_string(bad->first) + " names units " +
         std::to_string(bad->underlying->first) + " to " + std::to_string(bad->underlying->last) +
         " of registry " + bad->underlying->registry +
         ". They must be as many as the lot, from a registry that authorization " +
         host_authorization(c)->id + " lists.";
}

// A block of underlying units that backs two lots, of this event or of an earlier one (R22).
std::string backed_twice(C c) {
  std::vector<const UnitsIssued::Underlying*> blocks;
  for (const auto& lot : c.body.lots) {
    if (lot.underlying) blocks.push_back(&*lot.underlying);
  }
  const auto block = [](const UnitsIssued::Underlying& units) {
    return "Units " + std::to_string(units.first) + " to " + std::to_string(units.last) +
           " of registry " + units.registry;
  };
  for (const auto* units : blocks) {
    if (const auto known = backing_block(c.state, *units)) {
      return block(*units) + " overlap units " + std::to_string(known->first) + " to " +
             std::to_string(known->second) + " of it, which back units of this ledger already";
    }
  }
  std::sort(blocks.begin(), blocks.end(), [](const auto* a, const auto* b) {
    return std::tie(a->registry, a->first) < std::tie(b->registry, b->first);
  });
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    if (blocks[i - 1]->registry != blocks[i]->registry) continue;
    if (blocks[i]->first <= blocks[i - 1]->last) return block(*blocks[i]) + " are in two lots";
  }
  return "";
}
bool underlying_units_are_new(C c) { return backed_twice(c).empty(); }
std::string explain_backed_twice(C c, const Row*) {
  return backed_twice(c) + ". One tonne is issued once: name units that back nothing yet.";
}

constexpr Rule<UnitsIssued> rules[] = {
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
    {&ISS_11, underlying_units_are_new, nullptr, explain_backed_twice},
};

}  // namespace

template <>
std::span<const Rule<UnitsIssued>> rules_of<UnitsIssued>() {
  return rules;
}

}  // namespace ledger
