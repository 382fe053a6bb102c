// What rules read of activities' cycles. Part of state.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event_cycle.hpp"
#include "ledger/origin.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// A Party's newest decision about one version of what it reviews.
struct Review {
  Index party = 0;
  ReviewDecided::Decision decision = ReviewDecided::Decision::approved;
  Timestamp time;                           // of its entry
  std::vector<VintageQuantity> quantities;  // certified, of an approved verification
  Origin origin;
  bool operator==(const Review&) const = default;
};

// One version of something that is reviewed: when it came to be, and what was decided about it.
struct Reviewed {
  Timestamp since;              // its entry's time: clocks run from then
  std::vector<Review> reviews;  // one for each Party that decided, in order of the first decisions
  std::vector<Index> opposed;   // Parties that were against an earlier version: they must speak
  bool operator==(const Reviewed&) const = default;
};

struct Design {
  std::int64_t version = 0;
  std::vector<Id> components;
  Date crediting_from, crediting_to;
  std::string type;
  Mitigation mitigation = Mitigation::reductions;
  std::optional<ActivityValidated::Opinion> opinion;
  std::optional<Index> validator;
  Reviewed validation;  // of its opinion
  Origin origin;
  bool operator==(const Design&) const = default;
};

// The cycle of an activity, from its proposal on, without its designs.
struct CycleHead {
  Id id;
  Index approach = 0;
  Index developer = 0;
  std::string sector;
  std::int64_t idea_version = 0;
  Reviewed idea;
  std::int64_t registered = 0;   // version of the design, 0 none
  std::optional<Seq> closed_at;  // closed or deregistered by that entry
  Origin origin;                 // of the newest proposal
  bool operator==(const CycleHead&) const = default;
};

// Its newest design may not be the registered one.
struct ActivityCycle : CycleHead {
  std::vector<Design> designs;  // designs[n-1] is version n
  bool operator==(const ActivityCycle&) const = default;
};

// A monitoring report with what was verified, reviewed and issued of it.
struct Monitoring {
  Id id;
  Index cycle = 0;  // of State::cycles
  std::optional<Id> component;
  Date period_from, period_to;  // both included
  std::vector<VintageQuantity> claims;
  std::int64_t version = 0;       // newest verification, 0 none
  std::optional<Index> verifier;  // of version 1: it alone restates
  std::vector<VintageQuantity> verified;
  Reviewed verification;
  std::vector<VintageQuantity> issued;
  Origin origin;  // of the newest verification, or of the report
  bool operator==(const Monitoring&) const = default;
};

// Where a monitoring report begins that holds its days (days.hpp).
struct HeldDays {
  Index cycle = 0;
  Id component;  // empty: the activity as a whole
  Date from;
  auto operator<=>(const HeldDays&) const = default;
};

}  // namespace ledger
