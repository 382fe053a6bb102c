// How addresses name units by registry and serial numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/ranges.hpp"

namespace api {

// "XHA99:10900" or "XHA99:1-4007": a registry of five characters and serial numbers.
struct SerialsAsked {
  std::string registry;
  ledger::Range range;
  bool single = false;
};
[[nodiscard]] std::optional<SerialsAsked> serials_of(std::string_view name);

}  // namespace api
