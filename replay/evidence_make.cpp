#include "replay/evidence_make.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "crypto/hash.hpp"
#include "replay/audit_batch.hpp"
#include "replay/evidence_check.hpp"
#include "replay/tile_nodes.hpp"

namespace replay {
namespace {

// By the hash tiles of the log; where these prove nothing, by its entries.
template <class Made>
Made from_tiles_or_entries(const BundleReader& log,
                           const std::function<Made(const BundleReader&)>& make) {
  if (Made made = make(log)) return made;
  return make(RehashedBundle(log));
}

std::optional<std::string> line_of(const BundleReader& log, ledger::Seq seq, ledger::Seq size) {
  const std::uint64_t index = seq / crypto::tile_width;
  const std::size_t width =
      std::min<ledger::Seq>(crypto::tile_width, size - index * crypto::tile_width);
  const TileBytes tile = fetch_tile(log, {true, 0, index, width});
  const auto lines = crypto::split_bundle(tile.fetched.bytes);
  if (!lines || lines->size() <= seq % crypto::tile_width) return std::nullopt;
  return std::string((*lines)[seq % crypto::tile_width]);
}

// An entry of the log, where its hashes prove it.
std::optional<ProvenEntry> entry_of(const BundleReader& log, std::string_view note,
                                    const crypto::Checkpoint& checkpoint, ledger::Seq seq) {
  auto line = line_of(log, seq, checkpoint.size);
  if (!line) return std::nullopt;
  const crypto::Hash leaf = crypto::leaf_hash(*line);
  auto hashes = from_tiles_or_entries<std::optional<std::vector<crypto::Hash>>>(
      log, [&](const BundleReader& tiles) {
        auto found = TileNodes(tiles, checkpoint.size).inclusion_of(seq);
        const bool proves =
            found && crypto::verify_inclusion(leaf, seq, checkpoint.size, *found, checkpoint.root);
        return proves ? std::move(found) : std::nullopt;
      });
  if (!hashes) return std::nullopt;
  return ProvenEntry{std::move(*line), {std::nullopt, seq, std::move(*hashes), std::string(note)}};
}

// What does not need the entries before it.
bool proves(const Evidence& evidence, const crypto::LogKeys& log_keys) {
  Workers workers(1);
  return check_evidence(evidence, log_keys, nullptr, workers).outcome ==
         EvidenceVerdict::Outcome::proven;
}

}  // namespace

std::optional<ForkEvidence> make_fork_evidence(const BundleReader& log, std::string_view note,
                                               std::string_view other,
                                               const crypto::LogKeys& log_keys) {
  auto newer = crypto::open_checkpoint(note, log_keys);
  auto older = crypto::open_checkpoint(other, log_keys);
  if (!older || !newer) return std::nullopt;
  if (older->size > newer->size) {
    std::swap(older, newer);
    std::swap(note, other);
  }
  ForkEvidence fork{std::string(other), std::string(note), std::nullopt, {}};
  if (older->size == newer->size || older->size == 0) {
    return proves(fork, log_keys) ? std::optional(std::move(fork)) : std::nullopt;
  }
  return from_tiles_or_entries<std::optional<ForkEvidence>>(
      log, [&](const BundleReader& tiles) -> std::optional<ForkEvidence> {
        TileNodes nodes(tiles, newer->size);
        ForkEvidence made = fork;
        made.begins = nodes.root_of(older->size);
        auto proof = nodes.consistency_with(older->size);
        if (!made.begins || !proof) return std::nullopt;
        made.proof = std::move(*proof);
        return proves(made, log_keys) ? std::optional(std::move(made)) : std::nullopt;
      });
}

std::optional<EntryEvidence> make_entry_evidence(const BundleReader& log, std::string_view note,
                                                 ledger::Seq seq, std::string_view clause,
                                                 const crypto::LogKeys& log_keys) {
  const auto checkpoint = crypto::open_checkpoint(note, log_keys);
  if (!checkpoint || seq >= checkpoint->size) return std::nullopt;
  auto entry = entry_of(log, note, *checkpoint, seq);
  if (!entry) return std::nullopt;
  return EntryEvidence{std::string(clause), std::move(*entry)};
}

std::optional<ReceiptEvidence> make_receipt_evidence(const BundleReader& log, std::string_view note,
                                                     const ProvenEntry& receipt,
                                                     const crypto::LogKeys& log_keys) {
  const auto checkpoint = crypto::open_checkpoint(note, log_keys);
  if (!checkpoint || checkpoint->size == 0) return std::nullopt;
  auto other = entry_of(log, note, *checkpoint,
                        std::min<ledger::Seq>(receipt.proof.index, checkpoint->size - 1));
  if (!other) return std::nullopt;
  ReceiptEvidence evidence{receipt, std::move(*other)};
  return proves(evidence, log_keys) ? std::optional(std::move(evidence)) : std::nullopt;
}

}  // namespace replay
