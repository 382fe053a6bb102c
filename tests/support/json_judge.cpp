#include "tests/support/json_judge.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace test_support {

namespace {

using ledger::json::Limits;
using nlohmann::json;

// The code points of well-formed UTF-8, which the parser has checked.
std::u32string code_points(const std::string& text) {
  std::u32string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) == 0x80) {
      result.back() = result.back() << 6 | (byte & 0x3f);
    } else {
      result.push_back(byte < 0x80   ? byte
                       : byte < 0xe0 ? byte & 0x1f
                                     : byte & (byte < 0xf0 ? 15 : 7));
    }
  }
  return result;
}

bool good_string(const std::string& text, const Limits& limits) {
  if (text.size() > limits.string) return false;
  for (const char32_t code : code_points(text)) {
    if (!judge_allows(code)) return false;
  }
  return true;
}

bool good_name(const std::string& name) {
  constexpr const char* letters = "abcdefghijklmnopqrstuvwxyz";
  constexpr const char* others = "abcdefghijklmnopqrstuvwxyz0123456789_";
  return !name.empty() && name.size() <= 64 && name.find_first_of(letters) == 0 &&
         name.find_first_not_of(others) == std::string::npos;
}

bool good(const json& value, const Limits& limits) {
  constexpr std::int64_t most = (std::int64_t{1} << 53) - 1;
  if (value.is_string()) return good_string(value.get_ref<const std::string&>(), limits);
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::uint64_t{most};
  if (value.is_number_integer()) return value.get<std::int64_t>() >= -most;
  if (value.is_number_float()) return false;
  if (value.is_object() && value.size() > limits.members) return false;
  for (const auto& [name, element] : value.items()) {
    if (value.is_object() && !good_name(name)) return false;
    if (value.is_structured() && !good(element, limits)) return false;
  }
  return true;
}

}  // namespace

bool judge_accepts(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) return false;
  bool too_deep = false;
  // Depth is guarded while parsing: writing and walking recurse.
  const auto guard = [&](int depth, json::parse_event_t event, json&) {
    const bool opens =
        event == json::parse_event_t::object_start || event == json::parse_event_t::array_start;
    const bool deep = opens && depth >= static_cast<int>(limits.depth);
    too_deep = too_deep || deep;
    return !deep;
  };
  const json value = json::parse(text.begin(), text.end(), guard, false);
  return !too_deep && value.is_object() && value.dump() == text && good(value, limits);
}

bool judge_allows(char32_t code) {
  struct Span {
    char32_t first, last;
  };
  constexpr Span refused[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x61c, 0x61c},
                              {0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069},
                              {0xd800, 0xdfff}, {0xfdd0, 0xfdef}, {0xfeff, 0xfeff}};
  for (const Span& span : refused) {
    if (code >= span.first && code <= span.last) return false;
  }
  return code <= 0x10ffff && code % 0x10000 < 0xfffe;
}

}  // namespace test_support
