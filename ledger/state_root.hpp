// The one hash of a committed state (spec/commitments.md, 1).
#pragma once

#include <cstdint>

#include "crypto/bytes.hpp"

namespace ledger {

// What the operator's entry commits to.
struct StateRoot {
  std::int64_t leaves = 0;  // keys of the main tree
  crypto::Hash root;
  bool operator==(const StateRoot&) const = default;
};

}  // namespace ledger
