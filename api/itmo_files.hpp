// The files of `itmo` that are no secrets: events, submissions, receipts, public keys.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "api/told.hpp"
#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"

namespace api::itmo {

inline constexpr std::size_t longest_file = 4ULL << 20;  // bytes

// The bytes of a file, or of standard input for "-".
[[nodiscard]] Told<std::string> read_file(const std::filesystem::path& file);

// Writes the file whole or not at all, over an older one; to standard output for "-" or "".
[[nodiscard]] Told<> write_file(const std::filesystem::path& file, std::string_view bytes);

// A public key: 64 hex digits, or else a PEM file.
[[nodiscard]] Told<crypto::PublicKey> public_key_of(const std::string& hex_or_file);

}  // namespace api::itmo
