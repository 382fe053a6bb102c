// The keys that a log names as its own, and those that a reader was given and that signed.
#pragma once

#include <string>
#include <string_view>

#include "crypto/checkpoint.hpp"
#include "ledger/state.hpp"

namespace replay {

// Those of the keys that signed the note. Precondition: open_note(note, log_keys).
[[nodiscard]] crypto::LogKeys signers_of(std::string_view note, const crypto::LogKeys& log_keys);

// Whether a log stands for what a key signed: it names that key, at its opening or announced since,
// or another that it names signed the same note too (LOG-7; spec/log.md 6). False where none of
// `log_keys` signed the note.
[[nodiscard]] bool is_of_log(const ledger::State& state, std::string_view note,
                             const crypto::LogKeys& log_keys);

// Which log a note says that it is of, and whose key to take, as the end of a sentence on a note
// that none of a reader's keys signed. Empty where it says no such thing.
[[nodiscard]] std::string word_on_claimed_log(std::string_view note);

// Where a key that the log names signed the note, and none of a reader's does: which it is, and
// what to do, in a sentence. Empty otherwise.
[[nodiscard]] std::string word_on_unknown_signer(const ledger::State& state, std::string_view note,
                                                 const crypto::LogKeys& log_keys);

}  // namespace replay
