// state.committed: STA.
#include "crypto/text.hpp"
#include "ledger/clauses_documents.hpp"
#include "ledger/committed_state.hpp"
#include "ledger/ensure.hpp"
#include "ledger/facts_documents.hpp"

namespace ledger {
namespace {

using Commitment = Case<StateCommitted>;

bool stands_where_it_says(const Commitment& c) {
  return c.body.entries == c.context.seq;
}

std::string explain_place(const Commitment& c, const Row*) {
  return "The commitment is to the state behind " + std::to_string(c.body.entries) +
         " entries; it would stand behind " + std::to_string(c.context.seq) +
         ". Other entries came in between, or it is of another log: make one of the state as it "
         "is.";
}

bool something_came_between(const Commitment& c) {
  return !c.state.committed_at || *c.state.committed_at + 1 < c.context.seq;
}

std::string explain_between(const Commitment& c, const Row*) {
  return "Entry " + std::to_string(*c.state.committed_at) +
         " commits to the state, and nothing has changed since. Commit to it again when something "
         "has.";
}

bool is_of_this_state(const Commitment& c) {
  return c.facts.committed == StateRoot{c.body.leaves, c.body.root};
}

std::string explain_root(const Commitment& c, const Row*) {
  const StateRoot& is = c.facts.committed;
  return "The state behind " + std::to_string(c.context.seq) + " entries has " +
         std::to_string(is.leaves) + " leaves and root " + crypto::to_hex(is.root.view()) +
         "; the event states " + std::to_string(c.body.leaves) + " and " +
         crypto::to_hex(c.body.root.view()) +
         ". Whoever made it did not replay this log, or not by its rules.";
}

constexpr Rule<StateCommitted> table[] = {
    {&STA_1, stands_where_it_says, nullptr, explain_place},
    {&STA_2, something_came_between, nullptr, explain_between},
    {&STA_3, is_of_this_state, nullptr, explain_root},
};

}  // namespace

Facts<StateCommitted> resolve(const State& state, const Event&, const StateCommitted& body,
                              const Context& context) {
  ENSURE(context.committed != nullptr, "whoever judges a log follows its state");
  Facts<StateCommitted> facts;
  // Trees are not made for what says itself that it is of another place.
  if (body.entries == context.seq) facts.committed = context.committed->bring_up(state);
  return facts;
}

template <>
std::span<const Rule<StateCommitted>> rules_of<StateCommitted>() {
  return table;
}

}  // namespace ledger
