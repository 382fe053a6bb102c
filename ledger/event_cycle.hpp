// The events of an activity's cycle: idea, design, validation, registration, monitoring,
// verification, reviews. Values only, with the member names of spec/events.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event_parts.hpp"
#include "ledger/time.hpp"

namespace ledger {

// What a Party reviews: a proposed idea, a positively validated design, a verified report.
enum class Stage : std::uint8_t { idea, validation, verification };

// What the rules of an approach ask of an activity's cycle.
enum class CycleStep : std::uint8_t { idea, registration, verification };

enum class Reviewer : std::uint8_t { host, buyer };

// A review that the rules ask for.
struct ReviewAsked {
  Stage stage = Stage::idea;
  std::int64_t order = 1;  // among the reviews of the stage; equal ones run in parallel
  Reviewer by = Reviewer::host;
  std::optional<std::int64_t> days;  // after which it may be deemed approved; none: never
  bool operator==(const ReviewAsked&) const = default;
};

// The member `cycle` of approach.rules_adopted; without it no step is asked.
struct CycleRules {
  std::vector<CycleStep> steps;      // ascending
  std::vector<ReviewAsked> reviews;  // by stage, order, reviewer
  bool separate_verifier = false;    // whoever validated a design verifies nothing of it
  bool operator==(const CycleRules&) const = default;
};

struct ActivityProposed {
  Id id;
  Id approach;
  Id developer;
  std::int64_t version = 0;
  std::string title;
  std::string place;
  std::string sector;
  std::vector<Document> documents;
};

struct DesignSubmitted {  // activity.design_submitted
  Id activity;
  std::int64_t version = 0;
  std::vector<Id> components;         // that are monitored apart; empty: the activity as a whole
  Date crediting_from, crediting_to;  // both included
  std::string methodology;
  std::string type;
  Mitigation mitigation = Mitigation::reductions;
  std::vector<VintageQuantity> expected;  // by vintage
  std::vector<Document> documents;
};

struct ActivityValidated {
  enum class Opinion : std::uint8_t { positive, conditional, negative };
  Id activity;
  std::int64_t version = 0;  // of the design
  Id verifier;
  Opinion opinion = Opinion::positive;
  std::vector<Document> documents;
};

struct ActivityRegistered {
  Id activity;
  std::int64_t version = 0;  // of the design
  AuthorizationPair authorization;
  Date crediting_from, crediting_to;  // those of the design
};

struct ActivityClosed {
  enum class How : std::uint8_t { closed, deregistered };
  Id activity;
  How how = How::closed;
  std::string reason;  // a code, [a-z_]{1,64}
};

struct MonitoringSubmitted {
  Id id;
  Id activity;
  std::optional<Id> component;
  Date period_from, period_to;          // both included
  std::vector<VintageQuantity> claims;  // by vintage
  std::vector<Document> documents;
};

struct MonitoringVerified {
  Id monitoring;
  std::int64_t version = 0;
  Id verifier;
  std::vector<VintageQuantity> verified;  // by vintage; empty: nothing was verified
  std::vector<Document> documents;
};

struct ReviewDecided {
  enum class Decision : std::uint8_t { approved, returned, rejected, objection, deemed };
  Stage stage = Stage::idea;
  Id activity;
  std::optional<Id> monitoring;  // exactly for a verification
  std::int64_t version = 0;      // of the idea, design or verification
  Id party;                      // whose decision it is
  Decision decision = Decision::approved;
  std::vector<VintageQuantity> quantities;  // certified by vintage; an approved verification's
  std::vector<Document> documents;
};

}  // namespace ledger
