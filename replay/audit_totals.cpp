// The figures of a state, added up from the runs of units.
#include "replay/audit.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::UnitStatus;

void count(Tally& tally, UnitStatus status, std::int64_t quantity) {
  tally.issued += quantity;
  switch (status) {
    case UnitStatus::held: tally.held += quantity; return;
    case UnitStatus::used: tally.used += quantity; return;
    case UnitStatus::cancelled: tally.cancelled += quantity; return;
  }
}

// Where each row of a register went in the totals.
using Places = std::map<Index, std::size_t>;

Places add_parties(const ledger::State& state, Totals& totals) {
  Places places;
  for (Index i = 0; i < state.participants.size(); ++i) {
    const ledger::Participant& row = state.participants[i];
    if (row.kind != ledger::Participant::Sort::party) continue;
    places[i] = totals.parties.size();
    PartyTotal party;
    party.id = row.id;
    party.name = row.identity.name;
    totals.parties.push_back(std::move(party));
  }
  return places;
}

void add_registers(const ledger::State& state, Totals& totals) {
  for (const ledger::Account& row : state.accounts.rows()) {
    totals.accounts.push_back(
        {row.id, state.participants[row.holder].id, state.participants[row.party].id, 0});
  }
  for (const ledger::Activity& row : state.activities.rows()) {
    totals.activities.push_back({row.id, state.approaches[row.approach].id, {}});
  }
}

void add_run(const ledger::State& state, const ledger::Run& run, const Places& parties,
             Totals& totals) {
  const std::int64_t quantity = run.range.quantity();
  const ledger::Standing& standing = run.standing;
  const ledger::Lot& lot = state.lots[standing.lot];
  count(totals.all, standing.status, quantity);
  count(totals.vintages[lot.vintage], standing.status, quantity);
  count(totals.activities[lot.activity].tally, standing.status, quantity);
  totals.parties[parties.at(lot.host)].issued += quantity;
  PartyTotal& section = totals.parties[parties.at(state.accounts[standing.account].party)];
  switch (standing.status) {
    case UnitStatus::held:
      section.held += quantity;
      totals.accounts[standing.account].quantity += quantity;
      return;
    case UnitStatus::used: section.used += quantity; return;
    case UnitStatus::cancelled: section.cancelled += quantity; return;
  }
}

}  // namespace

Totals totals_of(const ledger::State& state) {
  Totals totals;
  const Places parties = add_parties(state, totals);
  add_registers(state, totals);
  for (const ledger::Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const ledger::Run& run) { add_run(state, run, parties, totals); });
  }
  for (const auto& [key, year] : state.party_years) {
    PartyTotal& party = totals.parties[parties.at(key.first)];
    if (year.first_transferred != 0) party.first_transferred[key.second] = year.first_transferred;
    if (year.used != 0) party.used_for[key.second] = year.used;
    if (year.version == 0) continue;
    party.adjustments[key.second] = {year.version, year.recorded_first_transferred,
                                     year.recorded_used};
  }
  return totals;
}

}  // namespace replay
