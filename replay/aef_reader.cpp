#include "replay/aef_reader.hpp"

#include <algorithm>

#include "ledger/ensure.hpp"
#include "replay/aef_words.hpp"
#include "replay/answers.hpp"

namespace replay::aef {

const Cell& RowReader::cell(std::string_view name) const {
  const auto columns = sheet_of(table_).columns;
  const auto it = std::find_if(columns.begin(), columns.end(),
                               [&](const AefColumn& column) { return column.name == name; });
  ENSURE(it != columns.end(), "a check names a column that the table has");
  return row().cells[static_cast<std::size_t>(it - columns.begin())];
}

std::optional<std::int64_t> RowReader::number(std::string_view name) const {
  const auto* number = std::get_if<std::int64_t>(&cell(name));
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

bool RowReader::is_blank(std::string_view name) const {
  const std::string value = text(name);
  return value.empty() || value == not_applicable;
}

std::optional<ledger::Serial> RowReader::serial(std::string_view name) const {
  if (const auto number = this->number(name)) return *number;
  const auto unit = parse_unit_name(text(name));
  return unit ? std::optional(unit->serial) : std::nullopt;
}

std::optional<ledger::Range> RowReader::range() const {
  const auto first = serial("FirstID"), last = serial("LastID");
  if (!first || !last || *first < 1 || *last < *first || *last > ledger::max_serial) return {};
  return ledger::make_range(*first, *last);
}

BlockKey RowReader::key() const {
  return {text("CooperativeApproachID"), text("FirstTransferringPartyID"),
          number("Vintage").value_or(0)};
}

std::optional<std::int64_t> RowReader::quantity() const {
  const auto tonnes = number("QuantityCO2");
  return tonnes ? tonnes : number("QuantityNon-GHG");
}

std::string RowReader::place() const {
  return std::string(sheet_of(table_).name) + ", row " + std::to_string(row_ + 1);
}

std::vector<RowReader> read_rows(const Aef& aef, AefTable table) {
  std::vector<RowReader> rows;
  for (std::size_t row = 0; row < aef.rows(table).size(); ++row) rows.emplace_back(aef, table, row);
  return rows;
}

// ---- forms of cells ----

namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}
bool is_capital(char c) {
  return 'A' <= c && c <= 'Z';
}
bool is_letter(char c) {
  return is_capital(c) || ('a' <= c && c <= 'z');
}

bool all(std::string_view text, bool (*fits)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

// Letters, digits, spaces, and those of `more`.
bool all_plain(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || c == ' ' || more.find(c) != std::string_view::npos;
  });
}

bool is_code(std::string_view text) {
  return text.size() == 3 && all(text, is_capital);
}

// "XBA, XHA": every part of the list fits.
template <class Fits>
bool is_list(std::string_view text, Fits fits) {
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!fits(part)) return false;
    if (comma == text.size()) return true;
    text.remove_prefix(comma + 1);
  }
}

bool is_approach(std::string_view text) {
  return text.size() == 6 && text.starts_with("CA") && all(text.substr(2), is_digit);
}
bool is_registry(std::string_view text) {
  return text.size() == 5 && is_code(text.substr(0, 3)) && all(text.substr(3), is_digit);
}
// A Party's name as the checker takes it.
bool is_name(std::string_view text) {
  return is_capital(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || c == ' ' || c == '(' || c == ')' || c == '\'';
         });
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_timeframe(std::string_view text, AefProfile profile) {
  if (profile == AefProfile::carp_checker) {
    return text.starts_with("Occurred: from ") || text.starts_with("Use: from ");
  }
  return text.size() == 11 && all(text.substr(0, 4), is_digit) && text.substr(4, 3) == " - " &&
         all(text.substr(7), is_digit);
}

}  // namespace

bool is_well_formed(std::string_view column, const std::string& text, AefProfile profile) {
  if (text.empty()) return true;
  const bool checker = profile == AefProfile::carp_checker;
  if (column == "ParticipatingParty" || column == "AuthorizedEntityCountryOfIncorporation") {
    return checker ? is_name(text) : is_code(text);
  }
  if (column == "CooperativeApproachID") return is_approach(text);
  if (column == "AuthorizationID") return all_plain(text, "-");
  if (column == "PartyITMORegistryID") return is_registry(text);
  if (is_one_of(column, {"FirstTransferringPartyID", "TransferringPartyID", "AcquiringPartyID",
                         "Using/cancellingPartyID"})) {
    return is_code(text);
  }
  if (column == "FirstID" || column == "LastID") {
    return checker ? parse_unit_name(text).has_value() : all(text, is_digit);
  }
  if (column == "Sectors") return checker ? all_plain(text, "") : all_plain(text, ",-");
  if (column == "ActivityType") return checker ? all_plain(text, "+") : all_plain(text, ",/");
  if (column == "AuthorizedPartyIDs") return is_list(text, is_code);
  if (column == "AuthorizedEntityIDs" && checker) {
    return is_list(text, [](std::string_view part) { return all_plain(part, "-.()"); });
  }
  if (column == "PurposeForAuthorization") {
    return is_one_of(text,
                     {"NDC", "OIMP", "IMP", "OP", "NDC and OIMP", "NDC and IMP", "NDC and OP"});
  }
  if (column == "AuthorizedTimeframe") return is_timeframe(text, profile);
  return true;
}

bool insists_on(std::string_view column, AefProfile profile) {
  return profile == AefProfile::carp_checker &&
         is_one_of(column, {"AuthorizedQuantity", "ActivityType", "AuthorizedPartyIDs",
                            "AuthorizedEntityIDs"});
}

}  // namespace replay::aef
