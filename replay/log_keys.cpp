#include "replay/log_keys.hpp"

#include <algorithm>

namespace replay {

bool is_of_log(const ledger::State& state, std::string_view note, const crypto::LogKeys& log_keys) {
  if (!crypto::open_checkpoint(note, log_keys)) return false;
  return std::any_of(state.log_keys.begin(), state.log_keys.end(), [&](const std::string& vkey) {
    const auto named = crypto::parse_vkey(vkey);
    return named && crypto::open_checkpoint(note, *named);
  });
}

}  // namespace replay
