// Precedence by walking down a table: a question is broken in every way at once, and each row of a
// table says how to break one rule more, above all that are broken already.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/facts_authorizations.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/facts_documents.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/facts_units.hpp"
#include "tests/support/ledger_builder.hpp"

namespace rules {

namespace scene = test_support::scene;
using test_support::LedgerBuilder;

// An event of type E before its own rules: everything that they may read. Identity and format are
// not asked, so that a body may also be what no text could be.
template <class E>
struct Question {
  LedgerBuilder ledger;
  ledger::Timestamp time;
  ledger::Date date;
  E body;
  scene::Signers signers;
  std::int64_t knows = ledger::newest_spec;  // newest spec number that the judge knows
};

template <class E>
[[nodiscard]] Question<E> ask(LedgerBuilder given, std::string_view time, E body,
                              scene::Signers signers = {}) {
  const ledger::Timestamp at = scene::story::at(time);
  return {std::move(given),   at, ledger::date_of(at), std::move(body), std::move(signers),
          ledger::newest_spec};
}

// The clause that refuses the question, and its explanation; empty: none does.
template <class E>
[[nodiscard]] std::pair<std::string, std::string> answer(const Question<E>& q) {
  using namespace ledger;  // NOLINT: this speaks of nothing else
  std::vector<crypto::KeySignature> signatures;
  for (const std::string& name : q.signers) {
    signatures.push_back({scene::cast().public_key(name), {}});
  }
  const Event event{scene::origin, "asked", q.date, std::nullopt, q.body};
  const E& body = std::get<E>(event.body);
  CommittedState committed = q.ledger.machine().committed();
  const Context context{q.ledger.machine().size(),      q.time,    signatures, {}, q.knows,
                        q.ledger.machine().tree().root, &committed};
  const auto facts = resolve(q.ledger.state(), event, body, context);
  const Result<> judged = check<E>({q.ledger.state(), event, body, facts, context});
  if (judged) return {};
  return {std::string(judged.error().clause->id), judged.error().detail};
}

// Both Parties end approach XHA-XBA, as soon as the question's ledger lets them.
template <class E>
void end_the_approach(Question<E>& q) {
  const ledger::Timestamp now{q.ledger.machine().time().ms + 60'000};
  q.ledger.given(ledger::format_timestamp(now),
                 ledger::ApproachEnded{"XHA-XBA", now, {"XBA", "XHA"}, "fulfilled"}, scene::both());
  q.time = std::max(q.time, now);
}

// How one rule of a table is broken.
template <class E>
struct Fault {
  std::string clause;
  std::function<void(Question<E>&)> make;
};
template <class E>
using Faults = std::vector<Fault<E>>;

// Every rule of E's table has its fault, in the order of the table; each fault alone is refused by
// its clause; and made from the last to the first, one on top of the others, the newest decides.
template <class E>
void walk(const Question<E>& valid, const Faults<E>& faults) {
  std::vector<std::string> table, named;
  for (const auto& rule : ledger::rules_of<E>()) table.emplace_back(rule.clause->id);
  for (const Fault<E>& fault : faults) named.push_back(fault.clause);
  ASSERT_EQ(named, table) << "every rule of the table has one fault, in its order";
  ASSERT_EQ(answer(valid).first, "") << answer(valid).second;
  Question<E> broken = valid;
  for (std::size_t i = faults.size(); i-- > 0;) {
    Question<E> alone = valid;
    faults[i].make(alone);
    const auto [clause, detail] = answer(alone);
    EXPECT_EQ(clause, faults[i].clause) << "alone, row " << i << ": " << detail;
    EXPECT_FALSE(detail.empty()) << faults[i].clause;
    faults[i].make(broken);
    const auto [first, why] = answer(broken);
    EXPECT_EQ(first, faults[i].clause) << "above what is broken already, row " << i << ": " << why;
  }
}

}  // namespace rules
