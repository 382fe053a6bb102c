// ndc.declared: the period, type and method of a Party's NDC, immutable (events.md, decision 10).
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/metric.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Declaration = Case<NdcDeclared>;

std::string period(Year from, Year to) {
  return std::to_string(from) + " to " + std::to_string(to);
}

bool party_is_known(const Declaration& c) {
  return is_party(c.state, c.facts.party);
}

std::string explain_party(const Declaration& c, const Row*) {
  return not_a_party(c.state, c.body.party) + " Only a Party declares an NDC.";
}

bool years_are_free(const Declaration& c) {
  return !c.facts.overlap;
}

std::string explain_years(const Declaration& c, const Row*) {
  const Ndc& other = *c.facts.overlap;
  return c.body.party + " declared the period " + period(other.from, other.to) + " at entry " +
         std::to_string(other.origin.seq) + ", and " + period(c.body.from, c.body.to) +
         " shares a year with it. A declared period stays as it is; declare other years.";
}

bool period_is_in_order(const Declaration& c) {
  return c.body.from <= c.body.to;
}

std::string explain_period(const Declaration& c, const Row*) {
  return "The period would begin in " + std::to_string(c.body.from) + " and end in " +
         std::to_string(c.body.to) + ". Exchange the two years.";
}

bool method_fits_the_type(const Declaration& c) {
  return c.body.method != Method::averaging || c.body.type == NdcType::single_year;
}

std::string explain_method_fits(const Declaration& c, const Row*) {
  return c.body.party +
         " declares a multi-year NDC with averaging, which 2/CMA.3, annex, paragraph 7 has for "
         "single-year NDCs. Declare a trajectory, trajectories or budget (trajectory).";
}

bool metric_is_named(const Declaration& c) {
  return is_metric(c.body.metric);
}

std::string explain_metric(const Declaration& c, const Row*) {
  return explain_no_metric(c.body.metric);
}

bool metric_is_that_of_its_years(const Declaration& c) {
  return !other_authorized_metric(c.state, *c.facts.party, c.body.from, c.body.to, c.body.metric);
}

std::string explain_other_metric(const Declaration& c, const Row*) {
  return c.body.party + " would declare its NDC of " + period(c.body.from, c.body.to) + " in " +
         quoted(c.body.metric) + ", and " +
         *other_authorized_metric(c.state, *c.facts.party, c.body.from, c.body.to, c.body.metric) +
         ". What it first transfers counts in the metric of its NDC: declare that one.";
}

constexpr Rule<NdcDeclared> table[] = {
    {&NDC_1, party_is_known, nullptr, explain_party},
    {&NDC_2, years_are_free, nullptr, explain_years},
    {&NDC_3, period_is_in_order, nullptr, explain_period},
    {&NDC_4, method_fits_the_type, nullptr, explain_method_fits},
    {&NDC_6, metric_is_named, nullptr, explain_metric},
    {&NDC_7, metric_is_that_of_its_years, nullptr, explain_other_metric},
};

}  // namespace

Facts<NdcDeclared> resolve(const State& state, const Event&, const NdcDeclared& body,
                           const Context&) {
  Facts<NdcDeclared> facts;
  facts.party = state.participants.find(body.party);
  if (!facts.party) return facts;
  facts.causes.add(state.participants[*facts.party].origin, "Party ", body.party);
  const auto it = std::find_if(state.ndcs.begin(), state.ndcs.end(), [&](const Ndc& ndc) {
    return ndc.party == *facts.party && body.from <= ndc.to && ndc.from <= body.to;
  });
  if (it != state.ndcs.end()) facts.overlap = *it;
  return facts;
}

template <>
std::span<const Rule<NdcDeclared>> rules_of<NdcDeclared>() {
  return table;
}

}  // namespace ledger
