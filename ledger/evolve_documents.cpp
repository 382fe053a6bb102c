// How the events about documents and about the log itself change the state; total after check.
#include "ledger/facts_documents.hpp"

namespace ledger {

void evolve(State& state, const Case<DocumentDisclosed>& c, Effects& effects) {
  using How = DocumentDisclosed::How;
  NamedDocument& document = state.documents[*c.facts.document];
  switch (c.body.how) {
    case How::opened: document.opened = true; break;
    case How::published: document.access = Access::open; break;
    case How::redacted: document.access = Access::redacted; break;
    case How::destroyed: document.destroyed = true; break;
  }
  effects.rows.push_back(DisclosureEffect{*c.facts.document, c.body.how, c.body.basis,
                                          c.body.redacted_copy, c.body.title, c.event.date});
}

// No rule reads what was attested.
void evolve(State&, const Case<AuditAttested>& c, Effects& effects) {
  AttestationEffect effect;
  for (const auto& each : c.facts.by) effect.by.push_back(*each);
  effect.size = c.body.checkpoint.size;
  effect.root = c.body.checkpoint.root;
  effect.result = c.body.result;
  effect.account = c.facts.account;
  if (c.body.party) effect.party = c.facts.party;
  effect.sha256 = c.body.document.sha256;
  effect.date = c.event.date;
  effects.rows.push_back(std::move(effect));
}

// The root is that of the state before, which this changes by nothing but its own place.
void evolve(State& state, const Case<StateCommitted>& c, Effects& effects) {
  state.committed_at = c.context.seq;
  effects.rows.push_back(CommitmentEffect{c.body.leaves, c.body.root});
}

}  // namespace ledger
