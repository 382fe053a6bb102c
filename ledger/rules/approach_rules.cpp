// approach.rules_adopted: one version of the parameters by which an approach's events are judged
// (events.md, decisions 2, 6, 7, 11).
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/movement.hpp"
#include "ledger/roles.hpp"
#include "ledger/rules/cycle_rules.hpp"
#include "ledger/rules/deduction_lines.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Adoption = Case<ApproachRules>;

constexpr std::int64_t max_objection_days = 3'650;
constexpr std::int64_t max_notice_days = 3'650;

const Approach& approach_of(const Adoption& c) {
  return c.state.approaches[*c.facts.approach];
}

const Id& host_of(const Adoption& c) {
  return c.state.participants[approach_of(c).host].id;
}
const Id& buyer_of(const Adoption& c) {
  return c.state.participants[approach_of(c).buyer].id;
}

// "XHA or XBA"
std::string the_parties(const Adoption& c) {
  return host_of(c) + " or " + buyer_of(c);
}

bool is_of_approach(const Adoption& c, const Id& party) {
  return party == host_of(c) || party == buyer_of(c);
}

// ---- approach, version, identifier ----

bool approach_is_established(const Adoption& c) {
  return c.facts.approach.has_value();
}

std::string explain_approach(const Adoption& c, const Row*) {
  return unknown_approach(c.body.approach);
}

bool approach_is_open(const Adoption& c) {
  return !c.facts.approach || is_open(approach_of(c), c.context.time);
}

std::string explain_closed(const Adoption& c, const Row*) {
  return explain_ended(approach_of(c));
}

std::int64_t next_version(const Adoption& c) {
  return static_cast<std::int64_t>(approach_of(c).rules.size()) + 1;
}

bool version_is_next(const Adoption& c) {
  return c.body.version == next_version(c) && c.body.version <= most_versions;
}

std::string explain_version(const Adoption& c, const Row*) {
  if (next_version(c) > most_versions) {
    return "Approach " + c.body.approach + " has " + std::to_string(most_versions) +
           " versions of rules, and no more are kept. Establish another approach.";
  }
  return "Approach " + c.body.approach + " has " + counted(approach_of(c).rules.size(), "version") +
         " of rules, so the next is " + std::to_string(next_version(c)) + "; the event states " +
         std::to_string(c.body.version) + ". Have both Parties sign the next version.";
}

bool identifier_is_set_once(const Adoption& c) {
  const auto& known = approach_of(c).carp;
  return !c.facts.carp_owner && (!known || !c.body.carp || *known == *c.body.carp);
}

std::string explain_identifier(const Adoption& c, const Row*) {
  if (c.facts.carp_owner) {
    return "Identifier " + *c.body.carp + " is that of approach " +
           c.state.approaches[*c.facts.carp_owner].id +
           ". State the one that the platform gave to this approach.";
  }
  return "Approach " + c.body.approach + " has identifier " + *approach_of(c).carp +
         " for ever, since units bear it; the event states " + *c.body.carp +
         ". Repeat the first or leave it out.";
}

// ---- first-transfer definitions ----

const Id* wrong_definition(const Adoption& c) {
  const auto& list = c.body.first_transfer;
  const auto it = std::find_if(list.begin(), list.end(), [&](const auto& entry) {
    const auto same = [&](const auto& other) { return other.party == entry.party; };
    return !is_of_approach(c, entry.party) || std::count_if(list.begin(), list.end(), same) > 1;
  });
  return it == list.end() ? nullptr : &it->party;
}

bool definitions_are_the_parties(const Adoption& c) {
  return wrong_definition(c) == nullptr;
}

std::string explain_definitions(const Adoption& c, const Row*) {
  const Id& wrong = *wrong_definition(c);
  if (is_of_approach(c, wrong)) {
    return "Two first-transfer definitions are stated for " + wrong + ". State one.";
  }
  return "A first-transfer definition is stated for " + wrong + "; the Parties are " +
         the_parties(c) + ". State theirs only.";
}

bool host_definition_stays(const Adoption& c) {
  return !c.facts.oimp_authorization ||
         c.facts.host_definition == approach_of(c).rules.back().host_definition;
}

std::string explain_host_definition(const Adoption& c, const Row*) {
  const auto& known = approach_of(c).rules.back().host_definition;
  return host_of(c) + " authorized IMP or OP under this approach in " +
         c.state.authorizations[*c.facts.oimp_authorization].id +
         ", when its first-transfer definition was " +
         (known ? std::string(name_of(*known)) : "not stated") + "; the event " +
         (c.facts.host_definition ? "states " + std::string(name_of(*c.facts.host_definition))
                                  : "leaves it out") +
         ". One definition holds for all authorizations of one approach (4/CMA.6, paragraph 15): "
         "repeat it.";
}

// ---- clocks and signers ----

bool objection_is_bounded(const Adoption& c) {
  return 0 <= c.body.objection_days && c.body.objection_days <= max_objection_days;
}

std::string explain_objection(const Adoption& c, const Row*) {
  return "The event states an objection period of " + std::to_string(c.body.objection_days) +
         " days. Choose 0 to " + std::to_string(max_objection_days) + ".";
}

