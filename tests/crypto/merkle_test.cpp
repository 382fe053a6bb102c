// Building the tree: frontier, tiles and plans, exhaustively for small sizes beside the naive
// model, and at the sizes where a tile becomes full.
#include "crypto/merkle.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "crypto/tlog_tiles.hpp"
#include "tests/crypto/naive_tree.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::Json;

constexpr std::size_t largest = 70;

std::string hex(const Hash& hash) {
  return to_hex(hash.view());
}

// What a log keeps: tiles, full and open, of the leaves appended to it.
class TiledTree {
 public:
  void append(const Hash& leaf) {
    builder_.append(leaf);
    for (Tile& tile : builder_.take_full()) {
      EXPECT_EQ(tile.hashes.size(), tile_width);
      const bool fresh = full_.emplace(key(tile.id), std::move(tile.hashes)).second;
      EXPECT_TRUE(fresh) << "a tile becomes full once";
    }
  }
  std::vector<Hash> tile(const TileId& id) const {
    const auto found = full_.find(key(id));
    return found == full_.end() ? builder_.open_tile(id.level) : found->second;
  }
  Hash node(const NodeId& id) const {
    const NodePlace place = place_of(id);
    const std::vector<Hash> hashes = tile(place.tile);
    EXPECT_LE(place.first + place.count, hashes.size());
    if (place.first + place.count > hashes.size()) return {};
    return perfect_root(std::span(hashes).subspan(place.first, place.count));
  }
  // The hashes of a plan, as a server would read them.
  std::vector<Hash> carry_out(const ProofPlan& plan) const {
    std::vector<Hash> proof;
    for (const std::vector<NodeId>& part : plan) {
      std::vector<Hash> nodes;
      nodes.reserve(part.size());
      for (const NodeId& id : part) nodes.push_back(node(id));
      proof.push_back(fold(nodes));
    }
    return proof;
  }
  Hash root() const {
    std::vector<Hash> nodes;
    for (const NodeId& id : plan_root(builder_.size())) nodes.push_back(node(id));
    return nodes.empty() ? empty_root() : fold(nodes);
  }
  std::size_t full_tiles() const { return full_.size(); }
  const TileBuilder& builder() const { return builder_; }

 private:
  static std::pair<unsigned, std::uint64_t> key(const TileId& id) { return {id.level, id.index}; }

  TileBuilder builder_;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> full_;
};

// The 70,000 leaves of the vectors, in tiles: made once.
const TiledTree& big_tree() {
  static const TiledTree tree = [] {
    TiledTree out;
    for (const Hash& leaf : naive::leaves(70'000)) out.append(leaf);
    return out;
  }();
  return tree;
}

// --- Small sizes, all of them --------------------------------------------------------------------

TEST(Merkle, TheFrontierHasTheRootOfTheModelAtEverySmallSize) {
  const auto leaves = naive::leaves(largest);
  Frontier frontier;
  for (std::size_t size = 0; size <= largest; ++size) {
    EXPECT_EQ(frontier.size(), size);
    EXPECT_EQ(frontier.root(), naive::root(std::span(leaves).first(size))) << size;
    if (size < largest) frontier.append(leaves[size]);
  }
}

TEST(Merkle, APlanOfTheRootFoldsToItAtEverySmallSize) {
  const auto leaves = naive::leaves(largest);
  TiledTree tree;
  for (std::size_t size = 0; size <= largest; ++size) {
    EXPECT_EQ(tree.root(), naive::root(std::span(leaves).first(size))) << size;
    if (size < largest) tree.append(leaves[size]);
  }
}

TEST(Merkle, EveryAuditPathOfEverySmallSizeIsThatOfTheModel) {
  const auto leaves = naive::leaves(largest);
  TiledTree tree;
  for (std::size_t size = 1; size <= largest; ++size) {
    tree.append(leaves[size - 1]);
    for (std::size_t index = 0; index < size; ++index) {
      ASSERT_EQ(tree.carry_out(plan_inclusion(index, size)),
                naive::path(index, std::span(leaves).first(size)))
          << index << " of " << size;
    }
  }
}

TEST(Merkle, EveryConsistencyProofOfEverySmallSizeIsThatOfTheModel) {
  const auto leaves = naive::leaves(largest);
  TiledTree tree;
  for (std::size_t size = 0; size <= largest; ++size) {
    if (size > 0) tree.append(leaves[size - 1]);
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      ASSERT_EQ(tree.carry_out(plan_consistency(old_size, size)),
                naive::proof(old_size, std::span(leaves).first(size)))
          << old_size << " to " << size;
    }
  }
}

TEST(Merkle, OnlyTheLastInnerPartOfAPlanHasMoreThanOneNode) {
  for (std::uint64_t size = 1; size <= largest; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      int ragged = 0;
      for (const auto& part : plan_inclusion(index, size)) ragged += part.size() > 1;
      EXPECT_LE(ragged, 1) << index << " of " << size;
    }
  }
}

