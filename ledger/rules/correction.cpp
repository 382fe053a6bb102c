// entry.corrected: what was wrong is restated, or undone as if it never happened (events.md,
// decision 12).
#include <algorithm>

#include "ledger/clauses_corrections.hpp"
#include "ledger/clauses_locks.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using How = EntryCorrected::How;

RangeSet ranges_of(const Movement& movement) {
  RangeSet ranges;
  for (const Touched& unit : movement.units) ranges.join(unit.range);
  return ranges;
}

}  // namespace

bool can_be_voided(std::string_view type) {
  return type == "units.transferred" || type == "units.used" || type == "units.cancelled" ||
         type == "proceeds.deducted" || type == "units.assigned";
}

std::vector<Index> accounts_of(const State& state, const Movement& movement) {
  std::vector<Index> accounts;
  std::vector<Piece> pieces;
  for (const Touched& unit : movement.units) {
    accounts.push_back(unit.before.account);
    const Range range = unit.range;
    state.scopes[unit.scope].units.resolve({&range, 1}, pieces);
  }
  for (const Piece& piece : pieces) accounts.push_back(piece.run.standing.account);
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  return accounts;
}

namespace {

// The first of the units that a lock holds still, as they stand now.
std::optional<Row> first_locked(const State& state, const Movement& movement,
                                const crypto::Hash& event) {
  std::vector<Piece> pieces;
  for (const Touched& unit : movement.units) {
    pieces.clear();
    state.scopes[unit.scope].units.resolve({&unit.range, 1}, pieces);
    for (const Piece& piece : pieces) {
      Row row{unit.scope, piece.run, false};
      if (!may_move(state, row, event)) return row;
    }
  }
  return std::nullopt;
}

// The first of the units that would come back under an authorization without the mark that its
// units have from issuance on: it changed since they were released from it.
std::optional<Row> first_unmarked(const State& state, const Movement& movement) {
  for (const Touched& unit : movement.units) {
    const Lot& lot = state.lots[unit.before.lot];
    if (unit.before.first_transferred || !is_authorized(state, lot)) continue;
    if (is_first_transfer(state, lot, host_terms(state, lot), Occurrence::issuance)) {
      return Row{unit.scope, {unit.range, unit.before}, false};
    }
  }
  return std::nullopt;
}

}  // namespace

Facts<EntryCorrected> resolve(const State& state, const Event&, const EntryCorrected& body,
                              const Context& context) {
  Facts<EntryCorrected> facts;
  facts.movement = state.journal.find(body.entry);
  if (!facts.movement) return facts;
  const Movement& movement = *facts.movement;
  facts.causes.add({date_of(movement.time), movement.seq}, "entry " + std::to_string(movement.seq));
  const auto voided = state.voided.find(body.entry);
  if (voided != state.voided.end()) facts.voided_by = voided->second;
  // Anybody may name such an entry; what follows reads the log's movements, for those concerned.
  if (facts.voided_by || !can_be_voided(movement.type)) return facts;
  facts.touched = ranges_of(movement);
  if (body.how != How::voided) return facts;
  facts.touched_since = state.journal.newest_touch(
      movement.units, movement.seq, [&](Seq seq) { return !state.voided.contains(seq); });
  facts.locked = first_locked(state, movement, context.event);
  facts.unmarked = first_unmarked(state, movement);
  return facts;
}

