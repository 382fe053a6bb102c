// What `resolve` finds for the events of what is told about the units: reversals, reports,
// findings.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ledger/facts_units.hpp"

namespace ledger {

template <>
struct Facts<ReversalRecorded> : CommonFacts {
  std::optional<Index> activity, verifier;
  bool is_verifier = false;  // of both Parties of the approach, at that moment
  std::int64_t issued = 0;   // of the activity
  Reversals before;
};

template <>
struct Facts<ReportFiled> : CommonFacts {
  std::optional<Index> party;
  std::optional<Index> newest;                   // of the same Party, kind and years
  std::vector<std::optional<Index>> approaches;  // one an approach listed; unset: unknown
};

template <>
struct Facts<FindingRecorded> : UnitFacts {
  std::vector<std::optional<Index>> parties;  // one a Party listed; unset: unknown
  std::optional<Index> report, finding;
  std::optional<Index> activity;  // of the excess
  std::int64_t issued = 0;        // of its activity and vintage
};

[[nodiscard]] Facts<ReversalRecorded> resolve(const State&, const Event&, const ReversalRecorded&,
                                              const Context&);
[[nodiscard]] Facts<ReportFiled> resolve(const State&, const Event&, const ReportFiled&,
                                         const Context&);
[[nodiscard]] Facts<FindingRecorded> resolve(const State&, const Event&, const FindingRecorded&,
                                             const Context&);

void evolve(State&, const Case<ReversalRecorded>&, Effects&);
void evolve(State&, const Case<ReportFiled>&, Effects&);
void evolve(State&, const Case<FindingRecorded>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<ReversalRecorded>> rules_of<ReversalRecorded>();
template <>
std::span<const Rule<ReportFiled>> rules_of<ReportFiled>();
template <>
std::span<const Rule<FindingRecorded>> rules_of<FindingRecorded>();

// ---- what movements ask of findings and reversals ----

// Units of rows by activity, and by activity and vintage.
[[nodiscard]] std::map<Index, std::int64_t> by_activity(const State&, const std::vector<Row>&);

// What of an activity's reversals is not made good yet.
[[nodiscard]] std::int64_t open_reversal(const State& state, Index activity);

// An open finding that affects the balance and covers a unit of the row, or null.
[[nodiscard]] const Finding* open_finding_over(const State& state, const Row& row);

// Cancelled units make good the reversals of their activities. Precondition: RVS-7.
void settle_reversals(State& state, const std::vector<Row>& cancelled, Effects& effects);

// Units cancelled for administrative reasons resolve findings of too much, the oldest first.
void settle_findings(State& state, const std::vector<Row>& cancelled, Effects& effects);

// RVS-6, for a row that the event would first transfer.
[[nodiscard]] bool no_reversal_is_open(const State& state, const Row& row);
[[nodiscard]] std::string explain_open_reversal(const State& state, const Row& row);

}  // namespace ledger
