#include "replay/audit_older.hpp"

#include "crypto/proof.hpp"
#include "crypto/text.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/tile_nodes.hpp"

namespace replay {
namespace {

std::string words_of(const crypto::Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries with root " +
         crypto::to_hex(checkpoint.root.view());
}

Finding about_checkpoint(const ledger::Clause& clause, std::string sentence) {
  return {std::nullopt, std::nullopt, "checkpoint", &clause, std::move(sentence)};
}

// Whether the tiles prove that the log's first entries have another root than the older checkpoint:
// a consistency proof leads from what they give there to the root of now.
bool begins_otherwise(const BundleReader& bundle, const crypto::Checkpoint& older,
                      const crypto::Checkpoint& now) {
  if (older.size == now.size) return older.root != now.root;
  if (older.size == 0) return false;
  TileNodes nodes(bundle, now.size);
  const auto begins = nodes.root_of(older.size);
  if (!begins || *begins == older.root) return false;
  const auto proof = nodes.consistency_with(older.size);
  return proof && crypto::verify_consistency(older.size, *begins, now.size, now.root, *proof);
}

}  // namespace

Finding fork_of(const crypto::Checkpoint& older, const crypto::Checkpoint& now) {
  return about_checkpoint(
      LOG_19, "The older checkpoint of " + older.origin + " is over " + words_of(older) +
                  "; this one is over " + words_of(now) +
                  " and does not begin with those. Keys of one log signed two different ones: keep "
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