namespace {

using C = const Case<EntryCorrected>&;

bool voids(C c) {
  return c.body.how == How::voided;
}

bool entry_can_be_corrected(C c) {
  if (!c.facts.movement) return false;
  return voids(c) ? can_be_voided(c.facts.movement->type)
                  : c.facts.movement->type == "units.cancelled";
}
std::string explain_entry(C c, const Row*) {
  const std::string entry = "Entry " + std::to_string(c.body.entry);
  if (c.body.entry >= c.context.seq) return entry + " does not exist yet. Correct its number.";
  if (!c.facts.movement) {
    return entry +
           " moved no units. It is corrected by a further version, by the event that ends what it "
           "began, or, of an issuance, by cancelling units.";
  }
  return entry + " is " + std::string(c.facts.movement->type) + ", which cannot be " +
         (voids(c) ? "voided" : "restated: only beneficiary and reason of a cancellation are") +
         ". Send an event that does what is wanted.";
}

bool is_not_voided(C c) {
  return !c.facts.voided_by;
}
std::string explain_voided(C c, const Row*) {
  return "Entry " + std::to_string(c.body.entry) + " was voided by entry " +
         std::to_string(*c.facts.voided_by) +
         "; it is as if it never happened. Nothing more is "
         "needed; what is wanted again is sent as a new event.";
}

bool repeats_the_units(C c) {
  const auto& scope = c.state.scopes[c.facts.movement->units.front().scope].registry;
  return c.body.units && c.body.units->scope == scope && c.body.units->ranges == c.facts.touched &&
         c.body.quantity == c.facts.touched.quantity();
}
bool what_it_corrects_is_repeated(C c) {
  if (c.body.type != c.facts.movement->type) return false;
  if (voids(c)) return repeats_the_units(c);
  return c.body.restated->beneficiary || c.body.restated->reason;
}
std::string explain_not_repeated(C c, const Row*) {
  std::string text =
      "Entry " + std::to_string(c.body.entry) + " is " + std::string(c.facts.movement->type);
  if (!voids(c)) return text + ". Repeat that in `type`, and state `beneficiary` or `reason` anew.";
  text += " and touched " + in_units(c.facts.touched.quantity());
  const auto& ranges = c.facts.touched.ranges();
  for (std::size_t i = 0; i < std::min<std::size_t>(ranges.size(), 5); ++i) {
    text += (i == 0 ? ": serials " : ", ") + closed(ranges[i]);
  }
  if (ranges.size() > 5) text += " and further ranges";
  return text + " of registry " + c.state.scopes[c.facts.movement->units.front().scope].registry +
         ". Repeat exactly that in `type`, `units` and `quantity`.";
}

bool units_stand_as_left(C c) {
  return !c.facts.touched_since;
}
std::string explain_moved_on(C c, const Row*) {
  const std::string entry = "entry " + std::to_string(c.body.entry);
  const auto later = c.state.journal.find(*c.facts.touched_since);
  return "Units of " + entry + " were touched again by entry " +
         std::to_string(*c.facts.touched_since) + ", " + std::string(later->type) +
         ". Void that entry first, then " + entry + ".";
}

bool comes_back_as_it_would_be(C c) {
  return !c.facts.unmarked;
}
std::string explain_unmarked(C c, const Row*) {
  const Row& row = *c.facts.unmarked;
  const Terms& terms = host_terms(c.state, c.state.lots[row.run.standing.lot]);
  return "Units " + describe(c.state, row) + " would come back under authorization " + terms.id +
         ", whose units since version " + std::to_string(terms.version) +
         " are first transferred as soon as they stand under it, and these are not. Attach them "
         "to it by units.assigned instead.";
}

bool is_unlocked(C c) {
  return !c.facts.locked;
}
std::string explain_lock(C c, const Row*) {
  return explain_locked(c.state, *c.facts.locked, c.context.event);
}

constexpr Rule<EntryCorrected> rules[] = {
    {&COR_1, entry_can_be_corrected, nullptr, explain_entry},
    {&COR_2, is_not_voided, nullptr, explain_voided},
    {&COR_3, what_it_corrects_is_repeated, nullptr, explain_not_repeated},
    {&COR_4, units_stand_as_left, nullptr, explain_moved_on},
    {&COR_5, comes_back_as_it_would_be, nullptr, explain_unmarked},
    {&LCK_1, is_unlocked, nullptr, explain_lock},
};

}  // namespace

template <>
std::span<const Rule<EntryCorrected>> rules_of<EntryCorrected>() {
  return rules;
}

}  // namespace ledger
