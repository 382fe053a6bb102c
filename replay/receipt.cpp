#include "replay/receipt.hpp"

#include <utility>

#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"
#include "replay/audit_batch.hpp"
#include "replay/audit_older.hpp"
#include "replay/log_keys.hpp"
#include "replay/tile_nodes.hpp"

namespace replay {
namespace {

// Remembers why a part could not be read. One thread.
class Listened final : public BundleReader {
 public:
  explicit Listened(const BundleReader& log) : log_(log) {}

  [[nodiscard]] Fetched checkpoint() const override { return log_.checkpoint(); }
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override {
    Fetched tile = log_.tile(path);
    if (tile.outcome == Fetched::Outcome::unreadable) unreadable_ = tile.reason;
    return tile;
  }
  [[nodiscard]] const std::string& unreadable() const { return unreadable_; }

 private:
  const BundleReader& log_;
  mutable std::string unreadable_;
};

bool goes_on(const BundleReader& log, const crypto::Checkpoint& older,
             const crypto::Checkpoint& now) {
  const auto proof = TileNodes(log, now.size).consistency_with(older.size);
  return proof && crypto::verify_consistency(older.size, older.root, now.size, now.root, *proof);
}

}  // namespace

std::optional<crypto::Checkpoint> checkpoint_over(const ProvenEntry& entry,
                                                  const crypto::LogKeys& log_keys,
                                                  std::string& problem) {
  auto checkpoint = crypto::open_checkpoint(entry.proof.checkpoint, log_keys);
  if (!checkpoint) {
    problem =
        "the checkpoint in the proof is not signed by log key " + crypto::format_vkeys(log_keys);
    problem += word_on_claimed_log(entry.proof.checkpoint);
    return std::nullopt;
  }
  if (!crypto::verify_inclusion(crypto::leaf_hash(entry.line), entry.proof.index, checkpoint->size,
                                entry.proof.hashes, checkpoint->root)) {
    problem = "the proof does not lead from this entry to the signed root";
    return std::nullopt;
  }
  return checkpoint;
}

std::optional<ProvenReceipt> prove_receipt(std::string_view line, std::string_view proof,
                                           const crypto::LogKeys& log_keys, std::string& problem) {
  if (line.size() > ledger::max_entry_bytes) {
    problem = "no entry is longer than " + std::to_string(ledger::max_entry_bytes) + " bytes";
    return std::nullopt;
  }
  auto parsed = crypto::parse_tlog_proof(proof);
  if (!parsed) {
    problem = "the proof is not a .tlog-proof text";
    return std::nullopt;
  }
  const ProvenEntry receipt{std::string(line), std::move(*parsed)};
  auto checkpoint = checkpoint_over(receipt, log_keys, problem);
  if (!checkpoint) return std::nullopt;
  Candidate candidate;
  candidate.seq = receipt.proof.index;
  candidate.line = receipt.line;
  prepare(candidate);
  if (candidate.violation) {
    problem = "the log has this entry, but it is none by " +
              std::string(candidate.violation->clause->id) + ": " + candidate.violation->detail;
    return std::nullopt;
  }
  if (candidate.entry->seq != receipt.proof.index) {
    problem = "the entry does not have the number that the proof is for";
    return std::nullopt;
  }
  if (candidate.entry->event.event().ledger != log_keys.name()) {
    problem = "the entry is of the ledger " + candidate.entry->event.event().ledger +
              " and not of " + log_keys.name();
    return std::nullopt;
  }
  return ProvenReceipt{std::move(*candidate.entry), std::move(*checkpoint),
                       receipt.proof.checkpoint};
}

Continuation continuation_of(const BundleReader& log, const crypto::Checkpoint& older,
                             const crypto::Checkpoint& now) {
  if (older.size > now.size) return {false, contradiction_of(log, older, now), {}};
  const Listened listened(log);
  const RehashedBundle entries(listened);
  for (const BundleReader* parts :
       {static_cast<const BundleReader*>(&listened), static_cast<const BundleReader*>(&entries)}) {
    if (goes_on(*parts, older, now)) return {true, std::nullopt, {}};
    if (auto finding = contradiction_of(*parts, older, now)) return {false, std::move(finding), {}};
  }
  if (!listened.unreadable().empty()) return {false, std::nullopt, listened.unreadable()};
  return {false,
          Finding{std::nullopt, std::nullopt, "checkpoint", &ledger::LOG_15,
                  "The log's parts are missing, or do not make the root that its key signed: "
                  "they prove nothing. Audit it, or take another copy."},
          {}};
}

}  // namespace replay
