#include "api/demo_watchers.hpp"

#include <iostream>
#include <sstream>
#include <system_error>
#include <utility>

#include "api/demo_audit.hpp"
#include "api/demo_process.hpp"
#include "api/demo_tell.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "crypto/note.hpp"
#include "replay/bundle.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

void print_lines(const std::string& margin, const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) print_wrapped(margin, line);
}

std::string whole_text(const fs::path& log) {
  const Told<std::string> text = itmo::read_file(log);
  return text ? *text : text.error();
}

}  // namespace

// ---- setting up ----

Watchers::Watchers(Stage& stage, fs::path programs)
    : stage_(stage),
      programs_(std::move(programs)),
      second_verifier_(find_second_verifier(programs_)) {}

Told<Watchers> Watchers::set_up(Stage& stage, fs::path programs) {
  Watchers made(stage, std::move(programs));
  for (const char* party : {"XHA", "XBA"}) {
    const std::string key = std::string(party) + "-watch";
    made.watchers_.push_back({party,
                              {std::string("witness.example/") + party, stage.cast.public_key(key)},
                              stage.keys / (key + ".pem"),
                              stage.directory / (std::string("DEMONSTRATION-watch-") + party),
                              {},
                              {}});
  }
  if (stage.files->trouble()) return tell(*stage.files->trouble());
  return made;
}

fs::path Watchers::evidence_file(const Watcher& watcher, const std::string& deceit) const {
  return stage_.directory / ("DEMONSTRATION-evidence-" + deceit + "-by-" + watcher.party);
}

// ---- looking ----

// Both at the same time, as two governments do.
Told<std::vector<Watchers::Said>> Watchers::look(const std::string& url,
                                                 const std::string& name) const {
  std::vector<Process> running;
  std::vector<fs::path> logs;
  for (const Watcher& watcher : watchers_) {
    logs.push_back(watcher.mirror.string() + "-" + name + ".txt");
    Told<Process> started =
        Process::start({programs_ / "itmo-audit", "watch", url, "--key", stage_.vkey_file,
                        "--mirror", watcher.mirror, "--cosigner", watcher.key_file, "--name",
                        watcher.key.name, "--evidence", evidence_file(watcher, name), "--once"},
                       logs.back());
    if (!started) return tell(started.error());
    running.push_back(std::move(*started));
  }
  std::vector<Said> said;
  for (std::size_t i = 0; i < running.size(); ++i) {
    const int status = running[i].wait();
    said.push_back({status, whole_text(logs[i])});
    print_wrapped("", watchers_[i].party + "'s node:");
    print_lines("  ", said.back().text);
  }
  return said;
}

// ---- cosigning ----

Told<> Watchers::check_cosignature(Watcher& watcher) const {
  const replay::Fetched note = replay::DirectoryBundle(watcher.mirror).checkpoint();
  const auto checkpoint = crypto::open_checkpoint(note.bytes, stage_.vkey);
  if (!checkpoint) return tell(watcher.party + "'s copy has no checkpoint that the log signed");
  const auto parts = crypto::parse_note(note.bytes);
  const auto cosignature = crypto::read_cosignature(parts->text, parts->signatures, watcher.key);
  if (cosignature.verdict != crypto::Cosignature::Verdict::valid) {
    return tell(watcher.party + "'s node did not cosign the checkpoint of its copy");
  }
  if (!watcher.cosigned.origin.empty() && *checkpoint != watcher.cosigned) {
    return tell(watcher.party + "'s node cosigned what it must not");
  }
  watcher.cosigned = *checkpoint;
  return {};
}

// Both signatures under one checkpoint, as a web server of either copy may publish it.
Told<> Watchers::check_policy() const {
  const fs::path both = stage_.directory / "DEMONSTRATION-cosigned-log";
  const fs::path policy_file = stage_.directory / "DEMONSTRATION-policy";
  std::error_code error;
  fs::create_directory(both, error);
  fs::copy(watchers_.front().mirror / "tile", both / "tile", fs::copy_options::recursive, error);
  if (error) return tell("cannot copy the log: " + error.message());
  std::string note = replay::DirectoryBundle(watchers_.front().mirror).checkpoint().bytes;
  std::string policy, names;
  for (const Watcher& each : watchers_) {
    policy += "witness " + each.party + ' ' + crypto::format_witness_vkey(each.key) + '\n';
    names += ' ' + each.party;
    if (&each == &watchers_.front()) continue;
    const replay::Fetched other = replay::DirectoryBundle(each.mirror).checkpoint();
    const auto parts = crypto::parse_note(other.bytes);
    note += crypto::read_cosignature(parts->text, parts->signatures, each.key).line;
  }
  policy += "group both all" + names + "\nquorum both\n";
  if (Told<> written = itmo::write_file(both / "checkpoint", note); !written) return written;
  if (Told<> written = itmo::write_file(policy_file, policy); !written) return written;
  const fs::path log = both.string() + "-audit.txt";
  const Told<int> status = run(
      {programs_ / "itmo-audit", both, "--key", stage_.vkey_file, "--policy", policy_file}, log);
  if (!status) return tell(status.error());
  const std::string text = whole_text(log);
  if (*status != 0) return tell("the auditor does not believe both witnesses: " + text);
  const std::size_t quorum = text.find("Cosigned by");
  if (quorum == std::string::npos) return tell("the auditor does not name the witnesses: " + text);
  print_lines("  ", text.substr(quorum, text.find('\n', quorum) - quorum));
  return {};
}

