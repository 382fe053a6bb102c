// What a unit measures: one tonne of CO2 equivalent, or one unit of another indicator of an NDC
// (2/CMA.3, annex, paragraphs 1 (c) and 9; R41).
#pragma once

#include <string_view>

namespace ledger {

inline constexpr std::string_view ghg = "GHG";           // tonnes of CO2 equivalent
inline constexpr std::string_view no_gwp_values = "NA";  // of any other metric

// Whether the text names a metric: "GHG", or another by its own name. Other spellings of "GHG", and
// words that only say that it is another one, name none.
[[nodiscard]] bool is_metric(std::string_view text);

}  // namespace ledger
