// adjustment.applied: a Party's statement for one year; it must equal the log (events.md, decision
// 10).
#include "ledger/clauses_units.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/fraction.hpp"
#include "ledger/movement.hpp"

namespace ledger {

Facts<AdjustmentApplied> resolve(const State& state, const Event&, const AdjustmentApplied& body,
                                 const Context&) {
  Facts<AdjustmentApplied> facts;
  facts.party = state.participants.find(body.party);
  if (!facts.party) return facts;
  const Ndc* ndc = ndc_of(state, *facts.party, body.year);
  if (ndc == nullptr) return facts;
  facts.ndc = *ndc;
  facts.causes.add(ndc->origin, "the declared NDC period");
  const Year from = ndc->method == Method::averaging ? ndc->from : body.year;
  facts.years = body.year - from + 1;
  const auto end = state.party_years.upper_bound({*facts.party, body.year});
  for (auto it = state.party_years.lower_bound({*facts.party, from}); it != end; ++it) {
    const PartyYear& year = it->second;
    facts.net += year.first_transferred - year.used;
    if (year.changed_at >= facts.changed.seq) facts.changed = {year.changed_on, year.changed_at};
    if (it->first.second == body.year) facts.year = year;
  }
  if (facts.changed.seq > 0) {
    facts.causes.add(facts.changed, "the last movement that changed the figures");
  }
  return facts;
}

namespace {

using C = const Case<AdjustmentApplied>&;

bool year_is_declared(C c) {
  return c.facts.ndc.has_value();
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
  return c.body.method == c.facts.ndc->method;
}
std::string explain_method(C c, const Row*) {
  return c.body.party + " declared another method for the period of " +
         std::to_string(c.body.year) + ". It is fixed for the whole period.";
}

bool as_of_covers_the_year(C c) {
  return c.body.as_of < c.context.seq && c.facts.changed.seq <= c.body.as_of;
}
std::string explain_as_of(C c, const Row*) {
  return "`as_of` is entry " + std::to_string(c.body.as_of) + "; it must be from entry " +
         std::to_string(c.facts.changed.seq) + ", which last changed " +
         (c.facts.years == 1 ? "this year" : "the period up to this year") + ", to entry " +
         std::to_string(c.context.seq - 1) + ".";
}

bool figures_equal_the_log(C c) {
  return c.body.first_transferred == c.facts.year.first_transferred &&
         c.body.used == c.facts.year.used;
}
std::string explain_figures(C c, const Row*) {
  return "By the log " + c.body.party + " first transferred " +
         in_units(c.facts.year.first_transferred) + " of vintage " + std::to_string(c.body.year) +
         " and used " + in_units(c.facts.year.used) + " for it; the event states " +
         in_units(c.body.first_transferred) + " and " + in_units(c.body.used) + ".";
}

// What the method makes of the years that it counts, in lowest terms.
Fraction amount_due(C c) {
  return make_fraction(c.facts.net, c.facts.years);
}
bool amount_is_due(C c) {
  return Fraction{c.body.amount_num, c.body.amount_den} == amount_due(c);
}
std::string explain_amount(C c, const Row*) {
  const Fraction due = amount_due(c);
  return (c.facts.years == 1
              ? std::string("First transferred minus used is ")
              : "First transferred minus used, from " + std::to_string(c.facts.ndc->from) + " to " +
                    std::to_string(c.body.year) + ", is " + std::to_string(c.facts.net) +
                    ", and averages over " + std::to_string(c.facts.years) + " years to ") +
         std::to_string(due.num) + "/" + std::to_string(due.den) + "; the event states " +
         std::to_string(c.body.amount_num) + "/" + std::to_string(c.body.amount_den) +
         ". State the former, in lowest terms.";
}

constexpr Rule<AdjustmentApplied> rules[] = {
    {&ADJ_1, year_is_declared, nullptr, explain_year},
    {&ADJ_2, version_is_next, nullptr, explain_version},
    {&ADJ_3, method_is_declared, nullptr, explain_method},
    {&ADJ_4, as_of_covers_the_year, nullptr, explain_as_of},
    {&ADJ_5, figures_equal_the_log, nullptr, explain_figures},
    {&ADJ_6, amount_is_due, nullptr, explain_amount},
};

}  // namespace

template <>
std::span<const Rule<AdjustmentApplied>> rules_of<AdjustmentApplied>() {
  return rules;
}

}  // namespace ledger
