// What the auditor's program says of files that prove something without the log: receipts and
// proofs of a state, each under a checkpoint that the log key signed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/source.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/policy.hpp"

namespace api {

// Exit statuses: of several files the worst is told, `does_not_hold` before `could_not_run`.
enum VerdictExit : int { holds = 0, does_not_hold = 1, could_not_run = 2 };

struct Verdict {
  VerdictExit exit = holds;
  std::string text;  // for standard output; lines
};

// "DOES NOT HOLD: <file>: <sentence>." and "COULD NOT RUN: …".
[[nodiscard]] Verdict refuted(const std::string& file, const std::string& sentence);
[[nodiscard]] Verdict undecided(const std::string& file, const std::string& sentence);
// A sentence on standard error; could_not_run.
[[nodiscard]] int fail(const std::string& sentence);
// Prints them; the exit status of all.
[[nodiscard]] int say(const std::vector<Verdict>& verdicts);

// The first lines for a file that the log key signed: `word` where it holds; else that `what`, but
// that the quorum is not met.
[[nodiscard]] std::string heading(VerdictExit exit, const char* word, const std::string& file,
                                  const char* what, bool demonstration);

// "85 entries, root <hex>".
[[nodiscard]] std::string words_of(const crypto::Checkpoint& checkpoint);

// The policy in a file; none where no file is named.
[[nodiscard]] Told<std::optional<replay::Policy>> read_policy_file(const std::string& path);

// A later state of the log, which its key signed.
struct LaterLog {
  Source source;
  std::string note;
  crypto::Checkpoint checkpoint;
};
// Opens `where`, a SOURCE of an audit; where that does not go, the verdict.
[[nodiscard]] std::optional<Verdict> open_later(const std::string& where,
                                                const crypto::LogKeys& log_keys, LaterLog& later);
// That the later log goes on from a checkpoint: a line is added to `said`, or the verdict.
[[nodiscard]] std::optional<Verdict> ask_later(const std::string& file,
                                               const crypto::Checkpoint& checkpoint,
                                               const LaterLog& later, std::string& said);

// Whether the witnesses of the policy cosigned a checkpoint's note or, where it is given, that of
// the later log, which contains it. `what` names the first: "the receipt's checkpoint".
[[nodiscard]] Verdict ask_witnesses(const replay::Policy& policy, const std::string& note,
                                    const char* what, const LaterLog* later,
                                    const crypto::LogKeys& log_keys);

}  // namespace api
