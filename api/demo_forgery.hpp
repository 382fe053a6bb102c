// An operator who writes into the log what no rule allows, and signs it with the log's key.
#pragma once

#include <filesystem>

#include "api/demo_stage.hpp"
#include "api/story.hpp"
#include "api/told.hpp"
#include "ledger/seq.hpp"

namespace api::demo {

// Copies a log into a directory with one more entry, the act, though the rules forbid it: linked,
// timed and hashed as any, under a checkpoint that the log key of the stage signs. The entry.
[[nodiscard]] Told<ledger::Seq> forge(Stage& stage, const std::filesystem::path& bundle,
                                      const story::Act& act, const std::filesystem::path& forged);

}  // namespace api::demo
