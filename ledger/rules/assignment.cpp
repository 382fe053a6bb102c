// units.assigned: issued units are attached to an authorization, or released from theirs (4/CMA.6,
// paragraphs 7 to 11; R1, R3, R10 to R14).
#include <algorithm>

#include "ledger/clauses_locks.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/named_units.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using How = UnitsAssigned::How;
using Until = AuthorizationGranted::ChangeTerms::Until;

// Units that become ITMOs as if they were issued under the authorization now (decision 11).
void mark_first_transfers(const State& state, const Authorization& to,
                          Facts<UnitsAssigned>& facts) {
  for (Row& row : facts.rows) {
    const Lot& lot = state.lots[row.run.standing.lot];
    row.first_transfer = !row.run.standing.first_transferred && lot.approach == to.approach &&
                         is_first_transfer(state, lot, to, Occurrence::issuance);
    if (row.first_transfer) {
      facts.first_transfers.add(*facts.host_authorization, row.run.range.quantity());
    }
  }
}

}  // namespace

Facts<UnitsAssigned> resolve(const State& state, const Event&, const UnitsAssigned& body,
                             const Context&) {
  Facts<UnitsAssigned> facts;
  find_units(state, body.units, facts);
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  facts.host_authorization = find_authorization(state, body.authorization.host, facts.causes);
  if (body.authorization.buyer) {
    facts.buyer_authorization = find_authorization(state, *body.authorization.buyer, facts.causes);
  }
  if (facts.host_authorization && body.how == How::attached) {
    mark_first_transfers(state, state.authorizations[*facts.host_authorization], facts);
  }
  return facts;
}

namespace {

using C = const Case<UnitsAssigned>&;

bool attaches(C c) {
  return c.body.how == How::attached;
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
const Lot& lot_of(C c, const Row& row) {
  return c.state.lots[row.run.standing.lot];
}

// ---- what an issuance under the authorization would be asked as well ----

bool approach_is_open(C c) {
  const Authorization* host = host_authorization(c);
  return !attaches(c) || !host || is_open(c.state.approaches[host->approach], c.context.time);
}
std::string explain_not_open(C c, const Row*) {
  return explain_ended(c.state.approaches[host_authorization(c)->approach]);
}

bool cap_is_kept(C c) {
  return within_caps(c.state, c.facts.first_transfers, {});
}
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, c.facts.first_transfers, {});
}

// Of the two authorizations named, the first that the rule refuses; null where it allows both.
template <class Allows>
const Authorization* first_refused(C c, Allows allows) {
  for (const Authorization* row : {host_authorization(c), buyer_authorization(c)}) {
    if (row != nullptr && !allows(*row)) return row;
  }
  return nullptr;
}

const Authorization* not_active(C c) {
  return first_refused(c, [&](const auto& row) { return active_at(row, c.context.time); });
}
bool authorizations_are_active(C c) {
  return !attaches(c) || not_active(c) == nullptr;
}
std::string explain_not_active(C c, const Row*) {
  return explain_inactive(c.state, *not_active(c), c.context.time);
}

bool holder_is_covered(C c) {
  const Authorization* host = host_authorization(c);
  const Account* account = account_of(c);
  return !attaches(c) || !host || !account || may_hold(*host, c.state, account->holder);
}
std::string explain_holder_not_covered(C c, const Row*) {
  return "Authorization " + host_authorization(c)->id + " names who may hold its units, and " +
         c.state.participants[account_of(c)->holder].id +
         " is not among them. Move the units to a participant that it names, or change the "
         "authorization first.";
}

bool both_are_needed(C c) {
  const Authorization* host = host_authorization(c);
  return attaches(c) && host && c.state.approaches[host->approach].rules.back().both_authorize;
}
bool right_authorizations_are_named(C c) {
  const Authorization* host = host_authorization(c);
  if (!host || host->party != c.state.approaches[host->approach].host) return false;
  if (!c.body.authorization.buyer) return !both_are_needed(c);
  const Authorization* buyer = buyer_authorization(c);
  return buyer && buyer->approach == host->approach &&
         buyer->party == c.state.approaches[host->approach].buyer;
}
std::string explain_authorizations(C c, const Row*) {
  const Authorization* host = host_authorization(c);
  if (!host) return "Authorization " + c.body.authorization.host + " is unknown.";
  const Approach& approach = c.state.approaches[host->approach];
  if (host->party == approach.host && !c.body.authorization.buyer) {
    return "The rules of approach " + approach.id +
           " require both Parties' authorizations; the buyer's is not named. Name it in "
           "authorization.buyer.";
  }
  return "The authorizations named are not those of the host and the buyer of approach " +
         approach.id + ". Name one of each Party, granted under it.";
}

