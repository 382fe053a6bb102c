// units.cancelled: taken out for good, for a purpose other than an NDC (events.md 2, decision 11).
#include <algorithm>

#include "ledger/clauses_locks.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/named_units.hpp"

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
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  mark_first_transfers(state, occurrence_of(body.purpose), facts);
  return facts;
}

namespace {

using C = const Case<UnitsCancelled>&;

const Terms& host_terms(C c, const Row& row) {
  return host_terms(c.state, row.run.standing);
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

// Cancelling for OP is how units are used for it, so it is asked like a use.
bool for_op(C c) {
  return c.body.purpose == Reason::op;
}

std::optional<Index> holder_of(C c) {
  if (!c.facts.account) return std::nullopt;
  return c.state.accounts[*c.facts.account].holder;
}
bool holder_is_covered(C c, const Row& row) {
  const auto holder = holder_of(c);
  return !for_op(c) || !holder || covers(governing(c.state, row), c.state, *holder, Act::use);
}
std::string explain_not_covered(C c, const Row* row) {
  return c.state.participants[*holder_of(c)].id + " may not use units under authorization " +
         governing(c.state, *row).id +
         ", and so not cancel them for OP. Transfer them to a participant that it covers.";
}

// The authorization that does not name OP, or is past its final date; null where both allow it.
using Refuses = bool (*)(C, const Terms&);
const Terms* first_refusing(C c, const Row& row, Refuses refuses) {
  for (const Terms* row_of : {&host_terms(c, row), &governing(c.state, row)}) {
    if (refuses(c, *row_of)) return row_of;
  }
  return nullptr;
}
bool lacks_op(C, const Terms& row) {
  return !has_purpose(row, Purpose::op);
}
bool has_ended(C c, const Terms& row) {
  return row.use_until && *row.use_until < date_of(c.context.time);
}

bool purpose_is_authorized(C c, const Row& row) {
  return !for_op(c) || !first_refusing(c, row, lacks_op);
}
std::string explain_purpose(C c, const Row* row) {
  return "Cancellation for OP is not authorized by " + first_refusing(c, *row, lacks_op)->id +
         " for " + describe(c.state, *row) + ". State another purpose.";
}

bool cancelled_in_time(C c, const Row& row) {
  return !for_op(c) || !first_refusing(c, row, has_ended);
}
std::string explain_too_late(C c, const Row* row) {
  const Terms& ended = *first_refusing(c, *row, has_ended);
  return "Authorization " + ended.id + " lets units be cancelled for OP until " +
         format_date(*ended.use_until) + "; the entry's date is " +
         format_date(date_of(c.context.time)) + ". A new authorization is needed.";
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

bool is_at_home(C c, const Row& row) {
  return c.state.accounts[row.run.standing.account].party ==
         c.state.lots[row.run.standing.lot].host;
}
bool domestic_is_at_home(C c, const Row& row) {
  return c.body.purpose != Reason::domestic ||
         (is_at_home(c, row) && !row.run.standing.first_transferred);
}
std::string explain_domestic(C c, const Row* row) {
  if (!is_at_home(c, *row)) {
    return "Units " + describe(c.state, *row) + " stand in the section of " + c.body.party +
           ". A domestic purpose is one of the Party in which the mitigation occurred: cancel them "
           "in its section, or for another purpose.";
  }
  return "ITMOs " + describe(c.state, *row) +
         " were first transferred: the host's adjustment already took them out of its own "
         "account. They cannot count there again.";
}

// No holder bars the Party of the section by a reservation.
bool is_unlocked(C c, const Row& row) {
  if (c.body.purpose == Reason::administrative) return !is_frozen(c.state, row);
  return may_move(c.state, row, c.context.event);
}

// The first activity of which more is cancelled for a reversal than is open; nothing where none is.
std::optional<std::pair<Index, std::int64_t>> beyond_reversals(C c) {
  for (const auto& [activity, quantity] : by_activity(c.state, c.facts.rows)) {
    if (quantity > open_reversal(c.state, activity)) return std::pair{activity, quantity};
  }
  return std::nullopt;
}
bool makes_good_what_is_open(C c) {
  return c.body.purpose != Reason::reversal || !beyond_reversals(c);
}
std::string explain_no_reversal(C c, const Row*) {
  const auto [activity, quantity] = *beyond_reversals(c);
  return "Of activity " + c.state.activities[activity].id + ' ' +
         in_units(open_reversal(c.state, activity)) +
         " are reversed and not made good; the event cancels " + in_units(quantity) +
         " of it. Cancel no more than that, or for another purpose.";
}

constexpr Rule<UnitsCancelled> rules[] = {
    {&APR_8, approaches_are_open, nullptr, explain_not_open},
    {&RVS_6, nullptr, no_reversal_stands_against, explain_reversal},
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&AUT_6, nullptr, holder_is_covered, explain_not_covered},
    {&AUT_7, nullptr, purpose_is_authorized, explain_purpose},
    {&AUT_9, nullptr, cancelled_in_time, explain_too_late},
    {&PRO_8, nullptr, is_settled, explain_not_settled},
    {&LCK_1, nullptr, is_unlocked, explain_lock},
    {&CAN_1, party_is_the_sections, nullptr, explain_party},
    {&CAN_2, all_are_issued, nullptr, explain_unissued},
    {&CAN_2, nullptr, is_held, explain_held},
    {&CAN_3, quantity_is_repeated, nullptr, explain_quantity},
    {&CAN_3, nullptr, is_of_one_approach, explain_other_approach},
    {&CAN_4, nullptr, first_transfer_is_stated, explain_first_transfer},
    {&CAN_5, nullptr, domestic_is_at_home, explain_domestic},
    {&RVS_7, makes_good_what_is_open, nullptr, explain_no_reversal},
};

}  // namespace

template <>
std::span<const Rule<UnitsCancelled>> rules_of<UnitsCancelled>() {
  return rules;
}

}  // namespace ledger
