#include "crypto/text.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// No digit has this bit, so that one test tells whether any of several characters was no digit.
constexpr std::uint8_t no_digit = 0x80;

// The value of each character; a table because signatures are decoded for every entry of a replay.
using Values = std::array<std::uint8_t, 256>;

constexpr Values values_of(std::string_view digits) {
  Values values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr Values hex_values = values_of(hex_digits);
constexpr Values base64_values = values_of(base64_digits);

unsigned value(const Values& values, char c) {
  return values[static_cast<unsigned char>(c)];
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::uint8_t low_byte(unsigned bits) {
  return static_cast<std::uint8_t>(bits & 0xff);
}

std::span<std::uint8_t> bytes_of(std::string& text) {
  return {reinterpret_cast<std::uint8_t*>(text.data()), text.size()};
}

// How many of the last four characters are padding. Precondition: at least four characters, or
// none.
std::size_t padding_of(std::string_view text) {
  if (text.empty() || text.back() != '=') return 0;
  return text[text.size() - 2] == '=' ? 2 : 1;
}

// Three bytes from each four digits of `text`; false where a character is not a digit.
bool decode_groups(std::string_view text, std::uint8_t* out) {
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const unsigned a = value(base64_values, text[at]);
    const unsigned b = value(base64_values, text[at + 1]);
    const unsigned c = value(base64_values, text[at + 2]);
    const unsigned d = value(base64_values, text[at + 3]);
    if (((a | b | c | d) & no_digit) != 0) return false;
    *out++ = low_byte(a << 2 | b >> 4);
    *out++ = low_byte(b << 4 | c >> 2);
    *out++ = low_byte(c << 6 | d);
  }
  return true;
}

// One or two bytes from a last group that is padded; false where a character is not a digit or a
// bit is set that no byte takes.
bool decode_padded(std::string_view group, std::size_t padding, std::uint8_t* out) {
  const unsigned a = value(base64_values, group[0]);
  const unsigned b = value(base64_values, group[1]);
  const unsigned c = padding == 1 ? value(base64_values, group[2]) : 0;
  if (((a | b | c) & no_digit) != 0) return false;
  *out++ = low_byte(a << 2 | b >> 4);
  if (padding == 2) return (b & 0x0f) == 0;
  *out = low_byte(b << 4 | c >> 2);
  return (c & 0x03) == 0;
}

}  // namespace

// Through a pointer: each character might otherwise have changed where those of `out` lie.
void append_hex(std::string& out, std::string_view bytes) {
  const std::size_t before = out.size();
  out.resize(before + bytes.size() * 2);
  char* to = out.data() + before;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    *to++ = hex_digits[byte_at(bytes, i) >> 4];
    *to++ = hex_digits[byte_at(bytes, i) & 0x0f];
  }
}

std::string to_hex(std::string_view bytes) {
  std::string out;
  append_hex(out, bytes);
  return out;
}

bool read_hex(std::string_view hex, std::span<std::uint8_t> out) {
  if (hex.size() != 2 * out.size()) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned high = value(hex_values, hex[2 * i]);
    const unsigned low = value(hex_values, hex[2 * i + 1]);
    if (((high | low) & no_digit) != 0) return false;
    out[i] = low_byte(high << 4 | low);
  }
  return true;
}

std::optional<std::string> from_hex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  return read_hex(hex, bytes_of(out)) ? std::optional(std::move(out)) : std::nullopt;
}

void append_base64(std::string& out, std::string_view bytes) {
  const std::size_t before = out.size();
  out.resize(before + (bytes.size() + 2) / 3 * 4, '=');
  char* to = out.data() + before;
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    const unsigned group =
        byte_at(bytes, at) << 16 | byte_at(bytes, at + 1) << 8 | byte_at(bytes, at + 2);
    for (int shift = 18; shift >= 0; shift -= 6) *to++ = base64_digits[group >> shift & 0x3f];
  }
  const std::size_t rest = bytes.size() - at;
  if (rest == 0) return;
  const unsigned group = byte_at(bytes, at) << 8 | (rest == 2 ? byte_at(bytes, at + 1) : 0);
  *to++ = base64_digits[group >> 10];
  *to++ = base64_digits[group >> 4 & 0x3f];
  if (rest == 2) *to = base64_digits[group << 2 & 0x3f];
}

std::string to_base64(std::string_view bytes) {
  std::string out;
  append_base64(out, bytes);
  return out;
}

bool read_base64(std::string_view text, std::span<std::uint8_t> out) {
  if (text.size() % 4 != 0) return false;
  const std::size_t padding = padding_of(text);
  if (text.size() / 4 * 3 - padding != out.size()) return false;
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  if (!decode_groups(text.substr(0, whole), out.data())) return false;
  return padding == 0 || decode_padded(text.substr(whole), padding, out.data() + whole / 4 * 3);
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out(text.size() / 4 * 3 - padding_of(text), '\0');
  return read_base64(text, bytes_of(out)) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::uint64_t> from_decimal(std::string_view digits) {
  if (digits.empty() || (digits.front() == '0' && digits.size() > 1)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

}  // namespace crypto
