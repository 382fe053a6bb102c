// Checking what a server answered, offline: a receipt against the log's key, a refusal against the
// service key.
#pragma once

#include <string>
#include <string_view>

#include "api/itmo_draft.hpp"
#include "api/receipt_text.hpp"
#include "api/refusal.hpp"
#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"

namespace api::itmo {

// What a receipt proved.
struct Proven {
  Draft draft;                    // the entry; every signature verifies
  crypto::Checkpoint checkpoint;  // that the log key signed and that contains it
};
// Fails with a sentence that says which step does not hold (replay/receipt.hpp).
[[nodiscard]] Told<Proven> prove(const ReceiptText& receipt, const crypto::LogKeys& log_keys);

// A refusal that the service key signed, as a problem carries it.
struct RefusalText {
  std::string signed_text;
  std::string signature;  // base64
  std::string detail;     // for people, and not signed
  bool demonstration = false;
};
// Fails where the problem carries no signed refusal; the sentence is then the problem's own.
[[nodiscard]] Told<RefusalText> parse_refusal(std::string_view problem);
[[nodiscard]] Told<Refusal> prove(const RefusalText& text, const crypto::PublicKey& service_key);

}  // namespace api::itmo
