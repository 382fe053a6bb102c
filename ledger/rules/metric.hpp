// One Party's year is counted in one metric: what it authorizes as host, and its NDC
// (decisions/0036).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/state.hpp"

namespace ledger {

// In which other metric the Party declared an NDC for a year of the span, as a clause of a
// sentence; nothing where in none.
[[nodiscard]] std::optional<std::string> other_ndc_metric(const State& state, Index party,
                                                          Year from, Year to,
                                                          std::string_view metric);

// The same of what it authorized as host, in any version, of vintages in the span; the
// authorization of id `but` left out.
[[nodiscard]] std::optional<std::string> other_authorized_metric(const State& state, Index party,
                                                                 Year from, Year to,
                                                                 std::string_view metric,
                                                                 std::string_view but = {});

// "\"GHG\" or another metric by its own name, as …": what every refusal of a metric advises.
[[nodiscard]] std::string explain_no_metric(std::string_view text);

// The metric of the units of that lot, for good.
[[nodiscard]] const std::string& metric_of(const State& state, const Lot& lot);

}  // namespace ledger
