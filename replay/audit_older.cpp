#include "replay/audit_older.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "crypto/merkle.hpp"
#include "crypto/proof.hpp"
#include "crypto/text.hpp"
#include "replay/audit_batch.hpp"
#include "replay/clauses_audit.hpp"

namespace replay {
namespace {

std::string words_of(const crypto::Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries with root " +
         crypto::to_hex(checkpoint.root.view());
}

Finding about_checkpoint(const ledger::Clause& clause, std::string sentence) {
  return {std::nullopt, std::nullopt, "checkpoint", &clause, std::move(sentence)};
}

// Nodes of the tree of a log, as its hash tiles have them; each tile is read once.
class Nodes {
 public:
  Nodes(const BundleReader& bundle, ledger::Seq size) : bundle_(bundle), size_(size) {}

  // Folded from the right; nothing where a tile is missing or is not one.
  std::optional<crypto::Hash> fold(const std::vector<crypto::NodeId>& nodes) {
    std::vector<crypto::Hash> hashes;
    for (const crypto::NodeId& node : nodes) {
      const crypto::NodePlace place = crypto::place_of(node);
      const auto& tile = tile_of(place.tile);
      if (!tile) return std::nullopt;
      hashes.push_back(crypto::perfect_root(std::span(*tile).subspan(place.first, place.count)));
    }
    return crypto::fold(hashes);
  }

  std::optional<std::vector<crypto::Hash>> consistency_with(ledger::Seq older) {
    std::vector<crypto::Hash> proof;
    for (const std::vector<crypto::NodeId>& nodes : crypto::plan_consistency(older, size_)) {
      const auto hash = fold(nodes);
      if (!hash) return std::nullopt;
      proof.push_back(*hash);
    }
    return proof;
  }

 private:
  using Tile = std::optional<std::vector<crypto::Hash>>;

  const Tile& tile_of(const crypto::TileId& id) {
    const auto [place, is_new] = tiles_.try_emplace({id.level, id.index});
    if (is_new) {
      const std::uint64_t there = (size_ >> (8 * id.level)) - id.index * crypto::tile_width;
      const std::size_t width = std::min<std::uint64_t>(there, crypto::tile_width);
      place->second = hashes_of(fetch_tile(bundle_, {false, id.level, id.index, width}), width);
    }
    return place->second;
  }

  const BundleReader& bundle_;
  const ledger::Seq size_;
  std::map<std::pair<unsigned, std::uint64_t>, Tile> tiles_;
};

// Whether the tiles prove that the log's first entries have another root than the older checkpoint:
// a consistency proof leads from what they give there to the root of now.
bool begins_otherwise(const BundleReader& bundle, const crypto::Checkpoint& older,
                      const crypto::Checkpoint& now) {
  if (older.size == now.size) return older.root != now.root;
  if (older.size == 0) return false;
  Nodes nodes(bundle, now.size);
  const auto begins = nodes.fold(crypto::plan_root(older.size));
  if (!begins || *begins == older.root) return false;
  const auto proof = nodes.consistency_with(older.size);
  return proof && crypto::verify_consistency(older.size, *begins, now.size, now.root, *proof);
}

}  // namespace

Finding fork_of(const crypto::Checkpoint& older, const crypto::Checkpoint& now) {
  return about_checkpoint(
      LOG_19, "The older checkpoint of " + older.origin + " is over " + words_of(older) +
                  "; this one is over " + words_of(now) +
                  " and does not begin with those. The log key signed two different logs: keep "
                  "both checkpoints, they prove it.");
}

std::optional<Finding> contradiction_of(const BundleReader& bundle, const crypto::Checkpoint& older,
                                        const crypto::Checkpoint& now) {
  if (older.size > now.size) {
    return about_checkpoint(
        LOG_22, "The older checkpoint of " + older.origin + " is over " + words_of(older) +
                    "; this one is over " + words_of(now) +
                    " only. Either this is an old copy, or entries were taken away: fetch the log "
                    "again, from another mirror too, and keep both checkpoints.");
  }
  if (begins_otherwise(bundle, older, now)) return fork_of(older, now);
  return std::nullopt;
}

AuditReport contradicted(Finding finding, const crypto::Checkpoint& now) {
  AuditReport report;
  report.verdict = AuditReport::Verdict::invalid;
  report.finding = std::move(finding);
  report.checkpoint = now;
  return report;
}

}  // namespace replay
