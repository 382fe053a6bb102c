#include "api/watch_command.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "api/arguments.hpp"
#include "api/audit_evidence.hpp"
#include "api/audit_inputs.hpp"
#include "api/http_bundle.hpp"
#include "api/kept_checkpoint.hpp"
#include "api/key_file.hpp"
#include "api/watch.hpp"
#include "crypto/cosignature.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

using Outcome = Round::Outcome;

enum Exit : int { cosigned = 0, at_fault = 1, could_not_run = 2 };

struct Options {
  std::string url;
  std::string vkey_file;
  std::string mirror;
  std::string cosigner_file;
  std::string name;
  std::string evidence_file;
  unsigned interval = 60;  // seconds
  bool once = false;
};

int fail(const std::string& sentence) {
  const std::string text = replay::printable(sentence);
  std::fprintf(stderr, "itmo-audit: %s%s\n", text.c_str(), text.ends_with('.') ? "" : ".");
  return could_not_run;
}

void say(std::FILE* stream, const std::string& sentence) {
  std::fprintf(stream, "%s\n", replay::printable(sentence).c_str());
  std::fflush(stream);
}

ledger::Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

// Whether evidence can be written, asked before it is needed.
Told<> can_keep(const std::filesystem::path& file) {
  if (file.empty()) return {};
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code ignored;
  const bool is_folder = std::filesystem::is_directory(file, ignored);
  if (!is_folder && file.has_filename() && ::access(folder.c_str(), W_OK | X_OK) == 0) return {};
  return tell("--evidence " + file.string() +
              (is_folder ? " is a directory"
                         : " cannot be written: " + folder.string() +
                               " is no directory that may be written to"));
}

// The log is at fault: what is wrong, and what shows it to others.
int stop(const Options& options, const Round& round) {
  say(stderr, "STOPPED COSIGNING, by " + std::string(round.clause->id) + ": " +
                  std::string(round.clause->statement));
  say(stderr, round.sentence);
  if (!round.evidence) {
    say(stderr, "No evidence file: the hashes that the log gives out do not prove this to others.");
    return at_fault;
  }
  if (options.evidence_file.empty()) {
    say(stderr, "With --evidence FILE what proves this to others is written.");
    return at_fault;
  }
  const auto kept = keep(options.evidence_file, replay::format_evidence(*round.evidence));
  if (!kept) {
    fail(kept.error());
    return at_fault;
  }
  say(stderr,
      "Evidence in " + options.evidence_file + ", which anybody checks: " +
          how_to_check(*round.evidence, options.evidence_file, options.vkey_file, options.url));
  return at_fault;
}

int follow(const Options& options, Watch& watch, const HttpBundle& log) {
  for (;;) {
    const Round round = watch.look(log, now());
    switch (round.outcome) {
      case Outcome::cosigned: say(stdout, round.sentence); break;
      case Outcome::unchanged:
        if (options.once) say(stdout, round.sentence);
        break;
      case Outcome::waiting: say(stderr, "Not cosigned. " + round.sentence); break;
      case Outcome::fault: return stop(options, round);
      case Outcome::broken: return fail(round.sentence);
    }
    if (options.once) return round.outcome == Outcome::waiting ? could_not_run : cosigned;
    std::this_thread::sleep_for(std::chrono::seconds(options.interval));
  }
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  const Told<crypto::LogKeys> log_keys = read_log_keys(options.vkey_file);
  if (!log_keys) return fail(log_keys.error());
  const Told<crypto::SecretKey> key = read_secret_key(options.cosigner_file);
  if (!key) return fail(key.error());
  if (log_keys->contains({log_keys->name(), key->public_key()})) {
    return fail("The cosigner's key is the log's own, which is no witness");
  }
  const std::string witness = crypto::format_witness_vkey({options.name, key->public_key()});
  if (!crypto::parse_witness_vkey(witness)) {
    return fail("\"" + options.name +
                "\" cannot be the name of a witness: 1 to 255 bytes without "
                "white space and plus sign");
  }
  if (Told<> writable = can_keep(options.evidence_file); !writable) return fail(writable.error());
  Told<ServerAddress> address = parse_server_address(options.url);
  if (!address) return fail(address.error());
  const HttpBundle log(std::move(*address));
  replay::Workers workers(replay::Workers::cores());
  Watch watch(*log_keys, options.mirror, *key, options.name, workers);
  if (Told<> opened = watch.open(); !opened) return fail(opened.error());
  say(stdout, "Witness key: " + witness);
  return follow(options, watch, log);
}

}  // namespace

int watch_command(int argc, char** argv) {
  Options options;
  CLI::App app("Follows a log and cosigns its checkpoint while every entry obeys the rules.",
               "itmo-audit watch");
  app.add_option("URL", options.url, "the log, as http://127.0.0.1:8080")->required();
  app.add_option("--key", options.vkey_file,
                 "file with the log's verifier key, or its keys, one a line")
      ->required();
  app.add_option("--mirror", options.mirror,
                 "directory for the copy of the log and the cosigned checkpoint, which any web "
                 "server may serve")
      ->required();
  app.add_option("--cosigner", options.cosigner_file, "file with the witness's secret key, PEM")
      ->required();
  app.add_option("--name", options.name, "name of the witness, as witness.example/XHA")->required();
  app.add_option("--interval", options.interval, "seconds between two looks (default: 60)")
      ->check(CLI::Range(1, 86'400));
  app.add_option("--evidence", options.evidence_file,
                 "file for what proves to anybody that the log's key signed what is found wrong");
  app.add_flag("--once", options.once, "look once and end");
  app.footer(
      "Exit status: 1 the log is at fault, 2 could not run; with --once 0 where the newest "
      "checkpoint is cosigned.");
  if (const auto status = parse_arguments(app, argc, argv)) return *status;
  return run(options);
}

}  // namespace api
