#include "crypto/merkle.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/require.hpp"

namespace crypto {
namespace {

constexpr unsigned tile_height = 8;
static_assert(tile_width == std::size_t{1} << tile_height);

// The perfect nodes over the leaves [begin, begin + count), largest first. Precondition: begin is a
// multiple of the smallest power of two that is not below count.
std::vector<NodeId> cover(std::uint64_t begin, std::uint64_t count) {
  std::vector<NodeId> nodes;
  while (count > 0) {
    const unsigned level = static_cast<unsigned>(std::bit_width(count)) - 1;
    nodes.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
    count -= std::uint64_t{1} << level;
  }
  return nodes;
}

// What stands beside the way from a perfect node up to the root of the tree of that size. The way
// first runs inside the subtree that the right edge cuts; only the last sibling there may be
// ragged. Above it every sibling is a left one, and perfect.
void add_siblings(ProofPlan& plan, NodeId node, std::uint64_t size) {
  const std::uint64_t last = (size - 1) >> node.level;
  const int inner = std::bit_width(node.index ^ last);
  for (int i = 0; i < inner; ++i, ++node.level, node.index >>= 1) {
    const NodeId sibling{node.level, node.index ^ 1};
    const std::uint64_t begin = sibling.index << sibling.level;
    const std::uint64_t width = std::uint64_t{1} << sibling.level;
    plan.push_back(cover(begin, std::min(width, size - begin)));
  }
  for (; node.index > 0; ++node.level, node.index >>= 1) {
    if ((node.index & 1) != 0) plan.push_back({{node.level, node.index ^ 1}});
  }
}

}  // namespace

void Frontier::append(const Hash& leaf) {
  Hash peak = leaf;
  for (std::uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    peak = node_hash(peaks_.back(), peak);
    peaks_.pop_back();
  }
  peaks_.push_back(peak);
  ++size_;
}

Hash Frontier::root() const {
  return peaks_.empty() ? empty_root() : fold(peaks_);
}

void TileBuilder::append(const Hash& leaf) {
  ++size_;
  Hash hash = leaf;
  for (unsigned level = 0;; ++level) {
    if (level == open_.size()) open_.emplace_back();
    std::vector<Hash>& open = open_[level];
    open.push_back(hash);
    if (open.size() < tile_width) return;
    hash = perfect_root(open);
    const std::uint64_t index = (size_ >> (tile_height * (level + 1))) - 1;
    full_.push_back({{level, index}, std::exchange(open, {})});
  }
}

std::vector<Tile> TileBuilder::take_full() {
  return std::exchange(full_, {});
}

std::vector<Hash> TileBuilder::open_tile(unsigned level) const {
  return level < open_.size() ? open_[level] : std::vector<Hash>();
}

NodePlace place_of(const NodeId& node) {
  const unsigned above = node.level % tile_height;
  const std::uint64_t hash = node.index << above;
  return {{node.level / tile_height, hash / tile_width},
          static_cast<std::size_t>(hash % tile_width),
          std::size_t{1} << above};
}

Hash perfect_root(std::span<const Hash> hashes) {
  require(std::has_single_bit(hashes.size()), "a perfect subtree has 2^n hashes");
  if (hashes.size() == 1) return hashes.front();
  const std::size_t half = hashes.size() / 2;
  return node_hash(perfect_root(hashes.first(half)), perfect_root(hashes.last(half)));
}

ProofPlan plan_inclusion(std::uint64_t index, std::uint64_t size) {
  require(index < size, "an audit path starts at a leaf of the tree");
  ProofPlan plan;
  add_siblings(plan, {0, index}, size);
  return plan;
}

// The way starts at the last perfect node of the old tree; where that node is the whole old tree,
// the verifier knows its hash already.
ProofPlan plan_consistency(std::uint64_t old_size, std::uint64_t size) {
  require(old_size <= size, "a tree is consistent with one that is not smaller");
  if (old_size == 0 || old_size == size) return {};
  const unsigned level = static_cast<unsigned>(std::countr_zero(old_size));
  const NodeId start{level, (old_size - 1) >> level};
  ProofPlan plan;
  if (!std::has_single_bit(old_size)) plan.push_back({start});
  add_siblings(plan, start, size);
  return plan;
}

std::vector<NodeId> plan_root(std::uint64_t size) {
  return cover(0, size);
}

Hash fold(std::span<const Hash> nodes) {
  require(!nodes.empty(), "there is a node to fold");
  Hash out = nodes.back();
  for (std::size_t i = nodes.size() - 1; i > 0; --i) out = node_hash(nodes[i - 1], out);
  return out;
}

}  // namespace crypto
