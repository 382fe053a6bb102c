// The state tree beside the naive model: roots and proofs after any history, in any order, however
// many changes lie between two roots.
#include "crypto/state_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/crypto/naive_state_tree.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;

std::string hex(const Hash& hash) {
  return to_hex(hash.view());
}

// Keys that histories draw from: few, so that they meet again, and most of them with paths that
// part late, so that the levels between branches matter.
const std::vector<std::string>& some_keys() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> keys = naive::near_keys(12);
    for (int i = 0; i < 16; ++i) keys.push_back("key-" + std::to_string(i));
    keys.emplace_back();
    return keys;
  }();
  return all;
}

// A tree of that many keys, "key-0" on, with values of their own.
StateTree tree_of(std::size_t count) {
  StateTree tree;
  for (std::size_t i = 0; i < count; ++i) {
    tree.set("key-" + std::to_string(i), "value-" + std::to_string(i));
  }
  return tree;
}

// --- Beside the model ----------------------------------------------------------------------------

struct Change {
  std::size_t key = 0;
  int value = 0;  // 0: the key is taken out
  bool ask = false;
};

rc::Gen<Change> any_change() {
  return rc::gen::build<Change>(
      rc::gen::set(&Change::key, rc::gen::inRange<std::size_t>(0, some_keys().size())),
      rc::gen::set(&Change::value, rc::gen::inRange(0, 3)),
      rc::gen::set(&Change::ask, rc::gen::arbitrary<bool>()));
}

void expect_as_model(StateTree& tree, const naive::StateTree& model) {
  const Hash root = tree.root();
  RC_ASSERT(root == model.root());
  RC_ASSERT(tree.size() == model.values().size());
  for (const std::string& key : some_keys()) {
    const StateProof proof = tree.prove(key);
    RC_ASSERT(proof == model.prove(key));
    const auto found = model.values().find(key);
    if (found == model.values().end()) {
      RC_ASSERT(verify_absent(root, key, proof));
    } else {
      RC_ASSERT(verify_present(root, key, found->second, proof));
    }
  }
}

TEST(StateTree, HasTheRootsAndProofsOfTheModelAfterAnyHistory) {
  const auto histories = rc::gen::scale(3.0, rc::gen::container<std::vector<Change>>(any_change()));
  const bool holds = rc::check([&] {
    StateTree tree;
    naive::StateTree model;
    for (const Change& change : *histories) {
      const std::string& key = some_keys()[change.key];
      if (change.value == 0) {
        RC_ASSERT(tree.erase(key) == model.erase(key));
      } else {
        tree.set(key, std::to_string(change.value));
        model.set(key, std::to_string(change.value));
      }
      if (change.ask) RC_ASSERT(tree.root() == model.root());
    }
    expect_as_model(tree, model);
  });
  EXPECT_TRUE(holds);
}

TEST(StateTree, IsTheSameWhateverHistoryLedToIt) {
  const auto histories = rc::gen::scale(2.0, rc::gen::container<std::vector<Change>>(any_change()));
  const bool holds = rc::check([&] {
    StateTree tree;
    std::map<std::string, std::string> kept;
    for (const Change& change : *histories) {
      const std::string& key = some_keys()[change.key];
      if (change.value == 0) {
        (void)tree.erase(key);
        kept.erase(key);
      } else {
        tree.set(key, std::to_string(change.value));
        kept[key] = std::to_string(change.value);
      }
    }
    StateTree fresh;
    for (auto it = kept.rbegin(); it != kept.rend(); ++it) fresh.set(it->first, it->second);
    RC_ASSERT(tree == fresh);
    RC_ASSERT(tree.root() == fresh.root());
  });
  EXPECT_TRUE(holds);
}

TEST(StateTree, HasTheRootOfTheModelAtEverySmallSizeUpAndDown) {
  StateTree tree;
  naive::StateTree model;
  EXPECT_EQ(tree.root(), empty_subtree);
  for (int i = 0; i < 70; ++i) {
    const std::string key = "key-" + std::to_string(i);
    tree.set(key, "v");
    model.set(key, "v");
    ASSERT_EQ(tree.root(), model.root()) << i;
  }
  for (int i = 0; i < 70; ++i) {
    const std::string key = "key-" + std::to_string((29 * i) % 70);
    ASSERT_TRUE(tree.erase(key));
    model.erase(key);
    ASSERT_EQ(tree.root(), model.root()) << i;
  }
  EXPECT_EQ(tree.size(), 0u);
  EXPECT_EQ(tree.root(), empty_subtree);
}

