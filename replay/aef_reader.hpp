// AEF tables as their reader takes them: cells by column, blocks of units by what identifies them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "ledger/ranges.hpp"
#include "replay/aef.hpp"

namespace replay::aef {

// What tells blocks apart whose serials are equal; in either profile.
struct BlockKey {
  std::string approach;
  std::string host;
  std::string registry;  // originating
  std::int64_t vintage = 0;
  auto operator<=>(const BlockKey&) const = default;
};

// A row of a table; refers to the AEF.
class RowReader {
 public:
  RowReader(const Aef& aef, AefTable table, std::size_t row)
      : aef_(&aef), table_(table), row_(row) {}

  // By the column's technical name. Precondition: the table has it.
  [[nodiscard]] const Cell& cell(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name) const { return text_of(cell(name)); }
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  // Whether the cell is empty or says that it does not apply.
  [[nodiscard]] bool is_blank(std::string_view name) const;

  // Of tables 3 and 4. Nothing where the row does not say which units it is of.
  [[nodiscard]] std::optional<ledger::Range> range() const;
  [[nodiscard]] BlockKey key() const;
  // The quantity in whichever metric.
  [[nodiscard]] std::optional<std::int64_t> quantity() const;

  [[nodiscard]] const AefRow& row() const { return aef_->rows(table_)[row_]; }
  [[nodiscard]] std::string place() const;  // "Table 3 Actions, row 2", from 1

 private:
  [[nodiscard]] std::optional<ledger::Serial> serial(std::string_view name) const;

  const Aef* aef_;
  AefTable table_;
  std::size_t row_;
};

[[nodiscard]] std::vector<RowReader> read_rows(const Aef& aef, AefTable table);

// Whether both rows are of some of the same units.
[[nodiscard]] bool overlap(const RowReader& a, const RowReader& b);

}  // namespace replay::aef
