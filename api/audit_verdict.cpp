#include "api/audit_verdict.hpp"

#include <cstdio>
#include <utility>

#include "api/audit_inputs.hpp"
#include "crypto/text.hpp"
#include "replay/audit_words.hpp"
#include "replay/quorum.hpp"
#include "replay/receipt.hpp"

namespace api {
namespace {

std::string with_end(std::string sentence) {
  if (!sentence.ends_with('.')) sentence += '.';
  return sentence;
}

}  // namespace

Verdict refuted(const std::string& file, const std::string& sentence) {
  return {does_not_hold,
          "DOES NOT HOLD: " + file + ": " + with_end(replay::printable(sentence)) + "\n"};
}

Verdict undecided(const std::string& file, const std::string& sentence) {
  return {could_not_run,
          "COULD NOT RUN: " + file + ": " + with_end(replay::printable(sentence)) + "\n"};
}

int fail(const std::string& sentence) {
  std::fprintf(stderr, "itmo-audit: %s\n", with_end(sentence).c_str());
  return could_not_run;
}

int say(const std::vector<Verdict>& verdicts) {
  VerdictExit exit = holds;
  for (const Verdict& verdict : verdicts) {
    if (std::fwrite(verdict.text.data(), 1, verdict.text.size(), stdout) != verdict.text.size()) {
      return fail("Cannot write the verdict");
    }
    if (exit != does_not_hold && verdict.exit != holds) exit = verdict.exit;
  }
  return std::fflush(stdout) == 0 ? exit : fail("Cannot write the verdict");
}

std::string heading(VerdictExit exit, const char* word, const std::string& file, const char* what,
                    bool demonstration) {
  const std::string mark = demonstration ? std::string(replay::demonstration_mark) + "\n" : "";
  if (exit == holds) return mark + word + ": " + file + "\n";
  return mark + "DOES NOT HOLD: " + file + ": " + what + ", but the quorum is not met.\n";
}

std::string words_of(const crypto::Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + (checkpoint.size == 1 ? " entry" : " entries") +
         ", root " + crypto::to_hex(checkpoint.root.view());
}

Told<std::optional<replay::Policy>> read_policy_file(const std::string& path) {
  if (path.empty()) return std::nullopt;
  const std::optional<std::string> text = read_file(path);
  if (!text) return tell("Cannot read the policy " + path);
  std::string problem;
  auto policy = replay::parse_policy(*text, problem);
  if (!policy) return tell(problem);
  return policy;
}

std::optional<Verdict> open_later(const std::string& where, const crypto::LogKeys& log_keys,
                                  LaterLog& later) {
  Told<Source> source = open_source(where);
  if (!source) return undecided(where, source.error());
  if (!source->bundle) return refuted(where, source->fault);
  later.source = std::move(*source);
  const replay::Fetched note = later.source.bundle->checkpoint();
  if (note.outcome == replay::Fetched::Outcome::unreadable) return undecided(where, note.reason);
  const auto checkpoint = crypto::open_checkpoint(note.bytes, log_keys);
  if (!checkpoint) {
    return refuted(where, "LOG-7: there is no checkpoint that log key " +
                              crypto::format_vkeys(log_keys) + " signed");
  }
  later.note = note.bytes;
  later.checkpoint = *checkpoint;
  return std::nullopt;
}

std::optional<Verdict> ask_later(const std::string& file, const crypto::Checkpoint& checkpoint,
                                 const LaterLog& later, std::string& said) {
  const replay::Continuation on =
      replay::continuation_of(*later.source.bundle, checkpoint, later.checkpoint);
  if (on.finding) {
    return refuted(file, std::string(on.finding->clause->id) + ": " + on.finding->sentence);
  }
  if (!on.proven) return undecided(file, on.problem);
  said += "  Later log   " + words_of(later.checkpoint) +
          ", signed by a key of this log: it begins with this one";
  if (const ledger::Seq more = later.checkpoint.size - checkpoint.size; more > 0) {
    said += ", and has " + std::to_string(more) + " more";
  }
  said += "\n";
  return std::nullopt;
}

Verdict ask_witnesses(const replay::Policy& policy, const std::string& note, const char* what,
                      const LaterLog* later, const crypto::LogKeys& log_keys) {
  Verdict verdict{does_not_hold, {}};
  const auto ask = [&](const std::string& of, const char* which) {
    const replay::Quorum quorum = replay::judge_quorum(policy, of, log_keys);
    if (quorum.met) verdict.exit = holds;
    verdict.text += std::string("  Witnesses   of ") + which + ": " + quorum.sentence + "\n";
    for (const replay::WitnessWord& word : quorum.witnesses) {
      verdict.text += "    " + replay::describe(word) + "\n";
    }
  };
  ask(note, what);
  if (later != nullptr && later->note != note) {
    ask(later->note, "the later checkpoint");
  }
  return verdict;
}

}  // namespace api
