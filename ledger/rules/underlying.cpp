#include "ledger/rules/underlying.hpp"

#include <algorithm>
#include <map>

#include "ledger/movement.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using C = const Case<UnitsIssued>&;

const Authorization& host_terms_of(C c) {
  return c.state.authorizations[*c.facts.host_authorization];
}

bool underlying_fits(C c, const UnitsIssued::Lot& lot) {
  if (!lot.underlying) return true;
  const auto& listed = host_terms_of(c).underlying_registries;
  return lot.underlying->last - lot.underlying->first == lot.last - lot.first &&
         contains(listed, lot.underlying->registry);
}

}  // namespace

bool underlying_units_fit(C c) {
  return std::all_of(c.body.lots.begin(), c.body.lots.end(),
                     [&](const auto& lot) { return underlying_fits(c, lot); });
}
std::string explain_underlying(C c, const Row*) {
  const auto bad = std::find_if(c.body.lots.begin(), c.body.lots.end(),
                                [&](const auto& lot) { return !underlying_fits(c, lot); });
  return "The lot from serial " + std::to_string(bad->first) + " names units " +
         std::to_string(bad->underlying->first) + " to " + std::to_string(bad->underlying->last) +
         " of registry " + bad->underlying->registry +
         ". They must be as many as the lot, from a registry that authorization " +
         host_terms_of(c).id + " lists.";
}

namespace {

using Underlying = std::map<std::pair<std::string, Serial>, Serial>;  // as State::underlying

bool overlaps(const Underlying& known, const UnitsIssued::Underlying& block) {
  auto above = known.upper_bound({block.registry, block.last});
  if (above == known.begin()) return false;
  const auto& [at, last] = *--above;
  return at.first == block.registry && block.first <= last;
}

// The first block that backs units of this ledger already, or of a lot before it; null: none.
const UnitsIssued::Underlying* first_reuse(C c) {
  Underlying here;
  for (const auto& lot : c.body.lots) {
    if (!lot.underlying) continue;
    const UnitsIssued::Underlying& block = *lot.underlying;
    if (overlaps(c.state.underlying, block) || overlaps(here, block)) return &block;
    here.emplace(std::pair{block.registry, block.first}, block.last);
  }
  return nullptr;
}

}  // namespace

bool underlying_units_are_new(C c) {
  return first_reuse(c) == nullptr;
}
std::string explain_reuse(C c, const Row*) {
  const UnitsIssued::Underlying& block = *first_reuse(c);
  return "Of units " + std::to_string(block.first) + " to " + std::to_string(block.last) +
         " of registry " + block.registry +
         " some back units of this ledger already, or of another lot. One tonne is issued once: "
         "name units that back nothing yet.";
}

}  // namespace ledger
