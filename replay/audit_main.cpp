// itmo-audit: proves a downloaded log, or says what does not hold. Needs no network and no server.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "replay/aef_compare.hpp"
#include "replay/audit.hpp"

namespace {

enum Exit : int { valid = 0, invalid = 1, could_not_run = 2 };

struct Options {
  std::string directory;
  std::string vkey_file;
  std::string trust_file;
  std::string older_file;
  std::vector<std::string> aef_files;
  bool json = false;
  unsigned threads = 0;
};

// What a run needs beside the bundle.
struct Inputs {
  crypto::VerifierKey log_key;
  replay::Trust trust;
};

int fail(const std::string& sentence) {
  std::fprintf(stderr, "itmo-audit: %s\n", sentence.c_str());
  return could_not_run;
}

constexpr std::size_t longest_report = 256ULL << 20;  // bytes

// A file whole; nothing where it cannot be read or is larger than `limit`: a note's, if not said.
std::optional<std::string> read_file(const std::string& path,
                                     std::size_t limit = crypto::longest_note) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || size > limit) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || !file.is_open()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

// The published reports that are to be made again; false where one cannot be.
bool read_reports(const Options& options, replay::AefComparer& comparer, std::string& problem) {
  for (const std::string& path : options.aef_files) {
    std::optional<std::string> bytes = read_file(path, longest_report);
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
  std::optional<std::string> vkey = read_file(options.vkey_file);
  if (!vkey) {
    problem = "Cannot read the log key file " + options.vkey_file + ".";
    return std::nullopt;
  }
  while (!vkey->empty() && (vkey->back() == '\n' || vkey->back() == '\r')) vkey->pop_back();
  const std::optional<crypto::VerifierKey> log_key = crypto::parse_vkey(*vkey);
  if (!log_key) {
    problem = options.vkey_file + " is not a verifier key: one line, name+key id+base64.";
    return std::nullopt;
  }
  Inputs inputs{*log_key, {}};
  if (!options.trust_file.empty()) {
    const std::optional<std::string> text = read_file(options.trust_file);
    if (!text) {
      problem = "Cannot read the trust file " + options.trust_file + ".";
      return std::nullopt;
    }
    std::optional<replay::Trust> trust = replay::parse_trust(*text, problem);
    if (!trust) return std::nullopt;
    inputs.trust = std::move(*trust);
  }
  if (options.older_file.empty()) return inputs;
  inputs.trust.older_checkpoint = read_file(options.older_file);
  if (inputs.trust.older_checkpoint) return inputs;
  problem = "Cannot read the older checkpoint " + options.older_file + ".";
  return std::nullopt;
}

int run(const Options& options) {
  if (const std::optional<std::string> fault = crypto::self_test()) return fail(*fault);
  std::string problem;
  const std::optional<Inputs> inputs = read_inputs(options, problem);
  if (!inputs) return fail(problem);
  replay::AefComparer comparer;
  if (!read_reports(options, comparer, problem)) return fail(problem);
  std::error_code error;
  if (!std::filesystem::is_directory(options.directory, error)) {
    return fail(options.directory + " is not a directory that can be read.");
  }
  replay::Workers workers(options.threads > 0 ? options.threads : replay::Workers::cores());
  const replay::DirectoryBundle bundle(options.directory);
  replay::AuditReport report = replay::audit(
      bundle, inputs->log_key, inputs->trust, workers, {},
      [&](const ledger::Entry&, const ledger::Effects& effects) { comparer.take(effects); });
  if (report.verdict == replay::AuditReport::Verdict::valid) {
    const replay::Provenance provenance{report.checkpoint->origin, report.demonstration};
    replay::add_comparisons(comparer.compare(provenance), report);
  }
  const std::string text = options.json ? replay::to_json(report) : replay::describe(report);
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return fail("Cannot write the report.");
  switch (report.verdict) {
    case replay::AuditReport::Verdict::valid: return valid;
    case replay::AuditReport::Verdict::invalid: return invalid;
    case replay::AuditReport::Verdict::could_not_run: break;
  }
  return could_not_run;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Proves a downloaded log offline: every signature, rule, hash and figure again.",
               "itmo-audit");
  app.add_option("DIR", options.directory, "the log: checkpoint, tile/…")->required();
  app.add_option("--key", options.vkey_file, "file with the log's verifier key")->required();
  app.add_option("--trust", options.trust_file, "file that pins the opening or the Parties' keys");
  app.add_option("--old", options.older_file, "an older checkpoint, which the log must contain");
  app.add_option("--aef", options.aef_files,
                 "a published AEF file under its own name, made again and compared");
  app.add_option("--threads", options.threads, "how many threads verify (default: all cores)")
      ->check(CLI::Range(1, 1024));
  app.add_flag("--json", options.json, "the report as one JSON object");
  app.footer("Exit status: 0 valid, 1 invalid, 2 could not run.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? valid : could_not_run;
  }
  return run(options);
}
