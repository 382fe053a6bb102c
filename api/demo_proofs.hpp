// Balances proven to whoever has the log's key and no copy of the log: the operator commits to the
// state, and both verifiers check what the server answers.
#pragma once

#include <filesystem>

#include "api/demo_process.hpp"
#include "api/demo_server.hpp"
#include "api/demo_stage.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"

namespace api::demo {

// Starts the server again, at the same address, with the operator's key that signs commitments, and
// waits until it has committed to the state of its log.
[[nodiscard]] Told<Server> commit_to_state(Server server, const Stage& stage,
                                           const std::filesystem::path& config,
                                           const std::filesystem::path& programs,
                                           StopSignals& signals);

// Asks for proofs, keeps each answer as a file, and prints what the auditor's program finds proven
// in it; the second verifier, where it is there, must find the same. Otherwise a failure.
[[nodiscard]] Told<> show_proofs(const Stage& stage, HttpClient& client,
                                 const std::filesystem::path& programs);

}  // namespace api::demo
