#include "ledger/json_reader.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ledger/clauses_format.hpp"
#include "ledger/json_characters.hpp"

namespace ledger::json {

namespace {

static_assert(std::endian::native == std::endian::little, "eight digits are read as one word");

// Up to eight digits at once.
struct Digits {
  std::uint64_t value;
  unsigned count;
};

// The digits that the eight bytes at `at` begin with. Each step joins neighbours: eight numbers of
// one digit, four of two, two of four, one of eight.
Digits leading_digits(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  word ^= 0x3030303030303030;
  const std::uint64_t others = ((word + 0x7676767676767676) | word) & 0x8080808080808080;
  const auto count = static_cast<unsigned>(std::countr_zero(others)) / 8;
  if (count == 0) return {0, 0};
  word <<= 64 - 8 * count;  // zeros before the first digit
  word = word * 10 + (word >> 8);
  word = ((word & 0x000000ff000000ff) * 0x000f424000000064 +
          ((word >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
         32;
  return {word & 0xffffffff, count};
}

// Names mostly differ in their first letter: looking is quicker than calling for it.
bool is_before(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shorter; ++i) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return a.size() < b.size();
}

}  // namespace

bool Reader::read() {
  const char* const at = stands(text_, '{') ? object(text_, 0) : refuse_start(text_);
  if (at != nullptr && at != end_) refuse_syntax(at, "the end of the text");
  return at == end_ && fault_.clause == nullptr;
}

const char* Reader::value(const char* at, unsigned depth) {
  if (at == end_) return refuse_syntax(at, "a value");
  switch (*at) {
    case '{': return object(at, depth);
    case '[': return array(at, depth);
    case '"': return string(at);
    case 't': return word(at, "true", Type::boolean);
    case 'f': return word(at, "false", Type::boolean);
    case 'n': return word(at, "null", Type::null);
    default: break;
  }
  if (is_digit(*at) || *at == '-') return integer(at);
  return refuse_syntax(at, "a value");
}

const char* Reader::object(const char* at, unsigned depth) {
  if (depth == limits_.depth) return refuse(at, FMT_5, "an object here stands too deep");
  Node* const node = open(Type::object, at++);
  if (stands(at, '}')) return close(node, at, 0);
  std::string_view last;
  for (std::uint32_t size = 1;; ++size, ++at) {
    at = name(at, last);
    if (at == nullptr) return nullptr;
    at = value(at, depth + 1);
    if (at == nullptr || stands(at, '}')) return at ? close(node, at, size) : nullptr;
    if (!stands(at, ',')) return refuse_syntax(at, "',' or '}'");
    if (size == limits_.members) {
      return refuse(at, FMT_8,
                    "a further member follows, and this object has as many as it may: " +
                        std::to_string(size));
    }
  }
}

const char* Reader::array(const char* at, unsigned depth) {
  if (depth == limits_.depth) return refuse(at, FMT_5, "an array here stands too deep");
  Node* const node = open(Type::array, at++);
  if (stands(at, ']')) return close(node, at, 0);
  for (std::uint32_t size = 1;; ++size, ++at) {
    at = value(at, depth + 1);
    if (at == nullptr || stands(at, ']')) return at ? close(node, at, size) : nullptr;
    if (!stands(at, ',')) return refuse_syntax(at, "',' or ']'");
  }
}

// Name and colon.
const char* Reader::name(const char* at, std::string_view& last) {
  if (!stands(at, '"')) return refuse_syntax(at, "a member's name in quotation marks");
  const char* const begin = ++at;
  if (at != end_ && is_name_letter(*at)) {
    do ++at;
    while (at != end_ && is_name_byte(*at));
  }
  const std::string_view name(begin, static_cast<std::size_t>(at - begin));
  if (!stands(at, '"') || name.size() > max_name_bytes || !is_before(last, name)) {
    return refuse_name(begin, at, last);
  }
  last = name;
  add(Type::string, begin - 1, ++at, static_cast<std::uint32_t>(name.size()));
  return stands(at, ':') ? at + 1 : refuse_syntax(at, "':'");
}

const char* Reader::integer(const char* at) {
  const char* const begin = at;
  const bool negative = *at == '-';
  const char* const digits = at += negative;
  std::uint64_t magnitude = 0;
  if (end_ - at >= 8) {
    const Digits some = leading_digits(at);
    magnitude = some.value;
    at += some.count;
  }
  for (; at != end_ && is_digit(*at); ++at) {
    magnitude = magnitude * 10 + static_cast<unsigned>(*at - '0');
    if (magnitude > std::uint64_t{max_integer}) break;
  }
  const bool odd_zero = stands(digits, '0') && (negative || at - digits > 1);
  const bool goes_on = at != end_ && (is_digit(*at) || *at == '.' || *at == 'e' || *at == 'E');
  if (at == digits || odd_zero || goes_on) return refuse_number(begin);
  const std::uint64_t value = negative ? 0 - magnitude : magnitude;
  add(Type::integer, begin, at, static_cast<std::uint32_t>(value),
      static_cast<std::uint32_t>(value >> 32));
  return at;
}

const char* Reader::string(const char* at) {
  const char* const begin = at + 1;
  const char* const stop = skip_plain(begin, end_);
  const auto size = static_cast<std::size_t>(stop - begin);
  if (!stands(stop, '"') || size > limits_.string) return string_with_specials(begin, stop);
  add(Type::string, at, stop + 1, static_cast<std::uint32_t>(size));
  return stop + 1;
}

namespace {
constexpr const char* too_long = "with this character the string gets longer than its limit";
}

// The rest of a string that is too long or has a character at `at` which is not plain.
const char* Reader::string_with_specials(const char* begin, const char* at) {
  std::uint32_t escapes = 0;
  for (;; at = skip_plain(at, end_)) {
    const auto size = static_cast<std::size_t>(at - begin) - escapes;
    const auto room =
        static_cast<std::ptrdiff_t>(limits_.string) - static_cast<std::ptrdiff_t>(size);
    if (room < 0) return refuse(at + room, FMT_7, too_long);  // within the plain ones just skipped
    if (at == end_) return refuse_syntax(at, "'\"'");
    if (*at == '"') {
      const auto place = static_cast<std::uint32_t>(unescaped_.size());
      if (escapes != 0) unescape(begin, at);
      add(Type::string, begin - 1, at + 1, static_cast<std::uint32_t>(size), place);
      return at + 1;
    }
    const Character character = first_character({at, end_});
    if (character.size == 0 || !is_allowed(character.code)) {
      return refuse(at, FMT_7, describe_first({at, end_}) + " may not stand in a string");
    }
    if (character.size > room) return refuse(at, FMT_7, too_long);
    at += character.size;
    if (character.code != '\\') continue;
    if (!stands(at, '"') && !stands(at, '\\')) {
      return refuse(at, FMT_7,
                    "only a quotation mark or a backslash may follow a backslash; write "
                    "every other character as itself");
    }
    ++at;
    ++escapes;
  }
}

const char* Reader::word(const char* at, std::string_view letters, Type type) {
  const char* const begin = at;
  for (const char letter : letters) {
    if (!stands(at, letter)) return refuse_syntax(at, letters);
    ++at;
  }
  add(type, begin, at, letters == "true" ? 1 : 0);
  return at;
}

void Reader::add(Type type, const char* begin, const char* end, std::uint32_t first,
                 std::uint32_t second) {
  *next_node_++ = {offset(begin), offset(end), static_cast<std::uint32_t>(type), first, second};
}

Document::Node* Reader::open(Type type, const char* begin) {
  add(type, begin, begin, 0);
  return next_node_ - 1;
}

const char* Reader::close(Node* node, const char* at, std::uint32_t size) {
  node->end = offset(at + 1);
  node->first = size;
  node->second = static_cast<std::uint32_t>(next_node_ - first_node_);
  return at + 1;
}

void Reader::unescape(const char* at, const char* end) {
  for (; at != end; ++at) {
    if (*at == '\\') ++at;
    unescaped_.push_back(*at);
  }
}

std::optional<Value> Value::find(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return member.value;
  }
  return std::nullopt;
}

Result<> Document::parse(std::string_view text, const Limits& limits) {
  ENSURE(limits.bytes < std::size_t{1} << 29, "a JSON text's limit is above what a node can hold");
  ENSURE(limits.depth >= 1 && limits.depth <= max_depth, "a JSON depth limit is not 1 to 8");
  ENSURE(limits.members >= 1, "a JSON member limit is 0");
  parsed_ = false;
  if (text.size() > limits.bytes) {
    return violates(FMT_1, "byte " + std::to_string(limits.bytes) + ": the text has " +
                               std::to_string(text.size()) + " bytes and may have " +
                               std::to_string(limits.bytes));
  }
  // A value takes a byte, and all but the first of each open array or object a separator too: no
  // text, not even one refused at its end, needs more nodes.
  const std::size_t needed = text.size() / 2 + 1 + limits.depth;
  if (capacity_ < needed) {
    nodes_ = std::make_unique_for_overwrite<Node[]>(needed);
    capacity_ = needed;
  }
  text_ = text;
  unescaped_.clear();
  Reader reader(text, limits, nodes_.get(), unescaped_);
  if (!reader.read()) return tl::unexpected<Violation>(std::move(reader.fault()));
  parsed_ = true;
  return {};
}

}  // namespace ledger::json
