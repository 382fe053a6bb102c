// Which clause a text breaks and at which byte; not the fast path.
#include "ledger/clauses_format.hpp"
#include "ledger/json_characters.hpp"
#include "ledger/json_reader.hpp"

namespace ledger::json {

// The end of the text and ill-formed UTF-8 go before what was expected at that place.
const char* Reader::refuse(const char* at, const Clause& clause, const std::string& sentence) {
  const std::string byte = "byte " + std::to_string(offset(at)) + ": ";
  if (at == end_) {
    fault_ = {&FMT_3, byte + "the text ends here and is not complete"};
  } else if (first_character({at, end_}).size == 0) {
    fault_ = {&FMT_2, byte + "no well-formed UTF-8 character begins with " +
                          describe_first({at, end_}) + "; send the text as UTF-8"};
  } else {
    fault_ = {&clause, byte + sentence};
  }
  return nullptr;
}

const char* Reader::refuse_syntax(const char* at, std::string_view expected) {
  const std::string found = describe_first({at, end_});
  std::string sentence = found + " stands where " + std::string(expected) + " has to stand";
  const char32_t code = first_character({at, end_}).code;
  if (code == ' ' || code == '\t' || code == '\n' || code == '\r') {
    sentence += "; canonical text has no white space outside strings";
  }
  if (code == 0xfeff) sentence += "; canonical text has no byte order mark";
  return refuse(at, FMT_3, sentence);
}

const char* Reader::refuse_start(const char* at) {
  constexpr std::string_view begins_a_value = "[\"-0123456789tfn";
  if (at == end_ || begins_a_value.find(*at) == std::string_view::npos) {
    return refuse_syntax(at, "'{'");
  }
  return refuse(
      at, FMT_4,
      describe_first({at, end_}) + " begins a value that is no object; a text begins with '{'");
}

// Of a bad form and a bad order the one that comes first. A name is out of order at the first byte
// that is lower than in the name before, or at its closing mark where no such byte came.
const char* Reader::refuse_name(const char* begin, const char* at, std::string_view last) {
  if (at - begin > static_cast<std::ptrdiff_t>(max_name_bytes)) at = begin + max_name_bytes;
  const std::string_view name(begin, static_cast<std::size_t>(at - begin));
  std::size_t same = 0;
  while (same < name.size() && same < last.size() && name[same] == last[same]) ++same;
  const bool lower = same < name.size() && same < last.size() && name[same] < last[same];
  const bool closed = stands(at, '"') && !name.empty();
  const std::string before = "the name " + quote(last) + " stands before";
  if (lower) {
    return refuse(begin + same, FMT_8,
                  before + " and is higher; sort the members by the bytes of their names");
  }
  if (closed && name == last) return refuse(at, FMT_8, before + " already; write it once");
  if (closed && name.size() < last.size()) {
    return refuse(at, FMT_8, before + " and is higher; a name goes before those it begins");
  }
  return refuse(at, FMT_8,
                "a name is 1 to 64 of the characters a-z, 0-9 and _, the first a letter");
}

// Reads the number at `at` once more, slowly, to its first bad character.
const char* Reader::refuse_number(const char* at) {
  const bool negative = *at == '-';
  at += negative;
  if (at == end_ || !is_digit(*at)) return refuse(at, FMT_6, "a digit has to follow '-'");
  if (negative && *at == '0') return refuse(at, FMT_6, "'-' and 0 do not go together; write 0");
  if (*at == '0' && at + 1 != end_ && is_digit(at[1])) {
    return refuse(at + 1, FMT_6, "a digit follows a leading zero; write the number without it");
  }
  std::int64_t magnitude = 0;
  for (; at != end_ && is_digit(*at); ++at) {
    magnitude = magnitude * 10 + (*at - '0');
    if (magnitude > max_integer) {
      return refuse(at, FMT_6,
                    "with this digit the number leaves the range that every program "
                    "reads exactly, -9007199254740991 to 9007199254740991");
    }
  }
  return refuse(at, FMT_6,
                describe_first({at, end_}) +
                    " makes this no integer; write whole numbers without fraction or "
                    "exponent");
}

}  // namespace ledger::json
