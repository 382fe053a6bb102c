// account.opened: an account stands in one Party's section and has one holder (events.md, decision
// 1).
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/metric.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Opening = Case<AccountOpened>;

bool id_is_new(const Opening& c) {
  return !c.state.accounts.find(c.body.id);
}

std::string explain_id_is_new(const Opening& c, const Row*) {
  return taken("Account", c.body.id, c.state.accounts.lookup(c.body.id)->origin.seq);
}

bool registry_is_the_sections(const Opening& c) {
  return belongs_to(c.body.registry, c.body.party);
}

std::string explain_registry(const Opening& c, const Row*) {
  return "Registry " + c.body.registry + " is not one of " + c.body.party +
         ", in whose section the account would stand. Name a registry whose code begins with " +
         c.body.party + ".";
}

bool section_is_a_partys(const Opening& c) {
  return is_party(c.state, c.facts.party);
}

std::string explain_section(const Opening& c, const Row*) {
  return not_a_party(c.state, c.body.party) + " Open the account in the section of a Party.";
}

bool holder_may_act(const Opening& c) {
  return may_act(c.state, c.facts.holder);
}

std::string explain_holder(const Opening& c, const Row*) {
  return no_participant(c.state, c.body.holder);
}

bool national_share_is_the_partys(const Opening& c) {
  return c.body.kind != AccountKind::national_share || c.body.holder == c.body.party;
}

std::string explain_national_share(const Opening& c, const Row*) {
  return "A national share account in the section of " + c.body.party + " would be held by " +
         c.body.holder + ". Let " + c.body.party + " hold it, or open a holding account.";
}

bool metric_is_named(const Opening& c) {
  return !c.body.metric || is_metric(*c.body.metric);
}

std::string explain_metric(const Opening& c, const Row*) {
  return explain_no_metric(*c.body.metric);
}

constexpr Rule<AccountOpened> table[] = {
    {&ACC_1, id_is_new, nullptr, explain_id_is_new},
    {&ACC_2, registry_is_the_sections, nullptr, explain_registry},
    {&ACC_3, section_is_a_partys, nullptr, explain_section},
    {&ACC_4, holder_may_act, nullptr, explain_holder},
    {&ACC_5, national_share_is_the_partys, nullptr, explain_national_share},
    {&ACC_6, metric_is_named, nullptr, explain_metric},
};

}  // namespace

Facts<AccountOpened> resolve(const State& state, const Event&, const AccountOpened& body,
                             const Context&) {
  Facts<AccountOpened> facts;
  facts.holder = state.participants.find(body.holder);
  facts.party = state.participants.find(body.party);
  if (facts.holder) {
    facts.causes.add(state.participants[*facts.holder].origin, "participant ", body.holder);
  }
  if (facts.party) {
    facts.causes.add(state.participants[*facts.party].origin, "Party ", body.party);
  }
  return facts;
}

template <>
std::span<const Rule<AccountOpened>> rules_of<AccountOpened>() {
  return table;
}

}  // namespace ledger
