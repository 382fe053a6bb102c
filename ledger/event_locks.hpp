// The events by which units stand still for a time (events.md, decision 9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.hpp"
#include "ledger/event_parts.hpp"
#include "ledger/time.hpp"

namespace ledger {

// Keeps units for one event, or stops units or a whole account, until they are unlocked.
struct UnitsLocked {
  enum class Sort : std::uint8_t { reservation, freeze };
  Id id;
  Sort kind = Sort::reservation;
  Id account;
  std::optional<Units> units;            // left out: everything in the account, now and later
  std::optional<std::int64_t> quantity;  // of the units
  std::optional<crypto::Hash> event;     // event hash; exactly of a reservation
  Timestamp until;                       // from then on the operator may unlock, too
  std::string reason;                    // a code, [a-z_]{1,64}
};

struct UnitsUnlocked {
  Id lock;
  std::string reason;  // a code, [a-z_]{1,64}
};

}  // namespace ledger
