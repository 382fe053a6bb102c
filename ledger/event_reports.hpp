// The events of what is told about the units: reversals, reports to the secretariat, and findings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event_parts.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"

namespace ledger {

// Removals that were issued and are lost again: they leave an obligation (R45).
struct ReversalRecorded {
  Id activity;
  Date period_from, period_to;  // both included
  std::int64_t quantity = 0;
  Id verifier;
  Document document;  // the verifier's report
};

// A report as a Party submitted it, by the hash of its file (2/CMA.3, annex, paragraphs 18 to 23).
struct ReportFiled {
  enum class Sort : std::uint8_t { initial, updated_initial, aef, btr_annex };
  Id id;
  Id party;
  Sort kind = Sort::aef;
  std::optional<Year> year;                     // calendar year; exactly of an AEF
  std::optional<std::pair<Year, Year>> period;  // exactly of a BTR annex
  std::string version;                          // "X.Y", first "1.0"
  std::vector<Id> approaches;                   // that it is about
  Seq as_of = 0;                                // the entry that it shows the ledger at
  Document document;
};

// What the secretariat, the reviewers or a Party found, by an official document.
struct FindingRecorded {
  enum class Sort : std::uint8_t { consistency, review, inconsistency, grievance };
  enum class How : std::uint8_t { opens, resolves };
  // The secretariat's marks, 4/CMA.6, paragraph 29.
  enum class Mark : std::uint8_t { consistent, inconsistent, null };
  // The statuses of 4/CMA.6, paragraph 37, (a) to (g).
  enum class Status : std::uint8_t {
    pending,
    no_inconsistencies,
    inconsistencies,
    significant,
    persistent,
    significant_and_persistent,
    both_significant_and_persistent
  };
  // More units of one vintage of an activity than there should be.
  struct Excess {
    Id activity;
    Year vintage = 0;
    std::int64_t quantity = 0;
  };
  Sort kind = Sort::consistency;
  std::vector<Id> parties;       // concerned
  std::optional<Id> report;      // that it is about
  std::optional<Mark> mark;      // exactly of a consistency check
  std::optional<Status> status;  // exactly of a review
  std::optional<Id> finding;     // exactly of an inconsistency and of a grievance, as is `how`
  std::optional<How> how;
  std::optional<bool> balance;           // whether it affects the emissions balance; where it opens
  std::optional<Units> units;            // that it covers
  std::optional<std::int64_t> quantity;  // of the units
  std::optional<Excess> excess;
  Document document;
};

}  // namespace ledger
