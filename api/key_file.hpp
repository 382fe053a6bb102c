// Secret keys as files: PKCS#8 PEM, for their owner alone (standards.md 7.3).
#pragma once

#include <filesystem>
#include <string_view>

#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace api {

// The secret key in a file that only its owner may read: mode 0600 or 0400, a regular file of this
// user. Fails with a sentence that names the file and what to do, never with bytes of it.
[[nodiscard]] Told<crypto::SecretKey> read_secret_key(const std::filesystem::path& file);

// Writes a new file of mode 0600, durably. Fails when there is a file already: a key is never
// overwritten.
[[nodiscard]] Told<> write_secret_key(const std::filesystem::path& file,
                                      const crypto::SecretKey& key);

// Writes a new file of mode 0600 with any secret text, likewise.
[[nodiscard]] Told<> write_private_file(const std::filesystem::path& file, std::string_view text);

// The public key in a PEM file, as `openssl pkey -pubout` writes it.
[[nodiscard]] Told<crypto::PublicKey> read_public_key(const std::filesystem::path& file);
[[nodiscard]] Told<> write_public_key(const std::filesystem::path& file,
                                      const crypto::PublicKey& key);

}  // namespace api
