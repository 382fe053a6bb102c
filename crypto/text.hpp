// Bytes as text and back, strictly: one text for each value, nothing repaired.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace crypto {

// Lower-case hex, two digits a byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);
void append_hex(std::string& out, std::string_view bytes);
// Nothing unless `hex` is what to_hex makes of some bytes.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);
// Fills `out`; false unless `hex` is what to_hex makes of that many bytes.
[[nodiscard]] bool read_hex(std::string_view hex, std::span<std::uint8_t> out);

// Base64 with the standard alphabet and padding (RFC 4648, section 4).
[[nodiscard]] std::string to_base64(std::string_view bytes);
void append_base64(std::string& out, std::string_view bytes);
// Nothing unless `text` is what to_base64 makes of some bytes: no white space, no missing padding,
// no stray bits.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
// Fills `out`; false unless `text` is what to_base64 makes of that many bytes.
[[nodiscard]] bool read_base64(std::string_view text, std::span<std::uint8_t> out);

// Nothing unless `digits` is what std::to_string makes of some number below 2^64.
[[nodiscard]] std::optional<std::uint64_t> from_decimal(std::string_view digits);

}  // namespace crypto
