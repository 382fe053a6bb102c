// inventory.reported: what a Party emitted in a year of its NDC (events.md 2; 2/CMA.3, annex, 8).
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Reporting = Case<InventoryReported>;

bool year_is_declared(const Reporting& c) {
  return c.facts.ndc.has_value();
}

std::string explain_year(const Reporting& c, const Row*) {
  if (!is_party(c.state, c.facts.party)) {
    return not_a_party(c.state, c.body.party) + " Only a Party reports an inventory.";
  }
  return c.body.party + " has declared no NDC period that contains " + std::to_string(c.body.year) +
         ". Declare it first (ndc.declared), or correct the year.";
}

bool version_is_next(const Reporting& c) {
  return c.body.version == c.facts.version + 1;
}

std::string explain_version(const Reporting& c, const Row*) {
  return c.body.party + " has reported " + std::to_string(c.body.year) + " in " +
         counted(static_cast<std::size_t>(c.facts.version), "version") + ", so the next is " +
         std::to_string(c.facts.version + 1) + "; the event states " +
         std::to_string(c.body.version) + ". State the next version.";
}

bool metric_is_declared(const Reporting& c) {
  return c.body.metric == c.facts.ndc->metric;
}

std::string explain_metric(const Reporting& c, const Row*) {
  return c.body.party + " declared its NDC in " + quoted(c.facts.ndc->metric) +
         "; the inventory is in " + quoted(c.body.metric) + ". Report it in the declared metric.";
}

bool year_is_over(const Reporting& c) {
  return c.body.year < year_of(c.event.date);
}

std::string explain_year_not_over(const Reporting& c, const Row*) {
  return "The inventory of " + std::to_string(c.body.year) + " would be dated " +
         format_date(c.event.date) + ", before that year is over. Report it later.";
}

constexpr Rule<InventoryReported> table[] = {
    {&INV_1, year_is_declared, nullptr, explain_year},
    {&INV_2, version_is_next, nullptr, explain_version},
    {&INV_3, metric_is_declared, nullptr, explain_metric},
    {&INV_4, year_is_over, nullptr, explain_year_not_over},
};

}  // namespace

Facts<InventoryReported> resolve(const State& state, const Event&, const InventoryReported& body,
                                 const Context&) {
  Facts<InventoryReported> facts;
  facts.party = state.participants.find(body.party);
  if (!facts.party) return facts;
  if (const Ndc* ndc = ndc_of(state, *facts.party, body.year)) {
    facts.ndc = *ndc;
    facts.causes.add(ndc->origin, "the NDC of ", body.party);
  }
  const auto known = state.inventories.find({*facts.party, body.year});
  if (known == state.inventories.end()) return facts;
  facts.version = known->second.version;
  facts.causes.add(known->second.origin, "the version before it");
  return facts;
}

template <>
std::span<const Rule<InventoryReported>> rules_of<InventoryReported>() {
  return table;
}

}  // namespace ledger
