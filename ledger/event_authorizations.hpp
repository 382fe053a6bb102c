// What a Party authorizes, and how it changes or ends that (events.md, decision 5; 4/CMA.6 5 to
// 11).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event_parts.hpp"
#include "ledger/time.hpp"

namespace ledger {

struct AuthorizationGranted {
  struct Entity {
    Id id;
    std::vector<Act> may;  // ascending, unique
  };
  struct Activity {
    Id id;
    Date crediting_from, crediting_to;  // both included
    std::string sector, type;
    Mitigation mitigation = Mitigation::reductions;
    bool operator==(const Activity&) const = default;
  };
  struct ChangeTerms {
    enum class Until : std::uint8_t { issuance, first_transfer, never };
    Until until = Until::first_transfer;
    std::vector<Id> consent;
    std::int64_t notice_days = 0;
    std::optional<Document> document;
  };
  Id id;
  Id approach;
  Id party;
  std::int64_t version = 1;
  std::optional<std::int64_t> cap;
  std::string metric;                      // "GHG", or another by its own name
  std::string gwp;                         // "AR5", or "NA" of another metric
  std::optional<std::int64_t> conversion;  // of another metric: g CO2 eq that a unit stands for
  std::vector<Purpose> purposes;
  std::optional<std::string> oimp;
  std::vector<Id> parties;  // that may use; empty: any
  std::vector<Entity> entities;
  Year vintage_from = 0, vintage_to = 0;  // both included
  std::optional<Date> issue_until, use_until;
  std::vector<std::pair<Year, Year>> ndc_periods;
  std::vector<Activity> activities;
  std::vector<std::string> standards;
  std::string tracking_registry;
  std::vector<std::string> underlying_registries;
  ChangeTerms change_terms;
  std::vector<Document> documents;
};

// Whether an event gives the notice that the change terms ask for, or does what it says.
enum class ChangeStage : std::uint8_t { notice, effect };

struct AuthorizationChanged {
  AuthorizationGranted terms;  // the next version, whole; its members stand beside `stage`
  ChangeStage stage = ChangeStage::effect;
};

struct AuthorizationRevoked {
  Id authorization;
  ChangeStage stage = ChangeStage::effect;
  std::string reason;  // a code, [a-z_]{1,64}
  std::vector<Document> documents;
};

}  // namespace ledger
