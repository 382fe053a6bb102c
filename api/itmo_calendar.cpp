#include "api/itmo_calendar.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "ledger/time.hpp"

namespace api::itmo {
namespace {

using ledger::Year;

std::optional<Year> parse_year(std::string_view text) {
  Year year = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), year);
  const bool is_year = fault == std::errc() && end == text.data() + text.size() && text.size() == 4;
  return is_year ? std::optional(year) : std::nullopt;
}

// "2030=…": the last year of a period, and the rest.
std::optional<std::pair<Year, std::string>> split(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos) return std::nullopt;
  const std::optional<Year> last = parse_year(std::string_view(text).substr(0, at));
  return last ? std::optional(std::pair{*last, text.substr(at + 1)}) : std::nullopt;
}

}  // namespace

void CalendarOptions::add_to(CLI::App& command) {
  command.add_option("--biennial-report", reports_,
                     "2030=2032: the first biennial report with the last year of the NDC period "
                     "that ends with 2030 is due at the end of 2032");
  command.add_option("--final-from", finals_,
                     "2030=2033-06-01: that day the adjustments of the NDC period that ends with "
                     "2030 become final");
}

Told<> CalendarOptions::read() {
  for (const std::string& text : reports_) {
    const auto parts = split(text);
    const auto year = parts ? parse_year(parts->second) : std::nullopt;
    if (!year) {
      return tell("--biennial-report " + text + " says no year; write it as 2030=2032");
    }
    if (*year <= parts->first) {
      return tell("--biennial-report " + text + ": the report comes after the period's last year");
    }
    calendar_.biennial_report[parts->first] = *year;
  }
  for (const std::string& text : finals_) {
    const auto parts = split(text);
    const auto day = parts ? ledger::parse_date(parts->second) : std::nullopt;
    if (!day) return tell("--final-from " + text + " says no day; write it as 2030=2033-06-01");
    calendar_.final_from[parts->first] = *day;
  }
  return {};
}

}  // namespace api::itmo
