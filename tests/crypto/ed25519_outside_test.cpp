// What others' vectors say: the set of signatures that the strict profile accepts is the one that
// was measured for libsodium 1.0.18 and its like, and no looser one.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/ed25519.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;

bool accepts(const std::string& key, const std::string& message, const std::string& signature) {
  const auto public_key = PublicKey::from(bytes_of(key));
  const auto bytes = Signature::from(bytes_of(signature));
  return public_key && bytes && verify(*public_key, message, *bytes);
}

TEST(Ed25519Outside, AcceptsTheMeasuredSetOfCctvAndNothingBeyond) {
  const auto cases = test_support::outside_vectors("third_party/cctv_ed25519vectors.json");
  const auto results = test_support::outside_vectors("ed25519_third_party_results.json");
  if (!cases || !results) GTEST_SKIP() << test_support::no_outside_vectors;
  std::vector<int> accepted;
  for (const Json& each : *cases) {
    if (accepts(each["key"].get<std::string>(), each["msg"].get<std::string>(),
                each["sig"].get<std::string>())) {
      accepted.push_back(each["number"].get<int>());
    }
  }
  EXPECT_EQ(cases->size(), 914u);
  EXPECT_EQ(accepted,
            (*results)["accepted_cctv"]["libsodium-1.0.18-deb12"].get<std::vector<int>>());
}

TEST(Ed25519Outside, GivesTheVerdictsOfWycheproof) {
  const auto file = test_support::outside_vectors("third_party/wycheproof_ed25519_test.json");
  if (!file) GTEST_SKIP() << test_support::no_outside_vectors;
  int count = 0;
  for (const Json& group : (*file)["testGroups"]) {
    const auto key = group["publicKey"]["pk"].get<std::string>();
    for (const Json& test : group["tests"]) {
      ++count;
      EXPECT_EQ(
          accepts(key, bytes_of(test["msg"].get<std::string>()), test["sig"].get<std::string>()),
          test["result"] == "valid")
          << test["tcId"] << ": " << test["comment"];
    }
  }
  EXPECT_EQ(count, 151);
}

TEST(Ed25519Outside, AcceptsOneCaseOfSpeccheckTheMixedOrderKeyThatEnrolmentRefuses) {
  const auto cases = test_support::outside_vectors("third_party/ed25519_speccheck_cases.json");
  if (!cases) GTEST_SKIP() << test_support::no_outside_vectors;
  std::string verdicts;
  for (const Json& each : *cases) {
    const auto key = each["pub_key"].get<std::string>();
    const bool accepted = accepts(key, bytes_of(each["message"].get<std::string>()),
                                  each["signature"].get<std::string>());
    const bool enrolled = is_valid_public_key(test_support::key_of(key));
    EXPECT_FALSE(accepted && enrolled);
    verdicts += accepted ? 'V' : 'X';
  }
  EXPECT_EQ(verdicts, "XXXVXXXXXXXX");
}

TEST(Ed25519Outside, GivesTheVerdictsOfTheProfileVectors) {
  const auto file = test_support::outside_vectors("ed25519_profile_vectors.json");
  if (!file) GTEST_SKIP() << test_support::no_outside_vectors;
  for (const Json& each : (*file)["signatures"]) {
    EXPECT_EQ(accepts(each["key"].get<std::string>(), bytes_of(each["msg"].get<std::string>()),
                      each["sig"].get<std::string>()),
              each["strict"].get<bool>())
        << each["name"];
  }
  for (const Json& each : (*file)["keys"]) {
    EXPECT_EQ(is_valid_public_key(test_support::key_of(each["key"].get<std::string>())),
              each["ok"].get<bool>())
        << each["why"];
  }
}

}  // namespace
}  // namespace crypto
