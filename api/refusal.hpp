// A refusal that can be shown to others: what the service key signs when a submission is turned
// away, so that whoever sent it can prove that they tried (events.md, decision 15).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/machine.hpp"
#include "ledger/time.hpp"

namespace api {

struct Refusal {
  ledger::TreeHead checkpoint;  // the newest one published when it was refused
  std::string clause;           // id: "TRF-2"
  crypto::Hash event;      // of the event's bytes; of the whole submission where it is malformed
  std::string ledger;      // origin
  ledger::Timestamp time;  // by the server's clock
  bool operator==(const Refusal&) const = default;
};

// The canonical text, as it is signed:
// {"checkpoint":{"root":"<hex>","size":n},"clause":"TRF-2","event":"<hex>","ledger":"…","time":"…"}
[[nodiscard]] std::string encode_refusal(const Refusal& refusal);
// Nothing unless it is what encode_refusal makes of some refusal.
[[nodiscard]] std::optional<Refusal> decode_refusal(std::string_view text);

// Over the PAE of crypto::refusal_type and the text.
[[nodiscard]] crypto::Signature sign_refusal(std::string_view text, const crypto::SecretKey& key);
[[nodiscard]] bool verify_refusal(std::string_view text, const crypto::PublicKey& service_key,
                                  const crypto::Signature& signature);

}  // namespace api
