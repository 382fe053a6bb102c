// What events that name units are asked of them alike: they were issued, the account holds them,
// the quantity beside them is theirs, and neither a reversal nor a lock stands against what is
// done. Each event has clauses of its own for the first three. Predicates for its table of rules.
#pragma once

#include <optional>
#include <string>

#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rule.hpp"

namespace ledger {

// The units that an event names.
template <class E>
const Units& named_units(const E& body) {
  if constexpr (requires { body.gross; }) {
    return body.gross;
  } else if constexpr (requires { body.units.value(); }) {
    return *body.units;  // a whole account is frozen otherwise, and then none are missing
  } else {
    return body.units;
  }
}

template <class E>
bool all_are_issued(const Case<E>& c) {
  return c.facts.found == c.facts.named;
}
template <class E>
std::string explain_unissued(const Case<E>& c, const Row*) {
  return explain_not_issued(c.state, c.facts, named_units(c.body));
}

template <class E>
bool is_held(const Case<E>& c, const Row& row) {
  return held_in(row, c.facts.account);
}
template <class E>
std::string explain_held(const Case<E>& c, const Row* row) {
  return explain_not_held(c.state, *row, c.facts.account);
}

template <class E>
bool quantity_is_repeated(const Case<E>& c) {
  return c.body.quantity == c.facts.named;
}
template <class E>
std::string explain_quantity(const Case<E>& c, const Row*) {
  return "The ranges hold " + in_units(c.facts.named) + "; `quantity` says " +
         in_units(c.body.quantity) + ".";
}

// ---- of each range, what may happen to it (RVS-6, LCK-1) ----

template <class E>
bool no_reversal_stands_against(const Case<E>& c, const Row& row) {
  return no_reversal_is_open(c.state, row);
}
template <class E>
std::string explain_reversal(const Case<E>& c, const Row* row) {
  return explain_open_reversal(c.state, *row);
}

template <class E>
bool is_unlocked(const Case<E>& c, const Row& row) {
  return may_move(c.state, row, c.context.event);
}
template <class E>
std::string explain_lock(const Case<E>& c, const Row* row) {
  return explain_locked(c.state, *row, c.context.event);
}

}  // namespace ledger
