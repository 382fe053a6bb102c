// What answers about reports and findings are made of.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"
#include "ledger/ranges.hpp"
#include "replay/answers.hpp"

namespace replay {

// What a consistency check or a review said of a report; exactly one of mark and status.
struct StatusAnswer {
  std::optional<ledger::FindingRecorded::Mark> mark;
  std::optional<ledger::FindingRecorded::Status> status;
  Seq entry = 0;  // that recorded it
  bool operator==(const StatusAnswer&) const = default;
};

// A report as it was filed.
struct ReportAnswer {
  Id id;
  ledger::ReportFiled::Sort kind = ledger::ReportFiled::Sort::aef;
  std::optional<std::pair<Year, Year>> years;  // that it is about; none of initial reports
  std::string version;
  std::vector<Id> approaches;
  Seq shows = 0;  // the entry after which it shows the ledger
  crypto::Hash sha256;
  ledger::Date date;
  Seq entry = 0;                       // that filed it
  std::vector<StatusAnswer> statuses;  // oldest first; the last one holds
  std::vector<Seq> differs_by;         // entries that undid something which it shows
  bool operator==(const ReportAnswer&) const = default;
};

// An inconsistency or a grievance.
struct FindingAnswer {
  struct Excess {
    Id activity;
    Year vintage = 0;
    std::int64_t open = 0;  // not cancelled yet
    bool operator==(const Excess&) const = default;
  };
  Id id;
  ledger::FindingRecorded::Sort kind = ledger::FindingRecorded::Sort::inconsistency;
  std::vector<Id> parties;
  bool balance = false;
  std::optional<std::string> registry;  // of the units that it covers
  ledger::RangeSet ranges;
  std::optional<Excess> excess;
  ledger::Date date;
  Seq entry = 0;                   // that opened it
  std::optional<Seq> resolved_by;  // entry
  bool operator==(const FindingAnswer&) const = default;
};

// What a Party filed, and what was found that concerns it.
struct PartyReports {
  AsOf as_of;
  Id party;
  std::vector<ReportAnswer> reports;    // in order of filing
  std::vector<FindingAnswer> findings;  // in order of opening
  bool operator==(const PartyReports&) const = default;
};

}  // namespace replay