const Authorization* ended_for_issuance(C c) {
  const Date today = date_of(c.context.time);
  return first_refused(
      c, [&](const auto& row) { return !row.issue_until || today <= *row.issue_until; });
}
bool attached_in_time(C c) {
  return !attaches(c) || ended_for_issuance(c) == nullptr;
}
std::string explain_too_late(C c, const Row*) {
  const Authorization& row = *ended_for_issuance(c);
  return "Authorization " + row.id + " lets units be issued until " +
         format_date(*row.issue_until) + ", and attached no later; the entry's date is " +
         format_date(date_of(c.context.time)) + ". A new authorization is needed.";
}

// ---- the units ----

bool account_is_the_hosts(C c) {
  const Account* account = account_of(c);
  return account && account->party == host_authorization(c)->party &&
         c.state.participants[account->party].id == c.body.party;
}
std::string explain_account(C c, const Row*) {
  const Account* account = account_of(c);
  if (!account) return "Account " + c.body.account + " is unknown.";
  return "Account " + account->id + " is in the section of " +
         c.state.participants[account->party].id + ", and authorization " +
         host_authorization(c)->id + " is one of " +
         c.state.participants[host_authorization(c)->party].id +
         ". Units are attached and released at home: state that Party, and an account of its "
         "section.";
}

bool is_no_itmo(C, const Row& row) {
  return !row.run.standing.first_transferred;
}
std::string explain_itmo(C c, const Row* row) {
  return "ITMOs " + describe(c.state, *row) + " were first transferred under authorization " +
         host_terms(c.state, row->run.standing).id +
         ", and stay under it for good. Name only units that were not.";
}

bool stands_as_it_must(C c, const Row& row) {
  const Lot& lot = lot_of(c, row);
  if (attaches(c)) return !is_authorized(c.state, lot);
  return is_authorized(c.state, lot) && lot.host_authorization == *c.facts.host_authorization &&
         !c.body.authorization.buyer;
}
std::string explain_standing(C c, const Row* row) {
  const Lot& lot = lot_of(c, *row);
  const std::string units = "Units " + describe(c.state, *row);
  const Id& under = c.state.authorizations[lot.host_authorization].id;
  if (attaches(c)) {
    return units + " stand under authorization " + under +
           ". Release them from it first, so that no unit is authorized twice.";
  }
  if (!is_authorized(c.state, lot)) {
    return units + " stand under no authorization any more: there is nothing to release.";
  }
  if (lot.host_authorization != *c.facts.host_authorization) {
    return units + " stand under authorization " + under + ", not under " +
           c.body.authorization.host + ". Name the one that they stand under.";
  }
  return units +
         " stand under the host's authorization, and a release names that one alone. Leave "
         "authorization.buyer out.";
}

// Both are of one approach (AUT-8); a buyer's without any activity is for all of the host's.
const Authorization* without_activity(C c, const Row& row) {
  const Lot& lot = lot_of(c, row);
  return first_refused(c, [&](const Authorization& each) {
    const bool of_host = each.party == lot.host;
    return each.approach == lot.approach &&
           ((!of_host && each.activities.empty()) || contains(each.activities, lot.activity));
  });
}
bool activity_is_listed(C c, const Row& row) {
  return !attaches(c) || without_activity(c, row) == nullptr;
}
std::string explain_activity(C c, const Row* row) {
  const Lot& lot = lot_of(c, *row);
  return "Units " + describe(c.state, *row) + " are of activity " +
         c.state.activities[lot.activity].id + " under approach " +
         c.state.approaches[lot.approach].id + ", which authorization " +
         without_activity(c, *row)->id + " does not list. Name one that does.";
}

