// How units come under another authorization, or under none; total after check.
#include "ledger/changes.hpp"
#include "ledger/facts_units.hpp"

namespace ledger {
namespace {

using How = UnitsAssigned::How;

// The lot of units issued in `lot` that are attached or released so. Lots say what units share, and
// not how they came to it: what was assigned alike is one lot, and back where it began the old one.
Index assigned_lot(State& state, const Case<UnitsAssigned>& c, Index lot, Effects& effects) {
  Lot next = state.lots[lot];
  const Index issued_as = next.issued_as.value_or(lot);
  next.issued_as = issued_as;
  next.released = c.body.how == How::released;
  if (!next.released) {
    next.host_authorization = *c.facts.host_authorization;
    next.host_version = state.authorizations[next.host_authorization].version;
    next.buyer_authorization = c.facts.buyer_authorization;
  }
  const Lot& first = state.lots[issued_as];
  if (!next.released && same_authorization(next, first)) return issued_as;
  const auto fresh = static_cast<Index>(state.lots.size());
  const auto [known, is_new] = state.assigned_lots.try_emplace(assignment_of(next), fresh);
  if (is_new) {
    state.lots.push_back(next);
    effects.rows.push_back(LotEffect{fresh, std::move(next)});
  }
  return known->second;
}

}  // namespace

void evolve(State& state, const Case<UnitsAssigned>& c, Effects& effects) {
  const auto& facts = c.facts;
  const bool attaches = c.body.how == How::attached;
  Changes changes(state, *facts.scope, effects);
  AuthorizationSums left;  // the authorizations that the units rested on
  std::optional<Index> before, after;
  for (const Row& row : facts.rows) {
    const Index lot = row.run.standing.lot;
    if (before != lot) {
      before = lot;
      after = assigned_lot(state, c, lot, effects);
    }
    if (!state.lots[lot].released) {
      left.add(state.lots[lot].host_authorization, row.run.range.quantity());
    }
    Standing standing = row.run.standing;
    standing.lot = *after;
    standing.reserved = false;
    standing.first_transferred |= row.first_transfer;
    changes.add(row.run, standing, row.first_transfer);
  }
  changes.put_in_place();
  take_from_reservations(state, facts.rows, effects);
  for (const auto& [authorization, quantity] : left.sums()) {
    count_issued(state, authorization, -quantity, effects);
  }
  if (attaches) count_issued(state, *facts.host_authorization, facts.named, effects);
  count_caps(state, facts.first_transfers, {}, effects);
}

}  // namespace ledger
