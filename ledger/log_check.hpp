// Checking a stored log before anything in it is believed: every line, tile and checkpoint against
// the root that our own key signed.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

// A log whose lines are those of the newest checkpoint.
struct CheckedLog {
  crypto::TileBuilder tiles;  // that are still open
  // The size of the newest stored checkpoint that lacks a good signature of the log key, which
  // another one of the log must then have signed; 0 where there is none.
  Seq other_key_until = 0;
};

// Hashes every stored line and compares: the lock slot's root at its size, each stored checkpoint
// (its origin, and the root of its size), each full tile. LOG-15 or LOG-17 where something differs;
// LOG-18 where it cannot be read.
[[nodiscard]] Result<CheckedLog> check_stored_log(const Store& store,
                                                  const std::optional<LockRecord>& locked,
                                                  const crypto::VerifierKey& log_key);

// Whether each stored checkpoint up to that size was signed by one of the keys: LOG-15.
[[nodiscard]] Result<> check_other_signatures(const Store& store, Seq until,
                                              const std::vector<std::string>& log_keys);

}  // namespace ledger
