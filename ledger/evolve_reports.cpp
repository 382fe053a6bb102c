// How reversals, reports and findings change the state; total after check.
#include <algorithm>
#include <tuple>

#include "ledger/facts_reports.hpp"

namespace ledger {
namespace {

void count_reversal(State& state, const ReversalEffect& change, Effects& effects) {
  Reversals& sums = state.reversals[change.activity];
  sums.recorded += change.recorded;
  sums.settled += change.settled;
  effects.reversals.push_back(change);
}

void resolve_finding(State& state, Index index, Effects& effects) {
  state.findings[index].resolved_at = effects.seq;
  state.open_findings.erase(index);
}

Finding opened_finding(const Case<FindingRecorded>& c) {
  Finding row;
  row.id = *c.body.finding;
  row.kind = c.body.kind;
  for (const auto& party : c.facts.parties) row.parties.push_back(*party);
  row.balance = *c.body.balance;
  if (c.body.units) {
    row.scope = c.facts.scope;
    row.ranges = c.body.units->ranges;
  }
  if (c.body.excess) {
    row.excess = {*c.facts.activity, c.body.excess->vintage, c.body.excess->quantity};
  }
  row.origin = {c.event.date, c.context.seq};
  return row;
}

}  // namespace

void evolve(State& state, const Case<ReversalRecorded>& c, Effects& effects) {
  count_reversal(state, {*c.facts.activity, c.body.quantity, 0}, effects);
}

void evolve(State& state, const Case<ReportFiled>& c, Effects& effects) {
  Report row;
  row.id = c.body.id;
  row.party = *c.facts.party;
  row.kind = c.body.kind;
  if (c.body.period) std::tie(row.from, row.to) = *c.body.period;
  if (c.body.year) row.from = row.to = *c.body.year;
  row.version = c.body.version;
  for (const auto& approach : c.facts.approaches) row.approaches.push_back(*approach);
  row.as_of = c.body.as_of;
  row.origin = {c.event.date, c.context.seq};
  const Index index = state.reports.add(c.body.id, std::move(row));
  effects.rows.push_back(ReportEffect{index, state.reports[index], c.body.document.sha256});
}

void evolve(State& state, const Case<FindingRecorded>& c, Effects& effects) {
  if (!c.body.how) {
    effects.rows.push_back(StatusEffect{*c.facts.report, c.body.mark, c.body.status});
    return;
  }
  Index index = 0;
  if (*c.body.how == FindingRecorded::How::opens) {
    index = state.findings.add(*c.body.finding, opened_finding(c));
    state.open_findings.insert(index);
  } else {
    index = *c.facts.finding;
    resolve_finding(state, index, effects);
  }
  effects.rows.push_back(FindingEffect{index, state.findings[index]});
}

void settle_reversals(State& state, const std::vector<Row>& cancelled, Effects& effects) {
  for (const auto& [activity, quantity] : by_activity(state, cancelled)) {
    count_reversal(state, {activity, 0, quantity}, effects);
  }
}

void settle_findings(State& state, const std::vector<Row>& cancelled, Effects& effects) {
  if (state.open_findings.empty()) return;
  std::map<std::pair<Index, Year>, std::int64_t> sums;
  for (const Row& row : cancelled) {
    const Lot& lot = state.lots[row.run.standing.lot];
    sums[{lot.activity, lot.vintage}] += row.run.range.quantity();
  }
  const std::vector<Index> open(state.open_findings.begin(), state.open_findings.end());
  for (const Index index : open) {
    auto& excess = state.findings[index].excess;
    if (!excess) continue;
    const auto sum = sums.find({excess->activity, excess->vintage});
    if (sum == sums.end() || sum->second == 0) continue;
    const std::int64_t settled = std::min(excess->open, sum->second);
    excess->open -= settled;
    sum->second -= settled;
    effects.excesses.push_back({index, settled});
    if (excess->open == 0) resolve_finding(state, index, effects);
    effects.rows.push_back(FindingEffect{index, state.findings[index]});
  }
}

}  // namespace ledger
