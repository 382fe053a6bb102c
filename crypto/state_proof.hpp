// Proofs that a state tree gives a key a value, or none: their bytes, and checking them apart from
// the code that makes them (spec/state.md, 3 and 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/state_hash.hpp"

namespace crypto {

// What stands beside the way of a key from the root down, and what it ends at.
struct StateProof {
  enum class End : std::uint8_t {
    own,      // the key's leaf: it has a value
    nothing,  // an empty subtree: it has none
    other,    // the leaf of another key, alone where the key's would be: it has none
  };
  End end = End::nothing;
  std::vector<Hash> siblings;  // the root's children first; empty_subtree where there is nothing
  StateLeaf other;             // zeros unless the way ends there
  bool operator==(const StateProof&) const = default;
};

// The longest encoding: 255 siblings and another leaf.
inline constexpr std::size_t most_state_proof_bytes = 3 + 32 + 32 * 255 + 64;

// Precondition: at most 256 siblings.
[[nodiscard]] std::string encode_state_proof(const StateProof& proof);
// Nothing unless the bytes are what encode_state_proof makes of a proof that some tree could give:
// not deeper than its end allows, and beside the last turn is something.
[[nodiscard]] std::optional<StateProof> decode_state_proof(std::string_view bytes);

// Whether the tree of that root gives the key exactly this value. Take the root from an entry under
// a verified checkpoint: a proof alone does not say which state it is of.
[[nodiscard]] bool verify_present(const Hash& root, std::string_view key, std::string_view value,
                                  const StateProof& proof);
// Whether the tree of that root gives the key no value.
[[nodiscard]] bool verify_absent(const Hash& root, std::string_view key, const StateProof& proof);

}  // namespace crypto
