// units.locked and units.unlocked: units kept for one event, or stopped by the Party of their
// section (events.md, decision 9; R26).
#include "crypto/text.hpp"
#include "ledger/clauses_locks.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/locks.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/named_units.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Locking = Case<UnitsLocked>;
using Sort = UnitsLocked::Sort;

constexpr std::int64_t longest_reservation = 366;  // days

bool is_freeze(const Locking& c) {
  return c.body.kind == Sort::freeze;
}

bool id_is_new(const Locking& c) {
  return !c.state.locks.find(c.body.id);
}
std::string explain_id_is_new(const Locking& c, const Row*) {
  return taken("Lock", c.body.id, c.state.locks.lookup(c.body.id)->origin.seq);
}

bool kind_is_whole(const Locking& c) {
  return is_freeze(c) ? !c.body.event : c.body.event && c.body.units;
}
std::string explain_kind(const Locking& c, const Row*) {
  if (is_freeze(c)) return "A freeze lets no event move the units. Leave `event` out.";
  return c.body.event ? "A reservation keeps units, and none are named. Name them in `units`."
                      : "A reservation keeps units for one event. Name its event hash in `event`.";
}

bool account_is_known(const Locking& c) {
  return c.facts.account.has_value();
}
std::string explain_account(const Locking& c, const Row*) {
  return "Account " + c.body.account + " is unknown. Name the account that holds the units.";
}

bool quantity_is_repeated(const Locking& c) {
  return c.body.quantity.has_value() == c.body.units.has_value() &&
         c.body.quantity.value_or(0) == c.facts.named;
}
std::string explain_quantity(const Locking& c, const Row*) {
  if (!c.body.units) {
    return "The whole account is frozen, whatever it holds. Leave `quantity` out.";
  }
  return "The ranges hold " + in_units(c.facts.named) + "; `quantity` says " +
         (c.body.quantity ? in_units(*c.body.quantity) : std::string("nothing")) +
         ". Repeat exactly that.";
}

bool account_is_free(const Locking& c) {
  return c.body.units || !c.state.accounts[*c.facts.account].frozen_by;
}
std::string explain_account_frozen(const Locking& c, const Row*) {
  const Lock& lock = c.state.locks[*c.state.accounts[*c.facts.account].frozen_by];
  return "Account " + c.body.account + " is frozen by lock " + lock.id + " since entry " +
         std::to_string(lock.origin.seq) + ". Unlock that first.";
}
bool is_free(const Locking& c, const Row& row) {
  return is_freeze(c) ? !row.run.standing.frozen : !row.run.standing.reserved;
}
std::string explain_not_free(const Locking& c, const Row* row) {
  const Lock& lock = *lock_on(c.state, c.body.kind, row->scope, row->run.range.first);
  return "Units " + describe(c.state, *row) + " are " + (is_freeze(c) ? "frozen" : "reserved") +
         " by lock " + lock.id + " since entry " + std::to_string(lock.origin.seq) +
         ". Unlock that first, or leave them out.";
}

bool end_is_ahead(const Locking& c) {
  return c.context.time < c.body.until &&
         (is_freeze(c) || c.body.until <= plus_days(c.context.time, longest_reservation));
}
std::string explain_end(const Locking& c, const Row*) {
  const std::string asked = "The lock would end at " + format_timestamp(c.body.until) + ". ";
  if (c.body.until <= c.context.time) {
    return asked + "The entry's time is " + format_timestamp(c.context.time) +
           ". State a later end.";
  }
  return asked + "A reservation made now ends at " +
         format_timestamp(plus_days(c.context.time, longest_reservation)) +
         " at the latest, so that nobody keeps units from their Party for ever. State an earlier "
         "end.";
}

bool event_has_room(const Locking& c) {
  if (!c.body.event) return true;
  const auto waiting = c.state.reservations.find(*c.body.event);
  return waiting == c.state.reservations.end() || waiting->second < most_reservations;
}
std::string explain_room(const Locking& c, const Row*) {
  return std::to_string(most_reservations) + " reservations wait for the event " +
         crypto::to_hex(c.body.event->view()) +
         " already. Unlock some, and keep their units by fewer: one names up to 3,000 ranges.";
}

bool is_not_stopped(const Locking& c, const Row& row) {
  return is_freeze(c) || !is_frozen(c.state, row);
}
std::string explain_stopped(const Locking& c, const Row* row) {
  return explain_locked(c.state, *row, c.context.event);
}

