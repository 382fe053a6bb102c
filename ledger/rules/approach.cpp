// approach.established: two Parties, one of them the host (events.md 2).
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Establishing = Case<ApproachEstablished>;

bool id_is_new(const Establishing& c) {
  return !c.state.approaches.find(c.body.id);
}

std::string explain_id_is_new(const Establishing& c, const Row*) {
  return taken("Approach", c.body.id, c.state.approaches.lookup(c.body.id)->origin.seq);
}

bool both_are_parties(const Establishing& c) {
  return is_party(c.state, c.facts.host) && is_party(c.state, c.facts.buyer);
}

std::string explain_both_are_parties(const Establishing& c, const Row*) {
  const bool host_is_wrong = !is_party(c.state, c.facts.host);
  return not_a_party(c.state, host_is_wrong ? c.body.host : c.body.buyer) +
         " Name a Party as the " + (host_is_wrong ? "host." : "buyer.");
}

bool the_two_differ(const Establishing& c) {
  return c.body.host != c.body.buyer;
}

std::string explain_the_two_differ(const Establishing& c, const Row*) {
  return c.body.host + " is named as host and as buyer. Name two Parties.";
}

constexpr Rule<ApproachEstablished> table[] = {
    {&APR_1, id_is_new, nullptr, explain_id_is_new},
    {&APR_2, both_are_parties, nullptr, explain_both_are_parties},
    {&APR_3, the_two_differ, nullptr, explain_the_two_differ},
};

}  // namespace

Facts<ApproachEstablished> resolve(const State& state, const Event&,
                                   const ApproachEstablished& body, const Context&) {
  Facts<ApproachEstablished> facts;
  facts.host = state.participants.find(body.host);
  facts.buyer = state.participants.find(body.buyer);
  for (const auto& party : {facts.host, facts.buyer}) {
    if (!party) continue;
    const Participant& row = state.participants[*party];
    facts.causes.add(row.origin, "Party " + row.id);
  }
  return facts;
}

template <>
std::span<const Rule<ApproachEstablished>> rules_of<ApproachEstablished>() {
  return table;
}

}  // namespace ledger
