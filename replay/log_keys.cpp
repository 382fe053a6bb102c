#include "replay/log_keys.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/ensure.hpp"

namespace replay {

crypto::LogKeys signers_of(std::string_view note, const crypto::LogKeys& log_keys) {
  std::optional<crypto::LogKeys> signers;
  for (const crypto::VerifierKey& key : log_keys.all()) {
    if (!crypto::open_note(note, key)) continue;
    if (signers) {
      signers->add(key);
    } else {
      signers = key;
    }
  }
  ENSURE(signers, "one of the keys signed the note");
  return std::move(*signers);
}

bool is_of_log(const ledger::State& state, std::string_view note, const crypto::LogKeys& log_keys) {
  if (!crypto::open_checkpoint(note, log_keys)) return false;
  return std::any_of(state.log_keys.begin(), state.log_keys.end(), [&](const std::string& vkey) {
    const auto named = crypto::parse_vkey(vkey);
    return named && crypto::open_checkpoint(note, *named);
  });
}

std::string word_on_claimed_log(std::string_view note) {
  const auto claimed = crypto::read_unverified(note);
  if (!claimed) return {};
  return "; it says that it is of " + claimed->origin +
         ": take the verifier key of that log, its former one too where it changed, from anywhere "
         "but its server";
}

std::string word_on_unknown_signer(const ledger::State& state, std::string_view note,
                                   const crypto::LogKeys& log_keys) {
  for (const std::string& vkey : state.log_keys) {
    const auto named = crypto::parse_vkey(vkey);
    if (!named || log_keys.contains(*named) || !crypto::open_checkpoint(note, *named)) continue;
    if (named->name != log_keys.name()) {
      return "Log key " + vkey +
             ", of another log than yours, signed it: is that the log you mean?";
    }
    return "Log key " + vkey +
           ", which the log names, signed it: have a Party confirm that key, then put it below "
           "yours in the file of log keys.";
  }
  return {};
}

}  // namespace replay
