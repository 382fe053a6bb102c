#include "api/audit_receipt.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/arguments.hpp"
#include "api/audit_inputs.hpp"
#include "api/audit_verdict.hpp"
#include "api/receipt_text.hpp"
#include "api/source.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/event.hpp"
#include "ledger/time.hpp"
#include "replay/audit_words.hpp"
#include "replay/log_keys.hpp"
#include "replay/policy.hpp"
#include "replay/quorum.hpp"
#include "replay/receipt.hpp"

namespace api {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string vkey_file;
  std::string policy_file;
  std::string entry_file;
  std::string log;
};

struct Inputs {
  crypto::LogKeys log_keys;
  std::optional<replay::Policy> policy;
  std::optional<std::string> entry;
};

// ---- what a receipt says ----

std::string text_of(const replay::ProvenReceipt& receipt, const crypto::LogKeys& log_keys) {
  const ledger::Event& event = receipt.entry.event.event();
  const std::size_t signatures = receipt.entry.event.signatures().size();
  return "  Log         " + log_keys.name() + "\n  Entry       " +
         std::to_string(receipt.entry.seq) + ", " + std::string(ledger::type_of(event.body)) +
         ", id " + replay::printable(event.id) + ", recorded " +
         ledger::format_timestamp(receipt.entry.time) + "\n  Signatures  " +
         (signatures == 1 ? "1, which verifies" : std::to_string(signatures) + ", all verify") +
         "; whose the keys are, the log says\n  Checkpoint  " + words_of(receipt.checkpoint) +
         "\n  Signed by   " + crypto::format_vkeys(replay::signers_of(receipt.note, log_keys)) +
         "\n";
}

// ---- judging ----

// The receipt in a file; where there is none, `otherwise` is the verdict.
std::optional<ReceiptText> receipt_in(const std::string& file,
                                      const std::optional<std::string>& entry, Verdict& otherwise) {
  const std::optional<std::string> text = read_file(file, longest_receipt);
  if (!text) {
    otherwise = undecided(file, "it cannot be read, or is longer than a receipt can be");
  } else if (is_bare_proof(*text)) {
    if (entry) return ReceiptText{*entry, *text, false};
    otherwise = undecided(file, "it is a bare .tlog-proof: give the bytes of its entry by --entry");
  } else if (entry) {
    otherwise = undecided(file, "it is no bare .tlog-proof, and --entry is for one");
  } else if (Told<ReceiptText> receipt = parse_receipt(*text)) {
    return std::move(*receipt);
  } else {
    otherwise = refuted(file, receipt.error());
  }
  return std::nullopt;
}

std::string problem_of(std::string problem, const ReceiptText& receipt) {
  if (receipt.entry.ends_with('\n')) {
    problem += "; the entry ends with a line end, which no line of a log has in it";
  }
  return problem;
}

Verdict judge(const std::string& file, const Inputs& inputs, const LaterLog* later) {
  Verdict verdict;
  const std::optional<ReceiptText> receipt = receipt_in(file, inputs.entry, verdict);
  if (!receipt) return verdict;
  std::string problem;
  const auto proven =
      replay::prove_receipt(receipt->entry, receipt->proof, inputs.log_keys, problem);
  if (!proven) return refuted(file, problem_of(problem, *receipt));
  std::string said = text_of(*proven, inputs.log_keys);
  if (later != nullptr) {
    if (auto otherwise = ask_later(file, proven->checkpoint, *later, said)) return *otherwise;
  }
  if (inputs.policy) {
    verdict = ask_witnesses(*inputs.policy, proven->note, "the receipt's checkpoint", later,
                            inputs.log_keys);
  }
  verdict.text =
      heading(verdict.exit, "HOLDS", file, "its entry is in the log", receipt->demonstration) +
      said + verdict.text;
  return verdict;
}

// ---- inputs ----

Told<Inputs> read_inputs(const Options& options) {
  const Told<crypto::LogKeys> log_keys = read_log_keys(options.vkey_file);
  if (!log_keys) return tell(log_keys.error());
  Inputs inputs{*log_keys, std::nullopt, std::nullopt};
  Told<std::optional<replay::Policy>> policy = read_policy_file(options.policy_file);
  if (!policy) return tell(policy.error());
  inputs.policy = std::move(*policy);
  if (options.entry_file.empty()) return inputs;
  if (options.files.size() > 1) return tell("--entry is of one proof; give one FILE with it");
  inputs.entry = read_file(options.entry_file, ledger::max_entry_bytes + 1);
  if (!inputs.entry) {
    return tell("Cannot read the entry " + options.entry_file +
                ": it is not there, or is longer than an entry can be");
  }
  return inputs;
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  const Told<Inputs> inputs = read_inputs(options);
  if (!inputs) return fail(inputs.error());
  LaterLog later;
  if (!options.log.empty()) {
    if (const auto otherwise = open_later(options.log, inputs->log_keys, later)) {
      return say({*otherwise});
    }
  }
  std::vector<Verdict> verdicts;
  for (const std::string& file : options.files) {
    verdicts.push_back(judge(file, *inputs, options.log.empty() ? nullptr : &later));
  }
  return say(verdicts);
}

}  // namespace

int receipt_command(int argc, char** argv) {
  Options options;
  CLI::App app("Checks what receipts prove against the key of a log, without the log.",
               "itmo-audit receipt");
  app.add_option("FILE", options.files,
                 "the receipt as the server answered it, or a bare .tlog-proof")
      ->required();
  app.add_option("--key", options.vkey_file,
                 "file with the log's verifier key, or its keys, one a line")
      ->required();
  app.add_option("--policy", options.policy_file,
                 "whose cosignatures the checkpoint must have (C2SP tlog-policy)");
  app.add_option("--entry", options.entry_file, "of a bare .tlog-proof: the bytes of its entry");
  app.add_option("--log", options.log,
                 "a later state of the log, as SOURCE of an audit, which must begin with that of "
                 "the receipt");
  app.footer(
      "Exit status: 0 every receipt holds, 1 one does not, 2 could not run.\n"
      "That the entry obeys the rules of the ledger, only an audit of the log proves.");
  if (const auto status = parse_arguments(app, argc, argv)) return *status;
  return run(options);
}

}  // namespace api
