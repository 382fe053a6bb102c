// What rules read of issuances. Part of state.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "ledger/event.hpp"
#include "ledger/origin.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// What units that were issued together and stand under the same authorization share (R48):
// Standing::lot points here.
struct Lot {
  Index activity = 0;
  Index approach = 0;
  Index host = 0;  // Party, first transferring
  Index host_authorization = 0;
  std::int64_t host_version = 1;             // of it, at issuance or assignment
  std::optional<Index> buyer_authorization;  // named then
  std::int64_t rules = 0;                    // version in force at issuance
  Year vintage = 0;
  Mitigation mitigation = Mitigation::reductions;
  Index scope = 0;             // of State::scopes
  Serial first = 0, last = 0;  // closed
  std::optional<UnitsIssued::Underlying> underlying;
  Origin origin;                   // the issuance
  std::optional<Index> issued_as;  // the lot of it, where they were assigned since
  bool released = false;           // from the authorization above, and under none since
  bool operator==(const Lot& other) const;
};

// How units of one issuance were assigned since; what was assigned alike shares a lot.
struct Assignment {
  Index issued_as = 0;
  Index host_authorization = 0;
  std::int64_t host_version = 1;
  std::optional<Index> buyer_authorization;
  bool released = false;
  auto operator<=>(const Assignment&) const = default;
};

}  // namespace ledger