constexpr Rule<UnitsLocked> locking[] = {
    {&LCK_2, id_is_new, nullptr, explain_id_is_new},
    {&LCK_3, kind_is_whole, nullptr, explain_kind},
    {&LCK_4, account_is_known, nullptr, explain_account},
    {&LCK_5, all_are_issued, nullptr, explain_unissued},
    {&LCK_5, nullptr, is_held, explain_held},
    {&LCK_6, quantity_is_repeated, nullptr, explain_quantity},
    {&LCK_7, account_is_free, nullptr, explain_account_frozen},
    {&LCK_7, nullptr, is_free, explain_not_free},
    {&LCK_8, end_is_ahead, nullptr, explain_end},
    {&LCK_10, event_has_room, nullptr, explain_room},
    {&LCK_11, nullptr, is_not_stopped, explain_stopped},
};

bool lock_holds(const Case<UnitsUnlocked>& c) {
  return c.facts.lock && !c.state.locks[*c.facts.lock].ended_at;
}
std::string explain_lock(const Case<UnitsUnlocked>& c, const Row*) {
  if (!c.facts.lock) return "Lock " + quoted(c.body.lock) + " is not one of this ledger.";
  return "Lock " + c.body.lock + " ended at entry " +
         std::to_string(*c.state.locks[*c.facts.lock].ended_at) + ". There is nothing to unlock.";
}

constexpr Rule<UnitsUnlocked> unlocking[] = {{&LCK_9, lock_holds, nullptr, explain_lock}};

}  // namespace

Facts<UnitsLocked> resolve(const State& state, const Event&, const UnitsLocked& body,
                           const Context&) {
  Facts<UnitsLocked> facts;
  if (body.units) find_units(state, *body.units, facts);
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  return facts;
}

Facts<UnitsUnlocked> resolve(const State& state, const Event&, const UnitsUnlocked& body,
                             const Context&) {
  Facts<UnitsUnlocked> facts;
  facts.lock = state.locks.find(body.lock);
  if (facts.lock) facts.causes.add(state.locks[*facts.lock].origin, "lock ", body.lock);
  return facts;
}

template <>
std::span<const Rule<UnitsLocked>> rules_of<UnitsLocked>() {
  return locking;
}

template <>
std::span<const Rule<UnitsUnlocked>> rules_of<UnitsUnlocked>() {
  return unlocking;
}

// ---- what every movement asks ----

namespace {

// The first lock that keeps some of the row for another event; null where none does.
const Lock* kept_for_another(const State& state, const Row& row, const crypto::Hash& event) {
  const Lock* other = nullptr;
  all_holds(state, Sort::reservation, row.scope, row.run.range, [&](Index lock, const Range&) {
    if (state.locks[lock].event != event) other = &state.locks[lock];
    return other == nullptr;
  });
  return other;
}

}  // namespace

bool is_frozen(const State& state, const Row& row) {
  return row.run.standing.frozen || state.accounts[row.run.standing.account].frozen_by;
}

bool may_move(const State& state, const Row& row, const crypto::Hash& event) {
  const Standing& standing = row.run.standing;
  if (standing.status != UnitStatus::held) return true;  // other clauses say why not
  if (is_frozen(state, row)) return false;
  return !standing.reserved || kept_for_another(state, row, event) == nullptr;
}

std::string explain_locked(const State& state, const Row& row, const crypto::Hash& event) {
  const std::string units = "Units " + describe(state, row) + " are ";
  if (is_frozen(state, row)) {
    const std::optional<Index> whole = state.accounts[row.run.standing.account].frozen_by;
    const Lock& freeze =
        whole ? state.locks[*whole] : *lock_on(state, Sort::freeze, row.scope, row.run.range.first);
    return units + "frozen by lock " + freeze.id + " (" + freeze.reason + ") since entry " +
           std::to_string(freeze.origin.seq) + ". Wait until " +
           state.participants[state.accounts[freeze.account].party].id +
           "'s authority unlocks them.";
  }
  const Lock& lock = *kept_for_another(state, row, event);
  return units + "reserved by lock " + lock.id + " until " + format_timestamp(lock.until) +
         " for the event " + crypto::to_hex(lock.event->view()) +
         ". Send that event, or let the holder unlock them.";
}

}  // namespace ledger
