// The agreed electronic format of a Party's year (4/CMA.6, annex II), from the books of a log at
// one entry. The columns, words and choices are in spec/aef.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "replay/books.hpp"

namespace replay {

// Two ways to write the same tables, since the official sources differ in them.
enum class AefProfile : std::uint8_t {
  carp_checker,       // as the secretariat's syntax checker reads them
  nomenclature_2026,  // as the common nomenclatures of 17 February 2026 write them
};
[[nodiscard]] std::string_view name_of(AefProfile profile);  // "carp-checker"
[[nodiscard]] std::optional<AefProfile> parse_aef_profile(std::string_view name);

// What is reported, and how.
struct AefRequest {
  ledger::Id party;
  ledger::Year year = 0;                  // 1 January to 31 December, UTC
  std::string version = "1.0";            // of the submission
  std::optional<ledger::Date> submitted;  // nothing: the day of the last entry
  AefProfile profile = AefProfile::carp_checker;
};
// "1.0": a number from 1, a point, a number.
[[nodiscard]] bool is_aef_version(std::string_view text);

// Which log the books are of.
struct Provenance {
  std::string ledger;  // its origin name
  bool demonstration = false;
};

// Nothing, text, a whole number, or a day.
using Cell = std::variant<std::monostate, std::string, std::int64_t, ledger::Date>;
// As tables of text print it: a day as dd/mm/yyyy.
[[nodiscard]] std::string text_of(const Cell& cell);
[[nodiscard]] std::string slashed(ledger::Date date);  // "20/11/2028"

struct AefColumn {
  std::string_view header;    // exactly as in the decision
  std::string_view name;      // in the common nomenclatures
  bool closes_group = false;  // an empty column stands behind it in the official sheet
};

struct AefSheet {
  std::string_view name;     // of the worksheet
  std::string_view heading;  // inside it, and in the summary sheet
  std::span<const AefColumn> columns;
};
inline constexpr std::size_t aef_tables = 5;
enum class AefTable : std::uint8_t { submission, authorizations, actions, holdings, entities };
[[nodiscard]] const AefSheet& sheet_of(AefTable table);
inline constexpr std::array<AefTable, aef_tables> all_aef_tables{
    AefTable::submission, AefTable::authorizations, AefTable::actions, AefTable::holdings,
    AefTable::entities};

struct AefRow {
  std::vector<Cell> cells;           // as many as the table has columns
  std::vector<ledger::Seq> entries;  // that it comes from, ascending
  std::string registry;              // of tables 3 and 4: which issued the units
  bool operator==(const AefRow&) const = default;
};

struct Aef {
  AefRequest request;  // submitted is filled in
  Provenance provenance;
  ledger::Seq entry = 0;   // as of this one, included
  ledger::Timestamp time;  // of that entry
  std::array<std::vector<AefRow>, aef_tables> tables;

  [[nodiscard]] const std::vector<AefRow>& rows(AefTable table) const {
    return tables[static_cast<std::size_t>(table)];
  }
};

// The tables of a Party's year as the books stand. Precondition: the books have an entry, and know
// the Party; the version is one.
[[nodiscard]] Aef make_aef(const Books& books, const AefRequest& request,
                           const Provenance& provenance);

// What a sentence says of a request that make_aef cannot take, or nothing.
[[nodiscard]] std::optional<std::string> problem_of(const Books& books, const AefRequest& request);

}  // namespace replay
