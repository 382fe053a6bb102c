// The AEF as a workbook.
#pragma once

#include <optional>
#include <string>

#include "replay/aef.hpp"

namespace replay {

// The official sheets as XLSX. The days inside the file are that of its submission, so the same AEF
// gives the same bytes. Nothing, and a sentence in `problem`, where it cannot be made.
[[nodiscard]] std::optional<std::string> to_xlsx(const Aef& aef, std::string& problem);

}  // namespace replay
