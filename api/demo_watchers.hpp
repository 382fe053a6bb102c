// Two governments' nodes: each follows the log with `itmo-audit watch`, under a key, a name and a
// copy of its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/demo_stage.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/cosignature.hpp"

namespace api::demo {

struct Watcher {
  std::string party;
  crypto::WitnessKey key;
  std::filesystem::path key_file;               // secret
  std::filesystem::path mirror;                 // its copy, with the checkpoint that it cosigned
  crypto::Checkpoint cosigned;                  // the last one; of no origin before the first
  std::vector<std::filesystem::path> evidence;  // in the order of what it found
};

// The nodes of XHA and XBA. Every look at the log is a run of the real program against a server.
// One thread.
class Watchers {
 public:
  // Makes their keys. The stage outlives it.
  [[nodiscard]] static Told<Watchers> set_up(Stage& stage, std::filesystem::path programs);

  // Both look at the log, print what they say, and have cosigned its newest checkpoint: each
  // signature is verified here, and by the auditor under a policy that asks for both. Otherwise a
  // failure.
  [[nodiscard]] Told<> cosign(const std::string& url);

  // Both look at a log that breaks the clause, say so, cosign nothing, and write evidence, which is
  // shown to both verifiers beside the other government's copy. Otherwise a failure; a second
  // verifier that is not there is none. `deceit` names the files.
  [[nodiscard]] Told<> find_fault(const std::string& url, const std::string& deceit,
                                  const std::string& clause);

  [[nodiscard]] const std::vector<Watcher>& all() const { return watchers_; }

 private:
  Watchers(Stage& stage, std::filesystem::path programs);
  struct Said {
    int status = 2;
    std::string text;
  };
  [[nodiscard]] Told<std::vector<Said>> look(const std::string& url, const std::string& name) const;
  [[nodiscard]] Told<> check_cosignature(Watcher& watcher) const;
  [[nodiscard]] Told<> check_policy() const;
  [[nodiscard]] Told<> check_evidence(const Watcher& of, const std::filesystem::path& copy) const;
  [[nodiscard]] std::filesystem::path evidence_file(const Watcher& watcher,
                                                    const std::string& deceit) const;

  Stage& stage_;
  std::filesystem::path programs_;
  std::optional<std::filesystem::path> second_verifier_;  // verify.py
  std::vector<Watcher> watchers_;
};

}  // namespace api::demo
