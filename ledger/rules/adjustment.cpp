// adjustment.applied: a Party's statement for one year; it must equal the log (events.md, decision
// 10).
#include "ledger/clauses_units.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/movement.hpp"

namespace ledger {

Facts<AdjustmentApplied> resolve(const State& state, const Event&, const AdjustmentApplied& body,
                                 const Context&) {
  Facts<AdjustmentApplied> facts;
  facts.party = state.participants.find(body.party);
  if (!facts.party) return facts;
  if (const Ndc* ndc = ndc_of(state, *facts.party, body.year)) {
    facts.method = ndc->method;
    facts.causes.add(ndc->origin, "the declared NDC period");
  }
  const auto it = state.party_years.find({*facts.party, body.year});
  if (it != state.party_years.end()) {
    facts.year = it->second;
    facts.causes.add({facts.year.changed_on, facts.year.changed_at},
                     "the last movement that changed the year");
  }
  return facts;
}

namespace {

using C = const Case<AdjustmentApplied>&;

bool year_is_declared(C c) {
  return c.facts.party && c.facts.method;
}
std::string explain_year(C c, const Row*) {
  if (!c.facts.party) return "Party " + c.body.party + " is unknown.";
  return c.body.party + " has declared no NDC period that contains " + std::to_string(c.body.year) +
         ".";
}

bool version_is_next(C c) {
  return c.body.version == c.facts.year.version + 1;
}
std::string explain_version(C c, const Row*) {
  return c.body.party + "'s adjustment of " + std::to_string(c.body.year) + " stands at version " +
         std::to_string(c.facts.year.version) + "; the next is " +
         std::to_string(c.facts.year.version + 1) + ", and the event states " +
         std::to_string(c.body.version) + ".";
}

bool method_is_declared(C c) {
  return c.body.method == *c.facts.method;
}
std::string explain_method(C c, const Row*) {
  return c.body.party + " declared another method for the period of " +
         std::to_string(c.body.year) + ". It is fixed for the whole period.";
}

bool as_of_covers_the_year(C c) {
  return c.body.as_of < c.context.seq && c.facts.year.changed_at <= c.body.as_of;
}
std::string explain_as_of(C c, const Row*) {
  return "`as_of` is entry " + std::to_string(c.body.as_of) + "; it must be from entry " +
         std::to_string(c.facts.year.changed_at) + ", which last changed this year, to entry " +
         std::to_string(c.context.seq - 1) + ".";
}

bool figures_equal_the_log(C c) {
  return c.body.first_transferred == c.facts.year.first_transferred &&
         c.body.used == c.facts.year.used;
}
std::string explain_figures(C c, const Row*) {
  return "By the log " + c.body.party + " first transferred " +
         tonnes(c.facts.year.first_transferred) + " of vintage " + std::to_string(c.body.year) +
         " and used " + tonnes(c.facts.year.used) + " for it; the event states " +
         tonnes(c.body.first_transferred) + " and " + tonnes(c.body.used) + ".";
}

// Annual methods: the amount is a whole number, so its lowest terms have denominator 1.
bool amount_is_the_difference(C c) {
  return c.body.amount_den == 1 && c.body.amount_num == c.body.first_transferred - c.body.used;
}
std::string explain_amount(C c, const Row*) {
  return "First transferred minus used is " +
         std::to_string(c.body.first_transferred - c.body.used) + "/1; the event states " +
         std::to_string(c.body.amount_num) + "/" + std::to_string(c.body.amount_den) + ".";
}

constexpr Rule<AdjustmentApplied> rules[] = {
    {&ADJ_1, year_is_declared, nullptr, explain_year},
    {&ADJ_2, version_is_next, nullptr, explain_version},
    {&ADJ_3, method_is_declared, nullptr, explain_method},
    {&ADJ_4, as_of_covers_the_year, nullptr, explain_as_of},
    {&ADJ_5, figures_equal_the_log, nullptr, explain_figures},
    {&ADJ_6, amount_is_the_difference, nullptr, explain_amount},
};

}  // namespace

template <>
std::span<const Rule<AdjustmentApplied>> rules_of<AdjustmentApplied>() {
  return rules;
}

}  // namespace ledger
