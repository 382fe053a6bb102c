// signature.withdrawn: a signer takes its signature back before the event is committed.
#include <algorithm>

#include "ledger/clauses_units.hpp"
#include "ledger/facts_units.hpp"

namespace ledger {

Facts<SignatureWithdrawn> resolve(const State& state, const Event&, const SignatureWithdrawn& body,
                                  const Context& context) {
  Facts<SignatureWithdrawn> facts;
  for (const auto& signer : context.signers) {
    const auto it = state.keys.find(signer.key);
    if (it == state.keys.end()) continue;
    auto& signers = facts.signers;
    if (std::find(signers.begin(), signers.end(), it->second.participant) == signers.end()) {
      signers.push_back(it->second.participant);
    }
  }
  facts.id_used_at = state.events.find(body.id);
  const auto withdrawals = state.withdrawals.find(body.event);
  if (withdrawals != state.withdrawals.end() && facts.signers.size() == 1) {
    for (const Withdrawal& withdrawal : withdrawals->second) {
      if (withdrawal.participant == facts.signers.front()) facts.withdrawn_before = withdrawal.seq;
    }
  }
  return facts;
}

namespace {

using C = const Case<SignatureWithdrawn>&;

bool event_is_not_committed(C c) {
  return !c.facts.id_used_at;
}
std::string explain_committed(C c, const Row*) {
  return "Id \"" + c.body.id + "\" is that of entry " + std::to_string(*c.facts.id_used_at) +
         ": the event is committed, or can never be, and there is nothing to take back. A "
         "committed "
         "event is corrected by a new one.";
}

bool one_participant_signs(C c) {
  return c.facts.signers.size() == 1;
}
std::string explain_signers(C c, const Row*) {
  return std::to_string(c.facts.signers.size()) +
         " participants signed. Each takes its own signature back, in an event of its own.";
}

bool not_withdrawn_before(C c) {
  return !c.facts.withdrawn_before;
}
std::string explain_withdrawn(C c, const Row*) {
  return c.state.participants[c.facts.signers.front()].id + " took it back already at entry " +
         std::to_string(*c.facts.withdrawn_before) + "; nothing more is needed.";
}

constexpr Rule<SignatureWithdrawn> rules[] = {
    {&WDR_1, event_is_not_committed, nullptr, explain_committed},
    {&WDR_2, one_participant_signs, nullptr, explain_signers},
    {&WDR_3, not_withdrawn_before, nullptr, explain_withdrawn},
};

}  // namespace

template <>
std::span<const Rule<SignatureWithdrawn>> rules_of<SignatureWithdrawn>() {
  return rules;
}

}  // namespace ledger
