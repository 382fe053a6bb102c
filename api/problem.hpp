// Refusals as RFC 9457 problems, in the form of events.md, decision 15.
#pragma once

#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/refusal.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/clause.hpp"

namespace api {

// The HTTP status that hangs on a kind of clause.
[[nodiscard]] int status_of(ledger::Kind kind);

// Texts of JSON objects. A fault is of the request, and no clause of the ledger.
[[nodiscard]] std::string describe(const Fault& fault);
// A violation that is no verdict on an event: the server is full, or storage failed. The sentence
// is about what became of what was asked.
[[nodiscard]] std::string describe(const ledger::Violation& violation,
                                   std::string_view consequence = {});
inline constexpr std::string_view nothing_was_recorded = "Nothing was recorded.";
inline constexpr std::string_view perhaps_recorded =
    "Whether the event was recorded shows when the server is back: send the very same event again "
    "then; it is recorded once.";

// A verdict on an event, with the refusal that the service key signs.
[[nodiscard]] std::string describe(const ledger::Violation& violation, const Refusal& refusal,
                                   const crypto::SecretKey& service_key);

// The answer that carries such a text.
[[nodiscard]] Response problem_answer(int status, std::string object, bool demonstration);

}  // namespace api
