// A map from keys to values with one hash of all of it: the compact sparse Merkle tree of
// spec/state.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/state_hash.hpp"
#include "crypto/state_proof.hpp"

namespace crypto {

// Keys and values are any bytes, of which only the hashes are kept: whoever proves a value has it.
// The root is a function of what the map holds, never of the order in which it came.
//
// A value: copies are deep, and equality compares what the map holds. One thread changes it; const
// functions may run beside each other.
//
// Layout: branches only where paths part, n - 1 for n leaves, and for each the hashes of its two
// sides as it sees them. So a change reads and hashes nothing beside its own way, about log2(n)
// branches. Levels that lie between two branches are hashed when they are needed. The ways lie
// apart from the hashes, so that finding a leaf reads 12 bytes a branch.
// Memory: 64 bytes a leaf and 76 a branch, so 140 a leaf (141 measured at 10^6: bench,
// memory_leaf), and up to 0.6 MB that waits for leaves to come. What erased leaves leave is used
// again, not given back. At most 2^30 leaves.
class StateTree {
 public:
  // Gives the key that value, in the place of any other. Two hashes; the tree is hashed by root().
  void set(std::string_view key, std::string_view value);
  // Takes the key and its value out; false, and nothing changed, where it has none.
  bool erase(std::string_view key);
  [[nodiscard]] std::size_t size() const { return leaves_.size(); }

  // The hash of all that the map holds; empty_subtree where that is nothing. Hashes each branch
  // above a change since the last call once, however many changes lie below it.
  [[nodiscard]] Hash root();

  // Proves the key's value, or that it has none, under the root. Precondition: nothing was changed
  // since root() was called.
  [[nodiscard]] StateProof prove(std::string_view key) const;

  bool operator==(const StateTree& other) const;

 private:
  // Rows of one kind by index, in pieces: no growth copies them all. Pointers to rows are good
  // until the next add.
  template <class Row>
  class Rows {
   public:
    [[nodiscard]] const Row& operator[](std::uint32_t index) const {
      return pieces_[index / piece][index % piece];
    }
    [[nodiscard]] Row& operator[](std::uint32_t index) {
      return pieces_[index / piece][index % piece];
    }
    [[nodiscard]] std::size_t size() const {
      return pieces_.empty() ? 0
                             : (pieces_.size() - 1) * piece + pieces_.back().size() - free_.size();
    }
    [[nodiscard]] std::uint32_t add(const Row& row);
    void remove(std::uint32_t index) { free_.push_back(index); }

   private:
    static constexpr std::size_t piece = 4096;
    std::vector<std::vector<Row>> pieces_;  // all but the last are full
    std::vector<std::uint32_t> free_;
  };

  // What hangs on one side of a branch, or is the whole tree.
  struct Edge {
    std::uint32_t index : 30 = 0;  // of a leaf or a branch
    std::uint32_t is_leaf : 1 = 0;
    std::uint32_t stale : 1 = 0;  // its hash is, and so is that of every edge above
  };
  // Where the paths below part: they share the turns before `turn` and differ in it.
  struct Branch {
    std::array<Edge, 2> sides;  // left, right
    std::uint8_t turn = 0;
  };
  static_assert(sizeof(Branch) == 12, "12 bytes a branch are budgeted");
  // One line of a processor's cache each.
  struct alignas(64) Hashes {
    std::array<Hash, 2> sides;  // as the branch sees them, unless stale
  };
  struct alignas(64) Leaf {
    StateLeaf is;
  };

  [[nodiscard]] const StateLeaf& nearest(const Hash& path) const;
  [[nodiscard]] const StateLeaf& any_below(Edge edge) const;
  [[nodiscard]] Edge& follow(Edge& edge, const Hash& path);
  [[nodiscard]] Edge& touch(const Hash& path, unsigned depth);
  void insert(const StateLeaf& leaf, unsigned turn);
  void refresh(Edge& edge, Hash& hash, unsigned depth);
  [[nodiscard]] Hash seen_from(unsigned depth, std::uint32_t branch) const;
  [[nodiscard]] bool same(Edge edge, const StateTree& other, Edge others) const;

  Rows<Leaf> leaves_;
  Rows<Branch> branches_;
  Rows<Hashes> hashes_;  // of the branch of the same index
  Edge top_;             // means nothing while there is no leaf
  Hash top_hash_;        // of the whole tree, unless stale
};

}  // namespace crypto
