// How the events of units change the state; total after check.
#include <algorithm>

#include "ledger/changes.hpp"
#include "ledger/days.hpp"
#include "ledger/ensure.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/movement.hpp"

namespace ledger {
namespace {

// The moments for which the rules in force take no units: their bits are set from issuance on.
std::uint8_t cleared_at_issuance(const RulesVersion& rules) {
  std::uint8_t cleared = 0;
  for (const Moment moment : {Moment::issuance, Moment::transfer, Moment::acquisition}) {
    const bool takes =
        std::any_of(rules.deductions.begin(), rules.deductions.end(), [&](const auto& line) {
          return line.moment == moment && line.kind != ApproachRules::Deduction::Sort::money;
        });
    if (!takes) cleared |= cleared_bit(moment);
  }
  return cleared;
}

// Moves the counters by which later deductions of each group and line are rounded. What is due lies
// in the order of the groups.
void count_deductions(State& state, const Case<ProceedsDeducted>& c, Effects& effects) {
  const auto& facts = c.facts;
  const auto& rules =
      state.approaches[*facts.approach].rules[static_cast<std::size_t>(c.body.rules - 1)];
  auto due = facts.due.begin();
  for (const ProceedsGroup& group : facts.groups) {
    const auto end = std::find_if(due, facts.due.end(), [&](const DueLine& line) {
      return line.activity != group.activity || line.taken.vintage != group.vintage;
    });
    for (const auto& line : rules.deductions) {
      if (line.moment != c.body.moment || line.kind == ApproachRules::Deduction::Sort::money)
        continue;
      const auto mine = std::find_if(
          due, end, [&](const DueLine& candidate) { return candidate.taken.line == line.name; });
      const std::int64_t amount = mine == end ? 0 : mine->taken.quantity;
      DeductionCount& count = state.deductions[{group.activity, group.vintage, line.name}];
      count.base += group.gross;
      count.taken += amount;
      effects.proceeds.push_back({*facts.approach, group.activity, group.vintage, line.name,
                                  c.body.moment, group.gross, amount});
    }
    due = end;
  }
}

UnitPurpose unit_purpose(Purpose purpose) {
  switch (purpose) {
    case Purpose::ndc: return UnitPurpose::ndc;
    case Purpose::imp: return UnitPurpose::imp;
    case Purpose::op: break;
  }
  return UnitPurpose::op;
}

UnitPurpose unit_purpose(UnitsCancelled::Reason reason) {
  using Reason = UnitsCancelled::Reason;
  switch (reason) {
    case Reason::op: return UnitPurpose::op;
    case Reason::voluntary: return UnitPurpose::voluntary;
    case Reason::omge: return UnitPurpose::omge;
    case Reason::domestic: return UnitPurpose::domestic;
    case Reason::administrative: return UnitPurpose::administrative;
    case Reason::reversal: break;
  }
  return UnitPurpose::reversal;
}

// Adds up what was issued of a monitoring report, ascending by vintage.
void count_report(State& state, Index index, const UnitsIssued& body, Effects& effects) {
  Monitoring& report = state.monitorings[index];
  for (const auto& lot : body.lots) {
    const auto it = std::lower_bound(
        report.issued.begin(), report.issued.end(), lot.vintage,
        [](const VintageQuantity& v, Year vintage) { return v.vintage < vintage; });
    const std::int64_t quantity = lot.last - lot.first + 1;
    if (it != report.issued.end() && it->vintage == lot.vintage) {
      it->quantity += quantity;
    } else {
      report.issued.insert(it, {lot.vintage, quantity});
    }
  }
  effects.rows.push_back(MonitoringEffect{index, report});
}

}  // namespace

void evolve(State& state, const Case<UnitsIssued>& c, Effects& effects) {
  const auto& facts = c.facts;
  const Approach& approach = state.approaches[*facts.approach];
  Index scope = facts.scope.value_or(0);
  if (!facts.scope) {
    scope = state.scopes.add(c.body.scope, {c.body.scope, {}});
    effects.rows.push_back(ScopeEffect{scope, c.body.scope});
  }
  const std::uint8_t cleared = cleared_at_issuance(approach.rules.back());
  for (const auto& part : c.body.lots) {
    Lot lot{.activity = *facts.activity,
            .approach = *facts.approach,
            .host = approach.host,
            .host_authorization = *facts.host_authorization,
            .host_version = state.authorizations[*facts.host_authorization].version,
            .buyer_authorization = facts.buyer_authorization,
            .rules = static_cast<std::int64_t>(approach.rules.size()),
            .vintage = part.vintage,
            .mitigation = c.body.mitigation,
            .scope = scope,
            .first = part.first,
            .last = part.last,
            .underlying = part.underlying,
            .origin = {c.event.date, c.context.seq},
            .issued_as = {}};
    Standing standing;
    standing.lot = static_cast<Index>(state.lots.size());
    standing.account = *facts.account;
    standing.first_transferred = facts.first_transfer;
    standing.cleared = cleared;
    if (facts.first_transfer) {
      standing.host_version = static_cast<std::uint32_t>(lot.host_version) & most_versions;
    }
    state.lots.push_back(lot);
    effects.rows.push_back(LotEffect{standing.lot, std::move(lot)});
    if (const auto& block = part.underlying) {
      state.underlying.emplace(std::pair{block->registry, block->first}, block->last);
    }
    const std::int64_t quantity = part.last - part.first + 1;
    state.scopes[scope].units.issue(quantity, standing);
    effects.units.push_back(
        {scope, make_range(part.first, part.last), std::nullopt, standing, facts.first_transfer});
    if (facts.first_transfer) {
      count_year(state, {approach.host, part.vintage, quantity, 0}, effects);
    }
  }
  if (facts.monitoring) {
    count_report(state, *facts.monitoring, c.body, effects);
  } else {
    note_days_without_report(state, *facts.activity, {c.body.period_from, c.body.period_to});
  }
  state.first_holders.insert({*facts.activity, state.accounts[*facts.account].holder});
  count_issued(state, *facts.host_authorization, facts.lots_sum, effects);
  if (facts.first_transfer) {
    AuthorizationSums sums;
    sums.add(*facts.host_authorization, facts.lots_sum);
    count_caps(state, sums, {}, effects);
  }
}

void evolve(State& state, const Case<ProceedsDeducted>& c, Effects& effects) {
  const auto& facts = c.facts;
  Changes changes(state, *facts.scope, effects);
  for (const SettledPiece& piece : facts.pieces) {
    Standing after = piece.run.standing;
    after.cleared |= cleared_bit(c.body.moment);
    after.reserved = false;
    after.first_transferred |= piece.first_transfer;
    if (piece.due) {
      const DueLine& due = facts.due[*piece.due];
      if (due.kind == ApproachRules::Deduction::Sort::omge) {
        after.status = UnitStatus::cancelled;
        after.purpose = UnitPurpose::omge;
      } else {
        after.account = *due.account;
      }
    }
    changes.add(piece.run, after, piece.first_transfer);
  }
  changes.put_in_place();
  take_from_reservations(state, facts.rows, effects);
  count_caps(state, facts.first_transfers, {}, effects);
  count_deductions(state, c, effects);
}

void evolve(State& state, const Case<UnitsTransferred>& c, Effects& effects) {
  const auto& facts = c.facts;
  Changes changes(state, *facts.scope, effects);
  effects.units.reserve(facts.rows.size());
  for (const Row& row : facts.rows) {
    Standing after = row.run.standing;
    after.account = *facts.to;
    after.reserved = false;
    after.first_transferred |= row.first_transfer;
    if (facts.buyer_authorization && row.acquisition) {
      after.acquirer_authorization = *facts.buyer_authorization + 1;
      after.acquirer_version =
          static_cast<std::uint32_t>(state.authorizations[*facts.buyer_authorization].version) &
          most_versions;
    }
    changes.add(row.run, after, row.first_transfer);
  }
  changes.put_in_place();
  take_from_reservations(state, facts.rows, effects);
  count_caps(state, facts.first_transfers, facts.acquisitions, effects);
  effects.executed_on = c.body.executed_on;
}

void evolve(State& state, const Case<UnitsUsed>& c, Effects& effects) {
  const auto& facts = c.facts;
  Changes changes(state, *facts.scope, effects);
  for (const Row& row : facts.rows) {
    Standing after = row.run.standing;
    after.status = UnitStatus::used;
    after.purpose = unit_purpose(c.body.purpose);
    after.reserved = false;
    after.first_transferred |= row.first_transfer;
    changes.add(row.run, after, row.first_transfer);
  }
  changes.put_in_place();
  take_from_reservations(state, facts.rows, effects);
  count_caps(state, facts.first_transfers, {}, effects);
  if (c.body.year) {
    const Index party = state.accounts[*facts.account].party;
    count_year(state, {party, *c.body.year, 0, facts.named}, effects);
    effects.used_for = c.body.year;
  }
  effects.ending = {*facts.user, std::nullopt, {}};
}

void evolve(State& state, const Case<UnitsCancelled>& c, Effects& effects) {
  const auto& facts = c.facts;
  Changes changes(state, *facts.scope, effects);
  for (const Row& row : facts.rows) {
    Standing after = row.run.standing;
    after.status = UnitStatus::cancelled;
    after.purpose = unit_purpose(c.body.purpose);
    after.reserved = false;
    after.first_transferred |= row.first_transfer;
    changes.add(row.run, after, row.first_transfer);
  }
  changes.put_in_place();
  take_from_reservations(state, facts.rows, effects);
  count_caps(state, facts.first_transfers, {}, effects);
  effects.ending = {state.accounts[*facts.account].holder, c.body.beneficiary, c.body.reason};
  using Reason = UnitsCancelled::Reason;
  if (c.body.purpose == Reason::reversal) settle_reversals(state, facts.rows, effects);
  if (c.body.purpose == Reason::administrative) settle_findings(state, facts.rows, effects);
}

void evolve(State& state, const Case<AdjustmentApplied>& c, Effects& effects) {
  PartyYear& year = state.party_years[{*c.facts.party, c.body.year}];
  year.version = c.body.version;
  year.recorded_first_transferred = c.body.first_transferred;
  year.recorded_used = c.body.used;
  effects.rows.push_back(AdjustmentEffect{*c.facts.party, c.body.year, c.body.version,
                                          c.body.first_transferred, c.body.used, c.body.amount_num,
                                          c.body.amount_den, c.body.method, c.body.as_of});
}

void evolve(State& state, const Case<SignatureWithdrawn>& c, Effects& effects) {
  const Index participant = c.facts.signers.front();
  state.withdrawals[c.body.event].push_back({participant, c.context.seq});
  effects.rows.push_back(WithdrawalEffect{c.body.event, participant});
}

}  // namespace ledger
