// Vectors that tell the strict profile from looser ones (spec/signatures.md), tried at every start:
// a library that accepts more than auditors' tools do would admit what they call invalid.
#include <sodium.h>

#include <array>

#include "crypto/ed25519.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::string_view message = "itmo-ledger ed25519 profile";
constexpr std::string_view honest_key =
    "fdc091b9356158e368f7f74469b5800f9a50a62fea2e65514ebad59c24620f54";
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
    {honest_key, "2b3cd48934374277f313d7ba03e649547cdfcc4eeabc70888e6918f2fbad209e",
     "18265ccb515c75313afb41e8240a2bf25bbb10788cca58ce15c17115b039ac04", true,
     "the linked libsodium refuses a valid Ed25519 signature"},
    {honest_key, "41b8bc758406e6e7ddd0d0126b37803f05ed77767bcfaf1146dfb78211019cb8",
     "c68bb632f34376f16f0158ae41ed7b18e1bb0a8ab0dd58991b06f9cac1eedd05", false,
     "the linked libsodium accepts a signature whose R has a part of order 8: it checks the "
     "cofactored equation, and OpenSSL and Go would refuse what it admits"},
    {honest_key, "92073497bfe6d9a41a57c6d6aeeaad9e85b5e54509cf23217a780e3d1896535a",
     "0c8b824dea493aa09cba0ea4a4693acf17732b98549ea66e9e805f66a17cea09", false,
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
Bytes bytes_from(std::string_view hex) {
  const auto raw = from_hex(hex);
  const auto bytes = raw ? Bytes::from(*raw) : std::nullopt;
  require(bytes.has_value(), "the vectors of the self-test are hex of the right length");
  return *bytes;
}

bool agrees(const SignatureVector& vector) {
  const auto key = bytes_from<PublicKey>(vector.key);
  const auto signature = bytes_from<Signature>(std::string(vector.r).append(vector.s));
  return verify(key, message, signature) == vector.holds;
}

}  // namespace

std::optional<std::string> self_test() {
  if (sodium_init() < 0) return "libsodium cannot start: the system gives it no randomness";
  for (const SignatureVector& vector : signature_vectors) {
    if (!agrees(vector)) return vector.sentence;
  }
  if (!is_valid_public_key(bytes_from<PublicKey>(honest_key))) {
    return "the linked libsodium refuses a valid Ed25519 public key";
  }
  for (const std::string_view key : twisted_keys) {
    if (is_valid_public_key(bytes_from<PublicKey>(key))) {
      return "the linked libsodium takes a key of order 2L for one of prime order "
             "(CVE-2025-69277): install a libsodium in which that is mended";
    }
  }
  return std::nullopt;
}

}  // namespace crypto
