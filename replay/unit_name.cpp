// The five-part identifier of a unit as text and back, and what a unit is called.
#include <algorithm>
#include <charconv>

#include "replay/answers.hpp"

namespace replay {
namespace {

bool all(std::string_view text, bool (*fits)(char)) {
  return std::all_of(text.begin(), text.end(), fits);
}
bool is_digit(char c) {
  return '0' <= c && c <= '9';
}
bool is_capital(char c) {
  return 'A' <= c && c <= 'Z';
}

bool is_approach(std::string_view text) {
  return text.size() == 6 && text.starts_with("CA") && all(text.substr(2), is_digit);
}
bool is_party(std::string_view text) {
  return text.size() == 3 && all(text, is_capital);
}
bool is_registry(std::string_view text) {
  return text.size() == 5 && is_party(text.substr(0, 3)) && all(text.substr(3), is_digit);
}

// Digits without a leading zero; nothing beyond what a serial number can be.
std::optional<ledger::Serial> parse_serial(std::string_view text) {
  ledger::Serial serial = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
  const bool number = error == std::errc() && end == text.data() + text.size();
  if (!number || text.front() == '0' || serial < 1 || serial > ledger::max_serial) {
    return std::nullopt;
  }
  return serial;
}

// Takes the commas out where they stand between groups of three, as 6/CMA.4's tables print them.
std::optional<std::string> without_commas(std::string_view text) {
  std::string digits(text);
  if (digits.find(',') == std::string::npos) return digits;
  std::string again;
  std::erase(digits, ',');
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) again += ',';
    again += digits[i];
  }
  if (again != text) return std::nullopt;
  return digits;
}

// Cuts off what stands before the next hyphen.
std::string_view take_part(std::string_view& text) {
  const std::size_t hyphen = std::min(text.find('-'), text.size());
  const std::string_view part = text.substr(0, hyphen);
  text.remove_prefix(std::min(hyphen + 1, text.size()));
  return part;
}

}  // namespace

std::string format_unit_name(const UnitName& name) {
  return name.approach + "-" + name.registry + "-" + name.party + "-" +
         std::to_string(name.serial) + "-" + std::to_string(name.vintage);
}

std::optional<UnitName> parse_unit_name(std::string_view text) {
  const std::string_view approach = take_part(text);
  const std::string_view registry = take_part(text);
  const std::string_view party = take_part(text);
  const std::optional<std::string> digits = without_commas(take_part(text));
  if (!is_approach(approach) || !is_registry(registry) || !is_party(party) || !digits ||
      digits->empty() || text.size() != 4 || !all(text, is_digit)) {
    return std::nullopt;
  }
  const std::optional<ledger::Serial> serial = parse_serial(*digits);
  if (!serial) return std::nullopt;
  Year vintage = 0;
  std::from_chars(text.data(), text.data() + text.size(), vintage);
  return UnitName{std::string(approach), std::string(registry), Id(party), *serial, vintage};
}

std::string_view noun_of(const UnitState& state) {
  return state.first_transferred ? "ITMO" : "mitigation outcome";
}

}  // namespace replay
