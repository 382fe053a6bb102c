#include "replay/tile_nodes.hpp"

#include <algorithm>
#include <span>

#include "crypto/hash.hpp"
#include "crypto/tlog_tiles.hpp"
#include "replay/audit_batch.hpp"

namespace replay {

// Folded from the right; nothing where a tile is missing or is not one.
std::optional<crypto::Hash> TileNodes::fold(const std::vector<crypto::NodeId>& nodes) {
  std::vector<crypto::Hash> hashes;
  for (const crypto::NodeId& node : nodes) {
    const crypto::NodePlace place = crypto::place_of(node);
    const Tile& tile = tile_of(place.tile);
    if (!tile) return std::nullopt;
    hashes.push_back(crypto::perfect_root(std::span(*tile).subspan(place.first, place.count)));
  }
  return crypto::fold(hashes);
}

std::optional<std::vector<crypto::Hash>> TileNodes::prove(const crypto::ProofPlan& plan) {
  std::vector<crypto::Hash> proof;
  for (const std::vector<crypto::NodeId>& nodes : plan) {
    const auto hash = fold(nodes);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

std::optional<crypto::Hash> TileNodes::root_of(ledger::Seq size) {
  return fold(crypto::plan_root(size));
}

std::optional<std::vector<crypto::Hash>> TileNodes::inclusion_of(ledger::Seq seq) {
  return prove(crypto::plan_inclusion(seq, size_));
}

std::optional<std::vector<crypto::Hash>> TileNodes::consistency_with(ledger::Seq older) {
  return prove(crypto::plan_consistency(older, size_));
}

const TileNodes::Tile& TileNodes::tile_of(const crypto::TileId& id) {
  const auto [place, is_new] = tiles_.try_emplace({id.level, id.index});
  if (is_new) {
    const std::uint64_t there = (size_ >> (8 * id.level)) - id.index * crypto::tile_width;
    const std::size_t width = std::min<std::uint64_t>(there, crypto::tile_width);
    place->second = hashes_of(fetch_tile(bundle_, {false, id.level, id.index, width}), width);
  }
  return place->second;
}

Fetched RehashedBundle::tile(const crypto::TilePath& path) const {
  if (path.entries) return bundle_.tile(path);
  std::string bytes;
  if (path.level == 0) {
    TileBytes entries = fetch_tile(bundle_, {true, 0, path.index, path.width});
    if (entries.fetched.outcome != Fetched::Outcome::found) return std::move(entries.fetched);
    const auto lines = crypto::split_bundle(entries.fetched.bytes);
    if (!lines || lines->size() < path.width) return Fetched::absent();
    for (std::size_t i = 0; i < path.width; ++i) bytes += crypto::leaf_hash((*lines)[i]).view();
    return Fetched::found(std::move(bytes));
  }
  for (std::size_t i = 0; i < path.width; ++i) {
    const std::uint64_t child = path.index * crypto::tile_width + i;
    Fetched below = tile({false, path.level - 1, child, crypto::tile_width});
    const auto hashes = hashes_of({std::move(below), false}, crypto::tile_width);
    if (!hashes) return Fetched::absent();
    bytes += crypto::perfect_root(*hashes).view();
  }
  return Fetched::found(std::move(bytes));
}

}  // namespace replay
