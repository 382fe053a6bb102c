// The paths and bundles of a tiled log: one text for each, by our vectors and the outside ones.
#include "crypto/tlog_tiles.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::Json;

// --- Paths ---------------------------------------------------------------------------------------

TEST(TilePath, ReadsAndWritesTheVectors) {
  for (const Json& row : test_support::vectors("notes")["tile_paths"]["accepted"]) {
    const auto text = row["path"].get<std::string>();
    TilePath expected;
    expected.entries = row["kind"] == "entries";
    if (!expected.entries) {
      expected.level = static_cast<unsigned>(std::stoul(row["kind"].get<std::string>()));
    }
    expected.index = row["index"].get<std::uint64_t>();
    expected.width = row["width"].get<std::size_t>();
    EXPECT_EQ(format_tile_path(expected), text);
    EXPECT_EQ(parse_tile_path(text), expected) << text;
  }
}

TEST(TilePath, IsRefusedInEveryOtherForm) {
  for (const Json& row : test_support::vectors("notes")["tile_paths"]["refused"]) {
    EXPECT_FALSE(parse_tile_path(row["path"].get<std::string>())) << row["why"];
  }
}

TEST(TilePath, ReadsWhatItWritesOfEveryWidthAndLevel) {
  for (std::size_t width = 1; width <= 256; ++width) {
    for (const std::uint64_t index : {0, 9, 10, 99, 999, 1000, 99999, 1000000}) {
      const TilePath path{false, static_cast<unsigned>(width % 64), index, width};
      EXPECT_EQ(parse_tile_path(format_tile_path(path)), path) << format_tile_path(path);
    }
  }
}

TEST(TilePathDeathTest, HasALevelAnIndexAndAWidthInRange) {
  EXPECT_DEATH((void)format_tile_path({false, 64, 0, 256}), "level of 0 to 63");
  EXPECT_DEATH((void)format_tile_path({false, 0, std::uint64_t{1} << 55, 256}), "below 2\\^55");
  EXPECT_DEATH((void)format_tile_path({false, 0, 0, 0}), "1 to 256");
  EXPECT_DEATH((void)format_tile_path({false, 0, 0, 257}), "1 to 256");
}

TEST(TilePath, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("merkle_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  for (const auto& [index, groups] : (*outside)["tiles"]["path_encoding"].items()) {
    const TilePath path{true, 0, std::stoull(index), 256};
    EXPECT_EQ(format_tile_path(path), "tile/entries/" + groups.get<std::string>());
  }
}

// --- Bundles -------------------------------------------------------------------------------------

std::string bundle_of(std::initializer_list<std::string> entries) {
  std::string out;
  for (const std::string& entry : entries) append_to_bundle(out, entry);
  return out;
}

TEST(Bundle, PutsTwoBytesOfLengthBeforeEachEntry) {
  EXPECT_EQ(bundle_of({"leaf-0", "leaf-1"}), std::string("\0\6leaf-0\0\6leaf-1", 16));
  EXPECT_EQ(bundle_of({std::string(0x1234, 'x')}).substr(0, 2), "\x12\x34");
}

TEST(Bundle, ReadsWhatItWrites) {
  const std::string longest(65'535, 'x');
  const std::string bundle = bundle_of({"a", "", longest, "b"});
  EXPECT_EQ(split_bundle(bundle), (std::vector<std::string_view>{"a", "", longest, "b"}));
  EXPECT_EQ(split_bundle(""), std::vector<std::string_view>());
}

TEST(Bundle, IsRefusedWhereItIsCutAnywhereWithinAnEntry) {
  const std::string bundle = bundle_of({"first", "second", "third"});
  for (std::size_t length = 0; length <= bundle.size(); ++length) {
    const bool between_entries = length == 0 || length == 7 || length == 15 || length == 22;
    EXPECT_EQ(split_bundle(std::string_view(bundle).substr(0, length)).has_value(), between_entries)
        << length;
  }
}

TEST(Bundle, HoldsAtMost256Entries) {
  std::string bundle;
  for (int i = 0; i < 256; ++i) append_to_bundle(bundle, "x");
  EXPECT_EQ(split_bundle(bundle)->size(), 256u);
  append_to_bundle(bundle, "x");
  EXPECT_FALSE(split_bundle(bundle));
}

TEST(BundleDeathTest, TakesNoEntryWhoseLengthDoesNotFitTwoBytes) {
  std::string bundle;
  EXPECT_DEATH(append_to_bundle(bundle, std::string(65'536, 'x')), "65,535 bytes");
}

TEST(Bundle, OfTheBigTreeIsThatOfTheVectors) {
  for (const auto& [path, digest] :
       test_support::vectors("merkle")["big"]["bundles_of_600"].items()) {
    const auto parsed = parse_tile_path(path);
    ASSERT_TRUE(parsed && parsed->entries) << path;
    std::string bundle;
    for (std::size_t i = 0; i < parsed->width; ++i) {
      append_to_bundle(bundle, "leaf-" + std::to_string(256 * parsed->index + i));
    }
    EXPECT_EQ(to_hex(sha256(bundle).view()), digest) << path;
  }
}

}  // namespace
}  // namespace crypto
