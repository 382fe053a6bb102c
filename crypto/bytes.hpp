// Fixed-length byte strings with a meaning: a hash is never mistaken for a key.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace crypto {

// N bytes that mean what Tag says. A value: copyable, comparable bytewise, zero when default-made.
template <std::size_t N, class Tag>
struct FixedBytes {
  static constexpr std::size_t length = N;
  std::array<std::uint8_t, N> bytes{};

  // The bytes as a view; valid as long as this object is.
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), N};
  }
  // Nothing unless `raw` has exactly N bytes.
  [[nodiscard]] static std::optional<FixedBytes> from(std::string_view raw) {
    if (raw.size() != N) return std::nullopt;
    FixedBytes out;
    std::memcpy(out.bytes.data(), raw.data(), N);
    return out;
  }
  auto operator<=>(const FixedBytes&) const = default;
};

using Hash = FixedBytes<32, struct HashTag>;            // SHA-256
using PublicKey = FixedBytes<32, struct PublicKeyTag>;  // Ed25519, RFC 8032 encoding
using Signature = FixedBytes<64, struct SignatureTag>;  // Ed25519, R || S

}  // namespace crypto
