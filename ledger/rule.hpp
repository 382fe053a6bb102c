// How an event is judged: a table of small named predicates, each with its clause. Table order is
// spec order is precedence (architecture.md 5).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/entry.hpp"
#include "ledger/event.hpp"
#include "ledger/spec_number.hpp"
#include "ledger/state.hpp"

namespace ledger {

class CommittedState;

// What an event is judged by beside its body: its place, its signers, its hash, and by which rules
// whoever judges can judge.
struct Context {
  Seq seq = 0;
  Timestamp time;
  std::span<const crypto::KeySignature> signers;
  crypto::Hash event;                              // its event hash
  std::int64_t newest_spec = ledger::newest_spec;  // that the judge knows
  crypto::Hash root;                               // of all entries before it; for attested audits
  // Of all entries before it; brought up for commitments to it. Whoever judges a log has one.
  CommittedState* committed = nullptr;
};

// A clipped run of units that the event names, with what rules ask about it.
struct Row {
  Index scope = 0;
  Run run;                      // clipped to the named range
  bool first_transfer = false;  // this event would make it so
  bool acquisition = false;     // it would come to a Party by this transfer
};

// What `resolve` found for an event: each name looked up once. Specialised in facts.hpp.
template <class E>
struct Facts;

// Everything a predicate may read. References live through one check.
template <class E>
struct Case {
  const State& state;
  const Event& event;
  const E& body;
  const Facts<E>& facts;
  const Context& context;
};

// One rule: exactly one of `holds` and `line_holds` is set; the second is asked of every row.
// `explain` is called only where the rule does not hold; `row` is null for an event's rule.
template <class E>
struct Rule {
  const Clause* clause;
  bool (*holds)(const Case<E>&);
  bool (*line_holds)(const Case<E>&, const Row&);
  std::string (*explain)(const Case<E>&, const Row* row);
};

// The rules of an event type in order of precedence; defined in rules/*.cpp.
template <class E>
std::span<const Rule<E>> rules_of();

// The rows that line rules are asked of; none for events without units.
template <class E>
std::span<const Row> rows_of(const Facts<E>& facts) {
  if constexpr (requires { facts.rows; }) {
    return facts.rows;
  } else {
    return {};
  }
}

// Answers yes, or the first clause in table order that does not hold and its lowest row.
template <class E>
Result<> check(const Case<E>& c) {
  const std::span<const Row> rows = rows_of<E>(c.facts);
  for (const Rule<E>& rule : rules_of<E>()) {
    if (rule.holds != nullptr) {
      if (!rule.holds(c)) return violates(*rule.clause, rule.explain(c, nullptr));
      continue;
    }
    for (const Row& row : rows) {
      if (!rule.line_holds(c, row)) return violates(*rule.clause, rule.explain(c, &row));
    }
  }
  return {};
}

}  // namespace ledger