// Thousands of leaves lie in more than one piece of memory, and erased places are used again.
TEST(StateTree, HasTheRootOfTheModelWithThousandsOfLeavesThatComeAndGo) {
  StateTree tree = tree_of(10'000);
  naive::StateTree model;
  for (int i = 0; i < 10'000; ++i) {
    model.set("key-" + std::to_string(i), "value-" + std::to_string(i));
  }
  ASSERT_EQ(tree.root(), model.root());
  for (int i = 0; i < 10'000; i += 3) {
    const std::string gone = "key-" + std::to_string(i), fresh = "fresh-" + std::to_string(i);
    EXPECT_TRUE(tree.erase(gone));
    model.erase(gone);
    tree.set(fresh, "v");
    model.set(fresh, "v");
  }
  EXPECT_EQ(tree.size(), 10'000u);
  EXPECT_EQ(tree.root(), model.root());
  for (const std::string key : {"key-0", "key-1", "fresh-3", "fresh-4"}) {
    EXPECT_EQ(tree.prove(key), model.prove(key)) << key;
  }
}

// --- A value -------------------------------------------------------------------------------------

TEST(StateTree, ACopyGoesItsOwnWay) {
  StateTree tree = tree_of(20);
  const Hash before = tree.root();
  StateTree copy = tree;
  copy.set("key-3", "else");
  EXPECT_TRUE(copy.erase("key-4"));
  EXPECT_NE(copy.root(), before);
  EXPECT_EQ(tree.root(), before);
  EXPECT_FALSE(copy == tree);
  copy.set("key-3", "value-3");
  copy.set("key-4", "value-4");
  EXPECT_TRUE(copy == tree);
  EXPECT_EQ(copy.root(), before);
}

TEST(StateTree, IsAnotherWithAnotherKeyOrAnotherValue) {
  StateTree one, two;
  one.set("alpha", "1");
  two.set("alpha", "2");
  EXPECT_FALSE(one == two);
  EXPECT_NE(one.root(), two.root());
  EXPECT_TRUE(two.erase("alpha"));
  two.set("beta", "1");
  EXPECT_FALSE(one == two);
  EXPECT_NE(one.root(), two.root());
  EXPECT_FALSE(one == StateTree());
  EXPECT_TRUE(StateTree() == StateTree());
}

TEST(StateTree, WhatWasMovedFromIsEmptyAndTakesKeysAgain) {
  StateTree tree = tree_of(20);
  const StateTree moved = std::move(tree);
  EXPECT_EQ(moved.size(), 20u);
  EXPECT_EQ(tree.size(), 0u);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(tree.root(), empty_subtree);
  tree.set("key-0", "value-0");
  EXPECT_EQ(tree.root(), tree_of(1).root());
}

TEST(StateTree, SettingWhatIsThereChangesNothing) {
  StateTree tree = tree_of(20);
  const Hash before = tree.root();
  tree.set("key-3", "value-3");
  EXPECT_TRUE(verify_present(before, "key-3", "value-3", tree.prove("key-3")))
      << "it may be proved: nothing was changed";
  EXPECT_FALSE(tree.erase("key-20"));
  EXPECT_EQ(tree.root(), before);
}

TEST(StateTreeDeathTest, ProvesOnlyUnderARootThatWasHashed) {
  StateTree tree = tree_of(2);
  EXPECT_DEATH((void)tree.prove("key-0"), "root that was hashed");
}

// --- Known answers -------------------------------------------------------------------------------

StateTree tree_of_items(const Json& items) {
  StateTree tree;
  for (const Json& item : items) {
    tree.set(bytes_of(item[0].get<std::string>()), bytes_of(item[1].get<std::string>()));
  }
  return tree;
}

TEST(StateTree, GivesTheRootsAndProofsOfTheVectors) {
  std::size_t proofs = 0;
  for (const Json& row : test_support::vectors("state")["trees"]) {
    StateTree tree = tree_of_items(row["items"]);
    EXPECT_EQ(hex(tree.root()), row["root"]) << row["why"];
    for (const Json& each : row["proofs"]) {
      const std::string key = bytes_of(each["key"].get<std::string>());
      EXPECT_EQ(to_hex(encode_state_proof(tree.prove(key))), each["proof"]) << row["why"];
      ++proofs;
    }
  }
  EXPECT_EQ(proofs, 41u);
}

TEST(StateTree, GivesTheRootsOfTheHistoryOfTheVectors) {
  StateTree tree;
  for (const Json& row : test_support::vectors("state")["changes"]) {
    const std::string key = bytes_of(row["key"].get<std::string>());
    if (row["value"].is_null()) {
      (void)tree.erase(key);
    } else {
      tree.set(key, bytes_of(row["value"].get<std::string>()));
    }
    EXPECT_EQ(tree.size(), row["leaves"]) << row["why"];
    EXPECT_EQ(hex(tree.root()), row["root"]) << row["why"];
  }
}

TEST(StateVectors, AreWhatTheirProgramWrites) {
  const test_support::ScratchFolder folder;
  const auto outcome =
      folder.run("python3 '" ITMO_SOURCE_DIR "/spec/vectors/make_state_vectors.py' --check");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

// celestiaorg/smt gives these: should the vectors ever be made anew, they are still these.
TEST(StateTree, GivesTheRootsThatOtherImplementationsGive) {
  const char* roots[] = {"234c86d583c0a7b74b406aaab72ad3f6aed5a5daface2c11e0406864dd7d6751",
                         "685d670c4c879641838c4c9bc26335bfbeca852ecf108aba3ce3bef09566bbfe",
                         "649eb8e016a3cbfce000060bea32c5004ec16a152493a8b2e324fb8745805f42"};
  StateTree tree;
  tree.set("alpha", "1");
  EXPECT_EQ(hex(tree.root()), roots[0]);
  tree.set("beta", "2");
  EXPECT_EQ(hex(tree.root()), roots[1]);
  tree.set("gamma", "3");
  EXPECT_EQ(hex(tree.root()), roots[2]);
}

// The siblings of an outside proof, which names those that are something.
std::vector<Hash> siblings_of(const Json& row) {
  const std::string map = bytes_of(row["bitmap"].get<std::string>());
  const std::vector<Hash> named = test_support::hashes_of(row["siblings"]);
  std::vector<Hash> all(row["depth"].get<std::size_t>(), empty_subtree);
  std::size_t next = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_there = (static_cast<unsigned char>(map[i / 8]) >> (7 - i % 8) & 1) != 0;
    if (is_there && next < named.size()) all[i] = named[next++];
  }
  EXPECT_EQ(next, named.size());
  return all;
}

TEST(StateTree, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("smt_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const Json& hundred = (*outside)["hundred"];
  StateTree tree;
  for (const auto& [key, value] : hundred["items"].items()) {
    tree.set(bytes_of(key), value.get<std::string>());
  }
  const Hash root = tree.root();
  EXPECT_EQ(hex(root), hundred["root"]);
  for (const Json& row : hundred["membership"]) {
    const std::string key = bytes_of(row["key_hex"].get<std::string>());
    const StateProof proof{StateProof::End::own, siblings_of(row), {}};
    EXPECT_EQ(tree.prove(key), proof);
    EXPECT_TRUE(verify_present(root, key, row["value_utf8"].get<std::string>(), proof));
  }
  for (const Json& row : hundred["non_membership"]) {
    const std::string key = bytes_of(row["key_hex"].get<std::string>());
    StateProof proof{StateProof::End::nothing, siblings_of(row), {}};
    if (!row["terminal"].is_null()) {
      proof.end = StateProof::End::other;
      proof.other.path = test_support::hash_of(row["terminal"]["path"].get<std::string>());
      proof.other.value_hash =
          test_support::hash_of(row["terminal"]["value_hash"].get<std::string>());
    }
    EXPECT_EQ(tree.prove(key), proof);
    EXPECT_TRUE(verify_absent(root, key, proof));
  }
  const std::string seventh = bytes_of("6163636f756e74006163633a543a30303037");
  tree.set(seventh, "changed");
  EXPECT_EQ(hex(tree.root()), hundred["root_after_update"]);
  EXPECT_TRUE(tree.erase(seventh));
  EXPECT_EQ(hex(tree.root()), hundred["root_after_delete"]);
}

}  // namespace
}  // namespace crypto
