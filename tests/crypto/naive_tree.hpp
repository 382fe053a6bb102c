// The tree as RFC 6962, 2.1 defines it, by recursion over all leaves: the model that the code which
// keeps frontiers and tiles is compared with.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crypto/hash.hpp"

namespace naive {

using crypto::Hash;
using Leaves = std::span<const Hash>;

// Hashes of the entries "leaf-0", "leaf-1", …
inline std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(crypto::leaf_hash("leaf-" + std::to_string(i)));
  }
  return out;
}

// The largest power of two below the count, which is at least 2.
inline std::size_t split(std::size_t count) {
  return std::bit_floor(count - 1);
}

inline Hash root(Leaves leaves) {
  if (leaves.empty()) return crypto::empty_root();
  if (leaves.size() == 1) return leaves.front();
  const std::size_t k = split(leaves.size());
  return crypto::node_hash(root(leaves.first(k)), root(leaves.subspan(k)));
}

inline std::vector<Hash> path(std::size_t index, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const std::size_t k = split(leaves.size());
  const bool left = index < k;
  std::vector<Hash> out = left ? path(index, leaves.first(k)) : path(index - k, leaves.subspan(k));
  out.push_back(root(left ? leaves.subspan(k) : leaves.first(k)));
  return out;
}

inline std::vector<Hash> subproof(std::size_t old_size, Leaves leaves, bool whole) {
  if (old_size == leaves.size()) return whole ? std::vector<Hash>() : std::vector{root(leaves)};
  const std::size_t k = split(leaves.size());
  const bool left = old_size <= k;
  std::vector<Hash> out = left ? subproof(old_size, leaves.first(k), whole)
                               : subproof(old_size - k, leaves.subspan(k), false);
  out.push_back(root(left ? leaves.subspan(k) : leaves.first(k)));
  return out;
}

// PROOF(m, D[n]) for 0 < m < n, empty otherwise.
inline std::vector<Hash> proof(std::size_t old_size, Leaves leaves) {
  if (old_size == 0 || old_size == leaves.size()) return {};
  return subproof(old_size, leaves, true);
}

}  // namespace naive
