// approach.rules_adopted: one version of the parameters by which an approach's events are judged
// (events.md, decisions 2, 6, 7, 11).
#include <algorithm>
#include <tuple>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/movement.hpp"
#include "ledger/roles.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Adoption = Case<ApproachRules>;
using Line = ApproachRules::Deduction;

constexpr std::int64_t max_objection_days = 3'650;
constexpr std::int64_t basis = 10'000;  // basis points in one

const Approach& approach_of(const Adoption& c) { return c.state.approaches[*c.facts.approach]; }

const Id& host_of(const Adoption& c) { return c.state.participants[approach_of(c).host].id; }
const Id& buyer_of(const Adoption& c) { return c.state.participants[approach_of(c).buyer].id; }

// "XHA or XBA"
std::string the_parties(const Adoption& c) { return host_of(c) + " or " + buyer_of(c); }

bool is_of_approach(const Adoption& c, const Id& party) {
  return party == host_of(c) || party == buyer_of(c);
}

// ---- approach, version, identifier ----

bool approach_is_established(const Adoption& c) { return c.facts.approach.has_value(); }

std::string explain_approach(const Adoption& c, const Row*) {
  return unknown_approach(c.body.approach);
}

std::int64_t next_version(const Adoption& c) {
  return static_cast<std::int64_t>(approach_of(c).rules.size()) + 1;
}

bool version_is_next(const Adoption& c) { return c.body.version == next_version(c); }

std::string explain_version(const Adoption& c, const Row*) {
  return "Approach " + c.body.approach + " has " +
         counted(approach_of(c).rules.size(), "version") + " of rules, so the next is " +
         std::to_string(next_version(c)) + "; the event states " +
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

bool definitions_are_the_parties(const Adoption& c) { return wrong_definition(c) == nullptr; }

std::string explain_definitions(const Adoption& c, const Row*) {
  const Id& wrong = *wrong_definition(c);
  if (is_of_approach(c, wrong)) {
    return "Two first-transfer definitions are stated for " + wrong + ". State one.";
  }
  return "A first-transfer definition is stated for " + wrong + "; the Parties are " + the_parties(c) +
         ". State theirs only.";
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

bool signer_fits(const Adoption& c, const ApproachRules::ExtraSigner& signer) {
  return is_of_approach(c, signer.party) && acts_as_the_party(signer.role) && is_under_rules(signer.event);
}

const ApproachRules::ExtraSigner* wrong_signer(const Adoption& c) {
  const auto& list = c.body.extra_signers;
  const auto it = std::find_if(list.begin(), list.end(),
                               [&](const auto& signer) { return !signer_fits(c, signer); });
  return it == list.end() ? nullptr : &*it;
}

bool extra_signers_fit(const Adoption& c) { return wrong_signer(c) == nullptr; }

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

// ---- deductions ----

using LineTest = bool (*)(const Adoption&, const Line&);

const Line* first_line(const Adoption& c, LineTest is_wrong) {
  const auto& lines = c.body.deductions;
  const auto it = std::find_if(lines.begin(), lines.end(),
                               [&](const Line& line) { return is_wrong(c, line); });
  return it == lines.end() ? nullptr : &*it;
}

std::string named(const Line& line) { return "Deduction line " + quoted(line.name); }

bool name_stands_twice(const Adoption& c, const Line& line) {
  const auto& lines = c.body.deductions;
  return std::count_if(lines.begin(), lines.end(),
                       [&](const Line& other) { return other.name == line.name; }) > 1;
}

bool names_are_used_once(const Adoption& c) { return !first_line(c, name_stands_twice); }

std::string explain_names(const Adoption& c, const Row*) {
  return named(*first_line(c, name_stands_twice)) +
         " stands twice. Give each line a name of its own: what was taken is counted by it.";
}

// The newest version that has a line of that name with other terms; 0 where none has.
std::int64_t version_with_other_terms(const Adoption& c, const Line& line) {
  const auto& versions = approach_of(c).rules;
  for (std::size_t n = versions.size(); n > 0; --n) {
    for (const auto& old : versions[n - 1].deductions) {
      if (old.name != line.name) continue;
      if (std::tie(old.moment, old.by, old.kind, old.rate_bp, old.rounding) !=
          std::tie(line.moment, line.by, line.kind, line.rate_bp, line.rounding)) {
        return static_cast<std::int64_t>(n);
      }
    }
  }
  return 0;
}

bool changes_its_terms(const Adoption& c, const Line& line) {
  return version_with_other_terms(c, line) != 0;
}

bool lines_keep_their_terms(const Adoption& c) { return !first_line(c, changes_its_terms); }

std::string explain_terms(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, changes_its_terms);
  return named(line) + " has another moment, taker, kind, rate or rounding in version " +
         std::to_string(version_with_other_terms(c, line)) +
         ". Rounding is cumulative over all that a line took: give the changed line a new name.";
}

bool has_wrong_taker(const Adoption&, const Line& line) {
  return (line.moment == Moment::acquisition) != (line.by == Line::By::acquirer);
}

bool takers_fit_the_moments(const Adoption& c) { return !first_line(c, has_wrong_taker); }

std::string explain_takers(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_wrong_taker);
  return named(line) + (line.by == Line::By::host
                            ? " is deducted at acquisition and taken by the host. Let the acquirer "
                              "take it, or choose another moment."
                            : " is taken by the acquirer before acquisition. Let the host take it, "
                              "or choose the moment acquisition.");
}

