#include "crypto/note_text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace crypto {
namespace {

constexpr std::size_t longest_key_name = 255;

// How many bytes the first one says that a character has, its own bits, and the least code that
// needs so many bytes.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;
};

std::optional<Lead> lead_of(unsigned char first) {
  if (first < 0x80) return Lead{1, first, 0};
  if ((first & 0xe0) == 0xc0) return Lead{2, first & 0x1fu, 0x80};
  if ((first & 0xf0) == 0xe0) return Lead{3, first & 0x0fu, 0x800};
  if ((first & 0xf8) == 0xf0) return Lead{4, first & 0x07u, 0x10000};
  return std::nullopt;
}

bool is_scalar(char32_t code) {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

// Cuts the first character off; nothing where it is not UTF-8. Precondition: text is not empty.
std::optional<char32_t> take_character(std::string_view& text) {
  const auto lead = lead_of(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() < lead->length) return std::nullopt;
  char32_t code = lead->bits;
  for (const char byte : text.substr(1, lead->length - 1)) {
    const unsigned char next = static_cast<unsigned char>(byte);
    if ((next & 0xc0) != 0x80) return std::nullopt;
    code = code << 6 | (next & 0x3f);
  }
  if (code < lead->least || !is_scalar(code)) return std::nullopt;
  text.remove_prefix(lead->length);
  return code;
}

// The property White_Space of Unicode.
bool is_space(char32_t code) {
  constexpr std::array<char32_t, 10> single = {0x20,   0x85,   0xa0,   0x1680, 0x2028,
                                               0x2029, 0x202f, 0x205f, 0x3000, 0x09};
  if ((code >= 0x0a && code <= 0x0d) || (code >= 0x2000 && code <= 0x200a)) return true;
  return std::find(single.begin(), single.end(), code) != single.end();
}

bool is_key_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '_' ||
         c == '-';
}

}  // namespace

bool is_note_text(std::string_view text) {
  while (!text.empty()) {
    const auto code = take_character(text);
    if (!code || (*code < 0x20 && *code != '\n')) return false;
  }
  return true;
}

bool is_signer_name(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const auto code = take_character(name);
    if (!code || *code == '+' || is_space(*code)) return false;
  }
  return true;
}

bool is_key_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_key_name &&
         std::all_of(name.begin(), name.end(), is_key_name_character);
}

}  // namespace crypto
