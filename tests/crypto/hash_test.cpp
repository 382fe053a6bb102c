#include "crypto/hash.hpp"

#include <gtest/gtest.h>

#include <string>

#include "crypto/text.hpp"

namespace crypto {
namespace {

std::string hex(const Hash& hash) {
  return to_hex(hash.view());
}

TEST(Hash, GivesTheExamplesOfFips180) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Hash, IsTheSameInPiecesOfEveryCut) {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.update(std::string_view(text).substr(0, cut));
    hash.update(std::string_view(text).substr(cut));
    EXPECT_EQ(hash.finish(), sha256(text)) << cut;
  }
}

TEST(Hash, GoesOnWhereItWasMovedTo) {
  Sha256 first;
  first.update("ab");
  Sha256 second = std::move(first);
  second.update("c");
  EXPECT_EQ(second.finish(), sha256("abc"));
}

TEST(Hash, OfALeafOrANodeIsThatOfItsPrefixedBytes) {
  const Hash left = sha256("left"), right = sha256("right");
  EXPECT_EQ(leaf_hash("entry"), sha256(std::string("\0entry", 6)));
  EXPECT_EQ(node_hash(left, right),
            sha256("\x01" + std::string(left.view()) + std::string(right.view())));
  EXPECT_EQ(empty_root(), sha256(""));
}

TEST(HashDeathTest, IsFinishedOnce) {
  Sha256 hash;
  EXPECT_EQ(hash.finish(), empty_root());
  EXPECT_DEATH(hash.update("more"), "until it is finished");
  EXPECT_DEATH((void)hash.finish(), "finished once");
}

TEST(FixedBytes, AreMadeOfExactlyTheirLength) {
  EXPECT_FALSE(Hash::from(std::string(31, 'x')));
  EXPECT_FALSE(Hash::from(std::string(33, 'x')));
  EXPECT_FALSE(Hash::from(""));
  EXPECT_EQ(Hash::from(std::string(32, 'x'))->view(), std::string(32, 'x'));
}

TEST(FixedBytes, AreOrderedAsUnsignedBytes) {
  Hash low, high;
  low.bytes[0] = 0x7f;
  high.bytes[0] = 0x80;
  EXPECT_LT(low, high);
}

}  // namespace
}  // namespace crypto
