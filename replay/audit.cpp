#include "replay/audit.hpp"

#include <algorithm>

#include "crypto/text.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_log.hpp"
#include "replay/audit_batch.hpp"
#include "replay/audit_older.hpp"
#include "replay/audit_replay.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/log_keys.hpp"

namespace replay {
namespace {

// The checkpoint of the bundle: what it says, and whether the log key signed it.
struct Claim {
  std::string note;
  std::optional<crypto::Checkpoint> checkpoint;
  bool is_signed = false;
};

Claim read_claim(std::string note, const crypto::LogKeys& log_keys) {
  auto checkpoint = crypto::open_checkpoint(note, log_keys);
  const bool is_signed = checkpoint.has_value();
  if (!is_signed) checkpoint = crypto::read_unverified(note);
  return {std::move(note), std::move(checkpoint), is_signed};
}

// Reads, prepares and steps at the same time, one batch each: no worker waits for another stage.
// The serial stages are the first jobs of the list, so they begin first.
void replay_all(const BundleReader& bundle, ledger::Seq size, Workers& workers,
                const AuditLimits& limits, Replay& replay) {
  BatchReader reader(bundle, size, limits);
  Batch reading, preparing, stepping;
  bool going_on = true;
  bool more = true;
  do {
    workers.run(2 + preparing.candidates.size(), [&](std::size_t job) {
      if (job == 0) {
        going_on = replay.take(stepping);
      } else if (job == 1) {
        reading = reader.next();
      } else {
        prepare(preparing.candidates[job - 2]);
      }
    });
    stepping = std::move(preparing);
    preparing = std::move(reading);
    reading = {};
    more = !stepping.empty() || !preparing.empty();
  } while (going_on && more);
}

void note_state(const Replay& replay, AuditReport& report) {
  const ledger::State& state = replay.machine().state();
  report.entries = replay.good();
  if (report.entries > 0) report.last_time = replay.good_until();
  if (report.entries > 0) report.opening = replay.opening();
  report.demonstration =
      report.entries > 0 && state.mode == ledger::LedgerOpened::Mode::demonstration;
  report.spec = state.spec;
  report.party_keys = replay.party_keys();
  for (PartyKey& key : report.party_keys) {
    const auto record = state.keys.find(key.key);
    if (record != state.keys.end()) key.retired_by = record->second.retired_at;
  }
}

// The checkpoint's signature, and that the log names that key. Precondition: every entry is good.
std::optional<Finding> judge_checkpoint(const Claim& claim, const crypto::LogKeys& log_keys,
                                        const ledger::State& state) {
  if (!claim.is_signed) {
    std::string sentence = "The note has no signature of log key " +
                           crypto::format_vkeys(log_keys) +
                           ", or one of it that is wrong, or its origin is another name.";
    const std::string word = word_on_unknown_signer(state, claim.note, log_keys);
    if (!word.empty()) sentence += " " + word;
    return Finding{Level::checkpoint, std::nullopt, "checkpoint", &ledger::LOG_7,
                   std::move(sentence)};
  }
  if (claim.checkpoint->size > 0 && !is_of_log(state, claim.note, log_keys)) {
    return Finding{Level::checkpoint, 0, "entry 0", &ledger::LOG_7,
                   "Log key " + crypto::format_vkeys(signers_of(claim.note, log_keys)) +
                       " signed the checkpoint, but the log names it neither in its opening, which "
                       "names " +
                       state.log_keys.front() +
                       ", nor in a log.key_announced, and no key that it names signed it."};
  }
  return std::nullopt;
}

// What the auditor holds and the log does not bear out, once all entries are known.
std::optional<Finding> judge_trust(const Trust& trust, const Replay& replay) {
  if (replay.distrust()) return replay.distrust();
  const ledger::Machine& machine = replay.machine();
  if (trust.opening && machine.size() == 0) {
    return Finding{std::nullopt, std::nullopt, "checkpoint", &LOG_20,
                   "The trust file pins an opening; this log has no entry."};
  }
  for (const auto& [party, pins] : trust.parties) {
    const ledger::Participant* row = machine.state().participants.lookup(party);
    if (row != nullptr && row->kind == ledger::Participant::Sort::party) continue;
    return Finding{std::nullopt, std::nullopt, "checkpoint", &LOG_20,
                   "The trust file pins keys of " + party + "; this log knows no such Party."};
  }
  return std::nullopt;
}

Level before(Level level) {
  return level == Level::nothing ? level : static_cast<Level>(static_cast<int>(level) - 1);
}

// The first thing that does not hold, by level; and how far the log holds. What two checkpoints say
// against each other, where the entries make both roots, comes before a tile that is damaged.
void judge(const Claim& claim, const crypto::LogKeys& log_keys, const Trust& trust,
           const Replay& replay, const std::optional<crypto::Checkpoint>& older,
           AuditReport& report) {
  const auto& state = replay.machine().state();
  const bool same_root = replay.machine().tree().root == claim.checkpoint->root;
  if (older && claim.is_signed && same_root && !replay.contains_older()) {
    report.verdict = AuditReport::Verdict::invalid;
    report.reached = replay.bad_hash() ? Level::rules : Level::checkpoint;
    report.finding = fork_of(*older, *claim.checkpoint);
    return;
  }
  if (replay.bad_entry()) {
    report.finding = replay.bad_entry();
  } else if (replay.bad_hash()) {
    report.finding = replay.bad_hash();
  } else if (auto signature = judge_checkpoint(claim, log_keys, state)) {
    report.finding = std::move(signature);
  } else {
    report.finding = judge_trust(trust, replay);
    report.reached = Level::checkpoint;
    report.verdict = report.finding ? AuditReport::Verdict::invalid : AuditReport::Verdict::valid;
    return;
  }
  report.verdict = AuditReport::Verdict::invalid;
  report.reached = before(*report.finding->level);
  if (!claim.is_signed && report.finding->level != Level::checkpoint) {
    report.finding->sentence +=
        " The log key did not sign the checkpoint either: perhaps the checkpoint was altered.";
  }
}

// The log goes on by rules that this program does not know. What stands before them was replayed;
// a hash tile that contradicts it is wrong by any rules.
void stop_at_newer_rules(const Replay& replay, AuditReport& report) {
  const ledger::Seq seq = replay.machine().size();
  report.newer_rules = seq;
  report.problem = "Entry " + std::to_string(seq) +
                   " and what follows it cannot be judged by this program. " +
                   replay.newer_rules() + " Audit with such a program.";
  if (!replay.bad_hash()) return;
  report.verdict = AuditReport::Verdict::invalid;
  report.finding = replay.bad_hash();
  report.finding->level.reset();
  report.finding->sentence += " " + report.problem;
  report.problem.clear();
}

AuditReport could_not_run(std::string problem) {
  AuditReport report;
  report.problem = std::move(problem);
  return report;
}

AuditReport no_checkpoint(std::string sentence) {
  AuditReport report;
  report.verdict = AuditReport::Verdict::invalid;
  report.finding = Finding{Level::format, std::nullopt, "checkpoint", &ledger::LOG_15,
                           std::move(sentence) + " Nothing says how long the log is."};
  return report;
}

}  // namespace

std::string_view name_of(Level level) {
  switch (level) {
    case Level::nothing: return "nothing";
    case Level::format: return "format";
    case Level::signatures: return "signatures";
    case Level::chain: return "chain";
    case Level::rules: return "rules";
    case Level::root: return "root";
    case Level::checkpoint: break;
  }
  return "checkpoint";
}

AuditReport audit(const BundleReader& bundle, const crypto::LogKeys& log_keys, const Trust& trust,
                  Workers& workers, const AuditLimits& limits, const Follow& follow) {
  std::optional<crypto::Checkpoint> older;
  if (trust.older_checkpoint) {
    older = crypto::open_checkpoint(*trust.older_checkpoint, log_keys);
    if (!older && !crypto::read_unverified(*trust.older_checkpoint)) {
      return could_not_run(
          "The older checkpoint is not a signed note of a log. Give the file that an earlier audit "
          "kept, or one that is not there yet to begin anew.");
    }
    if (!older) {
      return could_not_run("The older checkpoint was not signed by log key " +
                           crypto::format_vkeys(log_keys) + ".");
    }
  }
  Fetched note = bundle.checkpoint();
  if (note.outcome == Fetched::Outcome::unreadable) return could_not_run(std::move(note.reason));
  if (note.outcome == Fetched::Outcome::absent) {
    return no_checkpoint("There is no checkpoint: give the place of a log, or a whole copy.");
  }
  const Claim claim = read_claim(std::move(note.bytes), log_keys);
  if (!claim.checkpoint) return no_checkpoint("The checkpoint is not a signed note of a log.");

  if (older && claim.is_signed) {
    std::optional<Finding> finding = contradiction_of(bundle, *older, *claim.checkpoint);
    if (finding) return contradicted(std::move(*finding), *claim.checkpoint);
  }

  Replay replay(bundle, trust, older, follow);
  replay_all(bundle, claim.checkpoint->size, workers, limits, replay);
  const bool judged = replay.newer_rules().empty();
  const bool whole = judged && !replay.bad_entry() && replay.unreadable().empty();
  if (whole) replay.finish(*claim.checkpoint);
  AuditReport report;
  report.checkpoint = claim.checkpoint;
  report.pinned = trust.pins_anything();
  note_state(replay, report);
  if (!replay.unreadable().empty() && !replay.bad_entry()) {
    report.problem = replay.unreadable();
    return report;
  }
  if (!judged) {
    stop_at_newer_rules(replay, report);
    return report;
  }
  judge(claim, log_keys, trust, replay, older, report);
  if (replay.contains_older()) report.contains = older->size;
  if (!replay.bad_entry()) {
    const ledger::State& state = replay.machine().state();
    report.totals = totals_of(state);
    report.log_keys = state.log_keys;
    for (const std::string& vkey : state.log_keys) {
      const auto named = crypto::parse_vkey(vkey);
      if (named && !log_keys.contains(*named)) report.unknown_log_keys.push_back(vkey);
    }
  }
  const ledger::CommittedState& committed = replay.machine().committed();
  const auto committed_at = committed.committed_at();
  if (report.verdict == AuditReport::Verdict::valid && committed_at) {
    report.commitment.emplace(*committed_at, *committed.root());
  }
  return report;
}

}  // namespace replay
