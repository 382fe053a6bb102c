// The hashes of a state tree (spec/state.md, 1): a compact sparse Merkle tree over SHA-256, byte
// for byte that of celestiaorg/smt and of the SmtSpec of ICS-23. An inner node is node_hash(left,
// right).
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/bytes.hpp"

namespace crypto {

// How many bits a path has: no node lies deeper.
inline constexpr unsigned state_depth = 256;

// What a tree keeps of a key and its value: SHA-256 of each.
struct StateLeaf {
  Hash path;
  Hash value_hash;
  bool operator==(const StateLeaf&) const = default;
};
[[nodiscard]] StateLeaf state_leaf(std::string_view key, std::string_view value);

// The way from the root to a key's leaf.
[[nodiscard]] Hash state_path(std::string_view key);

// Bit `index` of a path, the most significant of its first byte first: whether the way turns right
// at that depth. Precondition: index < 256.
[[nodiscard]] inline bool turns_right(const Hash& path, unsigned index) {
  return (path.bytes[index / 8] >> (7 - index % 8) & 1) != 0;
}

// SHA-256(0x00 || path || value hash): of a subtree with that leaf alone, at any depth.
[[nodiscard]] Hash state_leaf_hash(const StateLeaf& leaf);

// Of a subtree without a leaf: 32 zero bytes, which nothing is hashed to.
inline constexpr Hash empty_subtree{};

}  // namespace crypto
