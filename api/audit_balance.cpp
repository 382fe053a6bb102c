#include "api/audit_balance.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "api/arguments.hpp"
#include "api/audit_inputs.hpp"
#include "api/state_claims_text.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/text.hpp"
#include "ledger/time.hpp"
#include "replay/audit_words.hpp"
#include "replay/policy.hpp"
#include "replay/quorum.hpp"
#include "replay/state_claims.hpp"

namespace api {
namespace {

enum Exit : int { proven = 0, not_proven = 1, could_not_run = 2 };

struct Options {
  std::string file;
  std::string vkey_file;
  std::string policy_file;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "itmo-audit: %s%s\n", sentence.c_str(), sentence.ends_with('.') ? "" : ".");
  return could_not_run;
}

int say(const std::string& text, Exit exit) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return written && std::fflush(stdout) == 0 ? exit : fail("Cannot write the verdict");
}

int refute(const std::string& why) {
  return say("NOT PROVEN: " + replay::printable(why) + ".\n", not_proven);
}

// What the commitment is, and the claims one a line.
std::string text_of(const replay::ProvenClaims& claims, const crypto::VerifierKey& log_key) {
  std::string text = "PROVEN of the state behind the first " + std::to_string(claims.entries) +
                     " entries, committed to at " + ledger::format_timestamp(claims.time) +
                     "\n  Log         " + log_key.name + "\n  Checkpoint  " +
                     std::to_string(claims.checkpoint.size) + " entries, root " +
                     crypto::to_hex(claims.checkpoint.root.view()) + "\n  Signed by   " +
                     crypto::format_vkey(log_key) + "\n";
  for (const std::string& claim : claims.claims) text += "  * " + replay::printable(claim) + "\n";
  return text;
}

int judge(const replay::StateClaims& claims, const crypto::VerifierKey& log_key,
          const std::optional<replay::Policy>& policy) {
  std::string problem;
  const auto held = replay::prove_claims(claims, log_key, problem);
  if (!held) return refute(problem);
  std::string text = claims.demonstration ? std::string(replay::demonstration_mark) + "\n" : "";
  text += text_of(*held, log_key);
  Exit exit = proven;
  if (policy) {
    const replay::Quorum quorum = replay::judge_quorum(*policy, held->note, log_key);
    if (!quorum.met) exit = not_proven;
    text += "  Witnesses   " + quorum.sentence + "\n";
    for (const replay::WitnessWord& word : quorum.witnesses) {
      text += "    " + replay::describe(word) + "\n";
    }
    if (!quorum.met) text = "NOT PROVEN to this policy: the quorum is not met.\n" + text;
  }
  return say(text, exit);
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  const Told<crypto::VerifierKey> log_key = read_log_key(options.vkey_file);
  if (!log_key) return fail(log_key.error());
  std::optional<replay::Policy> policy;
  if (!options.policy_file.empty()) {
    const std::optional<std::string> text = read_file(options.policy_file);
    if (!text) return fail("Cannot read the policy " + options.policy_file);
    std::string problem;
    policy = replay::parse_policy(*text, problem);
    if (!policy) return fail(problem);
  }
  const std::optional<std::string> text = read_file(options.file, replay::most_claim_bytes);
  if (!text) return fail("Cannot read " + options.file + ", or it is too long for proofs");
  const auto claims = parse_state_claims(*text);
  if (!claims) return refute(claims.error());
  return judge(*claims, *log_key, policy);
}

}  // namespace

int balance_command(int argc, char** argv) {
  Options options;
  CLI::App app("Checks proofs of balances, units and totals against the key of a log.",
               "itmo-audit balance");
  app.add_option("FILE", options.file, "what a server answered with ?proof=1")->required();
  app.add_option("--key", options.vkey_file, "file with the log's verifier key")->required();
  app.add_option("--policy", options.policy_file,
                 "whose cosignatures the checkpoint must have (C2SP tlog-policy)");
  app.footer(
      "Exit status: 0 all of it is proven, 1 something is not, 2 could not run.\n"
      "That the operator committed to what the entries come to, only an audit of the log proves.");
  if (const auto status = parse_arguments(app, argc, argv)) return *status;
  return run(options);
}

}  // namespace api
