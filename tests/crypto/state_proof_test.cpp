// Proofs of a state tree: every one that the model makes holds, and no damaged one does.
#include "crypto/state_proof.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/crypto/naive_state_tree.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::hash_of;
using test_support::Json;
using End = StateProof::End;

// A claim about one key, and the bytes that shall show it.
struct Claim {
  Hash root;
  std::string key;
  std::optional<std::string> value;  // nothing: the key has none
  std::string proof;

  bool holds() const {
    const auto read = decode_state_proof(proof);
    if (!read) return false;
    return value ? verify_present(root, key, *value, *read) : verify_absent(root, key, *read);
  }
};

Claim claim_of(const Json& row, const Json& root) {
  Claim claim;
  claim.root = hash_of(root.get<std::string>());
  claim.key = bytes_of(row["key"].get<std::string>());
  if (!row["value"].is_null()) claim.value = bytes_of(row["value"].get<std::string>());
  claim.proof = bytes_of(row["proof"].get<std::string>());
  return claim;
}

std::vector<Claim> claims_of_vectors() {
  std::vector<Claim> all;
  for (const Json& tree : test_support::vectors("state")["trees"]) {
    for (const Json& row : tree["proofs"]) all.push_back(claim_of(row, tree["root"]));
  }
  return all;
}

// Claims of every end about a tree of seventeen leaves, two of which part late.
std::vector<Claim> claims_of_model() {
  naive::StateTree model;
  for (const std::string& key : naive::near_keys(1)) model.set(key, "near");
  for (int i = 0; i < 15; ++i) model.set("key-" + std::to_string(i), std::to_string(i));
  std::vector<Claim> all;
  const auto claim = [&](const std::string& key, const std::optional<std::string>& value) {
    all.push_back({model.root(), key, value, encode_state_proof(model.prove(key))});
  };
  for (const auto& [key, value] : model.values()) claim(key, value);
  for (int i = 0; i < 20; ++i) claim("absent-" + std::to_string(i), std::nullopt);
  return all;
}

std::string with_bit_flipped(std::string bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  return bytes;
}

// --- What holds ----------------------------------------------------------------------------------

TEST(StateProof, OfTheModelHoldsAndIsReadAsItWasWritten) {
  std::vector<int> ends(3);
  for (const Claim& claim : claims_of_model()) {
    EXPECT_TRUE(claim.holds()) << claim.key;
    const auto proof = decode_state_proof(claim.proof);
    ASSERT_TRUE(proof);
    EXPECT_EQ(encode_state_proof(*proof), claim.proof);
    ++ends[static_cast<std::size_t>(proof->end)];
  }
  EXPECT_EQ(ends[0], 17);
  EXPECT_GT(ends[1], 2);
  EXPECT_GT(ends[2], 2);
}

TEST(StateProof, OfTheVectorsHoldsAndSaysWhatTheySay) {
  for (const Json& tree : test_support::vectors("state")["trees"]) {
    for (const Json& row : tree["proofs"]) {
      EXPECT_TRUE(claim_of(row, tree["root"]).holds()) << tree["why"] << row["key"];
      const auto proof = decode_state_proof(bytes_of(row["proof"].get<std::string>()));
      ASSERT_TRUE(proof);
      EXPECT_EQ(hash_of(row["path"].get<std::string>()),
                state_path(bytes_of(row["key"].get<std::string>())));
      const char* ends[] = {"own", "nothing", "other"};
      EXPECT_EQ(ends[static_cast<std::size_t>(proof->end)], row["end"]);
      EXPECT_EQ(proof->siblings, test_support::hashes_of(row["siblings"]));
      if (proof->end != End::other) continue;
      EXPECT_EQ(to_hex(proof->other.path.view()), row["other"]["path"]);
      EXPECT_EQ(to_hex(proof->other.value_hash.view()), row["other"]["value_hash"]);
    }
  }
}

// The deepest leaves that there can be: two that share 255 turns. Nobody will ever find their keys,
// so the proof is made by hand, and the other key's leaf is a number.
TEST(StateProof, HoldsAtTheGreatestDepth) {
  const std::string key = "the deepest";
  const StateLeaf leaf = state_leaf(key, "value");
  StateProof proof{End::own, std::vector<Hash>(256, empty_subtree), {}};
  proof.siblings.back() = leaf_hash("the other leaf");
  Hash root = state_leaf_hash(leaf);
  for (unsigned i = 256; i-- > 0;) {
    root = turns_right(leaf.path, i) ? node_hash(proof.siblings[i], root)
                                     : node_hash(root, proof.siblings[i]);
  }
  const std::string bytes = encode_state_proof(proof);
  EXPECT_EQ(bytes.size(), 3u + 32 + 32);
  EXPECT_TRUE((Claim{root, key, "value", bytes}.holds()));
  EXPECT_FALSE((Claim{root, key, "other", bytes}.holds()));
}

TEST(StateProof, TheLongestOneHasTheLengthThatIsSaid) {
  const StateProof own{End::own, std::vector<Hash>(256, leaf_hash("x")), {}};
  const StateProof other{End::other, std::vector<Hash>(255, leaf_hash("x")), {}};
  EXPECT_EQ(decode_state_proof(encode_state_proof(own)), own);
  EXPECT_EQ(decode_state_proof(encode_state_proof(other)), other);
  EXPECT_EQ(encode_state_proof(other).size(), most_state_proof_bytes);
  EXPECT_LT(encode_state_proof(own).size(), most_state_proof_bytes);
}

