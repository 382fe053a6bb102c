#include "crypto/envelope.hpp"

#include <gtest/gtest.h>

#include "crypto/ed25519.hpp"
#include "crypto/pem.hpp"
#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;

TEST(Pae, GivesThePublishedExample) {
  EXPECT_EQ(pae("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
}

TEST(Pae, GivesTheVectors) {
  for (const Json& row : test_support::vectors("ed25519")["pae"]) {
    EXPECT_EQ(pae(row["type"].get<std::string>(), bytes_of(row["body"].get<std::string>())),
              bytes_of(row["pae"].get<std::string>()));
  }
}

TEST(Pae, CountsBytesAndNotCharacters) {
  EXPECT_EQ(pae("é", "ö"), "DSSEv1 2 é 2 ö");
}

// Moving a byte over the border between type and body changes what is signed.
TEST(Pae, KeepsTypeAndBodyApart) {
  EXPECT_NE(pae("a ", "b"), pae("a", " b"));
}

TEST(Pae, AgreesWithTheOutsideVectorsAndTheirSignatures) {
  const auto outside = test_support::outside_vectors("dsse_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const Json& file = *outside;
  const std::string signed_bytes =
      pae(file["payload_type"].get<std::string>(), file["payload_utf8"].get<std::string>());
  EXPECT_EQ(signed_bytes, bytes_of(file["pae_hex"].get<std::string>()));
  const Json& accents = file["pae_utf8_length"];
  EXPECT_EQ(pae(accents["payloadType"].get<std::string>(), accents["payload"].get<std::string>()),
            bytes_of(accents["pae_hex"].get<std::string>()));
  for (const auto& [name, signature] : file["signatures"].items()) {
    const SecretKey key =
        SecretKey::from_seed(bytes_of(file["keys"][name]["seed_hex"].get<std::string>()));
    EXPECT_EQ(to_hex(key.sign(signed_bytes).view()), signature.get<std::string>()) << name;
    EXPECT_EQ(to_hex(key_fingerprint(key.public_key()).view()),
              file["keys"][name]["keyid"].get<std::string>());
    EXPECT_EQ(format_public_pem(key.public_key()),
              file["keys"][name]["spki_pem"].get<std::string>());
  }
}

}  // namespace
}  // namespace crypto
