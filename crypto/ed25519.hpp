// Ed25519 (RFC 8032) in a strict profile: what is accepted here is accepted by every verifier that
// an auditor may have (spec/signatures.md).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto {

// A secret key: the seed lies in memory that core dumps leave out and that is locked as far as the
// system's limit lets it be, and is wiped at the end. Movable only; signing is safe from several
// threads.
class SecretKey {
 public:
  // Precondition: exactly 32 bytes.
  [[nodiscard]] static SecretKey from_seed(std::string_view seed);
  // A new one from the system's randomness.
  [[nodiscard]] static SecretKey generate();

  SecretKey(SecretKey&&) noexcept;
  SecretKey& operator=(SecretKey&&) noexcept;
  ~SecretKey();

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  // Deterministic: the same bytes always get the same signature.
  [[nodiscard]] Signature sign(std::string_view message) const;
  // The 32 bytes of the seed, in locked memory; valid as long as this key is. For writing key
  // files.
  [[nodiscard]] std::string_view seed() const;

 private:
  SecretKey() = default;
  struct Wipe {
    void operator()(unsigned char* locked) const;
  };
  std::unique_ptr<unsigned char, Wipe> locked_;  // seed || public key, as libsodium keeps it
  PublicKey public_key_;
};

// Whether the key may be enrolled: canonical, on the curve, of prime order (not small, no torsion).
[[nodiscard]] bool is_valid_public_key(const PublicKey& key);

// Whether the signature verifies: S below the group order, R and A canonical and not of small
// order, cofactorless equation. Any thread.
[[nodiscard]] bool verify(const PublicKey& key, std::string_view message,
                          const Signature& signature);

// Sets the library up and tries the vectors that tell the strict profile from looser ones; a
// program calls it first and stops where it returns a sentence: the linked library accepts too
// much.
[[nodiscard]] std::optional<std::string> self_test();

}  // namespace crypto
