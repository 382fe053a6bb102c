#include "api/demo_reports.hpp"

#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "api/demo_process.hpp"
#include "api/itmo_aef_files.hpp"
#include "api/itmo_study.hpp"
#include "api/itmo_wording.hpp"
#include "replay/aef_check.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;
using replay::Aef;
using replay::AefTable;

// The calendar years of the log.
std::set<ledger::Year> years_of(const replay::Books& books) {
  std::set<ledger::Year> years;
  for (const replay::Occasion& occasion : books.occasions()) {
    years.insert(ledger::year_of(ledger::date_of(occasion.time)));
  }
  return years;
}

// "6 first transfers, 10,467 units": rows and sum of a type of action.
std::string count_of(const Aef& aef, std::string_view type, std::string_view noun) {
  std::size_t rows = 0;
  std::int64_t sum = 0;
  constexpr std::size_t type_column = 1, quantity_column = 15;
  for (const replay::AefRow& row : aef.rows(AefTable::actions)) {
    if (replay::text_of(row.cells[type_column]) != type) continue;
    ++rows;
    if (const auto* quantity = std::get_if<std::int64_t>(&row.cells[quantity_column])) {
      sum += *quantity;
    }
  }
  return itmo::counted(rows, noun) + ", " + itmo::amount(sum);
}

void print(const Aef& aef) {
  std::cout << "  " << aef.request.party << ' ' << aef.request.year << ": "
            << count_of(aef, "First transfer", "first transfer") << "; "
            << count_of(aef, "Acquisition", "acquisition") << "; " << count_of(aef, "Use", "use")
            << '\n';
  const replay::AefCheck check = replay::check_aef(aef);
  std::cout << "    " << replay::word_of(check.mark) << '\n';
  for (const replay::AefFinding& finding : check.findings) {
    if (finding.remark) continue;
    std::cout << "      " << finding.number << ". " << finding.check << ", " << finding.place
              << ": " << finding.sentence << '\n';
  }
}

}  // namespace

Told<> report(const Stage& stage, const fs::path& bundle, const fs::path& directory,
              const fs::path& programs) {
  const Told<itmo::Studied> studied = itmo::study(bundle, stage.vkey_file, std::nullopt);
  if (!studied) return tell(studied.error());
  if (!studied->is_valid()) return tell("the log does not hold, so nothing is reported of it");
  const std::set<ledger::Year> years = years_of(studied->books);
  std::vector<std::string> command{programs / "itmo-audit", bundle, "--key", stage.vkey_file};
  for (const ledger::Participant& party : studied->books.participants()) {
    if (party.kind != ledger::Participant::Sort::party) continue;
    for (const ledger::Year year : years) {
      const Aef aef =
          replay::make_aef(studied->books, {party.id, year, "1.0", {}, {}}, studied->provenance);
      if (aef.rows(AefTable::actions).empty()) continue;
      print(aef);
      using replay::AefFormat;
      const auto paths =
          itmo::write_aef(aef, directory, {AefFormat::json, AefFormat::csv, AefFormat::xlsx});
      if (!paths) return tell(paths.error());
      for (const fs::path& path : *paths) command.insert(command.end(), {"--aef", path.string()});
    }
  }
  const Told<int> audited = run(command, directory / "DEMONSTRATION-audit-of-the-reports.txt");
  if (!audited) return tell(audited.error());
  return *audited == 0 ? Told<>{} : tell("the auditor does not make the same reports");
}

}  // namespace api::demo
