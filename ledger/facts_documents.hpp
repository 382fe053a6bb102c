// What `resolve` finds for the events about documents and about the log itself.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/effects.hpp"
#include "ledger/facts.hpp"
#include "ledger/state_root.hpp"

namespace ledger {

template <>
struct Facts<DocumentDisclosed> : CommonFacts {
  std::optional<Index> document;  // that the entry names
};

template <>
struct Facts<AuditAttested> : CommonFacts {
  std::vector<std::optional<Index>> by;  // unset: unknown
  std::optional<Index> account;
  std::optional<Index> party;        // that the scope names, or the section of its account
  std::vector<Index> appointed_by;   // Parties for which the only one of `by` is a verifier now
  std::optional<crypto::Hash> root;  // over so many entries; unset: none is kept
  Seq kept_before = 0;               // the largest size below that one of which a root is kept
};

template <>
struct Facts<StateCommitted> : CommonFacts {
  StateRoot committed;  // to the state behind the entries so far
};

[[nodiscard]] Facts<DocumentDisclosed> resolve(const State&, const Event&, const DocumentDisclosed&,
                                               const Context&);
[[nodiscard]] Facts<AuditAttested> resolve(const State&, const Event&, const AuditAttested&,
                                           const Context&);
// Brings up the committed state of the context, unless the event is of another place.
// Precondition: the context has one.
[[nodiscard]] Facts<StateCommitted> resolve(const State&, const Event&, const StateCommitted&,
                                            const Context&);

void evolve(State&, const Case<DocumentDisclosed>&, Effects&);
void evolve(State&, const Case<AuditAttested>&, Effects&);
void evolve(State&, const Case<StateCommitted>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<DocumentDisclosed>> rules_of<DocumentDisclosed>();
template <>
std::span<const Rule<AuditAttested>> rules_of<AuditAttested>();
template <>
std::span<const Rule<StateCommitted>> rules_of<StateCommitted>();

}  // namespace ledger
