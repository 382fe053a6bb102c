// Key files, and openssl as the other side: it reads our keys, we read its, and each checks what
// the other signed.
#include "crypto/pem.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "crypto/envelope.hpp"
#include "crypto/text.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;
using test_support::ScratchFolder;

const Json& rows() {
  return test_support::vectors("ed25519")["signing"];
}

SecretKey test_key() {
  return SecretKey::from_seed(std::string(32, '\x07'));
}

std::string pem_of(const std::string& der, const std::string& label) {
  std::string out = "-----BEGIN " + label + "-----\n";
  const std::string text = to_base64(der);
  for (std::size_t at = 0; at < text.size(); at += 64) out += text.substr(at, 64) + "\n";
  return out + "-----END " + label + "-----\n";
}

// --- Vectors -------------------------------------------------------------------------------------

TEST(Pem, ReadsAndWritesTheVectors) {
  for (const Json& row : rows()) {
    const auto pem = row["private_pem"].get<std::string>();
    const auto key = parse_private_pem(pem);
    ASSERT_TRUE(key) << row["name"];
    EXPECT_EQ(to_hex(key->seed()), row["seed"]);
    EXPECT_EQ(to_hex(key->public_key().view()), row["key"]);
    EXPECT_EQ(format_private_pem(*key), pem);
    const auto public_pem = row["public_pem"].get<std::string>();
    EXPECT_EQ(parse_public_pem(public_pem), key->public_key());
    EXPECT_EQ(format_public_pem(key->public_key()), public_pem);
    EXPECT_EQ(to_hex(key_fingerprint(key->public_key()).view()), row["fingerprint"]);
  }
}

TEST(Pem, SignsTheWorkedExample) {
  for (const Json& row : rows()) {
    const auto key = parse_private_pem(row["private_pem"].get<std::string>());
    ASSERT_TRUE(key);
    const std::string message = pae(row["type"].get<std::string>(), row["body"].get<std::string>());
    EXPECT_EQ(message, row["pae"]);
    EXPECT_EQ(to_base64(key->sign(message).view()), row["signature"]);
  }
}

TEST(Pem, ReadsVersionTwoWhereThePublicKeyBelongsToTheSeed) {
  for (const Json& row : rows()) {
    const auto key = parse_private_pem(row["private_pem_version_2"].get<std::string>());
    ASSERT_TRUE(key) << row["name"];
    EXPECT_EQ(to_hex(key->seed()), row["seed"]);
  }
}

TEST(Pem, RefusesVersionTwoWithAnotherPublicKey) {
  const std::string der = bytes_of("3051020101300506032b657004220420") + std::string(32, '\x07') +
                          bytes_of("812100") + std::string(32, '\x07');
  EXPECT_FALSE(parse_private_pem(pem_of(der, "PRIVATE KEY")));
}

// --- One form ------------------------------------------------------------------------------------

void expect_only_whole(const std::string& good, auto parse) {
  ASSERT_TRUE(parse(good));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(parse(good.substr(0, length))) << length;
    EXPECT_FALSE(parse(good.substr(good.size() - length))) << "the last " << length;
  }
  for (const std::string& bad :
       {"\n" + good, " " + good, "text\n" + good, good + "\n", good + "text\n", good + good}) {
    EXPECT_FALSE(parse(bad)) << bad;
  }
  std::string carriage_returns, spaced = good;
  for (const char c : good) carriage_returns += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_FALSE(parse(carriage_returns));
  spaced.insert(good.find('\n') + 9, " ");
  EXPECT_FALSE(parse(spaced));
  std::string broken = good;
  broken.insert(good.find('\n') + 9, "\n");
  EXPECT_FALSE(parse(broken)) << "a line that is not full before the last";
  std::string relabelled = good;
  relabelled.replace(relabelled.rfind("KEY"), 3, "KEI");
  EXPECT_FALSE(parse(relabelled));
}

TEST(Pem, OfAPrivateKeyHasOneForm) {
  expect_only_whole(format_private_pem(test_key()),
                    [](const std::string& pem) { return parse_private_pem(pem).has_value(); });
}

TEST(Pem, OfAPublicKeyHasOneForm) {
  expect_only_whole(format_public_pem(test_key().public_key()),
                    [](const std::string& pem) { return parse_public_pem(pem).has_value(); });
}

TEST(Pem, RefusesAnyChangedByteAroundTheKey) {
  const std::string private_der =
      bytes_of("302e020100300506032b657004220420") + std::string(32, '\x07');
  for (std::size_t at = 0; at < 16; ++at) {
    std::string bad = private_der;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(parse_private_pem(pem_of(bad, "PRIVATE KEY"))) << at;
  }
  const std::string public_der =
      bytes_of("302a300506032b6570032100") + std::string(test_key().public_key().view());
  for (std::size_t at = 0; at < 12; ++at) {
    std::string bad = public_der;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(parse_public_pem(pem_of(bad, "PUBLIC KEY"))) << at;
  }
}