// --- Known answers -------------------------------------------------------------------------------

TEST(Merkle, GivesTheRootsAndProofsOfTheEightWellKnownLeaves) {
  const Json& eight = test_support::vectors("merkle")["eight"];
  TiledTree tree;
  Frontier frontier;
  for (std::size_t size = 0; size <= 8; ++size) {
    if (size > 0) {
      const Hash leaf =
          leaf_hash(test_support::bytes_of(eight["entries"][size - 1].get<std::string>()));
      EXPECT_EQ(hex(leaf), eight["leaves"][size - 1]);
      tree.append(leaf);
      frontier.append(leaf);
    }
    EXPECT_EQ(hex(frontier.root()), eight["roots"][size]);
    EXPECT_EQ(hex(tree.root()), eight["roots"][size]);
    for (const Json& row : eight["inclusion"]) {
      if (row["size"] != size) continue;
      EXPECT_EQ(tree.carry_out(plan_inclusion(row["index"].get<std::uint64_t>(), size)),
                test_support::hashes_of(row["proof"]));
    }
    for (const Json& row : eight["consistency"]) {
      if (row["size"] != size) continue;
      EXPECT_EQ(tree.carry_out(plan_consistency(row["old_size"].get<std::uint64_t>(), size)),
                test_support::hashes_of(row["proof"]));
    }
  }
}

