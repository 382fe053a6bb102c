// What is signed: the DSSE pre-authentication encoding of a type and bytes (DSSE v1.0.2).
#pragma once

#include <string>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto {

// One type a purpose of signing, so that a signature never means two things.
inline constexpr std::string_view event_type = "application/vnd.itmo-ledger.event.v1+json";
inline constexpr std::string_view refusal_type = "application/vnd.itmo-ledger.refusal.v1+json";

// "DSSEv1" SP length(type) SP type SP length(body) SP body; lengths are decimal counts of bytes.
[[nodiscard]] std::string pae(std::string_view type, std::string_view body);

// A signature and the key that made it.
struct KeySignature {
  PublicKey key;
  Signature signature;
  bool operator==(const KeySignature&) const = default;
};

}  // namespace crypto
