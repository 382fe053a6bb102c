// Checking proofs: every small one that the model makes holds, and no damaged one does.
#include "crypto/proof.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "tests/crypto/naive_tree.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::hash_of;
using test_support::hashes_of;
using test_support::Json;

constexpr std::size_t largest = 70;

// A claim of either kind, with `damage` helpers that return the damaged proof.
using Proof = std::vector<Hash>;

Proof with_bit_flipped(Proof proof, std::size_t bit) {
  proof[bit / 256].bytes[bit % 256 / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
  return proof;
}
Proof without_last(Proof proof) {
  proof.pop_back();
  return proof;
}
Proof with_one_more(Proof proof, const Hash& hash) {
  proof.push_back(hash);
  return proof;
}

// How many of the damaged proofs `holds` accepts: every bit flipped, one hash less, one more.
template <class Holds>
int accepted_damages(const Proof& proof, Holds holds) {
  int accepted = 0;
  for (std::size_t bit = 0; bit < 256 * proof.size(); ++bit) {
    accepted += holds(with_bit_flipped(proof, bit));
  }
  if (!proof.empty()) accepted += holds(without_last(proof));
  accepted += holds(with_one_more(proof, leaf_hash("one more")));
  return accepted;
}

// --- Inclusion -----------------------------------------------------------------------------------

TEST(Inclusion, HoldsForEveryLeafOfEverySmallTree) {
  const auto all = naive::leaves(largest);
  for (std::size_t size = 1; size <= largest; ++size) {
    const auto leaves = std::span(all).first(size);
    const Hash root = naive::root(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      EXPECT_TRUE(verify_inclusion(all[index], index, size, naive::path(index, leaves), root))
          << index << " of " << size;
    }
  }
}

TEST(Inclusion, IsRefusedWithAnyBitOfAnyHashFlippedOrAHashTooManyOrTooFew) {
  const auto all = naive::leaves(largest);
  for (std::size_t size = 1; size <= largest; ++size) {
    const auto leaves = std::span(all).first(size);
    const Hash root = naive::root(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      const int accepted = accepted_damages(naive::path(index, leaves), [&](const Proof& proof) {
        return verify_inclusion(all[index], index, size, proof, root);
      });
      ASSERT_EQ(accepted, 0) << index << " of " << size;
    }
  }
}

TEST(Inclusion, IsRefusedForEveryOtherIndexLeafAndRoot) {
  const auto all = naive::leaves(largest);
  for (std::size_t size = 2; size <= largest; ++size) {
    const auto leaves = std::span(all).first(size);
    const Hash root = naive::root(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      const Proof proof = naive::path(index, leaves);
      for (std::size_t other = 0; other <= size; ++other) {
        if (other == index) continue;
        ASSERT_FALSE(verify_inclusion(all[index], other, size, proof, root));
        if (other < size) {
          ASSERT_FALSE(verify_inclusion(all[other], index, size, proof, root));
        }
      }
      ASSERT_FALSE(
          verify_inclusion(all[index], index, size, proof, naive::root(leaves.first(size - 1))));
    }
  }
}

// --- Consistency ---------------------------------------------------------------------------------

TEST(Consistency, HoldsBetweenAllSmallSizes) {
  const auto all = naive::leaves(largest);
  for (std::size_t size = 0; size <= largest; ++size) {
    const auto leaves = std::span(all).first(size);
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      EXPECT_TRUE(verify_consistency(old_size, naive::root(leaves.first(old_size)), size,
                                     naive::root(leaves), naive::proof(old_size, leaves)))
          << old_size << " to " << size;
    }
  }
}

