// itmo-audit: proves a log, or says what does not hold. A downloaded one needs no network.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/arguments.hpp"
#include "api/audit_balance.hpp"
#include "api/audit_evidence.hpp"
#include "api/audit_inputs.hpp"
#include "api/audit_receipt.hpp"
#include "api/kept_checkpoint.hpp"
#include "api/source.hpp"
#include "api/told.hpp"
#include "api/watch_command.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/clauses_log.hpp"
#include "replay/aef_compare.hpp"
#include "replay/audit.hpp"
#include "replay/audit_older.hpp"
#include "replay/audit_quorum.hpp"
#include "replay/audit_words.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/policy.hpp"

namespace {

enum Exit : int { valid = 0, invalid = 1, could_not_run = 2 };

struct Options {
  std::string source;
  std::string vkey_file;
  std::string trust_file;
  std::string state_file;
  std::string policy_file;
  std::string mirror;
  std::string receipt_file;
  std::string evidence_file;
  std::vector<std::string> aef_files;
  bool json = false;
  unsigned threads = 0;
};

// What a run needs beside the bundle.
struct Inputs {
  crypto::LogKeys log_keys;
  replay::Trust trust;
  std::optional<replay::Policy> policy;
  std::optional<replay::ProvenEntry> receipt;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "itmo-audit: %s%s\n", sentence.c_str(), sentence.ends_with('.') ? "" : ".");
  return could_not_run;
}

constexpr std::size_t longest_report = 256ULL << 20;  // bytes

// The published reports that are to be made again; false where one cannot be.
bool read_reports(const Options& options, replay::AefComparer& comparer, std::string& problem) {
  for (const std::string& path : options.aef_files) {
    std::optional<std::string> bytes = api::read_file(path, longest_report);
    if (!bytes) {
      problem = "Cannot read the report " + path + ".";
      return false;
    }
    if (!comparer.add(path, std::move(*bytes))) {
      problem = path +
                " is not named as a report is, which says what it is of: "
                "AEF-XHA-2028-v1.0-entry-57-2029-04-15-carp-checker.json.";
      return false;
    }
  }
  return true;
}

std::optional<Inputs> read_inputs(const Options& options, std::string& problem) {
  const api::Told<crypto::LogKeys> log_keys = api::read_log_keys(options.vkey_file);
  if (!log_keys) {
    problem = log_keys.error();
    return std::nullopt;
  }
  Inputs inputs{*log_keys, {}, std::nullopt, std::nullopt};
  if (!options.policy_file.empty()) {
    const std::optional<std::string> text = api::read_file(options.policy_file);
    if (!text) {
      problem = "Cannot read the policy " + options.policy_file + ".";
      return std::nullopt;
    }
    inputs.policy = replay::parse_policy(*text, problem);
    if (!inputs.policy) return std::nullopt;
  }
  if (!options.receipt_file.empty()) {
    api::Told<replay::ProvenEntry> receipt = api::read_receipt(options.receipt_file, *log_keys);
    if (!receipt) {
      problem = receipt.error();
      return std::nullopt;
    }
    inputs.receipt = std::move(*receipt);
  }
  if (!options.trust_file.empty()) {
    const std::optional<std::string> text = api::read_file(options.trust_file);
    if (!text) {
      problem = "Cannot read the trust file " + options.trust_file + ".";
      return std::nullopt;
    }
    std::optional<replay::Trust> trust = replay::parse_trust(*text, problem);
    if (!trust) return std::nullopt;
    inputs.trust = std::move(*trust);
  }
  if (options.state_file.empty()) return inputs;
  api::Told<std::optional<std::string>> kept = api::read_kept(options.state_file);
  if (!kept) {
    problem = kept.error();
    return std::nullopt;
  }
  inputs.trust.older_checkpoint = std::move(*kept);
  return inputs;
}

bool is_valid(const replay::AuditReport& report) {
  return report.verdict == replay::AuditReport::Verdict::valid;
}

// One audit: of the log where it is, or of a copy in the mirror's directory, where tiles are
// fetched once for all audits.
class Audit {
 public:
  Audit(const Options& options, const Inputs& inputs, replay::AefComparer& comparer)
      : options_(options),
        inputs_(inputs),
        comparer_(comparer),
        workers_(options.threads > 0 ? options.threads : replay::Workers::cores()) {}

  replay::AuditReport run(const replay::BundleReader& log) {
    const std::string note = log.checkpoint().bytes;
    auto denied = inputs_.receipt ? api::denial_of(log, note, *inputs_.receipt, inputs_.log_keys)
                                  : std::nullopt;
    if (!denied) {
      replay::AuditReport report = run_log(log);
      if (report.finding) look_for_evidence(*report.finding, log, note);
      return report;
    }
    if (denied->evidence) {
      evidence_ = std::move(*denied->evidence);
    } else {
      look_for_evidence(denied->finding, log, note);
    }
    return replay::contradicted(std::move(denied->finding),
                                *crypto::open_checkpoint(note, inputs_.log_keys));
  }

