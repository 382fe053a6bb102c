// Proofs and tiles: full tiles come from the store, the open ones from what is published.
#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"
#include "ledger/ledger.hpp"

namespace ledger {
namespace {

constexpr std::size_t hash_bytes = crypto::Hash::length;

// Full tiles of a level at a size; a shift by 64 or more has no meaning, and no log is that long.
std::uint64_t full_tiles(unsigned level, Seq size) {
  return level < 7 ? size >> (8 * (level + 1)) : 0;
}

Violation missing_tile(const crypto::TileId& tile, Seq size) {
  return {&LOG_15, "Hash tile " + std::to_string(tile.index) + " of level " +
                       std::to_string(tile.level) +
                       " is missing from the store, although the log has " + std::to_string(size) +
                       " entries. Stop the server and start it again: it then checks every tile."};
}

std::vector<crypto::Hash> hashes_of(std::string_view bytes) {
  std::vector<crypto::Hash> hashes;
  hashes.reserve(bytes.size() / hash_bytes);
  for (; !bytes.empty(); bytes.remove_prefix(hash_bytes)) {
    hashes.push_back(*crypto::Hash::from(bytes.substr(0, hash_bytes)));
  }
  return hashes;
}

}  // namespace

// Bytes of a tile that is full at the published size.
Result<std::string> ProofReader::full_tile(const crypto::TileId& id) const {
  Result<std::optional<std::string>> stored = store_->tile(id.level, id.index);
  if (!stored) return tl::unexpected(std::move(stored).error());
  if (!*stored || (*stored)->size() != tile_bytes) {
    return tl::unexpected(missing_tile(id, published_->size));
  }
  return std::move(**stored);
}

Result<crypto::Hash> ProofReader::node(const crypto::NodeId& id) const {
  const crypto::NodePlace place = crypto::place_of(id);
  if (place.tile.index < full_tiles(place.tile.level, published_->size)) {
    const Result<std::string> bytes = full_tile(place.tile);
    if (!bytes) return tl::unexpected(bytes.error());
    return crypto::perfect_root(hashes_of(
        std::string_view(*bytes).substr(place.first * hash_bytes, place.count * hash_bytes)));
  }
  ENSURE(place.tile.level < published_->open.size(), "a proof reads nodes of the published tree");
  const std::vector<crypto::Hash>& open = published_->open[place.tile.level];
  ENSURE(place.first + place.count <= open.size(), "a proof reads nodes of the published tree");
  return crypto::perfect_root(std::span(open).subspan(place.first, place.count));
}

Result<std::vector<crypto::Hash>> ProofReader::read(const crypto::ProofPlan& plan) const {
  std::vector<crypto::Hash> proof;
  proof.reserve(plan.size());
  for (const std::vector<crypto::NodeId>& parts : plan) {
    std::vector<crypto::Hash> nodes;
    nodes.reserve(parts.size());
    for (const crypto::NodeId& id : parts) {
      const Result<crypto::Hash> hash = node(id);
      if (!hash) return tl::unexpected(hash.error());
      nodes.push_back(*hash);
    }
    proof.push_back(crypto::fold(nodes));
  }
  return proof;
}

Result<std::vector<crypto::Hash>> ProofReader::inclusion(Seq seq, Seq size) const {
  ENSURE(seq < size && size <= published_->size, "an entry is proved in a published tree with it");
  return read(crypto::plan_inclusion(seq, size));
}

Result<std::vector<crypto::Hash>> ProofReader::consistency(Seq old_size, Seq size) const {
  ENSURE(old_size <= size && size <= published_->size, "sizes ascend up to the published one");
  return read(crypto::plan_consistency(old_size, size));
}

Result<std::optional<std::string>> ProofReader::tile(unsigned level, std::uint64_t index,
                                                     std::size_t width) const {
  if (width == 0 || width > crypto::tile_width) return std::nullopt;
  if (index < full_tiles(level, published_->size)) {
    Result<std::string> bytes = full_tile({level, index});
    if (!bytes) return tl::unexpected(std::move(bytes).error());
    bytes->resize(width * hash_bytes);
    return std::optional(std::move(*bytes));
  }
  if (level >= published_->open.size() || index != full_tiles(level, published_->size)) {
    return std::nullopt;
  }
  const std::vector<crypto::Hash>& open = published_->open[level];
  if (width > open.size()) return std::nullopt;
  std::string bytes;
  bytes.reserve(width * hash_bytes);
  for (const crypto::Hash& hash : std::span(open).first(width)) bytes += hash.view();
  return std::optional(std::move(bytes));
}

}  // namespace ledger
