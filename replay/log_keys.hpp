// The keys that a log names as its own, beside the one that an auditor was given.
#pragma once

#include <string_view>

#include "crypto/checkpoint.hpp"
#include "ledger/state.hpp"

namespace replay {

// Whether a log stands for what a key signed: it names that key, at its opening or announced since,
// or another that it names signed the same note too (LOG-7; spec/log.md 6). False where `log_keys`
// did not sign the note.
[[nodiscard]] bool is_of_log(const ledger::State& state, std::string_view note,
                             const crypto::LogKeys& log_keys);

}  // namespace replay
