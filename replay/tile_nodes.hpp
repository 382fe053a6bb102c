// Proofs from the hash tiles of a log that is read part by part: which hashes prove that an entry
// stands in it, and that it begins with a shorter one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/merkle.hpp"
#include "ledger/seq.hpp"
#include "replay/bundle.hpp"

namespace replay {

// Nodes of the tree of a log, as its hash tiles have them; each tile is read once and kept. Nothing
// is proven before a proof was verified. One thread; the bundle outlives it.
class TileNodes {
 public:
  TileNodes(const BundleReader& bundle, ledger::Seq size) : bundle_(bundle), size_(size) {}

  // Each gives nothing where a tile is missing or is not one.
  // The root of the first `size` entries. Precondition: 1 <= size <= that of the log.
  [[nodiscard]] std::optional<crypto::Hash> root_of(ledger::Seq size);
  // Precondition: seq below the size of the log.
  [[nodiscard]] std::optional<std::vector<crypto::Hash>> inclusion_of(ledger::Seq seq);
  // Precondition: older at most the size of the log.
  [[nodiscard]] std::optional<std::vector<crypto::Hash>> consistency_with(ledger::Seq older);

 private:
  using Tile = std::optional<std::vector<crypto::Hash>>;
  [[nodiscard]] std::optional<crypto::Hash> fold(const std::vector<crypto::NodeId>& nodes);
  [[nodiscard]] std::optional<std::vector<crypto::Hash>> prove(const crypto::ProofPlan& plan);
  [[nodiscard]] const Tile& tile_of(const crypto::TileId& id);

  const BundleReader& bundle_;
  const ledger::Seq size_;
  std::map<std::pair<unsigned, std::uint64_t>, Tile> tiles_;
};

// The same log with its hash tiles made again from its entries, where those that it has are damaged
// or missing. A tile of level L reads up to 256^(L + 1) entries. The bundle outlives it.
class RehashedBundle final : public BundleReader {
 public:
  explicit RehashedBundle(const BundleReader& bundle) : bundle_(bundle) {}

  [[nodiscard]] Fetched checkpoint() const override { return bundle_.checkpoint(); }
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override;

 private:
  const BundleReader& bundle_;
};

}  // namespace replay
