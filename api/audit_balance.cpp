#include "api/audit_balance.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/arguments.hpp"
#include "api/audit_inputs.hpp"
#include "api/audit_verdict.hpp"
#include "api/state_claims_text.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"
#include "replay/audit_words.hpp"
#include "replay/log_keys.hpp"
#include "replay/state_claims.hpp"

namespace api {
namespace {

using replay::StateQuestion;

struct Options {
  std::string file, vkey_file, policy_file, log;
  ledger::Seq least = 0;
  std::string account, authorization, party, unit;
};

struct Inputs {
  crypto::LogKeys log_keys;
  std::optional<replay::Policy> policy;
  std::vector<StateQuestion> questions;
};

// "XHA99:4008".
std::optional<StateQuestion> unit_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view digits = name.substr(colon + 1);
  ledger::Serial serial = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), serial);
  if (error != std::errc() || end != digits.data() + digits.size() || serial < 1) {
    return std::nullopt;
  }
  return StateQuestion{"unit", std::string(name.substr(0, colon)), serial};
}

Told<Inputs> read_inputs(const Options& options) {
  const Told<crypto::LogKeys> log_keys = read_log_keys(options.vkey_file);
  if (!log_keys) return tell(log_keys.error());
  Told<std::optional<replay::Policy>> policy = read_policy_file(options.policy_file);
  if (!policy) return tell(policy.error());
  Inputs inputs{*log_keys, std::move(*policy), {}};
  const std::pair<const char*, const std::string*> asked[] = {
      {"account", &options.account},
      {"authorization", &options.authorization},
      {"party", &options.party}};
  for (const auto& [kind, name] : asked) {
    if (!name->empty()) inputs.questions.push_back({kind, *name, std::nullopt});
  }
  if (options.unit.empty()) return inputs;
  auto unit = unit_of(options.unit);
  if (!unit) return tell("--unit is a registry and a serial number, like XHA99:4008");
  inputs.questions.push_back(std::move(*unit));
  return inputs;
}

std::string name_of(const StateQuestion& question) {
  return question.kind + " " + question.name +
         (question.serial ? ":" + std::to_string(*question.serial) : "");
}

// Precondition: the claims are proven.
crypto::LogKeys signers_of(const replay::StateClaims& claims, const crypto::LogKeys& log_keys) {
  return replay::signers_of(crypto::parse_tlog_proof(claims.proof)->checkpoint, log_keys);
}

// What the commitment is, the claims one a line, and the entries that are listed.
std::string text_of(const replay::StateClaims& claims, const replay::ProvenClaims& proven,
                    const crypto::LogKeys& log_keys) {
  std::string text = "  Log         " + log_keys.name() + "\n  State       behind the first " +
                     std::to_string(proven.entries) + " entries, committed to at " +
                     ledger::format_timestamp(proven.time) + "\n  Checkpoint  " +
                     words_of(proven.checkpoint) + "\n  Signed by   " +
                     crypto::format_vkeys(signers_of(claims, log_keys)) + "\n";
  if (claims.size && *claims.size > proven.checkpoint.size) {
    text += "  Since then  " + std::to_string(*claims.size - proven.checkpoint.size) +
            " more, by the server's word: what they changed is not in this state\n";
  }
  for (const std::string& claim : proven.claims) text += "  * " + replay::printable(claim) + "\n";
  if (!claims.entries) return text;
  for (const replay::ListedEntry& entry : *claims.entries) {
    text +=
        "    entry " + std::to_string(entry.seq) + "  " + crypto::to_hex(entry.leaf.view()) + "\n";
  }
  return text;
}

Verdict judge(const Options& options, const Inputs& inputs, const replay::StateClaims& claims,
              const LaterLog* later) {
  const std::string& file = options.file;
  std::string problem;
  const auto proven = replay::prove_claims(claims, inputs.log_keys, problem);
  if (!proven) return refuted(file, problem);
  for (const StateQuestion& question : inputs.questions) {
    if (replay::answers(claims, question)) continue;
    return refuted(
        file, "it holds, and says nothing of " + name_of(question) + ": ask the server for that");
  }
  if (proven->checkpoint.size < options.least) {
    return refuted(
        file, "it holds, under a checkpoint of " + std::to_string(proven->checkpoint.size) +
                  " entries, and you ask for one of at least " + std::to_string(options.least));
  }
  std::string said = text_of(claims, *proven, inputs.log_keys);
  for (const StateQuestion& question : inputs.questions) {
    if (!replay::say_not_issued(claims, question)) continue;
    said += "  * So " + name_of(question) + " was not issued.\n";
  }
  if (later != nullptr) {
    if (auto otherwise = ask_later(file, proven->checkpoint, *later, said)) return *otherwise;
  }
  Verdict verdict;
  if (inputs.policy) {
    verdict = ask_witnesses(*inputs.policy, proven->note, "the proof's checkpoint", later,
                            inputs.log_keys);
  }
  verdict.text =
      heading(verdict.exit, "PROVEN", file, "the log key signed it", claims.demonstration) + said +
      verdict.text;
  return verdict;
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  const Told<Inputs> inputs = read_inputs(options);
  if (!inputs) return fail(inputs.error());
  const std::optional<std::string> text = read_file(options.file, replay::most_claim_bytes);
  if (!text) {
    return fail(options.file + " is no file, cannot be read, or is longer than proofs can be");
  }
  if (text->empty()) {
    return say({refuted(options.file, "it is empty: the server gave no proof, and said why")});
  }
  const auto claims = parse_state_claims(*text);
  if (!claims) return say({refuted(options.file, claims.error())});
  LaterLog later;
  if (!options.log.empty()) {
    if (const auto otherwise = open_later(options.log, inputs->log_keys, later)) {
      return say({*otherwise});
    }
  }
  return say({judge(options, *inputs, *claims, options.log.empty() ? nullptr : &later)});
}

}  // namespace

int balance_command(int argc, char** argv) {
  Options options;
  CLI::App app("Checks proofs of balances, units and totals against the key of a log.",
               "itmo-audit balance");
  app.add_option("FILE", options.file, "what a server answered with ?proof=1")->required();
  app.add_option("--key", options.vkey_file,
                 "file with the log's verifier key, or its keys, one a line")
      ->required();
  app.add_option("--policy", options.policy_file,
                 "whose cosignatures the checkpoint must have (C2SP tlog-policy)");
  app.add_option("--log", options.log,
                 "a later state of the log, as SOURCE of an audit, which must begin with that of "
                 "the proof");
  app.add_option("--least", options.least, "so many entries the checkpoint must have at least")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--account", options.account, "it must be about this account");
  app.add_option("--unit", options.unit, "it must be about this unit, like XHA99:4008");
  app.add_option("--authorization", options.authorization, "it must be about this authorization");
  app.add_option("--party", options.party, "it must be about a year of this Party");
  app.footer(
      "Exit status: 0 all of it is proven, 1 something is not, 2 could not run.\n"
      "That the operator committed to what the entries come to, only an audit of the log proves.");
  if (const auto status = parse_arguments(app, argc, argv)) return *status;
  return run(options);
}

}  // namespace api
