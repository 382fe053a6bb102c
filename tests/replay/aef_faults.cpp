#include "tests/replay/aef_faults.hpp"

#include <algorithm>

namespace replay_test {

using replay::Cell;

std::set<std::string> checks_of(const replay::AefCheck& check) {
  std::set<std::string> out;
  for (const replay::AefFinding& finding : check.findings) out.insert(finding.check);
  return out;
}

bool has_finding(const replay::AefCheck& check, std::string_view id, std::string_view ending) {
  return std::any_of(
      check.findings.begin(), check.findings.end(), [&](const replay::AefFinding& finding) {
        return finding.check == id && !finding.remark && finding.sentence.ends_with(ending);
      });
}

Cell& at(replay::Aef& aef, replay::AefTable table, std::size_t row, std::string_view header) {
  const auto columns = replay::sheet_of(table).columns;
  std::size_t column = 0;
  while (columns[column].header != header) ++column;
  return aef.tables[static_cast<std::size_t>(table)].at(row).cells.at(column);
}

Cell text(const char* value) {
  return Cell(std::string(value));
}

}  // namespace replay_test
