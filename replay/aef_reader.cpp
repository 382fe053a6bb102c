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
  const auto unit = parse_unit_name(text("FirstID"));
  return {text("CooperativeApproachID"), text("FirstTransferringPartyID"),
          unit ? unit->registry : row().registry, number("Vintage").value_or(0)};
}

std::optional<std::int64_t> RowReader::quantity() const {
  const auto in_metric = number("QuantityNon-GHG");
  return in_metric ? in_metric : number("QuantityCO2");
}

std::string RowReader::place() const {
  return std::string(sheet_of(table_).name) + ", row " + std::to_string(row_ + 1);
}

std::vector<RowReader> read_rows(const Aef& aef, AefTable table) {
  std::vector<RowReader> rows;
  for (std::size_t row = 0; row < aef.rows(table).size(); ++row) rows.emplace_back(aef, table, row);
  return rows;
}

bool overlap(const RowReader& a, const RowReader& b) {
  const auto one = a.range(), other = b.range();
  return one && other && a.key() == b.key() && one->first < other->end && other->first < one->end;
}

}  // namespace replay::aef
