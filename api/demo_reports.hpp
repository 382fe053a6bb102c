// Each Party's annual report, made from the downloaded log and made again by the auditor.
#pragma once

#include <filesystem>

#include "api/demo_stage.hpp"
#include "api/told.hpp"

namespace api::demo {

// Writes the AEF of every Party and year with an action into the directory, in every format, prints
// what each reports and the check before submission, and has itmo-audit make every file again.
[[nodiscard]] Told<> report(const Stage& stage, const std::filesystem::path& bundle,
                            const std::filesystem::path& directory,
                            const std::filesystem::path& programs);

}  // namespace api::demo
