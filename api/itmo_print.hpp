// How `itmo` prints an event: first the sentences of its bytes, then its signatures.
#pragma once

#include <iosfwd>

#include "api/itmo_draft.hpp"

namespace api::itmo {

// The sentences of the event, its hash, and its place in the log where the draft is an entry.
void print_event(std::ostream& out, const Draft& draft);

// One line a signature. False where one does not verify.
[[nodiscard]] bool print_signatures(std::ostream& out, const Draft& draft);

}  // namespace api::itmo
