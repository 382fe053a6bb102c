// The documents that events name: who answers for each, and whether it can be read.
#pragma once

#include <optional>

#include "crypto/bytes.hpp"
#include "ledger/effects.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Adds every document that the event names to the state, in the order of its members' names. After
// the event changed the state: what it names exists.
void name_documents(State& state, const Event& event, const Context& context, Effects& effects);

// The document of that hash that the entry named; the first of them, where it named it twice.
[[nodiscard]] std::optional<Index> document_of(const State& state, Seq entry,
                                               const crypto::Hash& sha256);

// What a title is committed to by: SHA-256 over the salt's 32 bytes and the title in UTF-8.
[[nodiscard]] crypto::Hash commitment_of(const DocumentDisclosed::Opening& opening);

}  // namespace ledger
