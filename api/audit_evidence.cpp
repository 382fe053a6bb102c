#include "api/audit_evidence.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <utility>

#include "api/arguments.hpp"
#include "api/audit_inputs.hpp"
#include "api/source.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/clauses_log.hpp"
#include "replay/audit_words.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/evidence_check.hpp"
#include "replay/evidence_make.hpp"

namespace api {

using Outcome = replay::EvidenceVerdict::Outcome;

// ---- checking a file ----

namespace {

enum Exit : int { proves = 0, proves_nothing = 1, undecided = 2 };

struct Options {
  std::string file;
  std::string vkey_file;
  std::string log;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "itmo-audit: %s%s\n", sentence.c_str(), sentence.ends_with('.') ? "" : ".");
  return undecided;
}

int say(Exit exit, const ledger::Clause* clause, const std::string& sentence) {
  std::string text = exit == proves           ? "PROVEN: the log breaks "
                     : exit == proves_nothing ? "PROVES NOTHING, by "
                                              : "COULD NOT DECIDE. ";
  if (clause != nullptr) {
    text += std::string(clause->id) + ". " + std::string(clause->statement) + "\n";
  }
  text += replay::printable(sentence) + "\n";
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return written ? exit : fail("Cannot write the verdict.");
}

int check(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  const Told<crypto::LogKeys> log_keys = read_log_keys(options.vkey_file);
  if (!log_keys) return fail(log_keys.error());
  const std::optional<std::string> text = read_file(options.file, replay::longest_evidence + 1);
  if (!text) {
    return fail("Cannot read the evidence file " + options.file +
                ": it is not there, or is longer "
                "than evidence can be");
  }
  const ledger::Result<replay::Evidence> evidence = replay::parse_evidence(*text);
  if (!evidence) return say(proves_nothing, evidence.error().clause, evidence.error().detail);
  Source source;
  if (!options.log.empty()) {
    Told<Source> opened = open_source(options.log);
    if (!opened) return fail(opened.error());
    if (!opened->bundle) return fail(opened->fault);
    source = std::move(*opened);
  }
  replay::Workers workers(replay::Workers::cores());
  const replay::EvidenceVerdict verdict =
      replay::check_evidence(*evidence, *log_keys, source.bundle.get(), workers);
  switch (verdict.outcome) {
    case Outcome::proven: return say(proves, verdict.clause, verdict.sentence);
    case Outcome::unproven: return say(proves_nothing, verdict.clause, verdict.sentence);
    case Outcome::undecided: break;
  }
  return say(undecided, nullptr, verdict.sentence);
}

}  // namespace

int evidence_command(int argc, char** argv) {
  Options options;
  CLI::App app("Checks what an evidence file proves against the key of a log.",
               "itmo-audit evidence");
  app.add_option("FILE", options.file, "the evidence file")->required();
  app.add_option("--key", options.vkey_file,
                 "file with the log's verifier key, or its keys, one a line")
      ->required();
  app.add_option("--log", options.log,
                 "the log, or a copy of its beginning, as SOURCE of an audit: needed for an entry "
                 "that breaks a rule of the ledger");
  app.footer("Exit status: 0 it proves a fault, 1 it proves none, 2 could not decide.");
  if (const auto status = parse_arguments(app, argc, argv)) return *status;
  return check(options);
}

// ---- making one ----

namespace {

// A sentence of the finding is of an entry that a clause of the ledger forbids.
bool is_of_an_entry(const replay::Finding& finding) {
  return finding.entry && finding.level && *finding.level <= replay::Level::rules &&
         finding.clause != &ledger::LOG_15;
}

Told<replay::Evidence> fork_of(const AtFault& fault, const crypto::LogKeys& log_keys) {
  for (const std::string& older : fault.older) {
    if (auto fork = replay::make_fork_evidence(fault.log, fault.note, older, log_keys))
      return *fork;
  }
  if (!fault.mirror.empty()) {
    const replay::DirectoryBundle mirror(fault.mirror);
    const replay::Fetched older = mirror.checkpoint();
    if (auto fork = replay::make_fork_evidence(mirror, older.bytes, fault.note, log_keys)) {
      return *fork;
    }
    if (auto fork = replay::make_fork_evidence(fault.log, fault.note, older.bytes, log_keys)) {
      return *fork;
    }
  }
  return tell(
      "A log that is shorter than before may be an old copy: by itself it proves nothing to "
      "others. "
      "Keep both checkpoints; a copy of the longer log (--mirror) or a receipt (--receipt) may "
      "prove more once the log goes on.");
}

}  // namespace

Told<replay::Evidence> evidence_of(const replay::Finding& finding, const AtFault& fault,
                                   const crypto::LogKeys& log_keys, replay::Workers& workers) {
  if (finding.clause == &replay::LOG_19 || finding.clause == &replay::LOG_22) {
    return fork_of(fault, log_keys);
  }
  if (!is_of_an_entry(finding)) {
    return tell(
        "What was found is of this copy of the log or of what the auditor holds: no file "
        "proves it to others.");
  }
  auto made = replay::make_entry_evidence(fault.log, fault.note, *finding.entry, finding.clause->id,
                                          log_keys);
  if (!made) {
    return tell(
        "The log's key did not sign this entry: a copy was altered, and that is no fault "
        "of the log. Audit another copy.");
  }
  replay::Evidence evidence = std::move(*made);
  const auto verdict = replay::check_evidence(evidence, log_keys, &fault.log, workers);
  if (verdict.outcome != Outcome::proven) return tell(verdict.sentence);
  return evidence;
}

std::string how_to_check(const replay::Evidence& evidence, const std::string& file,
                         const std::string& vkey_file, const std::string& log) {
  return "itmo-audit evidence " + file + " --key " + vkey_file +
         (std::holds_alternative<replay::EntryEvidence>(evidence) ? " --log " + log : "");
}

std::optional<Denied> denial_of(const replay::BundleReader& log, std::string_view note,
                                const replay::ProvenEntry& receipt,
                                const crypto::LogKeys& log_keys) {
  const auto now = crypto::open_checkpoint(note, log_keys);
  if (!now) return std::nullopt;
  replay::Finding finding{std::nullopt, std::nullopt, "checkpoint", &replay::LOG_22, {}};
  if (auto made = replay::make_receipt_evidence(log, note, receipt, log_keys)) {
    replay::Evidence evidence = std::move(*made);
    replay::Workers workers(1);
    const auto verdict = replay::check_evidence(evidence, log_keys, nullptr, workers);
    finding.clause = verdict.clause;
    finding.sentence = verdict.sentence;
    return Denied{std::move(finding), std::move(evidence)};
  }
  if (now->size > receipt.proof.index) return std::nullopt;
  finding.sentence = "By the receipt, entry " + std::to_string(receipt.proof.index) +
                     " is in the log; this one has " + std::to_string(now->size) +
                     " entries only. Either this is an old copy, or entries were taken away: "
                     "fetch the log again, from another mirror too.";
  return Denied{std::move(finding), std::nullopt};
}

}  // namespace api
