// What rules read of reports, findings and reversals. Part of state.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event_reports.hpp"
#include "ledger/origin.hpp"
#include "ledger/seq.hpp"
#include "ledger/units.hpp"

namespace ledger {

// A report that a Party filed. Nothing changes it; a later version stands beside it.
struct Report {
  Id id;
  Index party = 0;
  ReportFiled::Sort kind = ReportFiled::Sort::aef;
  Year from = 0, to = 0;  // calendar years that it is about; 0 of initial reports
  std::string version;
  std::vector<Index> approaches;
  Seq as_of = 0;
  Origin origin;
  bool operator==(const Report&) const = default;
};

// An inconsistency or a grievance: open until it is resolved, by an official document or by
// cancelling what is too much.
struct Finding {
  struct Excess {
    Index activity = 0;
    Year vintage = 0;
    std::int64_t open = 0;  // not cancelled yet
    bool operator==(const Excess&) const = default;
  };
  Id id;
  FindingRecorded::Sort kind = FindingRecorded::Sort::inconsistency;
  std::vector<Index> parties;
  bool balance = false;        // affects the emissions balance (R40)
  std::optional<Index> scope;  // of the ranges; none where it covers no units
  RangeSet ranges;
  std::optional<Excess> excess;
  std::optional<Seq> resolved_at;
  Origin origin;
  bool operator==(const Finding&) const = default;
};

// Removals of one activity that were lost again, and what was cancelled for them (R45).
struct Reversals {
  std::int64_t recorded = 0;
  std::int64_t settled = 0;
  [[nodiscard]] std::int64_t open() const { return recorded - settled; }
  bool operator==(const Reversals&) const = default;
};

}  // namespace ledger
