#include "ledger/json_characters.hpp"

#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace ledger::json {

namespace {

static_assert(std::endian::native == std::endian::little, "eight bytes are scanned as one word");

constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t high_bits = 0x8080808080808080;

// The high bit of each byte that is less than limit. Bytes above the first such may be wrong too.
constexpr std::uint64_t less(std::uint64_t word, std::uint64_t limit) {
  return (word - ones * limit) & ~word & high_bits;
}

constexpr std::uint64_t equal(std::uint64_t word, std::uint64_t byte) {
  return less(word ^ (ones * byte), 1);
}

constexpr bool is_plain(char byte) {
  return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

constexpr bool in(char32_t code, char32_t first, char32_t last) {
  return code >= first && code <= last;
}

}  // namespace

Character first_character(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const unsigned size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size == 0 || text.size() < size) return {};
  char32_t code = lead & (0x7fU >> size);
  for (unsigned i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[size] || code > 0x10ffff || in(code, 0xd800, 0xdfff)) return {};
  return {code, size};
}

std::string describe_first(std::string_view text) {
  if (text.empty()) return "the end of the text";
  const Character character = first_character(text);
  if (character.code == ' ') return "a space";
  if (character.code > ' ' && character.code < 0x7f) return {'\'', text[0], '\''};
  char name[16];
  if (character.size == 0) {
    std::snprintf(name, sizeof name, "byte 0x%02x", static_cast<unsigned char>(text[0]));
  } else {
    std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(character.code));
  }
  return name;
}

bool is_allowed(char32_t code) {
  if (code < 0x20 || in(code, 0x7f, 0x9f)) return false;
  if (code < 0x061c) return true;
  if (code == 0x061c || in(code, 0x200e, 0x200f) || in(code, 0x202a, 0x202e)) return false;
  if (in(code, 0x2066, 0x2069) || code == 0xfeff) return false;
  return !in(code, 0xfdd0, 0xfdef) && (code & 0xfffe) != 0xfffe;
}

const char* skip_plain(const char* at, const char* end) {
  while (end - at >= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t stops = (word & high_bits) | less(word, 0x20) | equal(word, '"') |
                                equal(word, '\\') | equal(word, 0x7f);
    if (stops != 0) return at + std::countr_zero(stops) / 8;
    at += 8;
  }
  while (at != end && is_plain(*at)) ++at;
  return at;
}

}  // namespace ledger::json