Told<> Watchers::cosign(const std::string& url) {
  const Told<std::vector<Said>> said = look(url, "cosigned");
  if (!said) return tell(said.error());
  for (std::size_t i = 0; i < watchers_.size(); ++i) {
    if ((*said)[i].status != 0) return tell(watchers_[i].party + "'s node did not cosign");
    if (Told<> valid = check_cosignature(watchers_[i]); !valid) return valid;
  }
  const crypto::Checkpoint& one = watchers_.front().cosigned;
  for (const Watcher& each : watchers_) {
    if (each.cosigned != one) return tell("the two nodes cosigned different checkpoints");
  }
  std::cout << '\n';
  print_wrapped("", "Both signatures verify under one checkpoint, of " + std::to_string(one.size) +
                        " entries with root " + itmo::hex_of(one.root) +
                        ". The auditor, with a policy that asks for both:");
  return check_policy();
}

// ---- finding fault ----

Told<> Watchers::check_evidence(const Watcher& of, const fs::path& copy) const {
  const fs::path& file = of.evidence.back();
  const auto check = [&](const std::string& program, const std::vector<std::string>& command) {
    const fs::path log = file.string() + "-by-" + program + ".txt";
    Told<int> status = run(command, log);
    if (status && *status == 0) {
      const std::string text = whole_text(log);
      print_wrapped("  ", program + ": " + text.substr(0, text.find('\n')));
    }
    return status;
  };
  const Told<int> first = check("itmo-audit", {programs_ / "itmo-audit", "evidence", file, "--key",
                                               stage_.vkey_file, "--log", copy});
  if (!first) return tell(first.error());
  if (*first != 0) return tell("itmo-audit does not find proven what " + file.string() + " says");
  if (!second_verifier_) {
    print_wrapped("  ",
                  "The second verifier, spec/reference/verify.py, is in no folder above this "
                  "program: not asked.");
    return {};
  }
  const Told<int> second =
      check("verify.py", {"/usr/bin/env", "python3", "-B", *second_verifier_, "evidence", file,
                          "--key", stage_.vkey_file, "--log", copy});
  constexpr int no_python = 127;  // what env says of a program that is not there
  if (!second || *second == no_python) {
    print_wrapped("  ", "The second verifier needs python3, which is not there: not asked.");
    return {};
  }
  if (*second != 0) return tell("verify.py does not find proven what " + file.string() + " says");
  return {};
}

Told<> Watchers::find_fault(const std::string& url, const std::string& deceit,
                            const std::string& clause) {
  const Told<std::vector<Said>> said = look(url, deceit);
  if (!said) return tell(said.error());
  for (std::size_t i = 0; i < watchers_.size(); ++i) {
    Watcher& watcher = watchers_[i];
    const auto& [status, text] = (*said)[i];
    if (status != 1 || text.find("STOPPED COSIGNING, by " + clause + ':') == std::string::npos) {
      return tell(watcher.party + "'s node does not find that the log breaks " + clause);
    }
    if (Told<> unchanged = check_cosignature(watcher); !unchanged) return unchanged;
    watcher.evidence.push_back(evidence_file(watcher, deceit));
  }
  for (std::size_t i = 0; i < watchers_.size(); ++i) {
    const Watcher& other = watchers_[(i + 1) % watchers_.size()];
    std::cout << '\n';
    print_wrapped("", watchers_[i].party + "'s evidence, before " + other.party +
                          ", who believes neither its author nor the log:");
    if (Told<> proven = check_evidence(watchers_[i], other.mirror); !proven) return proven;
  }
  return {};
}

}  // namespace api::demo
