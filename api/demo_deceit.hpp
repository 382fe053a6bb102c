// An operator who has the log's key and deceives two governments, and what comes of it.
#pragma once

#include <filesystem>

#include "api/demo_process.hpp"
#include "api/demo_stage.hpp"
#include "api/demo_watchers.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"

namespace api::demo {

// A second server under the same keys tells the same story but for the moment of one transfer: a
// log that is valid by itself, and another one. Both nodes must find the fork.
[[nodiscard]] Told<> show_another_log(Stage& stage, const std::filesystem::path& programs,
                                      Watchers& watchers, StopSignals& signals);

// Units are used a second time. The ledger refuses; the operator writes it into the log (`bundle`
// has it as it is) all the same, signs, and serves that. Both nodes must find the entry, by the
// clause that the ledger named.
[[nodiscard]] Told<> use_units_again(Stage& stage, HttpClient& client,
                                     const std::filesystem::path& bundle, Watchers& watchers);

}  // namespace api::demo
