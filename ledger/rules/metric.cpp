#include "ledger/rules/metric.hpp"

#include <algorithm>

#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

std::string span(Year from, Year to) {
  return std::to_string(from) + " to " + std::to_string(to);
}

}  // namespace

std::optional<std::string> other_ndc_metric(const State& state, Index party, Year from, Year to,
                                            std::string_view metric) {
  const auto it = std::find_if(state.ndcs.begin(), state.ndcs.end(), [&](const Ndc& ndc) {
    return ndc.party == party && ndc.from <= to && from <= ndc.to && ndc.metric != metric;
  });
  if (it == state.ndcs.end()) return std::nullopt;
  return "its NDC of " + span(it->from, it->to) + " is in " + quoted(it->metric) + " (entry " +
         std::to_string(it->origin.seq) + ")";
}

std::optional<std::string> other_authorized_metric(const State& state, Index party, Year from,
                                                   Year to, std::string_view metric,
                                                   std::string_view but) {
  const auto shares_a_year = [&](const Terms& terms) {
    return terms.vintage_from <= to && from <= terms.vintage_to;
  };
  for (const Authorization& row : state.authorizations.rows()) {
    const bool of_host = row.party == party && state.approaches[row.approach].host == party;
    if (!of_host || row.id == but || row.metric == metric) continue;
    if (!shares_a_year(row) &&
        std::none_of(row.earlier.begin(), row.earlier.end(), shares_a_year)) {
      continue;
    }
    return "its authorization " + row.id + ", vintages " + span(row.vintage_from, row.vintage_to) +
           ", is in " + quoted(row.metric) + " (entry " + std::to_string(row.origin.seq) + ")";
  }
  return std::nullopt;
}

std::string explain_no_metric(std::string_view text) {
  return quoted(text) +
         " names no metric. State \"GHG\" for tonnes of CO2 equivalent, or another metric by its "
         "own name, as \"MWh of renewable electricity\".";
}

const std::string& metric_of(const State& state, const Lot& lot) {
  return state.authorizations[lot.host_authorization].metric;
}

}  // namespace ledger