bool has_wrong_rate(const Adoption&, const Line& line) {
  return line.rate_bp < 0 || line.rate_bp > basis;
}

// Basis points that the unit lines of a moment take together: few lines, each of at most 2^53.
std::int64_t rate_at(const Adoption& c, Moment moment) {
  std::int64_t sum = 0;
  for (const Line& line : c.body.deductions) {
    if (line.moment == moment && line.kind != Line::Sort::money) sum += line.rate_bp;
  }
  return sum;
}

// The first moment at which more than the whole would be taken.
std::optional<Moment> overtaxed_moment(const Adoption& c) {
  for (const Moment moment : {Moment::issuance, Moment::transfer, Moment::acquisition}) {
    if (rate_at(c, moment) > basis) return moment;
  }
  return std::nullopt;
}

bool rates_are_bounded(const Adoption& c) {
  return !first_line(c, has_wrong_rate) && !overtaxed_moment(c);
}

std::string explain_rates(const Adoption& c, const Row*) {
  if (const Line* line = first_line(c, has_wrong_rate)) {
    return named(*line) + " has a rate of " + std::to_string(line->rate_bp) +
           " basis points. State 0 to 10,000; 500 are 5 %.";
  }
  const Moment moment = *overtaxed_moment(c);
  return "The unit lines at " + std::string(name_of(moment)) + " take " +
         std::to_string(rate_at(c, moment)) +
         " basis points together. Lower them to at most 10,000, the whole.";
}

bool keeps_units(const Line& line) {
  return line.kind == Line::Sort::retained || line.kind == Line::Sort::fund;
}

bool has_wrong_account_member(const Adoption&, const Line& line) {
  return keeps_units(line) != line.account.has_value();
}

bool accounts_are_named_where_needed(const Adoption& c) {
  return !first_line(c, has_wrong_account_member);
}

std::string explain_account_member(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_wrong_account_member);
  if (line.account) {
    return named(line) + " keeps no units and names account " + *line.account + ". Leave it out.";
  }
  return named(line) + " takes units and names no account. Name the account that receives them.";
}

Index taker_of(const Adoption& c, const Line& line) {
  return line.by == Line::By::host ? approach_of(c).host : approach_of(c).buyer;
}

// The account that the line names; null where it names none or one that is unknown.
const Account* account_of(const Adoption& c, const Line& line) {
  return line.account ? c.state.accounts.lookup(*line.account) : nullptr;
}

bool has_unfit_account(const Adoption& c, const Line& line) {
  if (!line.account) return false;
  const Account* account = account_of(c, line);
  if (account == nullptr) return true;
  if (line.kind == Line::Sort::fund) return account->kind != AccountKind::fund;
  return account->kind != AccountKind::national_share || account->party != taker_of(c, line);
}

bool accounts_fit_their_lines(const Adoption& c) { return !first_line(c, has_unfit_account); }

std::string explain_accounts(const Adoption& c, const Row*) {
  const Line& line = *first_line(c, has_unfit_account);
  if (account_of(c, line) == nullptr) {
    return named(line) + " names account " + *line.account + ", which is unknown. Open it first.";
  }
  if (line.kind == Line::Sort::fund) {
    return named(line) + " goes to a fund, and account " + *line.account +
           " is not a fund account. Name one.";
  }
  return named(line) + " is retained, and account " + *line.account +
         " is not a national share account of " + c.state.participants[taker_of(c, line)].id +
         ". Name one.";
}

constexpr Rule<ApproachRules> table[] = {
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
};

// Another approach that has the identifier.
std::optional<Index> owner_of(const State& state, const std::string& carp, Index approach) {
  for (Index i = 0; i < state.approaches.size(); ++i) {
    if (i != approach && state.approaches[i].carp == carp) return i;
  }
  return std::nullopt;
}

// An authorization of the host under the approach that names IMP or OP.
std::optional<Index> oimp_authorization(const State& state, Index approach) {
  for (Index i = 0; i < state.authorizations.size(); ++i) {
    const Authorization& row = state.authorizations[i];
    if (row.approach != approach || row.party != state.approaches[approach].host) continue;
    if (has_purpose(row, Purpose::imp) || has_purpose(row, Purpose::op)) return i;
  }
  return std::nullopt;
}

}  // namespace

Facts<ApproachRules> resolve(const State& state, const Event&, const ApproachRules& body,
                             const Context&) {
  Facts<ApproachRules> facts;
  facts.approach = state.approaches.find(body.approach);
  for (const Line& line : body.deductions) {
    facts.accounts.push_back(line.account ? state.accounts.find(*line.account) : std::nullopt);
    if (const auto& account = facts.accounts.back()) {
      facts.causes.add(state.accounts[*account].origin, "account " + *line.account);
    }
  }
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach " + body.approach);
  if (body.carp) facts.carp_owner = owner_of(state, *body.carp, *facts.approach);
  for (const auto& entry : body.first_transfer) {
    if (entry.party == state.participants[approach.host].id) facts.host_definition = entry.definition;
  }
  facts.oimp_authorization = oimp_authorization(state, *facts.approach);
  return facts;
}

template <>
std::span<const Rule<ApproachRules>> rules_of<ApproachRules>() {
  return table;
}

}  // namespace ledger
