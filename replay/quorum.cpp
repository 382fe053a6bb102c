#include "replay/quorum.hpp"

#include "crypto/note.hpp"
#include "replay/audit_words.hpp"
#include "replay/log_keys.hpp"

namespace replay {
namespace {

using Verdict = crypto::Cosignature::Verdict;

// "w1, w2", those of which the checkpoint says so.
std::string names_of(const std::vector<WitnessWord>& witnesses, Verdict verdict) {
  std::string names;
  for (const WitnessWord& witness : witnesses) {
    if (witness.verdict != verdict) continue;
    names += (names.empty() ? "" : ", ") + printable(witness.witness);
  }
  return names;
}

std::string name_of(const Policy& policy) {
  if (!policy.quorum) return "none";
  if (const auto* witness = std::get_if<WitnessIndex>(&*policy.quorum)) {
    return printable(policy.witnesses[witness->at].name);
  }
  return printable(policy.groups[std::get<GroupIndex>(*policy.quorum).at].name);
}

}  // namespace

Quorum judge_quorum(const Policy& policy, std::string_view note, const crypto::LogKeys& log_keys) {
  Quorum quorum;
  const auto parsed = crypto::parse_note(note);
  if (!parsed || !crypto::open_checkpoint(note, log_keys)) {
    quorum.sentence = "The checkpoint is not a note that the log key signed.";
    return quorum;
  }
  std::vector<bool> cosigned;
  for (const PolicyWitness& witness : policy.witnesses) {
    const auto found = crypto::read_cosignature(parsed->text, parsed->signatures, witness.key);
    quorum.witnesses.push_back({witness.name, witness.key, found.verdict, found.time});
    cosigned.push_back(found.verdict == Verdict::valid);
  }
  const std::string valid = names_of(quorum.witnesses, Verdict::valid);
  const std::string wrong = names_of(quorum.witnesses, Verdict::wrong);
  const crypto::LogKeys signers = signers_of(note, log_keys);
  if (!policy.is_about(signers)) {
    quorum.sentence =
        "The policy does not list the key that signed, " + crypto::format_vkeys(signers) + ".";
  } else if (!wrong.empty()) {
    quorum.sentence =
        "A cosignature does not verify, and so the whole note counts for nothing: " + wrong + ".";
  } else {
    quorum.met = policy.is_met(cosigned);
    quorum.sentence =
        (valid.empty() ? "No witness of the policy cosigned. " : "Cosigned by " + valid + ". ") +
        "The quorum, " + name_of(policy) + (quorum.met ? ", is met." : ", is not met.");
  }
  return quorum;
}

}  // namespace replay