  // What proves the finding of the last run to others; a sentence where nothing does.
  [[nodiscard]] const api::Told<replay::Evidence>& evidence() const { return evidence_; }

 private:
  void look_for_evidence(const replay::Finding& finding, const replay::BundleReader& log,
                         const std::string& note) {
    if (options_.evidence_file.empty()) return;
    api::AtFault fault{log, note, {}, options_.mirror};
    if (inputs_.trust.older_checkpoint) fault.older.push_back(*inputs_.trust.older_checkpoint);
    evidence_ = api::evidence_of(finding, fault, inputs_.log_keys, workers_);
  }

  replay::AuditReport run_log(const replay::BundleReader& log) {
    if (options_.mirror.empty()) return audit(log);
    const replay::Fetched note = log.checkpoint();
    const auto now = note.outcome == replay::Fetched::Outcome::found
                         ? crypto::open_checkpoint(note.bytes, inputs_.log_keys)
                         : std::nullopt;
    return now ? run_mirrored(log, note.bytes, *now) : audit(log);  // nothing unsigned is kept
  }

  replay::AuditReport audit(const replay::BundleReader& log) {
    replay::AuditReport report = replay::audit(
        log, inputs_.log_keys, inputs_.trust, workers_, {},
        [&](const ledger::Entry&, const ledger::Effects& effects) { comparer_.take(effects); });
    if (is_valid(report)) {
      const replay::Provenance provenance{report.checkpoint->origin, report.demonstration};
      replay::add_comparisons(comparer_.compare(provenance), report);
      if (inputs_.policy) {
        replay::add_quorum(*inputs_.policy, log, inputs_.log_keys, report);
      }
    }
    return report;
  }

  // Two logs are never mixed in one directory: what it was audited under, and what the auditor
  // kept, is compared first.
  replay::AuditReport run_mirrored(const replay::BundleReader& log, const std::string& note,
                                   const crypto::Checkpoint& now) {
    const replay::Fetched there = replay::DirectoryBundle(options_.mirror).checkpoint();
    if (there.outcome == replay::Fetched::Outcome::unreadable) return failed(there.reason);
    const auto mirrored = crypto::open_checkpoint(there.bytes, inputs_.log_keys);
    if (there.outcome == replay::Fetched::Outcome::found && !mirrored) {
      return failed(options_.mirror + " " + api::foreign_checkpoint + ".");
    }
    const auto kept =
        crypto::open_checkpoint(inputs_.trust.older_checkpoint.value_or(""), inputs_.log_keys);
    for (const auto& older : {kept, mirrored == kept ? std::nullopt : mirrored}) {
      auto finding = older ? replay::contradiction_of(log, *older, now) : std::nullopt;
      if (!finding) continue;
      const auto unwritten = replay::keep_refused(options_.mirror, note);
      return unwritten ? failed(*unwritten) : replay::contradicted(std::move(*finding), now);
    }
    std::optional<replay::AuditReport> report;
    const replay::Copied copied =
        replay::copy_bundle(log, options_.mirror, [&](const replay::BundleReader& copy) {
          report = audit(copy);
          return is_valid(*report);
        });
    if (!report || (copied.problem && is_valid(*report))) return failed(*copied.problem);
    return std::move(*report);
  }

  static replay::AuditReport failed(std::string sentence) {
    replay::AuditReport report;
    report.problem = std::move(sentence);
    return report;
  }

  const Options& options_;
  const Inputs& inputs_;
  replay::AefComparer& comparer_;
  replay::Workers workers_;
  api::Told<replay::Evidence> evidence_ = api::tell("");
};

// The report of a file that is no bundle file.
replay::AuditReport not_a_bundle(const std::string& fault) {
  replay::AuditReport report;
  report.verdict = replay::AuditReport::Verdict::invalid;
  report.finding =
      replay::Finding{replay::Level::format, std::nullopt, "bundle file", &ledger::LOG_15, fault};
  return report;
}

bool is_contradiction(const replay::AuditReport& report) {
  return report.finding &&
         (report.finding->clause == &replay::LOG_19 || report.finding->clause == &replay::LOG_22);
}

// After a verdict: the newer checkpoint takes the place of the kept one where the log is valid; one
// that contradicts it is kept beside it.
api::Told<> keep_state(const std::string& file, const std::optional<std::string>& older,
                       const std::string& note, const replay::AuditReport& report) {
  if (is_valid(report)) {
    const auto had = older ? crypto::read_unverified(*older) : std::nullopt;
    if (had && had->size == report.checkpoint->size) return {};
    return api::keep(file, note);
  }
  return is_contradiction(report) ? api::keep(file + ".refused", note) : api::Told<>{};
}

// Writes what proves the finding; the sentence that says so, or why nothing does.
api::Told<std::string> keep_evidence(const Options& options, const replay::AuditReport& report,
                                     const api::Told<replay::Evidence>& evidence) {
  if (options.evidence_file.empty() || !report.finding) return std::string();
  if (!evidence) return "No evidence  " + replay::printable(evidence.error());
  const auto kept = api::keep(options.evidence_file, replay::format_evidence(*evidence));
  if (!kept) return api::tell(kept.error());
  return "Evidence    in " + options.evidence_file + ", which anybody checks: " +
         api::how_to_check(*evidence, options.evidence_file, options.vkey_file, options.source);
}

