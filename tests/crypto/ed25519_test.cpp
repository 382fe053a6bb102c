// The strict profile of spec/signatures.md, by our own vectors.
#include "crypto/ed25519.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;
using test_support::key_of;

std::string hex_in(const Json& row, const char* member) {
  return bytes_of(row[member].get<std::string>());
}

SecretKey test_key() {
  return SecretKey::from_seed(std::string(32, '\x07'));
}

TEST(Ed25519, TheLinkedLibraryPassesTheSelfTest) {
  EXPECT_EQ(self_test().value_or("passed"), "passed");
}

// RFC 8032, 7.1: seed, public key, message, signature.
TEST(Ed25519, SignsAsTheExamplesOfRfc8032) {
  struct Example {
    const char *seed, *key, *message, *signature;
  };
  const std::vector<Example> examples = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9"
       "b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "1"
       "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "d"
       "c6594a7c15e9716ed28dc027beceea1ec40a"},
  };
  for (const Example& example : examples) {
    const SecretKey key = SecretKey::from_seed(bytes_of(example.seed));
    const std::string message = bytes_of(example.message);
    EXPECT_EQ(to_hex(key.public_key().view()), example.key);
    EXPECT_EQ(to_hex(key.sign(message).view()), example.signature);
    EXPECT_TRUE(verify(key.public_key(), message, key.sign(message)));
  }
}

TEST(Ed25519, GivesTheVerdictOfEveryVector) {
  for (const Json& row : test_support::vectors("ed25519")["signatures"]) {
    const auto signature = Signature::from(hex_in(row, "signature"));
    const bool valid = signature && verify(key_of(row["key"].get<std::string>()),
                                           hex_in(row, "message"), *signature);
    EXPECT_EQ(valid, row["valid"].get<bool>()) << row["why"];
  }
}

TEST(Ed25519, EnrolsTheKeysOfPrimeOrderAndNoOthers) {
  for (const Json& row : test_support::vectors("ed25519")["keys"]) {
    EXPECT_EQ(is_valid_public_key(key_of(row["key"].get<std::string>())), row["valid"].get<bool>())
        << row["why"];
  }
}

TEST(Ed25519, RefusesASignatureWithAnyBitFlipped) {
  const SecretKey key = test_key();
  const Signature good = key.sign("message");
  for (std::size_t bit = 0; bit < 8 * Signature::length; ++bit) {
    Signature bad = good;
    bad.bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(verify(key.public_key(), "message", bad)) << "bit " << bit;
  }
}

TEST(Ed25519, RefusesAKeyWithAnyBitFlipped) {
  const SecretKey key = test_key();
  const Signature good = key.sign("message");
  for (std::size_t bit = 0; bit < 8 * PublicKey::length; ++bit) {
    PublicKey bad = key.public_key();
    bad.bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(verify(bad, "message", good)) << "bit " << bit;
  }
}

TEST(Ed25519, MakesAFreshKeyEachTime) {
  std::set<std::string> seeds;
  for (int i = 0; i < 8; ++i) {
    const SecretKey key = SecretKey::generate();
    EXPECT_TRUE(is_valid_public_key(key.public_key()));
    EXPECT_TRUE(verify(key.public_key(), "message", key.sign("message")));
    seeds.insert(std::string(key.seed()));
  }
  EXPECT_EQ(seeds.size(), 8u);
}

TEST(Ed25519, MakesTheSameKeyOfTheSameSeed) {
  const SecretKey key = SecretKey::generate();
  const SecretKey again = SecretKey::from_seed(key.seed());
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_EQ(again.sign("message"), key.sign("message"));
}

TEST(Ed25519, MovesTheSecretAndNotACopy) {
  SecretKey first = test_key();
  const char* const where = first.seed().data();
  SecretKey second = std::move(first);
  EXPECT_EQ(second.seed().data(), where);
  SecretKey third = SecretKey::generate();
  third = std::move(second);
  EXPECT_EQ(third.seed().data(), where);
  EXPECT_EQ(third.public_key(), test_key().public_key());
}

TEST(Ed25519, SignsFromSeveralThreads) {
  const SecretKey key = test_key();
  const Signature expected = key.sign("message");
  std::vector<int> right(4);
  std::vector<std::thread> threads;
  threads.reserve(right.size());
  for (int& each : right) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) each += key.sign("message") == expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, std::vector<int>(4, 50));
}

TEST(Ed25519DeathTest, TakesASeedOf32BytesOnly) {
  EXPECT_DEATH((void)SecretKey::from_seed(std::string(31, 'x')), "32 bytes");
  EXPECT_DEATH((void)SecretKey::from_seed(std::string(33, 'x')), "32 bytes");
}

// Past the ends of the locked memory lie pages that nobody may touch.
TEST(Ed25519DeathTest, KeepsTheSecretBetweenGuardPages) {
  const SecretKey key = test_key();
  const volatile char* const seed = key.seed().data();
  EXPECT_DEATH(
      {
        for (std::size_t i = 0; i < 8192; ++i) (void)seed[i];
      },
      "");
}

}  // namespace
}  // namespace crypto
