// What rules read of locks. Part of state.hpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>

#include "crypto/bytes.hpp"
#include "ledger/event_locks.hpp"
#include "ledger/origin.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Units, or an account, that stand still (R26). Holds until it is unlocked.
struct Lock {
  Id id;
  UnitsLocked::Sort kind = UnitsLocked::Sort::reservation;
  Index account = 0;
  std::optional<Index> scope;         // of the ranges; none: the whole account
  RangeSet ranges;                    // that it holds still: the event that it names moves some
  std::optional<crypto::Hash> event;  // that alone may move them
  Timestamp until;
  std::string reason;
  std::optional<Seq> ended_at;  // unlocked by that entry, or emptied by it
  Origin origin;
  bool operator==(const Lock&) const = default;
};

// Where a range that a lock of that kind holds begins: registry and serial.
using LockedFrom = std::tuple<UnitsLocked::Sort, Index, Serial>;
struct LockedRange {
  Serial end = 0;
  Index lock = 0;
  bool operator==(const LockedRange&) const = default;
};

// How many reservations may wait for one event.
inline constexpr std::size_t most_reservations = 16;

}  // namespace ledger