// These roots are printed in many places: should the vectors ever be made anew, they are still
// these.
TEST(Merkle, TheWellKnownRootsAreThePublishedOnes) {
  const Json& roots = test_support::vectors("merkle")["eight"]["roots"];
  EXPECT_EQ(roots[1], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(roots[3], "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
  EXPECT_EQ(roots[7], "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
  EXPECT_EQ(roots[8], "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(Merkle, GivesTheRootsOfTheBigTree) {
  const auto leaves = naive::leaves(70'000);
  Frontier frontier;
  std::map<std::uint64_t, std::string> expected;
  for (const Json& row : test_support::vectors("merkle")["big"]["roots"]) {
    expected[row["size"].get<std::uint64_t>()] = row["root"].get<std::string>();
  }
  EXPECT_EQ(expected.size(), 12u);
  for (const Hash& leaf : leaves) {
    frontier.append(leaf);
    const auto found = expected.find(frontier.size());
    if (found == expected.end()) continue;
    EXPECT_EQ(hex(frontier.root()), found->second) << found->first;
  }
  EXPECT_EQ(big_tree().root(), frontier.root());
}

TEST(Merkle, GivesTheProofsOfTheBigTreeFromItsTiles) {
  const Json& big = test_support::vectors("merkle")["big"];
  for (const Json& row : big["inclusion"]) {
    const auto plan =
        plan_inclusion(row["index"].get<std::uint64_t>(), row["size"].get<std::uint64_t>());
    EXPECT_EQ(big_tree().carry_out(plan), test_support::hashes_of(row["proof"])) << row["index"];
  }
  for (const Json& row : big["consistency"]) {
    const auto plan =
        plan_consistency(row["old_size"].get<std::uint64_t>(), row["size"].get<std::uint64_t>());
    EXPECT_EQ(big_tree().carry_out(plan), test_support::hashes_of(row["proof"])) << row["old_size"];
  }
}

// --- Tiles ---------------------------------------------------------------------------------------

std::string bytes_of_tile(const std::vector<Hash>& hashes) {
  std::string out;
  for (const Hash& hash : hashes) out += hash.view();
  return out;
}

TEST(Tiles, AreThoseOfTheVectors) {
  for (const auto& [path, digest] : test_support::vectors("merkle")["big"]["tiles"].items()) {
    const auto parsed = parse_tile_path(path);
    ASSERT_TRUE(parsed) << path;
    const auto hashes = big_tree().tile({parsed->level, parsed->index});
    EXPECT_EQ(hashes.size(), parsed->width) << path;
    EXPECT_EQ(hex(sha256(bytes_of_tile(hashes))), digest) << path;
  }
}

// 277 tiles: 273 + 1 partial, 1 + 1 partial, 1 partial.
TEST(Tiles, AreAllThere) {
  std::map<std::string, std::string> digests;
  for (unsigned level = 0; level <= 2; ++level) {
    const std::uint64_t hashes = 70'000ull >> 8 * level;
    for (std::uint64_t index = 0; index * tile_width < hashes; ++index) {
      const std::size_t width = static_cast<std::size_t>(
          std::min<std::uint64_t>(tile_width, hashes - index * tile_width));
      const std::string path = format_tile_path({false, level, index, width});
      digests[path] = hex(sha256(bytes_of_tile(big_tree().tile({level, index}))));
    }
  }
  EXPECT_EQ(digests.size(), 277u);
  EXPECT_EQ(big_tree().full_tiles(), 274u);
  std::string listing;
  for (const auto& [path, digest] : digests)
    listing.append(path).append(" ").append(digest).append("\n");
  EXPECT_EQ(hex(sha256(listing)), test_support::vectors("merkle")["big"]["all_tiles"]);
}

TEST(Tiles, BecomeFullLowestLevelFirst) {
  TileBuilder builder;
  for (std::size_t i = 0; i < 65'536; ++i) builder.append(leaf_hash("x"));
  const std::vector<Tile> full = builder.take_full();
  ASSERT_EQ(full.size(), 257u);
  EXPECT_EQ(full[254].id, (TileId{0, 254}));
  EXPECT_EQ(full[255].id, (TileId{0, 255}));
  EXPECT_EQ(full[256].id, (TileId{1, 0}));
  EXPECT_TRUE(builder.take_full().empty()) << "a full tile is taken once";
}

TEST(Tiles, TheOpenOnesHoldWhatTheirWidthSays) {
  const TileBuilder& builder = big_tree().builder();
  EXPECT_EQ(builder.size(), 70'000u);
  EXPECT_EQ(builder.open_tile(0).size(), 112u);
  EXPECT_EQ(builder.open_tile(1).size(), 17u);
  EXPECT_EQ(builder.open_tile(2).size(), 1u);
  EXPECT_TRUE(builder.open_tile(3).empty());
  EXPECT_TRUE(TileBuilder().open_tile(0).empty());
}

TEST(Tiles, ANodeLiesWhereItsHashesStand) {
  const auto expect_place = [](NodeId node, TileId tile, std::size_t first, std::size_t count) {
    const NodePlace place = place_of(node);
    EXPECT_EQ(place.tile, tile);
    EXPECT_EQ(place.first, first);
    EXPECT_EQ(place.count, count);
  };
  expect_place({0, 0}, {0, 0}, 0, 1);
  expect_place({0, 255}, {0, 0}, 255, 1);
  expect_place({0, 256}, {0, 1}, 0, 1);
  expect_place({1, 3}, {0, 0}, 6, 2);
  expect_place({7, 1}, {0, 0}, 128, 128);
  expect_place({7, 3}, {0, 1}, 128, 128);
  expect_place({8, 3}, {1, 0}, 3, 1);
  expect_place({9, 300}, {1, 2}, 88, 2);
  expect_place({16, 256}, {2, 1}, 0, 1);
}

// --- Sizes that no machine holds -----------------------------------------------------------------

TEST(Merkle, PlansProofsOfTheLargestTrees) {
  const std::uint64_t size = (std::uint64_t{1} << 63) - 1;
  const ProofPlan first = plan_inclusion(0, size);
  EXPECT_EQ(first.size(), 63u);
  EXPECT_EQ(first.front(), (std::vector<NodeId>{{0, 1}}));
  EXPECT_EQ(first.back().size(), 62u) << "the right half, ragged: one node for each bit";
  EXPECT_EQ(plan_inclusion(size - 1, size).size(), 62u);
  EXPECT_EQ(plan_root(size).size(), 63u);
  EXPECT_EQ(plan_root(size).front(), (NodeId{62, 0}));
  EXPECT_EQ(plan_consistency(size - 1, size).size(), 63u);
}

TEST(MerkleDeathTest, HoldsItsPreconditions) {
  EXPECT_DEATH((void)plan_inclusion(5, 5), "leaf of the tree");
  EXPECT_DEATH((void)plan_consistency(6, 5), "not smaller");
  EXPECT_DEATH((void)perfect_root(std::vector<Hash>(3)), "2\\^n hashes");
  EXPECT_DEATH((void)perfect_root({}), "2\\^n hashes");
  EXPECT_DEATH((void)fold({}), "a node to fold");
}

}  // namespace
}  // namespace crypto
