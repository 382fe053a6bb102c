#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "api/itmo_bundle.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"

namespace {

constexpr const char* origin = "ledger.example/copied";

crypto::SecretKey log_key() {
  return crypto::SecretKey::from_seed(crypto::sha256("log of the copied").view());
}

// A log that grew from 200 entries to 256 and dropped its partial tiles, under the older
// checkpoint.
class Grown final : public replay::BundleReader {
 public:
  Grown() {
    crypto::Frontier frontier;
    for (int i = 0; i < 256; ++i) {
      const std::string line = "entry " + std::to_string(i);
      const crypto::Hash leaf = crypto::leaf_hash(line);
      if (i < 200) frontier.append(leaf);
      crypto::append_to_bundle(parts["tile/entries/000"], line);
      parts["tile/0/000"] += leaf.view();
    }
    const crypto::SecretKey key = log_key();
    note_ = crypto::sign_note(crypto::checkpoint_text({origin, 200, frontier.root()}), origin, key);
  }
  [[nodiscard]] replay::Fetched checkpoint() const override {
    return replay::Fetched::found(note_);
  }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    const auto part = parts.find(crypto::format_tile_path(path));
    return part == parts.end() ? replay::Fetched::absent() : replay::Fetched::found(part->second);
  }

  std::map<std::string, std::string> parts;

 private:
  std::string note_;
};

TEST(Copy, HoldsWithTheFullTilesOfAGrownLog) {
  const auto key = crypto::make_verifier_key(origin, log_key().public_key());
  const auto checked = api::itmo::check_hashes(Grown(), key, std::nullopt);
  ASSERT_TRUE(checked) << checked.error();
  EXPECT_EQ(checked->size, 200u);
}

TEST(Copy, WithAnAlteredFullTileDoesNotHold) {
  const auto key = crypto::make_verifier_key(origin, log_key().public_key());
  for (const char* part : {"tile/entries/000", "tile/0/000"}) {
    Grown grown;
    grown.parts[part][199] ^= 1;
    EXPECT_FALSE(api::itmo::check_hashes(grown, key, std::nullopt)) << part;
  }
}

}  // namespace