const Authorization* without_vintage(C c, const Row& row) {
  const Year vintage = lot_of(c, row).vintage;
  return first_refused(c, [&](const Authorization& each) {
    return each.vintage_from <= vintage && vintage <= each.vintage_to;
  });
}
bool vintage_fits(C c, const Row& row) {
  return !attaches(c) || without_vintage(c, row) == nullptr;
}
std::string explain_vintage(C c, const Row* row) {
  const Authorization& narrow = *without_vintage(c, *row);
  return "Units " + describe(c.state, *row) + " are older or younger than authorization " +
         narrow.id + " allows: it covers " + std::to_string(narrow.vintage_from) + " to " +
         std::to_string(narrow.vintage_to) + ". Leave them out, or change the authorization first.";
}

bool underlying_is_listed(C c, const Row& row) {
  const auto& block = lot_of(c, row).underlying;
  return !attaches(c) || !block ||
         contains(host_authorization(c)->underlying_registries, block->registry);
}
std::string explain_underlying(C c, const Row* row) {
  return "Units " + describe(c.state, *row) + " are backed by units of registry " +
         lot_of(c, *row).underlying->registry + ", which authorization " +
         host_authorization(c)->id + " does not list. Name one that does.";
}

bool first_transfer_is_stated(C c, const Row& row) {
  return row.first_transfer == c.body.first_transfer;
}
std::string explain_first_transfer(C c, const Row* row) {
  return "For " + describe(c.state, *row) + " this " + (attaches(c) ? "assignment " : "release ") +
         (row->first_transfer ? "is" : "is not") +
         " the first transfer. State it in `first_transfer`.";
}

// A release takes an authorization back for some units: as its own terms let it (R13).
bool terms_allow_release(C c, const Row& row) {
  const Terms::Change& terms = host_terms(c.state, lot_of(c, row)).change;
  return attaches(c) || (terms.until == Until::first_transfer && terms.notice_days == 0);
}
std::string explain_terms(C c, const Row* row) {
  const Terms& terms = host_terms(c.state, lot_of(c, *row));
  const std::string which = "The change terms of authorization " + terms.id + " v" +
                            std::to_string(terms.version) + ", under which units " +
                            describe(c.state, *row) + " stand, ";
  if (terms.change.until != Until::first_transfer) {
    return which + "let no change reach issued units. They stay under it.";
  }
  return which + "ask for " + counted(static_cast<std::size_t>(terms.change.notice_days), "day") +
         " of notice, and a release gives none. Give notice of a revocation or of a change "
         "instead.";
}

constexpr Rule<UnitsAssigned> rules[] = {
    {&APR_8, approach_is_open, nullptr, explain_not_open},
    {&RVS_6, nullptr, no_reversal_stands_against, explain_reversal},
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_6, holder_is_covered, nullptr, explain_holder_not_covered},
    {&AUT_8, right_authorizations_are_named, nullptr, explain_authorizations},
    {&AUT_9, attached_in_time, nullptr, explain_too_late},
    {&ASN_1, account_is_the_hosts, nullptr, explain_account},
    {&ASN_2, all_are_issued, nullptr, explain_unissued},
    {&ASN_2, nullptr, is_held, explain_held},
    {&ASN_3, quantity_is_repeated, nullptr, explain_quantity},
    {&ASN_4, nullptr, is_no_itmo, explain_itmo},
    {&ASN_5, nullptr, stands_as_it_must, explain_standing},
    {&ASN_6, nullptr, activity_is_listed, explain_activity},
    {&ASN_7, nullptr, vintage_fits, explain_vintage},
    {&ASN_8, nullptr, underlying_is_listed, explain_underlying},
    {&ASN_9, nullptr, first_transfer_is_stated, explain_first_transfer},
    {&ASN_10, nullptr, terms_allow_release, explain_terms},
    {&LCK_1, nullptr, is_unlocked, explain_lock},
};

}  // namespace

template <>
std::span<const Rule<UnitsAssigned>> rules_of<UnitsAssigned>() {
  return rules;
}

}  // namespace ledger
