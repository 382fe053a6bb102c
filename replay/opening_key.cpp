#include "replay/opening_key.hpp"

namespace replay {

bool is_opened_for(const ledger::State& state, std::string_view note,
                   const crypto::VerifierKey& log_key) {
  const auto opened_for = crypto::parse_vkey(state.log_key);
  return opened_for && opened_for->name == log_key.name && crypto::open_checkpoint(note, log_key) &&
         crypto::open_checkpoint(note, *opened_for);
}

}  // namespace replay
