// How corrections change the state: everything that an entry did, the other way round.
#include <algorithm>

#include "ledger/changes.hpp"
#include "ledger/facts_corrections.hpp"

namespace ledger {
namespace {

// Gives the units back the standings that they had.
void restore_units(State& state, const Movement& movement, Effects& effects) {
  std::vector<Piece> pieces;
  for (const Touched& unit : movement.units) {
    pieces.clear();
    UnitMap& units = state.scopes[unit.scope].units;
    units.resolve({&unit.range, 1}, pieces);
    for (const Piece& piece : pieces) {
      effects.units.push_back(
          {unit.scope, piece.run.range, piece.run.standing, unit.before, false});
    }
    units.change(unit.range, unit.before);
  }
}

void restore_years(State& state, const Movement& movement, Effects& effects) {
  for (const YearEffect& change : movement.years) {
    count_year(state, {change.party, change.year, -change.first_transferred, -change.used},
               effects);
  }
}

void restore_caps(State& state, const Movement& movement, Effects& effects) {
  for (CapEffect cap : movement.caps) {
    cap.first_transferred = -cap.first_transferred;
    cap.acquired = -cap.acquired;
    cap.issued = -cap.issued;
    Authorization& row = state.authorizations[cap.authorization];
    row.first_transferred += cap.first_transferred;
    row.acquired += cap.acquired;
    row.issued += cap.issued;
    effects.caps.push_back(cap);
  }
}

void restore_proceeds(State& state, const Movement& movement, Effects& effects) {
  for (ProceedsEffect line : movement.proceeds) {
    line.base = -line.base;
    line.taken = -line.taken;
    DeductionCount& count = state.deductions[{line.activity, line.vintage, line.line}];
    count.base += line.base;
    count.taken += line.taken;
    effects.proceeds.push_back(std::move(line));
  }
}

void reopen(State& state, const Movement& movement, Effects& effects) {
  for (ReversalEffect reversal : movement.reversals) {
    reversal.recorded = -reversal.recorded;
    reversal.settled = -reversal.settled;
    Reversals& sums = state.reversals[reversal.activity];
    sums.recorded += reversal.recorded;
    sums.settled += reversal.settled;
    effects.reversals.push_back(reversal);
  }
  for (const ExcessEffect& excess : movement.excesses) {
    Finding& finding = state.findings[excess.finding];
    // Whichever cancellation took the last unit resolved it; a document did so with some left.
    const bool by_cancelling = finding.excess->open == 0;
    finding.excess->open += excess.settled;
    if (by_cancelling) {
      finding.resolved_at.reset();
      state.open_findings.insert(excess.finding);
    }
    effects.excesses.push_back({excess.finding, -excess.settled});
    effects.rows.push_back(FindingEffect{excess.finding, finding});
  }
}

// The Parties in whose reports the movement stands: those of the sections and of the lots.
std::vector<Index> parties_of(const State& state, const Movement& movement) {
  std::vector<Index> parties;
  for (const Index account : accounts_of(state, movement)) {
    parties.push_back(state.accounts[account].party);
  }
  for (const Touched& unit : movement.units) {
    const Index host = state.lots[unit.before.lot].host;
    if (parties.back() != host) parties.push_back(host);
  }
  return parties;
}

// Whether a report that shows the ledger after the movement would be another one without it.
bool shows(const Report& report, const Movement& movement) {
  if (report.as_of < movement.seq || report.to == 0) return false;
  if (year_of(date_of(movement.time)) <= report.to) return true;
  return std::any_of(movement.years.begin(), movement.years.end(), [&](const YearEffect& year) {
    return year.party == report.party && report.from <= year.year && year.year <= report.to;
  });
}

void list_reports(const State& state, const Movement& movement, Effects& effects) {
  const std::vector<Index> parties = parties_of(state, movement);
  for (Index i = 0; i < state.reports.size(); ++i) {
    const Report& report = state.reports[i];
    const bool concerned = std::find(parties.begin(), parties.end(), report.party) != parties.end();
    if (concerned && shows(report, movement)) effects.rows.push_back(DifferenceEffect{i});
  }
}

}  // namespace

void evolve(State& state, const Case<EntryCorrected>& c, Effects& effects) {
  const Movement& movement = *c.facts.movement;
  if (c.body.how == EntryCorrected::How::restated) {
    effects.rows.push_back(
        RestatementEffect{movement.seq, c.body.restated->beneficiary, c.body.restated->reason});
    return;
  }
  list_reports(state, movement, effects);
  effects.undoes = {movement.seq, movement.time};
  restore_units(state, movement, effects);
  restore_years(state, movement, effects);
  restore_caps(state, movement, effects);
  restore_proceeds(state, movement, effects);
  reopen(state, movement, effects);
  state.voided.emplace(movement.seq, c.context.seq);
}

}  // namespace ledger