TEST(Consistency, IsRefusedWithAnyBitOfAnyHashFlippedOrAHashTooManyOrTooFew) {
  const auto all = naive::leaves(largest);
  for (std::size_t size = 0; size <= largest; ++size) {
    const auto leaves = std::span(all).first(size);
    const Hash root = naive::root(leaves);
    for (std::size_t old_size = 0; old_size <= size; ++old_size) {
      const Hash old_root = naive::root(leaves.first(old_size));
      const int accepted = accepted_damages(naive::proof(old_size, leaves), [&](const Proof& p) {
        return verify_consistency(old_size, old_root, size, root, p);
      });
      ASSERT_EQ(accepted, 0) << old_size << " to " << size;
    }
  }
}

TEST(Consistency, IsRefusedForEveryOtherOlderSizeAndRoot) {
  const auto all = naive::leaves(largest);
  std::vector<Hash> roots;
  for (std::size_t size = 0; size <= largest; ++size) {
    roots.push_back(naive::root(std::span(all).first(size)));
  }
  for (std::size_t size = 1; size <= largest; ++size) {
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const Proof proof = naive::proof(old_size, std::span(all).first(size));
      for (std::size_t other = 0; other <= size; ++other) {
        if (other == old_size) continue;
        ASSERT_FALSE(verify_consistency(old_size, roots[other], size, roots[size], proof));
        ASSERT_FALSE(verify_consistency(other, roots[old_size], size, roots[size], proof));
        ASSERT_EQ(verify_consistency(old_size, roots[old_size], size, roots[other], proof),
                  other == size);
      }
    }
  }
}

// --- Vectors -------------------------------------------------------------------------------------

bool inclusion_holds(const Json& row) {
  return verify_inclusion(hash_of(row["leaf"].get<std::string>()),
                          row["index"].get<std::uint64_t>(), row["size"].get<std::uint64_t>(),
                          hashes_of(row["proof"]), hash_of(row["root"].get<std::string>()));
}

bool consistency_holds(const Json& row) {
  return verify_consistency(row["old_size"].get<std::uint64_t>(),
                            hash_of(row["old_root"].get<std::string>()),
                            row["size"].get<std::uint64_t>(),
                            hash_of(row["root"].get<std::string>()), hashes_of(row["proof"]));
}

TEST(Proofs, OfTheVectorsHold) {
  const Json& file = test_support::vectors("merkle");
  for (const char* tree : {"eight", "big"}) {
    for (const Json& row : file[tree]["inclusion"]) EXPECT_TRUE(inclusion_holds(row)) << row;
    for (const Json& row : file[tree]["consistency"]) EXPECT_TRUE(consistency_holds(row)) << row;
  }
}

TEST(Proofs, OfTheVectorsThatAreWrongAreRefused) {
  const Json& file = test_support::vectors("merkle");
  for (const Json& row : file["refused_inclusion"]) {
    EXPECT_FALSE(inclusion_holds(row)) << row["why"];
  }
  for (const Json& row : file["refused_consistency"]) {
    EXPECT_FALSE(consistency_holds(row)) << row["why"];
  }
}

// Not a fault of the check but of who calls it so: why size and root come from one checkpoint.
TEST(Proofs, AnInnerNodePassesForALeafWhereSizeAndRootAreNotOfOneCheckpoint) {
  EXPECT_TRUE(inclusion_holds(test_support::vectors("merkle")["bound_together"]));
}

TEST(Proofs, EndForAnySizeAndAnyNumberOfHashes) {
  const std::uint64_t most = ~std::uint64_t{0};
  for (const std::size_t count : {0, 1, 63, 64, 65, 200}) {
    const Proof proof(count, leaf_hash("x"));
    for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{1} << 63, most}) {
      EXPECT_FALSE(verify_inclusion(leaf_hash("x"), size - 1, size, proof, empty_root()));
      EXPECT_FALSE(verify_inclusion(leaf_hash("x"), 0, size, proof, empty_root()));
      EXPECT_FALSE(verify_consistency(size - 1, leaf_hash("y"), size, empty_root(), proof));
    }
  }
}

