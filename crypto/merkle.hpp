// Building an RFC 6962 tree: its frontier, its tiles of 256 hashes (C2SP tlog-tiles), and which
// nodes a proof is made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/bytes.hpp"

namespace crypto {

// The perfect subtree over the leaves [index << level, (index + 1) << level).
struct NodeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  bool operator==(const NodeId&) const = default;
};

// The peaks of a tree that only grows: one hash for each set bit of the size. A value.
class Frontier {
 public:
  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Of all leaves appended; empty_root() without any.
  [[nodiscard]] Hash root() const;
  bool operator==(const Frontier&) const = default;

 private:
  std::vector<Hash> peaks_;  // largest first
  std::uint64_t size_ = 0;
};

// A tile holds the 256 nodes (level 8·level) from 256·index on, left to right.
struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  bool operator==(const TileId&) const = default;
};
struct Tile {
  TileId id;
  std::vector<Hash> hashes;
};
inline constexpr std::size_t tile_width = 256;

// Makes tiles as leaves come. A value; holds the open tile of each level and the full ones that
// nobody took yet.
class TileBuilder {
 public:
  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // The tiles that became full since the last call, in the order in which they did.
  [[nodiscard]] std::vector<Tile> take_full();
  // The hashes of the tile of that level that is not full yet: floor(size / 256^level) mod 256.
  [[nodiscard]] std::vector<Hash> open_tile(unsigned level) const;

 private:
  std::vector<std::vector<Hash>> open_;  // by level
  std::vector<Tile> full_;
  std::uint64_t size_ = 0;
};

// Where a node lies in tiles: it is the root of `count` (a power of two) hashes from `first` on.
struct NodePlace {
  TileId tile;
  std::size_t first = 0;
  std::size_t count = 1;
};
[[nodiscard]] NodePlace place_of(const NodeId& node);

// The root of a perfect subtree over `hashes`. Precondition: a power of two of them, at least one.
[[nodiscard]] Hash perfect_root(std::span<const Hash> hashes);

// A proof before anything is read: for each hash of the proof the perfect nodes, left to right,
// whose fold from the right it is. Only the one at the ragged right edge has more than one.
using ProofPlan = std::vector<std::vector<NodeId>>;

// RFC 6962 audit path, leaf's sibling first. Precondition: index < size.
[[nodiscard]] ProofPlan plan_inclusion(std::uint64_t index, std::uint64_t size);
// RFC 6962 consistency proof. Precondition: old_size <= size. Empty where either is 0 or both
// equal.
[[nodiscard]] ProofPlan plan_consistency(std::uint64_t old_size, std::uint64_t size);
// The perfect nodes that make up the first `size` leaves, largest first; none for size 0.
[[nodiscard]] std::vector<NodeId> plan_root(std::uint64_t size);

// Folds from the right: node(a, node(b, c)). Precondition: at least one.
[[nodiscard]] Hash fold(std::span<const Hash> nodes);

}  // namespace crypto
