// The forms that the sources of the profiles give cells (spec/aef.md).
#pragma once

#include <string>
#include <string_view>

#include "replay/aef.hpp"

namespace replay::aef {

enum class Form : std::uint8_t {
  fits,      // an empty cell always does
  disputed,  // only a reader of the profile objects: what stands there is right by the decision
  wrong,
};

// How the text of a cell fits what the profile's source says of its column.
[[nodiscard]] Form form_of(AefTable table, std::string_view column, const std::string& text,
                           AefProfile profile);

// Whether the profile's source takes no empty cell in that column of table 2, though the decision
// lets it be empty.
[[nodiscard]] bool insists_on(std::string_view column, AefProfile profile);

}  // namespace replay::aef
