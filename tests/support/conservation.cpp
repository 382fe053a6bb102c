#include "tests/support/conservation.hpp"

#include <map>
#include <utility>

namespace test_support {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

struct Sums {
  std::int64_t issued = 0;
  std::int64_t itmos = 0;        // held, first transferred
  std::int64_t outstanding = 0;  // held, not first transferred, and may become so
  std::int64_t released = 0;     // held, not first transferred, and may not: under none
  std::int64_t used = 0, cancelled = 0;

  [[nodiscard]] bool balance() const {
    return issued == itmos + outstanding + released + used + cancelled;
  }
};

// A revocation reaches what its terms of change let it reach: units that may change until their
// first transfer.
bool is_released(const State& state, const Lot& lot) {
  if (lot.released) return true;
  const Authorization& grant = state.authorizations[lot.host_authorization];
  return grant.revoked && host_terms(grant, lot.host_version).change.until ==
                              AuthorizationGranted::ChangeTerms::Until::first_transfer;
}

void add(const State& state, const Lot& lot, const Run& run, Sums& sums) {
  const std::int64_t quantity = run.range.quantity();
  switch (run.standing.status) {
    case UnitStatus::used: sums.used += quantity; return;
    case UnitStatus::cancelled: sums.cancelled += quantity; return;
    default: break;
  }
  if (run.standing.first_transferred) {
    sums.itmos += quantity;
  } else {
    (is_released(state, lot) ? sums.released : sums.outstanding) += quantity;
  }
}

}  // namespace

std::string broken_conservation(const State& state) {
  std::map<std::pair<Index, Year>, Sums> activities;
  std::map<Index, Sums> authorizations;
  for (const Lot& lot : state.lots) {
    if (lot.issued_as) continue;  // the same units again
    activities[{lot.activity, lot.vintage}].issued += lot.last - lot.first + 1;
  }
  for (Index i = 0; i < state.authorizations.size(); ++i) {
    authorizations[i].issued = state.authorizations[i].issued;  // or attached, and not left since
  }
  std::string wrong;
  for (const Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      const Lot& lot = state.lots[run.standing.lot];
      if (run.range.first < lot.first || lot.last < run.range.last()) {
        wrong = "a run reaches beyond its lot, from " + std::to_string(run.range.first);
      }
      add(state, lot, run, activities[{lot.activity, lot.vintage}]);
      if (!lot.released) add(state, lot, run, authorizations[lot.host_authorization]);
    });
  }
  if (!wrong.empty()) return wrong;
  for (const auto& [key, sums] : activities) {
    if (sums.balance()) continue;
    return "activity " + state.activities[key.first].id + ", vintage " +
           std::to_string(key.second) + ": not all that was issued is somewhere, once";
  }
  for (const auto& [index, sums] : authorizations) {
    const Authorization& grant = state.authorizations[index];
    if (!sums.balance()) return "authorization " + grant.id + ": its units do not balance";
  }
  return {};
}

}  // namespace test_support
