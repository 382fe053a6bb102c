// The key that a log was opened for, beside the one that an auditor was given.
#pragma once

#include <string_view>

#include "crypto/checkpoint.hpp"
#include "ledger/state.hpp"

namespace replay {

// Whether a log stands for what a key signed: its opening names that key, or one that signed the
// same note too, which the former is to follow (LOG-7; spec/log.md 6). False where `log_key` did
// not sign the note.
[[nodiscard]] bool is_opened_for(const ledger::State& state, std::string_view note,
                                 const crypto::VerifierKey& log_key);

}  // namespace replay
