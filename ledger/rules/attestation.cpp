// audit.attested: AUD.
#include <algorithm>

#include "crypto/text.hpp"
#include "ledger/clauses_documents.hpp"
#include "ledger/facts_documents.hpp"
#include "ledger/roles.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Attestation = Case<AuditAttested>;

const Participant* who(const Attestation& c, std::size_t place) {
  const auto& index = c.facts.by[place];
  return index ? &c.state.participants[*index] : nullptr;
}

bool is_party(const Participant* participant) {
  return participant != nullptr && participant->kind == Participant::Sort::party;
}

bool auditors_may_attest(const Attestation& c) {
  if (c.facts.by.size() == 1) return !c.facts.appointed_by.empty();
  return c.facts.by.size() == 2 && is_party(who(c, 0)) && is_party(who(c, 1));
}

std::string explain_auditors(const Attestation& c, const Row*) {
  if (c.facts.by.size() == 1) {
    return c.body.by.front() +
           " holds no role of a verifier now. Have both Parties of an approach grant it that role, "
           "or let two Parties attest that their ledgers agree.";
  }
  return "The event names " + std::to_string(c.facts.by.size()) +
         " who attest; it must be one verifier, or two Parties of this ledger that reconciled. "
         "Send an event for each auditor.";
}

bool scope_is_theirs(const Attestation& c) {
  if (c.body.account && c.body.party) return false;
  if (!c.body.account && !c.body.party) return true;
  if (!c.facts.party) return false;
  const auto& answer_for = c.facts.by.size() == 1 ? c.facts.appointed_by : std::vector<Index>();
  return std::find(answer_for.begin(), answer_for.end(), *c.facts.party) != answer_for.end() ||
         (c.facts.by.size() == 2 &&
          std::find(c.facts.by.begin(), c.facts.by.end(), c.facts.party) != c.facts.by.end());
}

std::string explain_scope(const Attestation& c, const Row*) {
  if (c.body.account && c.body.party) {
    return "The event names an account and a Party. State one of them, or neither for all of the "
           "ledger.";
  }
  const std::string what =
      c.body.account ? "Account " + quoted(*c.body.account) : "Party " + quoted(*c.body.party);
  if (!c.facts.party) return what + " is not in this ledger. Correct the name.";
  return what + " is in the section of " + c.state.participants[*c.facts.party].id +
         ", which neither attests this nor appointed the verifier. Attest what is yours to look "
         "at, or all of the ledger.";
}

bool root_is_kept(const Attestation& c) {
  return c.facts.root.has_value();
}

std::string explain_kept(const Attestation& c, const Row*) {
  const std::string size = std::to_string(c.body.checkpoint.size);
  if (c.body.checkpoint.size > c.context.seq) {
    return "The checkpoint is of " + size + " entries; this log has " +
           std::to_string(c.context.seq) + ". Attest a checkpoint of this log.";
  }
  const std::string kept = std::to_string(c.facts.kept_before);
  return "The checkpoint is of the first " + size +
         " entries, which is neither the log as it stands, " + std::to_string(c.context.seq) +
         " entries, nor as it stood at the end of a day in UTC" +
         (c.facts.kept_before > 0 ? "; the last such before it has " + kept + " entries" : "") +
         ". Attest one of those.";
}

bool root_is_this_logs(const Attestation& c) {
  return c.facts.root == c.body.checkpoint.root;
}

std::string explain_root(const Attestation& c, const Row*) {
  return "The first " + std::to_string(c.body.checkpoint.size) + " entries of this log have root " +
         crypto::to_hex(c.facts.root->view()) + "; the event states " +
         crypto::to_hex(c.body.checkpoint.root.view()) +
         ". What was audited is another log, or the root was copied wrongly: compare both "
         "checkpoints, and keep them.";
}

constexpr Rule<AuditAttested> table[] = {
    {&AUD_1, auditors_may_attest, nullptr, explain_auditors},
    {&AUD_2, scope_is_theirs, nullptr, explain_scope},
    {&AUD_3, root_is_kept, nullptr, explain_kept},
    {&AUD_4, root_is_this_logs, nullptr, explain_root},
};

// The Parties for which a participant is a verifier at that moment, of any approach.
std::vector<Index> appointing(const State& state, Index participant, Timestamp time) {
  std::vector<Index> parties;
  for (const Grant& grant : state.grants.rows()) {
    const bool now =
        grant.role == Organ::verifier && grant.participant == participant && in_effect(grant, time);
    if (now) parties.insert(parties.end(), grant.parties.begin(), grant.parties.end());
  }
  return parties;
}

}  // namespace

Facts<AuditAttested> resolve(const State& state, const Event&, const AuditAttested& body,
                             const Context& context) {
  Facts<AuditAttested> facts;
  for (const Id& id : body.by) {
    facts.by.push_back(state.participants.find(id));
    if (facts.by.back()) {
      facts.causes.add(state.participants[*facts.by.back()].origin, "participant ", id);
    }
  }
  if (facts.by.size() == 1 && facts.by.front()) {
    facts.appointed_by = appointing(state, *facts.by.front(), context.time);
  }
  if (body.party) {
    const auto index = state.participants.find(*body.party);
    const bool known = index && state.participants[*index].kind == Participant::Sort::party;
    if (known) facts.party = index;
  }
  if (body.account) facts.account = state.accounts.find(*body.account);
  if (facts.account) {
    facts.party = state.accounts[*facts.account].party;
    facts.causes.add(state.accounts[*facts.account].origin, "account ", *body.account);
  }
  const Seq size = body.checkpoint.size;
  const auto after = state.day_ends.lower_bound(size);
  if (size == context.seq) {
    facts.root = context.root;
  } else if (after != state.day_ends.end() && after->first == size) {
    facts.root = after->second;
  }
  if (after != state.day_ends.begin()) facts.kept_before = std::prev(after)->first;
  return facts;
}

template <>
std::span<const Rule<AuditAttested>> rules_of<AuditAttested>() {
  return table;
}

}  // namespace ledger
