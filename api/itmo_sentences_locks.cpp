// The events by which units stand still in sentences.
#include "api/itmo_sentences.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

void say(Lines& lines, const UnitsLocked& body) {
  const bool freezes = body.kind == UnitsLocked::Sort::freeze;
  const std::string what = freezes ? "Freeze" : "Reservation";
  lines.say(what + " of " +
            (body.quantity ? amount(*body.quantity) : std::string("everything, now and later,")) +
            " in account " + body.account + ": lock " + body.id + '.');
  if (body.units) say_units(lines, *body.units, body.quantity.value_or(0));
  if (body.event) {
    lines.say("Until it is unlocked, only the event with this hash may move them:");
    lines.detail(hex_of(*body.event));
  } else {
    lines.say("Until it is unlocked, no event may move them.");
  }
  lines.say("From " + moment(body.until) + " on the operator may unlock, too.");
  lines.say("Reason: " + body.reason + '.');
}

void say(Lines& lines, const UnitsUnlocked& body) {
  lines.say("Lock " + body.lock + " ends: what it holds may move again.");
  lines.say("Reason: " + body.reason + '.');
}

}  // namespace api::itmo
