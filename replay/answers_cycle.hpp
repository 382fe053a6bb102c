// What views answer of an activity's cycle: plain values with every name resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "replay/answers.hpp"

namespace replay {

// A Party's newest decision about a version.
struct ReviewAnswer {
  Id party;
  ledger::ReviewDecided::Decision decision = ledger::ReviewDecided::Decision::approved;
  ledger::Timestamp time;
  std::vector<ledger::VintageQuantity> quantities;  // certified
  Seq entry = 0;
  bool operator==(const ReviewAnswer&) const = default;
};

struct DesignAnswer {
  std::int64_t version = 0;
  std::vector<Id> components;
  ledger::Date crediting_from, crediting_to;
  std::string type;
  ledger::Mitigation mitigation = ledger::Mitigation::reductions;
  std::optional<ledger::ActivityValidated::Opinion> opinion;
  std::optional<Id> validator;
  std::vector<ReviewAnswer> reviews;  // of the validation
  bool operator==(const DesignAnswer&) const = default;
};

// A monitoring report: claimed, verified, issued of it, each by vintage.
struct MonitoringAnswer {
  Id id;
  std::optional<Id> component;
  ledger::Date period_from, period_to;  // both included
  std::vector<ledger::VintageQuantity> claims;
  std::int64_t version = 0;  // of the verification, 0 none
  std::vector<ledger::VintageQuantity> verified;
  std::vector<ReviewAnswer> reviews;  // of that version
  std::vector<ledger::VintageQuantity> issued;
  Seq entry = 0;  // that last verified it, or submitted it
  bool operator==(const MonitoringAnswer&) const = default;
};

// An activity from its proposal on.
struct CycleAnswer {
  AsOf as_of;
  Id id;
  Id approach;
  Id developer;
  std::string sector;
  std::int64_t idea_version = 0;
  std::vector<ReviewAnswer> idea_reviews;
  std::vector<DesignAnswer> designs;  // designs[n - 1] is version n
  std::int64_t registered = 0;        // version of the design, 0 none
  std::optional<Seq> closed_by;
  std::vector<MonitoringAnswer> reports;  // in order of submission
  bool operator==(const CycleAnswer&) const = default;
};

}  // namespace replay
