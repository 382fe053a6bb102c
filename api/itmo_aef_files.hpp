// AEF files in a directory.
#pragma once

#include <filesystem>
#include <vector>

#include "api/told.hpp"
#include "replay/aef_files.hpp"

namespace api::itmo {

// Writes the AEF in each of the formats under the names that say what they are, making the
// directory where it is missing. The paths, in that order.
[[nodiscard]] Told<std::vector<std::filesystem::path>> write_aef(
    const replay::Aef& aef, const std::filesystem::path& directory,
    const std::vector<replay::AefFormat>& formats);

}  // namespace api::itmo
