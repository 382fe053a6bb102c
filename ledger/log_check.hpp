// Checking a stored log before anything in it is believed: every line, tile and checkpoint against
// the root that our own key signed.
#pragma once

#include <optional>
#include <string>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "ledger/clause.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/store.hpp"

namespace ledger {

// The sentence of a stored log that is not what it was (LOG-15): what was found, and what to do.
[[nodiscard]] Violation altered(std::string what);

// A tile that became full, as the store keeps it.
[[nodiscard]] StoredTile stored_tile(const crypto::Tile& tile);

// Hashes every stored line and compares: the lock slot's root at its size, each stored checkpoint
// (the signature of `log_key`, and the root of its size), each full tile. Returns the tiles that
// are still open. LOG-15 or LOG-17 where something differs; LOG-18 where it cannot be read.
[[nodiscard]] Result<crypto::TileBuilder> check_stored_log(const Store& store,
                                                           const std::optional<LockRecord>& locked,
                                                           const crypto::VerifierKey& log_key);

}  // namespace ledger