bool notice_is_bounded(const Adoption& c) {
  return !c.body.clocks ||
         (0 <= c.body.clocks->notice_days && c.body.clocks->notice_days <= max_notice_days);
}

std::string explain_notice(const Adoption& c, const Row*) {
  return "The event states a notice of " + std::to_string(c.body.clocks->notice_days) +
         " days to end the approach. Choose 0 to " + std::to_string(max_notice_days) +
         ", or leave it out: then only both Parties together end it.";
}

bool signer_fits(const Adoption& c, const ApproachRules::ExtraSigner& signer) {
  return is_of_approach(c, signer.party) && acts_as_the_party(signer.role) &&
         is_under_rules(signer.event);
}

const ApproachRules::ExtraSigner* wrong_signer(const Adoption& c) {
  const auto& list = c.body.extra_signers;
  const auto it = std::find_if(list.begin(), list.end(),
                               [&](const auto& signer) { return !signer_fits(c, signer); });
  return it == list.end() ? nullptr : &*it;
}

bool extra_signers_fit(const Adoption& c) {
  return wrong_signer(c) == nullptr;
}

std::string explain_extra_signers(const Adoption& c, const Row*) {
  const ApproachRules::ExtraSigner& wrong = *wrong_signer(c);
  if (!is_of_approach(c, wrong.party)) {
    return wrong.party + " is to sign " + wrong.event + " and is no Party of the approach. Name " +
           the_parties(c) + ".";
  }
  if (!acts_as_the_party(wrong.role)) {
    return wrong.party + "'s " + std::string(name_of(wrong.role)) + " is to sign " + wrong.event +
           ". Name its authority, secretariat or inventory.";
  }
  return "Events of type " + quoted(wrong.event) +
         " name no approach, so its rules add no signer to them. Name one of: " +
         types_under_rules() + ".";
}

constexpr Rule<ApproachRules> table[] = {
    {&APR_8, approach_is_open, nullptr, explain_closed},
    {&RUL_1, approach_is_established, nullptr, explain_approach},
    {&RUL_2, version_is_next, nullptr, explain_version},
    {&RUL_3, identifier_is_set_once, nullptr, explain_identifier},
    {&RUL_4, definitions_are_the_parties, nullptr, explain_definitions},
    {&RUL_5, host_definition_stays, nullptr, explain_host_definition},
    {&RUL_6, objection_is_bounded, nullptr, explain_objection},
    {&RUL_7, extra_signers_fit, nullptr, explain_extra_signers},
    {&RUL_8, names_are_used_once, nullptr, explain_names},
    {&RUL_9, lines_keep_their_terms, nullptr, explain_terms},
    {&RUL_10, takers_fit_the_moments, nullptr, explain_takers},
    {&RUL_11, rates_are_bounded, nullptr, explain_rates},
    {&RUL_12, accounts_are_named_where_needed, nullptr, explain_account_member},
    {&RUL_13, accounts_fit_their_lines, nullptr, explain_accounts},
    {&RUL_14, notice_is_bounded, nullptr, explain_notice},
    {&RUL_15, reviews_fit, nullptr, explain_reviews},
    {&RUL_16, steps_build_on_steps, nullptr, explain_steps},
};

// Another approach that has the identifier.
std::optional<Index> owner_of(const State& state, const std::string& carp, Index approach) {
  for (Index i = 0; i < state.approaches.size(); ++i) {
    if (i != approach && state.approaches[i].carp == carp) return i;
  }
  return std::nullopt;
}

// An authorization of the host under the approach that names IMP or OP, or did.
std::optional<Index> oimp_authorization(const State& state, Index approach) {
  for (Index i = 0; i < state.authorizations.size(); ++i) {
    const Authorization& row = state.authorizations[i];
    if (row.approach != approach || row.party != state.approaches[approach].host) continue;
    if (has_oimp(row) || std::any_of(row.earlier.begin(), row.earlier.end(), has_oimp)) return i;
  }
  return std::nullopt;
}

}  // namespace

Facts<ApproachRules> resolve(const State& state, const Event&, const ApproachRules& body,
                             const Context&) {
  Facts<ApproachRules> facts;
  facts.approach = state.approaches.find(body.approach);
  for (const auto& line : body.deductions) {
    facts.accounts.push_back(line.account ? state.accounts.find(*line.account) : std::nullopt);
    if (const auto& account = facts.accounts.back()) {
      facts.causes.add(state.accounts[*account].origin, "account ", *line.account);
    }
  }
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach ", body.approach);
  if (body.carp) facts.carp_owner = owner_of(state, *body.carp, *facts.approach);
  for (const auto& entry : body.first_transfer) {
    if (entry.party == state.participants[approach.host].id)
      facts.host_definition = entry.definition;
  }
  facts.oimp_authorization = oimp_authorization(state, *facts.approach);
  return facts;
}

template <>
std::span<const Rule<ApproachRules>> rules_of<ApproachRules>() {
  return table;
}

}  // namespace ledger
