// Vectors that tell the strict profile from looser ones (spec/signatures.md), tried at every start:
// a library that accepts more than auditors' tools do would admit what they call invalid.
#include <sodium.h>

#include <array>

#include "crypto/ed25519.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::string_view message = "a6-ledger ed25519 profile";
constexpr std::string_view honest_key =
    "a78fddbec2e7270dec8eba33484c7f971b662ef2e14d47d1587e869f8c36231c";
constexpr std::string_view identity =
    "0100000000000000000000000000000000000000000000000000000000000000";

struct SignatureVector {
  std::string_view key;
  std::string_view r;
  std::string_view s;
  bool holds;
  const char* sentence;  // what is wrong with the library where the verdict is another one
};

constexpr std::array<SignatureVector, 4> signature_vectors = {{
    {honest_key, "a13ef16ee6a0706101f6c4a91685f04fb4fa486028b1e88dc30e7d53a03e10d6",
     "575cd534a4dd36661f8cc137ca941ff866744aa34924d08ae8741157e1f46300", true,
     "the linked libsodium refuses a valid Ed25519 signature"},
    {honest_key, "4c261951fba9f4ba7ece40431f212269f58becc2473c54cecda0e8f1e6f9d253",
     "ec76bac79f209ea711e4a0f2edea53ed2a64b00d06138a9155b1d7ef8b49bd03", false,
     "the linked libsodium accepts a signature whose R has a part of order 8: it checks the "
     "cofactored equation, and OpenSSL and Go would refuse what it admits"},
    {honest_key, "3ae4df0afbd9dbdaeb27e4c7cab7426f218d02f4730dc7d577060ad31af894dc",
     "268b500bb2a93fbae6e496bef6ea66567e5667b9aef8ad3905fd6fb965497808", false,
     "the linked libsodium accepts a signature whose R has a part of order 2: it checks the "
     "cofactored equation, and OpenSSL and Go would refuse what it admits"},
    {identity, identity, "0000000000000000000000000000000000000000000000000000000000000000", false,
     "the linked libsodium accepts a key of small order, under which one signature fits every "
     "message"},
}};

// Of order 2L; libsodium 1.0.20 took them for points of prime order (CVE-2025-69277).
constexpr std::array<std::string_view, 2> twisted_keys = {
    "fe894df18abf1c20088bfbe6c9ad45d42ec20663eaf7111eaea1d851da0d7f89",
    "63771c228bf60e6a02ad24d2c345a28d3598f640e26bede40c8b77fe4bf090a3"};

template <class Bytes>
Bytes bytes_from(const std::string& hex) {
  const auto raw = from_hex(hex);
  const auto bytes = raw ? Bytes::from(*raw) : std::nullopt;
  require(bytes.has_value(), "the vectors of the self-test are hex of the right length");
  return *bytes;
}

bool agrees(const SignatureVector& vector) {
  const auto key = bytes_from<PublicKey>(std::string(vector.key));
  const auto signature = bytes_from<Signature>(std::string(vector.r).append(vector.s));
  return verify(key, message, signature) == vector.holds;
}

}  // namespace

std::optional<std::string> self_test() {
  if (sodium_init() < 0) return "libsodium cannot start: the system gives it no randomness";
  for (const SignatureVector& vector : signature_vectors) {
    if (!agrees(vector)) return vector.sentence;
  }
  if (!is_valid_public_key(bytes_from<PublicKey>(std::string(honest_key)))) {
    return "the linked libsodium refuses a valid Ed25519 public key";
  }
  for (const std::string_view key : twisted_keys) {
    if (is_valid_public_key(bytes_from<PublicKey>(std::string(key)))) {
      return "the linked libsodium takes a key of order 2L for one of prime order "
             "(CVE-2025-69277): install a libsodium in which that is mended";
    }
  }
  return std::nullopt;
}

}  // namespace crypto
