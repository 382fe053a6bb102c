#include "replay/calendar.hpp"

namespace replay {

using ledger::Year;

std::optional<ledger::Date> Calendar::finality_of(Year last_of_period) const {
  const auto it = final_from.find(last_of_period);
  return it == final_from.end() ? std::nullopt : std::optional(it->second);
}

Year Calendar::oimp_cutoff_year(Year last_of_period) const {
  const auto it = biennial_report.find(last_of_period);
  if (it != biennial_report.end()) return it->second - 1;
  const Year report = last_of_period + 2 + (last_of_period % 2 != 0 ? 1 : 0);
  return report - 1;
}

}  // namespace replay
