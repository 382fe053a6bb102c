// ledger.opened: LED, and what every participant and key is asked.
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/enrolment.hpp"
#include "ledger/rules/legal_person.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Opening = Case<LedgerOpened>;

bool is_first_entry(const Opening& c) {
  return c.context.seq == 0 && c.state.origin.empty();
}

std::string explain_first_entry(const Opening& c, const Row*) {
  return "Ledger " + quoted(c.state.origin) + " was opened by entry 0; this would be entry " +
         std::to_string(c.context.seq) + ". Open another ledger in another place.";
}

bool spec_is_known(const Opening& c) {
  return c.body.spec >= first_spec && c.body.spec <= c.context.newest_spec;
}

std::string explain_spec(const Opening& c, const Row*) {
  if (c.body.spec < first_spec) {
    return "The event asks for spec number 0, which was a draft: no ledger is judged by it. Open "
           "the ledger with number " +
           std::to_string(c.context.newest_spec) + ".";
  }
  return "The event asks for spec number " + std::to_string(c.body.spec) +
         "; the newest that this program knows is " + std::to_string(c.context.newest_spec) +
         ". Open the ledger with a number that it knows, or use a program that knows this one.";
}

bool keys_differ(const Opening& c) {
  return c.facts.log_key && !first_repeated(new_keys(c));
}

std::string explain_keys_differ(const Opening& c, const Row*) {
  if (!c.facts.log_key) return no_verifier_key(c.body.log_key);
  return "Key " + short_form(*first_repeated(new_keys(c))) +
         " stands in two places. The log key, the service key and every event key serve one "
         "purpose each: make a key pair for each.";
}

bool origin_is_log_name(const Opening& c) {
  return c.facts.log_name == c.event.ledger;
}

std::string explain_origin(const Opening& c, const Row*) {
  return other_log_name(c.event.ledger, c.facts.log_name);
}

bool quorum_is_a_majority(const Opening& c) {
  const auto parties = static_cast<std::int64_t>(c.body.parties.size());
  return c.body.quorum > parties / 2 && c.body.quorum <= parties;
}

std::string explain_quorum(const Opening& c, const Row*) {
  const std::size_t parties = c.body.parties.size();
  if (parties == 0) return "The event names no founding Party. Open the ledger with at least one.";
  return "The event asks for a quorum of " + std::to_string(c.body.quorum) + " of " +
         std::to_string(parties) + " founding Parties. Choose " + std::to_string(parties / 2 + 1) +
         " to " + std::to_string(parties) + ".";
}

std::optional<Id> party_listed_twice(const LedgerOpened& body) {
  std::vector<Id> ids;
  for (const auto& party : body.parties) ids.push_back(party.id);
  return first_repeated(ids);
}

bool parties_are_listed_once(const Opening& c) {
  return !party_listed_twice(c.body);
}

std::string explain_listed_once(const Opening& c, const Row*) {
  return "Party " + quoted(*party_listed_twice(c.body)) +
         " is listed twice. List it once, with all its keys.";
}

bool window_is_in_order(const Opening& c) {
  return !c.body.migration || c.body.migration->from <= c.body.migration->to;
}

std::string explain_window(const Opening& c, const Row*) {
  return "The migration window begins on " + format_date(c.body.migration->from) + " and ends on " +
         format_date(c.body.migration->to) + ". Exchange the two days.";
}

const LedgerOpened::Party* party_with_wrong_id(const LedgerOpened& body) {
  const auto it = std::find_if(body.parties.begin(), body.parties.end(),
                               [](const auto& party) { return !is_alpha3(party.id); });
  return it == body.parties.end() ? nullptr : &*it;
}

bool ids_are_codes(const Opening& c) {
  return party_with_wrong_id(c.body) == nullptr;
}

std::string explain_ids(const Opening& c, const Row*) {
  return no_alpha3(party_with_wrong_id(c.body)->id);
}

const LedgerOpened::Party* party_of_another_country(const LedgerOpened& body) {
  const auto it = std::find_if(body.parties.begin(), body.parties.end(), [](const auto& party) {
    return party.identity.country != party.id;
  });
  return it == body.parties.end() ? nullptr : &*it;
}

bool countries_are_their_own(const Opening& c) {
  return party_of_another_country(c.body) == nullptr;
}

std::string explain_countries(const Opening& c, const Row*) {
  const LedgerOpened::Party& party = *party_of_another_country(c.body);
  return not_its_own_country(party.id, party.identity);
}

// Parties differ by country, so only the operator can be the same person as one of them.
const LedgerOpened::Party* party_that_operates(const LedgerOpened& body) {
  const auto it = std::find_if(body.parties.begin(), body.parties.end(), [&](const auto& party) {
    return is_same_person(party.identity, body.operator_.identity);
  });
  return it == body.parties.end() ? nullptr : &*it;
}

bool operator_is_no_party(const Opening& c) {
  return party_that_operates(c.body) == nullptr;
}

std::string explain_operator(const Opening& c, const Row*) {
  return same_person_as(party_that_operates(c.body)->id, c.body.operator_.identity);
}

constexpr Rule<LedgerOpened> table[] = {
    {&LED_1, is_first_entry, nullptr, explain_first_entry},
    {&LED_2, spec_is_known, nullptr, explain_spec},
    {&LED_3, keys_differ, nullptr, explain_keys_differ},
    {&LED_4, origin_is_log_name, nullptr, explain_origin},
    {&LED_5, quorum_is_a_majority, nullptr, explain_quorum},
    {&LED_6, parties_are_listed_once, nullptr, explain_listed_once},
    {&LED_7, window_is_in_order, nullptr, explain_window},
    {&PAR_2, ids_are_codes, nullptr, explain_ids},
    {&PAR_3, countries_are_their_own, nullptr, explain_countries},
    {&PAR_6, operator_is_no_party, nullptr, explain_operator},
    keys_are_valid<LedgerOpened>,
    keys_are_some<LedgerOpened>,
    thresholds_can_be_met<LedgerOpened>,
};

}  // namespace

Facts<LedgerOpened> resolve(const State&, const Event&, const LedgerOpened& body, const Context&) {
  return facts_of_log_key(body);
}

template <>
std::span<const Rule<LedgerOpened>> rules_of<LedgerOpened>() {
  return table;
}

}  // namespace ledger
