// Which characters a text of the ledger may hold, and how to find them in UTF-8 (spec/encoding.md).
#pragma once

#include <string>
#include <string_view>

namespace ledger::json {

// A character of UTF-8 text; size is its bytes, 0 where the bytes are not well-formed.
struct Character {
  char32_t code = 0;
  unsigned size = 0;
};

// The character that begins at the first byte, by Unicode 15, table 3-7: no overlong form, no
// surrogate, nothing above U+10FFFF. Size 0 for an empty text.
[[nodiscard]] Character first_character(std::string_view text);

// The character or the ill-formed byte that the text begins with, for a sentence: 'x', U+00E9,
// byte 0xff, the end of the text.
[[nodiscard]] std::string describe_first(std::string_view text);

// Whether a string value may hold it: everything but C0, DEL, C1, bidirectional controls
// (061C 200E 200F 202A-202E 2066-2069), noncharacters and U+FEFF.
[[nodiscard]] bool is_allowed(char32_t code);

// The first byte that is not printable ASCII or that is '"' or '\\'; end if there is none.
[[nodiscard]] const char* skip_plain(const char* at, const char* end);

// What may stand in a member's name, which begins with a letter.
[[nodiscard]] constexpr bool is_name_letter(char byte) {
  return byte >= 'a' && byte <= 'z';
}
[[nodiscard]] constexpr bool is_name_byte(char byte) {
  return is_name_letter(byte) || (byte >= '0' && byte <= '9') || byte == '_';
}

}  // namespace ledger::json