// --- What does not -------------------------------------------------------------------------------

TEST(StateProof, IsRefusedWithAnyBitFlippedOrAByteTooManyOrTooFew) {
  std::vector<Claim> all = claims_of_model();
  for (Claim& claim : claims_of_vectors()) all.push_back(std::move(claim));
  for (const Claim& claim : all) {
    Claim damaged = claim;
    for (std::size_t bit = 0; bit < 8 * claim.proof.size(); ++bit) {
      damaged.proof = with_bit_flipped(claim.proof, bit);
      ASSERT_FALSE(damaged.holds()) << claim.key << " bit " << bit;
    }
    for (std::size_t size = 0; size < claim.proof.size(); ++size) {
      damaged.proof = claim.proof.substr(0, size);
      ASSERT_FALSE(decode_state_proof(damaged.proof)) << claim.key << " cut to " << size;
    }
    EXPECT_FALSE(decode_state_proof(claim.proof + '\0'));
    EXPECT_FALSE(decode_state_proof(claim.proof + std::string(32, 'x')));
  }
}

TEST(StateProof, IsRefusedWithAnyBitOfTheValueFlippedAndForAnotherKeyOrRoot) {
  const std::vector<Claim> all = claims_of_model();
  for (const Claim& claim : all) {
    for (std::size_t bit = 0; claim.value && bit < 8 * claim.value->size(); ++bit) {
      Claim damaged = claim;
      damaged.value = with_bit_flipped(*claim.value, bit);
      ASSERT_FALSE(damaged.holds());
    }
    for (std::size_t bit = 0; bit < 256; ++bit) {
      Claim damaged = claim;
      damaged.root = *Hash::from(with_bit_flipped(std::string(claim.root.view()), bit));
      ASSERT_FALSE(damaged.holds());
    }
    Claim opposite = claim;
    opposite.value = claim.value ? std::nullopt : std::optional<std::string>("");
    EXPECT_FALSE(opposite.holds()) << claim.key;
    for (const Claim& other : all) {
      if (!claim.value || other.key == claim.key) continue;
      EXPECT_FALSE((Claim{claim.root, other.key, claim.value, claim.proof}.holds()));
    }
  }
}

TEST(StateProof, OfAnAbsentKeyHoldsForAnotherOnlyWhereThatIsAbsentToo) {
  const std::vector<Claim> all = claims_of_model();
  for (const Claim& claim : all) {
    for (const Claim& other : all) {
      if (claim.value || !other.value) continue;
      EXPECT_FALSE((Claim{claim.root, other.key, std::nullopt, claim.proof}.holds()))
          << claim.key << " for " << other.key;
    }
  }
}

TEST(StateProof, IsRefusedWhereTheVectorsSaySo) {
  for (const Json& row : test_support::vectors("state")["refused"]) {
    const Claim claim = claim_of(row, row["root"]);
    EXPECT_TRUE(decode_state_proof(claim.proof)) << row["why"];
    EXPECT_FALSE(claim.holds()) << row["why"];
  }
}

TEST(StateProof, IsNotReadFromOtherBytes) {
  for (const Json& row : test_support::vectors("state")["malformed"]) {
    EXPECT_FALSE(decode_state_proof(bytes_of(row["proof"].get<std::string>()))) << row["why"];
  }
  EXPECT_FALSE(decode_state_proof(std::string(most_state_proof_bytes + 1, '\0')));
}

// A verifier is asked about proofs that were not read from bytes, too.
TEST(StateProof, IsRefusedInAFormThatHasNoBytes) {
  const StateLeaf leaf = state_leaf("key", "value");
  StateProof deep{End::own, std::vector<Hash>(257, leaf_hash("x")), {}};
  EXPECT_FALSE(verify_present({}, "key", "value", deep));
  deep.end = End::nothing;
  EXPECT_FALSE(verify_absent({}, "key", deep));
  const Hash right = node_hash(empty_subtree, state_leaf_hash(leaf));
  const Hash left = node_hash(state_leaf_hash(leaf), empty_subtree);
  const StateProof hanging{End::own, {empty_subtree}, {}};
  EXPECT_FALSE(verify_present(turns_right(leaf.path, 0) ? right : left, "key", "value", hanging))
      << "a leaf alone is not hung one turn lower";
  const StateProof hollow{End::nothing, {empty_subtree}, {}};
  EXPECT_FALSE(verify_absent(node_hash(empty_subtree, empty_subtree), "key", hollow))
      << "nothing beside nothing is nothing";
  const StateProof own{End::own, {}, leaf};
  EXPECT_FALSE(verify_absent(state_leaf_hash(leaf), "another key", own))
      << "an own leaf is not another's, whatever is said of that";
}

TEST(StateProofDeathTest, HoldsItsPreconditions) {
  const StateProof deep{End::own, std::vector<Hash>(257, leaf_hash("x")), {}};
  EXPECT_DEATH((void)encode_state_proof(deep), "256 turns");
}

}  // namespace
}  // namespace crypto
