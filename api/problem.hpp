// Refusals as RFC 9457 problems, in the form of events.md, decision 15.
#pragma once

#include <string>

#include "api/http.hpp"
#include "api/refusal.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/clause.hpp"

namespace api {

// The HTTP status that hangs on a kind of clause.
[[nodiscard]] int status_of(ledger::Kind kind);

// Texts of JSON objects. A fault is of the request, and no clause of the ledger.
[[nodiscard]] std::string describe(const Fault& fault);
// A violation that is no verdict on an event: the server is full, or storage failed.
[[nodiscard]] std::string describe(const ledger::Violation& violation);
// A verdict on an event, with the refusal that the service key signs.
[[nodiscard]] std::string describe(const ledger::Violation& violation, const Refusal& refusal,
                                   const crypto::SecretKey& service_key);

// The answer that carries such a text.
[[nodiscard]] Response problem_answer(int status, std::string object, bool demonstration);

}  // namespace api