std::string text_of(const Options& options, const replay::AuditReport& report, bool is_kept) {
  if (options.json) return replay::to_json(report);
  std::string text = replay::describe(report);
  if (!options.state_file.empty() && is_valid(report) && is_kept) {
    text += "\nKept        this checkpoint in " + options.state_file +
            ": the next audit asks that the log goes on from it.\n";
  }
  if (!options.receipt_file.empty() && is_valid(report)) {
    text += "\nReceipt     its entry is in this log: " + options.receipt_file + "\n";
  }
  if (!options.mirror.empty() && report.verdict == replay::AuditReport::Verdict::invalid &&
      !is_contradiction(report)) {
    text += "\nParts of the log were read from " + options.mirror +
            ", where an earlier audit put them: audit without --mirror, too.\n";
  }
  return text;
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  std::string problem;
  const std::optional<Inputs> inputs = read_inputs(options, problem);
  if (!inputs) return fail(problem);
  replay::AefComparer comparer;
  if (!read_reports(options, comparer, problem)) return fail(problem);
  if (!options.mirror.empty() && !api::is_address(options.source)) {
    return fail("--mirror is of a log that is read over the network; " + options.source +
                " is here already");
  }
  const api::Told<api::Source> source = api::open_source(options.source);
  if (!source) {
    return fail(source.error() + "; the other commands are balance, evidence, receipt and watch");
  }
  replay::AuditReport report;
  std::string note;
  api::Told<std::string> evidence;
  if (source->bundle) {
    const replay::UnderCheckpoint log(*source->bundle, source->bundle->checkpoint());
    note = log.checkpoint().bytes;
    Audit audit(options, *inputs, comparer);
    report = audit.run(log);
    evidence = keep_evidence(options, report, audit.evidence());
  } else {
    report = not_a_bundle(source->fault);
  }
  api::Told<> kept;
  if (!options.state_file.empty()) {
    kept = keep_state(options.state_file, inputs->trust.older_checkpoint, note, report);
  }
  const std::string text = text_of(options, report, kept.has_value());
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail("Cannot write the report.");
  if (!kept) return fail(kept.error());
  if (!evidence) return fail(evidence.error());
  if (!evidence->empty()) std::fprintf(stderr, "%s\n", evidence->c_str());
  switch (report.verdict) {
    case replay::AuditReport::Verdict::valid: return valid;
    case replay::AuditReport::Verdict::invalid: return invalid;
    case replay::AuditReport::Verdict::could_not_run: break;
  }
  return could_not_run;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "balance") return api::balance_command(argc - 1, argv + 1);
  if (command == "evidence") return api::evidence_command(argc - 1, argv + 1);
  if (command == "receipt") return api::receipt_command(argc - 1, argv + 1);
  if (command == "watch") return api::watch_command(argc - 1, argv + 1);
  Options options;
  CLI::App app("Proves a log: every signature, rule, hash and figure again.", "itmo-audit");
  app.add_option("SOURCE", options.source,
                 "the log: a directory with checkpoint and tile/…, a bundle file, or an address as "
                 "http://127.0.0.1:8080")
      ->required();
  app.add_option("--key", options.vkey_file,
                 "file with the log's verifier key, or its keys, one a line")
      ->required();
  app.add_option("--trust", options.trust_file, "file that pins the opening or the Parties' keys");
  app.add_option("--state", options.state_file,
                 "file with the checkpoint of the last audit: the log must go on from it, and once "
                 "it is valid the newer one is put there");
  app.add_option("--mirror", options.mirror,
                 "with an address: directory where tiles are kept and not fetched again");
  app.add_option("--policy", options.policy_file,
                 "whose cosignatures the checkpoint must have (C2SP tlog-policy)");
  app.add_option("--receipt", options.receipt_file,
                 "a receipt that the log once gave: its entry must still be there");
  app.add_option("--evidence", options.evidence_file,
                 "file for what proves to anybody that the log's key signed what is found wrong");
  app.add_option("--aef", options.aef_files,
                 "a published AEF file under its own name, made again and compared");
  app.add_option("--threads", options.threads, "how many threads verify (default: all cores)")
      ->check(CLI::Range(1, 1024));
  app.add_flag("--json", options.json, "the report as one JSON object");
  app.footer(
      "Exit status: 0 valid, 1 invalid, 2 could not run.\n"
      "itmo-audit balance --help: checks proofs of balances without the log.\n"
      "itmo-audit evidence --help: checks a file that --evidence wrote.\n"
      "itmo-audit receipt --help: checks receipts without the log.\n"
      "itmo-audit watch --help: follows a log and cosigns its checkpoints.");
  if (const auto status = api::parse_arguments(app, argc, argv)) return *status;
  return run(options);
}