TEST(Pem, RefusesKeysOneByteTooShortOrTooLong) {
  const std::string prefix = bytes_of("302e020100300506032b657004220420");
  const std::string spki = bytes_of("302a300506032b6570032100");
  for (const std::size_t length : {0, 31, 33, 64}) {
    const std::string key(length, '\x07');
    EXPECT_FALSE(parse_private_pem(pem_of(prefix + key, "PRIVATE KEY"))) << length;
    EXPECT_FALSE(parse_public_pem(pem_of(spki + key, "PUBLIC KEY"))) << length;
  }
}

TEST(Pem, TakesNoKeyOfOneKindForTheOther) {
  EXPECT_FALSE(parse_private_pem(format_public_pem(test_key().public_key())));
  EXPECT_FALSE(parse_public_pem(format_private_pem(test_key())));
}

TEST(Pem, WipesATextWhereItStands) {
  std::string text = format_private_pem(test_key());
  const std::size_t size = text.size();
  wipe(text);
  EXPECT_EQ(text, std::string(size, '\0'));
}

// --- openssl -------------------------------------------------------------------------------------

void expect_success(const ScratchFolder& folder, const std::string& command) {
  const auto outcome = folder.run(command);
  ASSERT_EQ(outcome.status, 0) << command << "\n" << outcome.output;
}

TEST(Openssl, MakesAKeyThatWeReadAndWriteAgain) {
  const ScratchFolder folder;
  expect_success(folder, "openssl genpkey -algorithm ed25519 -out key.pem");
  expect_success(folder, "openssl pkey -in key.pem -pubout -out key.pub.pem");
  const auto key = parse_private_pem(folder.read("key.pem"));
  ASSERT_TRUE(key);
  EXPECT_EQ(format_private_pem(*key), folder.read("key.pem"));
  EXPECT_EQ(parse_public_pem(folder.read("key.pub.pem")), key->public_key());
  EXPECT_EQ(format_public_pem(key->public_key()), folder.read("key.pub.pem"));
}

TEST(Openssl, ChecksWhatWeSignAndRefusesOtherBytes) {
  const ScratchFolder folder;
  const SecretKey key = SecretKey::generate();
  const std::string message = pae(event_type, "{}");
  folder.write("key.pub.pem", format_public_pem(key.public_key()));
  folder.write("message", message);
  folder.write("signature", key.sign(message).view());
  const std::string check =
      "openssl pkeyutl -verify -pubin -inkey key.pub.pem -rawin"
      " -sigfile signature -in ";
  expect_success(folder, check + "message");
  folder.write("other", message + " ");
  EXPECT_NE(folder.run(check + "other").status, 0);
}

TEST(Openssl, SignsWithOurKeyToTheSameBytesAsWeDo) {
  const ScratchFolder folder;
  const SecretKey key = SecretKey::generate();
  const std::string message = pae(event_type, "{\"id\":\"signed with openssl\"}");
  folder.write("key.pem", format_private_pem(key));
  folder.write("message", message);
  expect_success(folder, "openssl pkeyutl -sign -inkey key.pem -rawin -in message -out signature");
  const auto signature = Signature::from(folder.read("signature"));
  ASSERT_TRUE(signature);
  EXPECT_TRUE(verify(key.public_key(), message, *signature));
  EXPECT_EQ(*signature, key.sign(message));
}

TEST(Openssl, PrintsTheFingerprintThatWeCompute) {
  const ScratchFolder folder;
  const SecretKey key = test_key();
  folder.write("key.pub.pem", format_public_pem(key.public_key()));
  const auto outcome = folder.run("openssl pkey -pubin -in key.pub.pem -outform DER | sha256sum");
  EXPECT_EQ(outcome.output.substr(0, 64), to_hex(key_fingerprint(key.public_key()).view()));
}

TEST(Openssl, MakesAnEncryptedKeyThatWeRefuse) {
  const ScratchFolder folder;
  expect_success(folder, "openssl genpkey -algorithm ed25519 -aes256 -pass pass:word -out key.pem");
  EXPECT_FALSE(parse_private_pem(folder.read("key.pem")));
}

TEST(Openssl, MakesKeysOfOtherAlgorithmsThatWeRefuse) {
  const ScratchFolder folder;
  for (const char* algorithm : {"ed448", "x25519", "ec -pkeyopt ec_paramgen_curve:P-256"}) {
    expect_success(folder,
                   std::string("openssl genpkey -algorithm ") + algorithm + " -out key.pem");
    expect_success(folder, "openssl pkey -in key.pem -pubout -out key.pub.pem");
    EXPECT_FALSE(parse_private_pem(folder.read("key.pem"))) << algorithm;
    EXPECT_FALSE(parse_public_pem(folder.read("key.pub.pem"))) << algorithm;
  }
}

}  // namespace
}  // namespace crypto