TEST(Proofs, AgreeWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("merkle_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const auto inclusion = [](const Json& row) {
    return verify_inclusion(hash_of(row["leaf_hash"].get<std::string>()),
                            row["index"].get<std::uint64_t>(), row["size"].get<std::uint64_t>(),
                            hashes_of(row["proof"]), hash_of(row["root"].get<std::string>()));
  };
  const auto consistency = [](const Json& row) {
    return verify_consistency(row["size1"].get<std::uint64_t>(),
                              hash_of(row["root1"].get<std::string>()),
                              row["size2"].get<std::uint64_t>(),
                              hash_of(row["root2"].get<std::string>()), hashes_of(row["proof"]));
  };
  for (const Json& row : (*outside)["eight_leaves"]["inclusion"]) EXPECT_TRUE(inclusion(row));
  for (const Json& row : (*outside)["eight_leaves"]["consistency"]) EXPECT_TRUE(consistency(row));
  for (const Json& row : (*outside)["negative"]) {
    EXPECT_FALSE(row["kind"] == "inclusion" ? inclusion(row) : consistency(row)) << row["why"];
  }
}

// --- The text form -------------------------------------------------------------------------------

TEST(TlogProof, ReadsAndWritesTheVectors) {
  for (const Json& row : test_support::vectors("notes")["tlog_proofs"]["accepted"]) {
    const auto text = row["text"].get<std::string>();
    const auto proof = parse_tlog_proof(text);
    ASSERT_TRUE(proof) << row["why"];
    EXPECT_EQ(proof->extra.has_value(), !row["extra"].is_null()) << row["why"];
    if (proof->extra) {
      EXPECT_EQ(*proof->extra, test_support::bytes_of(row["extra"].get<std::string>()));
    }
    EXPECT_EQ(proof->index, row["index"]);
    EXPECT_EQ(proof->hashes, hashes_of(row["hashes"]));
    EXPECT_EQ(proof->checkpoint, row["checkpoint"]);
    EXPECT_EQ(format_tlog_proof(*proof), text);
  }
}

TEST(TlogProof, LeadsFromTheEntryToTheCheckpointThatTheLogSigned) {
  const Json& file = test_support::vectors("notes");
  const auto key = parse_vkey(file["vkey"].get<std::string>());
  ASSERT_TRUE(key);
  for (const Json& row : file["tlog_proofs"]["accepted"]) {
    const auto proof = parse_tlog_proof(row["text"].get<std::string>());
    ASSERT_TRUE(proof);
    const auto head = open_checkpoint(proof->checkpoint, *key);
    ASSERT_TRUE(head) << row["why"];
    const Hash leaf = leaf_hash(row["entry"].get<std::string>());
    EXPECT_TRUE(verify_inclusion(leaf, proof->index, head->size, proof->hashes, head->root));
  }
}

TEST(TlogProof, IsRefusedInEveryOtherForm) {
  for (const Json& row : test_support::vectors("notes")["tlog_proofs"]["refused"]) {
    EXPECT_FALSE(parse_tlog_proof(row["text"].get<std::string>())) << row["why"];
  }
}

TEST(TlogProof, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const auto key = parse_vkey((*outside)["keys"]["log"]["vkey_01"].get<std::string>());
  ASSERT_TRUE(key);
  for (const auto& [member, entry] :
       {std::pair{"tlog_proof_300", "leaf-300"}, std::pair{"tlog_proof_size1", "leaf-0"}}) {
    const auto text = (*outside)[member].get<std::string>();
    const auto proof = parse_tlog_proof(text);
    ASSERT_TRUE(proof) << member;
    EXPECT_EQ(format_tlog_proof(*proof), text);
    const auto head = open_checkpoint(proof->checkpoint, *key);
    ASSERT_TRUE(head) << member;
    EXPECT_TRUE(
        verify_inclusion(leaf_hash(entry), proof->index, head->size, proof->hashes, head->root));
  }
}

}  // namespace
}  // namespace crypto
