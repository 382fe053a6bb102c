#include "replay/evidence_check.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/codec.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/time.hpp"
#include "replay/audit_batch.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/follower.hpp"
#include "replay/log_keys.hpp"
#include "replay/receipt.hpp"

namespace replay {
namespace {

using Outcome = EvidenceVerdict::Outcome;

EvidenceVerdict proven(const ledger::Clause& clause, std::string sentence) {
  return {Outcome::proven, &clause, std::move(sentence)};
}
EvidenceVerdict unproven(std::string sentence) {
  return {Outcome::unproven, &EVD_2, std::move(sentence)};
}
EvidenceVerdict undecided(std::string sentence) {
  return {Outcome::undecided, nullptr, std::move(sentence)};
}

std::string entry_name(std::uint64_t seq) {
  return "entry " + std::to_string(seq);
}

std::string words_of(const crypto::Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries with root " +
         crypto::to_hex(checkpoint.root.view());
}

EvidenceVerdict unsigned_by(const crypto::LogKeys& log_keys, std::string_view note) {
  return unproven("A checkpoint in it is not signed by log key " + crypto::format_vkeys(log_keys) +
                  word_on_claimed_log(note) + ".");
}

// ---- two checkpoints ----

EvidenceVerdict check(const ForkEvidence& fork, const crypto::LogKeys& log_keys) {
  const auto older = crypto::open_checkpoint(fork.older, log_keys);
  const auto newer = crypto::open_checkpoint(fork.newer, log_keys);
  if (!older || !newer) return unsigned_by(log_keys, older ? fork.newer : fork.older);
  const std::string both =
      "Keys of the log signed " + words_of(*older) + ", and " + words_of(*newer);
  if (older->size > newer->size) return unproven("The larger checkpoint stands first.");
  if (older->size == newer->size) {
    if (fork.begins) return unproven("Two checkpoints of one size need no proof.");
    if (older->root == newer->root) return unproven("The two checkpoints are of one log.");
    return proven(LOG_19, both + ".");
  }
  if (!fork.begins || *fork.begins == older->root) {
    return unproven("Nothing says with which other root the newer log begins.");
  }
  if (!crypto::verify_consistency(older->size, *fork.begins, newer->size, newer->root,
                                  fork.proof)) {
    return unproven(
        "The hashes do not lead from the root that the newer log is said to begin with "
        "to the root that was signed.");
  }
  return proven(LOG_19, both + ", whose first " + std::to_string(older->size) +
                            " entries have root " + crypto::to_hex(fork.begins->view()) + ".");
}

// ---- an entry that is in a signed log ----

// The checkpoint that the proof leads to, where it does.
std::optional<crypto::Checkpoint> checkpoint_of(const ProvenEntry& entry,
                                                const crypto::LogKeys& log_keys,
                                                EvidenceVerdict& otherwise) {
  std::string problem;
  auto checkpoint = checkpoint_over(entry, log_keys, problem);
  if (!checkpoint) {
    otherwise = unproven("Of " + entry_name(entry.proof.index) + ": " + problem + ".");
  }
  return checkpoint;
}

// Whether the clause that is broken is the one that the evidence names.
EvidenceVerdict judge(const EntryEvidence& evidence, const ledger::Violation& violation,
                      const crypto::Checkpoint& checkpoint) {
  const std::string entry = entry_name(evidence.entry.proof.index);
  if (violation.clause->id != evidence.clause) {
    return unproven("It names " + evidence.clause + "; " + entry + " breaks " +
                    std::string(violation.clause->id) + ": " + violation.detail);
  }
  return proven(*violation.clause, "A key of the log signed " + words_of(checkpoint) +
                                       ", of which " + entry + " is bad: " + violation.detail);
}

// Brings a follower before the entry, by entries that are those of the log.
std::optional<EvidenceVerdict> step_before(const EntryEvidence& evidence, ledger::Seq size,
                                           const BundleReader* entries, Follower& follower) {
  const ledger::Seq index = evidence.entry.proof.index;
  if (index == 0) return std::nullopt;
  if (entries == nullptr) {
    return undecided("Whether " + entry_name(index) + " breaks " + evidence.clause +
                     " is decided by the entries before it: give the log, or a copy of its "
                     "beginning, with --log.");
  }
  const Fetched note = entries->checkpoint();
  if (note.outcome == Fetched::Outcome::unreadable) return undecided(note.reason);
  const auto laid_out = crypto::read_unverified(note.bytes);
  if (!laid_out || laid_out->size < index) {
    return undecided("The bundle does not reach up to " + entry_name(index) + ".");
  }
  if (const auto halt = follower.follow(*entries, index, laid_out->size)) {
    return undecided("The bundle does not lead up to " + entry_name(index) + ": at " +
                     entry_name(halt->seq) +
                     (halt->clause != nullptr ? ", by " + std::string(halt->clause->id) : "") +
                     ": " + halt->sentence);
  }
  if (follower.machine().tree().root != root_before(evidence.entry.proof, size)) {
    return undecided("The bundle's entries before " + entry_name(index) +
                     " are not those of the log that was signed: take another copy.");
  }
  return std::nullopt;
}

EvidenceVerdict check(const EntryEvidence& evidence, const crypto::LogKeys& log_keys,
                      const BundleReader* entries, Workers& workers) {
  EvidenceVerdict otherwise;
  const auto checkpoint = checkpoint_of(evidence.entry, log_keys, otherwise);
  if (!checkpoint) return otherwise;
  const ledger::Seq index = evidence.entry.proof.index;
  Candidate candidate;
  candidate.seq = index;
  candidate.line = evidence.entry.line;
  prepare(candidate);
  if (candidate.violation) return judge(evidence, *candidate.violation, *checkpoint);
  if (candidate.entry->seq != index) {
    return judge(evidence,
                 {&ledger::LOG_1, "Its number is " + std::to_string(candidate.entry->seq) + "."},
                 *checkpoint);
  }
  Follower follower(workers);
  if (auto stopped = step_before(evidence, checkpoint->size, entries, follower)) return *stopped;
  const ledger::Result<> admitted = follower.machine().would_admit(*candidate.entry);
  if (admitted) return unproven("Entry " + std::to_string(index) + " breaks no clause.");
  if (ledger::asks_for_newer_rules(admitted.error(), candidate.entry->event.event())) {
    return undecided(admitted.error().detail);
  }
  return judge(evidence, admitted.error(), *checkpoint);
}

// ---- a receipt ----

std::optional<ledger::Timestamp> time_of(const ProvenEntry& entry) {
  const ledger::Result<ledger::LineParts> parts = ledger::decode_line(entry.line);
  if (!parts) return std::nullopt;
  return parts->time;
}

EvidenceVerdict check(const ReceiptEvidence& evidence, const crypto::LogKeys& log_keys) {
  EvidenceVerdict otherwise;
  const auto before = checkpoint_of(evidence.receipt, log_keys, otherwise);
  if (!before) return otherwise;
  const auto after = checkpoint_of(evidence.other, log_keys, otherwise);
  if (!after) return otherwise;
  const std::uint64_t index = evidence.receipt.proof.index, other = evidence.other.proof.index;
  const std::string receipt =
      "By the receipt, " + entry_name(index) + " is in a log of " + words_of(*before);
  if (index == other) {
    if (evidence.receipt.line == evidence.other.line) {
      return unproven("The entry of the receipt is in both logs.");
    }
    return proven(LOG_19, receipt + "; another one stands in its place under " + words_of(*after) +
                              ". Keys of the log signed both.");
  }
  const auto received = time_of(evidence.receipt), later = time_of(evidence.other);
  if (!received || !later) return unproven("An entry in it has no time.");
  if (other > index || *later <= *received) {
    return unproven("The two entries may stand in one log: in order, each at its time.");
  }
  return proven(after->size <= index ? LOG_22 : LOG_19,
                receipt + ", made at " + ledger::format_timestamp(*received) + "; the log of " +
                    words_of(*after) + " has " + entry_name(other) +
                    ", before it and made later, at " + ledger::format_timestamp(*later) +
                    ". Keys of the log signed both.");
}

}  // namespace

// The hashes of the proof that stand to the left are the peaks of the tree before the entry.
crypto::Hash root_before(const crypto::TlogProof& proof, std::uint64_t size) {
  if (proof.index == 0) return crypto::empty_root();
  const crypto::ProofPlan plan = crypto::plan_inclusion(proof.index, size);
  std::vector<crypto::Hash> peaks;  // smallest first
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const crypto::NodeId& node = plan[i].front();
    if (node.index < proof.index >> node.level) peaks.push_back(proof.hashes[i]);
  }
  std::reverse(peaks.begin(), peaks.end());
  return crypto::fold(peaks);
}

EvidenceVerdict check_evidence(const Evidence& evidence, const crypto::LogKeys& log_keys,
                               const BundleReader* entries, Workers& workers) {
  if (const auto* fork = std::get_if<ForkEvidence>(&evidence)) return check(*fork, log_keys);
  if (const auto* entry = std::get_if<EntryEvidence>(&evidence)) {
    return check(*entry, log_keys, entries, workers);
  }
  return check(std::get<ReceiptEvidence>(evidence), log_keys);
}

}  // namespace replay
