// units.cancelled: taken out for good, for a purpose other than an NDC (events.md 2, decision 11).
#include <algorithm>

#include "ledger/clauses_units.hpp"
#include "ledger/movement.hpp"

namespace ledger {
namespace {

using Reason = UnitsCancelled::Reason;

Occurrence occurrence_of(Reason purpose) {
  if (purpose == Reason::omge) return Occurrence::omge;
  return purpose == Reason::op ? Occurrence::op_cancellation : Occurrence::other;
}

}  // namespace

Facts<UnitsCancelled> resolve(const State& state, const Event&, const UnitsCancelled& body,
                              const Context&) {
  Facts<UnitsCancelled> facts;
  find_units(state, body.units, facts);
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account " + body.account);
  }
  mark_first_transfers(state, occurrence_of(body.purpose), facts);
  return facts;
}

namespace {

using C = const Case<UnitsCancelled>&;

const Authorization& host_authorization(C c, const Row& row) {
  return c.state.authorizations[c.state.lots[row.run.standing.lot].host_authorization];
}

bool cap_is_kept(C c) { return within_caps(c.state, c.facts.first_transfers, {}); }
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, c.facts.first_transfers, {});
}
bool authorizations_are_active(C c) {
  return all_active(c.state, c.facts.first_transfers, c.context.time);
}
std::string explain_not_active(C c, const Row*) {
  return explain_inactive(c.state, c.facts.first_transfers, c.context.time);
}

bool purpose_is_authorized(C c, const Row& row) {
  return c.body.purpose != Reason::op || has_purpose(host_authorization(c, row), Purpose::op);
}
std::string explain_purpose(C c, const Row* row) {
  return "Cancellation for OP is not authorized by " + host_authorization(c, *row).id + " for " +
         describe(c.state, *row) + ".";
}

bool cancelled_in_time(C c, const Row& row) {
  const auto& until = host_authorization(c, row).use_until;
  return c.body.purpose != Reason::op || !until || date_of(c.context.time) <= *until;
}
std::string explain_too_late(C c, const Row* row) {
  return "Authorization " + host_authorization(c, *row).id + " lets units be cancelled for OP until " +
         format_date(*host_authorization(c, *row).use_until) + "; the entry's date is " +
         format_date(date_of(c.context.time)) + ".";
}

bool is_settled(C c, const Row& row) { return proceeds_settled(c.state, row, Step::end); }
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

bool all_are_issued(C c) { return c.facts.found == c.facts.named; }
std::string explain_unissued(C c, const Row*) {
  return explain_not_issued(c.state, c.facts, c.body.units);
}
bool is_held(C c, const Row& row) { return held_in(row, c.facts.account); }
std::string explain_held(C c, const Row* row) {
  return explain_not_held(c.state, *row, c.facts.account);
}

bool quantity_is_repeated(C c) { return c.body.quantity == c.facts.named; }
std::string explain_quantity(C c, const Row*) {
  return "The ranges hold " + tonnes(c.facts.named) + "; `quantity` says " +
         tonnes(c.body.quantity) + ".";
}
bool is_of_one_approach(C c, const Row& row) {
  return c.state.lots[row.run.standing.lot].approach ==
         c.state.lots[c.facts.rows.front().run.standing.lot].approach;
}
std::string explain_other_approach(C c, const Row* row) {
  return "Units " + describe(c.state, *row) +
         " are of another approach than the first. Cancel units of one approach in one event.";
}

bool first_transfer_is_stated(C c, const Row& row) {
  return row.first_transfer == c.body.first_transfer;
}
std::string explain_first_transfer(C c, const Row* row) {
  return "For " + describe(c.state, *row) + " this cancellation " +
         (row->first_transfer ? "is" : "is not") +
         " the first transfer. State it in `first_transfer`; where units differ, cancel them in "
         "two events.";
}

bool not_domestic_after_transfer(C c, const Row& row) {
  return c.body.purpose != Reason::domestic || !row.run.standing.first_transferred;
}
std::string explain_domestic(C c, const Row* row) {
  return "ITMOs " + describe(c.state, *row) +
         " were first transferred: the host's adjustment already took them out of its own "
         "account. They cannot count there again.";
}

constexpr Rule<UnitsCancelled> rules[] = {
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_7, nullptr, purpose_is_authorized, explain_purpose},
    {&AUT_9, nullptr, cancelled_in_time, explain_too_late},
    {&PRO_8, nullptr, is_settled, explain_not_settled},
    {&CAN_1, party_is_the_sections, nullptr, explain_party},
    {&CAN_2, all_are_issued, nullptr, explain_unissued},
    {&CAN_2, nullptr, is_held, explain_held},
    {&CAN_3, quantity_is_repeated, nullptr, explain_quantity},
    {&CAN_3, nullptr, is_of_one_approach, explain_other_approach},
    {&CAN_4, nullptr, first_transfer_is_stated, explain_first_transfer},
    {&CAN_5, nullptr, not_domestic_after_transfer, explain_domestic},
};

}  // namespace

template <>
std::span<const Rule<UnitsCancelled>> rules_of<UnitsCancelled>() {
  return rules;
}

}  // namespace ledger
