#include "ledger/codec_forms.hpp"

namespace ledger::codec {
namespace {

constexpr bool is_upper(char c) {
  return 'A' <= c && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return 'a' <= c && c <= 'z';
}
constexpr bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

template <class Predicate>
bool all_of(std::string_view s, Predicate holds) {
  return std::all_of(s.begin(), s.end(), holds);
}

bool has_length(std::string_view s, std::size_t least, std::size_t most) {
  return least <= s.size() && s.size() <= most;
}

constexpr bool is_code_character(char c) {
  return is_lower(c) || c == '_';
}

}  // namespace

bool is_id(std::string_view s) {
  return has_length(s, 1, 64) && all_of(s, [](char c) {
           return is_upper(c) || is_lower(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
         });
}

bool is_party_id(std::string_view s) {
  return s.size() == 3 && all_of(s, is_upper);
}

bool is_registry_id(std::string_view s) {
  return s.size() == 5 && is_party_id(s.substr(0, 3)) && all_of(s.substr(3), is_digit);
}

bool is_carp(std::string_view s) {
  return s.size() == 6 && s.substr(0, 2) == "CA" && all_of(s.substr(2), is_digit);
}

bool is_event_type(std::string_view s) {
  const std::size_t dot = s.find('.');
  return dot != std::string_view::npos && has_length(s.substr(0, dot), 1, 32) &&
         has_length(s.substr(dot + 1), 1, 32) && all_of(s.substr(0, dot), is_code_character) &&
         all_of(s.substr(dot + 1), is_code_character);
}

bool is_code(std::string_view s) {
  return has_length(s, 1, 64) && all_of(s, is_code_character);
}

bool is_report_version(std::string_view s) {
  const std::size_t dot = s.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view major = s.substr(0, dot), minor = s.substr(dot + 1);
  const auto is_number = [](std::string_view part) {
    return has_length(part, 1, 6) && all_of(part, is_digit) && (part.size() == 1 || part[0] != '0');
  };
  return is_number(major) && major != "0" && is_number(minor);
}

bool is_media_type(std::string_view s) {
  const std::size_t slash = s.find('/');
  if (slash == std::string_view::npos) return false;
  const auto is_name = [](std::string_view part) {
    return has_length(part, 1, 127) && all_of(part, [](char c) {
             return is_lower(c) || is_digit(c) || c == '.' || c == '+' || c == '-';
           });
  };
  return is_name(s.substr(0, slash)) && is_name(s.substr(slash + 1));
}

bool is_language(std::string_view s) {
  const auto is_letter = [](char c) { return is_lower(c) || is_upper(c); };
  std::size_t end = std::min(s.find('-'), s.size());
  if (!has_length(s.substr(0, end), 2, 8) || !all_of(s.substr(0, end), is_letter)) return false;
  for (int parts = 0; end < s.size(); ++parts) {
    s.remove_prefix(end + 1);
    end = std::min(s.find('-'), s.size());
    const bool good = parts < 7 && has_length(s.substr(0, end), 1, 8) &&
                      all_of(s.substr(0, end), [&](char c) { return is_letter(c) || is_digit(c); });
    if (!good) return false;
  }
  return true;
}

bool is_origin(std::string_view s) {
  return has_length(s, 1, 255) && all_of(s, [](char c) {
           return is_lower(c) || is_digit(c) || c == '.' || c == '/' || c == '_' || c == '-';
         });
}

bool is_text(std::string_view s) {
  return has_length(s, 1, 256);
}

bool is_verifier_key(std::string_view s) {
  return has_length(s, 1, 320) && all_of(s, [](char c) { return '!' <= c && c <= '~'; });
}

std::string TextForm::expected() const {
  return std::string(what) + ", as \"" + std::string(example) + '"';
}

void TextForm::read(Decoder& io, json::Value found, std::string& value) const {
  if (!found.is_string()) return io.wrong_type(found, expected());
  const std::string_view read = found.string();
  if (!holds(read)) return io.wrong_form(found, expected());
  value = read;
}

std::string IntegerForm::expected() const {
  return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

std::optional<std::int64_t> IntegerForm::integer(Decoder& io, json::Value found) const {
  if (!found.is_integer()) {
    io.wrong_type(found, expected());
    return std::nullopt;
  }
  const std::int64_t value = found.integer();
  if (value < least || value > most) {
    io.wrong_form(found, expected());
    return std::nullopt;
  }
  return value;
}

void FlagForm::read(Decoder& io, json::Value found, bool& value) const {
  if (!found.is_boolean()) return io.wrong_type(found, expected());
  value = found.boolean();
}

std::string expected_code(const std::string_view* names, std::size_t n) {
  std::string out = "one of ";
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) out += ", ";
    out += '"' + std::string(names[i]) + '"';
  }
  return out;
}

std::optional<std::size_t> read_code(Decoder& io, json::Value found, const std::string_view* names,
                                     std::size_t n) {
  if (!found.is_string()) {
    io.wrong_type(found, expected_code(names, n));
    return std::nullopt;
  }
  const auto* const name = std::find(names, names + n, found.string());
  if (name == names + n) {
    io.wrong_form(found, expected_code(names, n));
    return std::nullopt;
  }
  return static_cast<std::size_t>(name - names);
}

void DateForm::read(Decoder& io, json::Value found, Date& value) const {
  if (!found.is_string()) return io.wrong_type(found, expected());
  const auto read = parse_date(found.string());
  if (!read) return io.wrong_form(found, expected());
  value = *read;
}

void TimestampForm::read(Decoder& io, json::Value found, Timestamp& value) const {
  if (!found.is_string()) return io.wrong_type(found, expected());
  const auto read = parse_timestamp(found.string());
  if (!read) return io.wrong_form(found, expected());
  value = *read;
}

void HexForm::read_bytes(Decoder& io, json::Value found,
                         std::array<std::uint8_t, 32>& bytes) const {
  if (!found.is_string()) return io.wrong_type(found, expected());
  if (!crypto::read_hex(found.string(), bytes)) io.wrong_form(found, expected());
}

bool is_list(Decoder& io, json::Value found, std::size_t most) {
  if (!found.is_array()) {
    io.wrong_type(found, "a list");
    return false;
  }
  if (found.size() > most) {
    io.fail(FMT_14, io.path() + " has " + std::to_string(found.size()) + " elements; at most " +
                        std::to_string(most) + " stand here. Spread them over several events.");
    return false;
  }
  return true;
}

void not_ascending(Decoder& io, json::Value found, std::size_t index, std::string_view by) {
  auto element = found.elements().begin();
  for (std::size_t i = 1; i < index; ++i) ++element;
  const json::Value before = *element;
  const json::Value here = *++element;
  const Decoder::Step step(io, index);
  io.fail(FMT_14, io.path() + " (" + shown(here) +
                      ") does not ascend from the element before it (" + shown(before) +
                      "). Sort the list by " + std::string(by) + " and name nothing twice.");
}

std::string expected_list(std::size_t most, const std::string& element) {
  return "a list of at most " + std::to_string(most) + ", each " + element;
}

bool is_pair(Decoder& io, json::Value found, std::string_view what) {
  if (!found.is_array()) {
    io.wrong_type(found, "a list of two, " + std::string(what));
    return false;
  }
  if (found.size() != 2) {
    io.wrong_form(found, "a list of two, " + std::string(what));
    return false;
  }
  return true;
}

}  // namespace ledger::codec
