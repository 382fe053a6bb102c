#include "crypto/state_tree.hpp"

#include <algorithm>
#include <bit>

#include "crypto/hash.hpp"
#include "crypto/require.hpp"

namespace crypto {
namespace {

constexpr std::size_t most_leaves = std::size_t{1} << 30;  // what an edge's index can name

// How many turns the paths share: 256 where they are equal.
unsigned shared_turns(const Hash& a, const Hash& b) {
  const auto [left, right] = std::mismatch(a.bytes.begin(), a.bytes.end(), b.bytes.begin());
  if (left == a.bytes.end()) return state_depth;
  const auto whole = static_cast<unsigned>(left - a.bytes.begin());
  return 8 * whole +
         static_cast<unsigned>(std::countl_zero(static_cast<std::uint8_t>(*left ^ *right)));
}

}  // namespace

template <class Row>
std::uint32_t StateTree::Rows<Row>::add(const Row& row) {
  if (!free_.empty()) {
    const std::uint32_t index = free_.back();
    free_.pop_back();
    (*this)[index] = row;
    return index;
  }
  if (pieces_.empty() || pieces_.back().size() == piece) pieces_.emplace_back();
  pieces_.back().push_back(row);
  return static_cast<std::uint32_t>((pieces_.size() - 1) * piece + pieces_.back().size() - 1);
}

void StateTree::set(std::string_view key, std::string_view value) {
  const StateLeaf leaf = state_leaf(key, value);
  if (size() == 0) return insert(leaf, 0);
  const StateLeaf& near = nearest(leaf.path);
  if (near == leaf) return;
  const unsigned turn = shared_turns(near.path, leaf.path);
  if (turn < state_depth) return insert(leaf, turn);
  Edge& edge = touch(leaf.path, state_depth);
  leaves_[edge.index].is = leaf;
  edge.stale = 1;
}

bool StateTree::erase(std::string_view key) {
  const Hash path = state_path(key);
  if (size() == 0 || nearest(path).path != path) return false;
  Edge* above = nullptr;
  Edge* edge = &top_;
  while (!edge->is_leaf) {
    above = edge;
    edge = &follow(*edge, path);
  }
  leaves_.remove(edge->index);
  if (above == nullptr) return true;
  // What stood beside the leaf takes the branch's place, to be hashed as it is seen from there.
  const std::uint32_t gone = above->index;
  const std::array<Edge, 2>& sides = branches_[gone].sides;
  *above = edge == &sides[0] ? sides[1] : sides[0];
  above->stale = 1;
  branches_.remove(gone);
  hashes_.remove(gone);
  return true;
}

Hash StateTree::root() {
  if (size() == 0) return empty_subtree;
  refresh(top_, top_hash_, 0);
  return top_hash_;
}

StateProof StateTree::prove(std::string_view key) const {
  StateProof proof;
  if (size() == 0) return proof;
  require(!top_.stale, "a proof is of a root that was hashed");
  const Hash path = state_path(key);
  Edge edge = top_;
  while (!edge.is_leaf) {
    const Branch& branch = branches_[edge.index];
    if (proof.siblings.size() < branch.turn) {
      const unsigned shared = shared_turns(path, any_below(edge).path);
      proof.siblings.resize(std::min<unsigned>(shared, branch.turn), empty_subtree);
      if (shared < branch.turn) {
        proof.siblings.push_back(seen_from(shared + 1, edge.index));
        return proof;
      }
    }
    const bool right = turns_right(path, branch.turn);
    proof.siblings.push_back(hashes_[edge.index].sides[!right]);
    edge = branch.sides[right];
  }
  const StateLeaf& leaf = leaves_[edge.index].is;
  proof.end = leaf.path == path ? StateProof::End::own : StateProof::End::other;
  if (proof.end == StateProof::End::other) proof.other = leaf;
  return proof;
}

bool StateTree::operator==(const StateTree& other) const {
  return size() == other.size() && (size() == 0 || same(top_, other, other.top_));
}

// The leaf that the turns of the path lead to. What lies between branches is not looked at, so it
// may be another key's; of all leaves it shares the most turns. Precondition: there is a leaf.
const StateLeaf& StateTree::nearest(const Hash& path) const {
  Edge edge = top_;
  while (!edge.is_leaf) {
    const Branch& branch = branches_[edge.index];
    edge = branch.sides[turns_right(path, branch.turn)];
  }
  return leaves_[edge.index].is;
}

const StateLeaf& StateTree::any_below(Edge edge) const {
  while (!edge.is_leaf) edge = branches_[edge.index].sides[0];
  return leaves_[edge.index].is;
}

// Makes the edge to a branch stale, and goes on. The hashes are far away, but not needed before the
// next root: they are sent for.
StateTree::Edge& StateTree::follow(Edge& edge, const Hash& path) {
  edge.stale = 1;
  __builtin_prefetch(&hashes_[edge.index], 1);
  Branch& branch = branches_[edge.index];
  return branch.sides[turns_right(path, branch.turn)];
}

// Follows the path through all branches before that depth; the edge behind them is left as it is.
StateTree::Edge& StateTree::touch(const Hash& path, unsigned depth) {
  Edge* edge = &top_;
  while (!edge->is_leaf && branches_[edge->index].turn < depth) edge = &follow(*edge, path);
  return *edge;
}

// Precondition: no leaf shares more turns with it than `turn`, and one shares so many.
void StateTree::insert(const StateLeaf& leaf, unsigned turn) {
  require(size() < most_leaves, "a state tree has at most 2^30 leaves");
  const bool first = size() == 0;
  const Edge fresh{leaves_.add({leaf}), 1, 1};
  if (first) {
    top_ = fresh;
    return;
  }
  const std::uint32_t index = branches_.add({});
  (void)hashes_.add({});  // of the same index: both come and go together
  Edge& edge = touch(leaf.path, turn);
  Branch& branch = branches_[index];
  const bool right = turns_right(leaf.path, turn);
  branch.turn = static_cast<std::uint8_t>(turn);
  branch.sides[right] = fresh;
  branch.sides[!right] = {edge.index, edge.is_leaf, 1};
  edge = {index, 0, 1};
}

// Makes `hash` that of what hangs there, as it is seen from that depth.
void StateTree::refresh(Edge& edge, Hash& hash, unsigned depth) {
  if (!edge.stale) return;
  edge.stale = 0;
  if (edge.is_leaf) {
    hash = state_leaf_hash(leaves_[edge.index].is);
    return;
  }
  Branch& branch = branches_[edge.index];
  Hashes& hashes = hashes_[edge.index];
  for (const std::size_t side : {0, 1}) {
    refresh(branch.sides[side], hashes.sides[side], branch.turn + 1u);
  }
  hash = seen_from(depth, edge.index);
}

// The hash of the branch, and of the levels between it and that depth, beside which is nothing.
Hash StateTree::seen_from(unsigned depth, std::uint32_t index) const {
  const Branch& branch = branches_[index];
  Hash hash = node_hash(hashes_[index].sides[0], hashes_[index].sides[1]);
  if (depth == branch.turn) return hash;
  const Hash& path = any_below(branch.sides[0]).path;
  for (unsigned at = branch.turn; at-- > depth;) {
    hash = turns_right(path, at) ? node_hash(empty_subtree, hash) : node_hash(hash, empty_subtree);
  }
  return hash;
}

// Leaves say where they part, so branches need no comparing.
bool StateTree::same(Edge edge, const StateTree& other, Edge others) const {
  if (edge.is_leaf != others.is_leaf) return false;
  if (edge.is_leaf) return leaves_[edge.index].is == other.leaves_[others.index].is;
  const auto& a = branches_[edge.index].sides;
  const auto& b = other.branches_[others.index].sides;
  return same(a[0], other, b[0]) && same(a[1], other, b[1]);
}

}  // namespace crypto
