// Ed25519 keys as PEM, as `openssl genpkey -algorithm ed25519` and `openssl pkey -pubout` write
// them (RFC 8410, RFC 7468).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace crypto {

// PKCS#8, version 1 or 2, not encrypted; nothing otherwise. Text before the first dashes is
// refused.
[[nodiscard]] std::optional<SecretKey> parse_private_pem(std::string_view pem);
// Holds the secret in ordinary memory: write it to the file and wipe it.
[[nodiscard]] std::string format_private_pem(const SecretKey& key);
// Overwrites the text with zeros, and not by a store that the compiler may leave out.
void wipe(std::string& text);

[[nodiscard]] std::optional<PublicKey> parse_public_pem(std::string_view pem);
[[nodiscard]] std::string format_public_pem(const PublicKey& key);

// SHA-256 of the key's SubjectPublicKeyInfo: DSSE's keyid, and what
// `openssl pkey -pubin -outform DER | sha256sum` prints.
[[nodiscard]] Hash key_fingerprint(const PublicKey& key);

}  // namespace crypto
