// The clauses of locks: what they stop, and how they come and go. Sentences and order:
// spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause LCK_1{"LCK-1", Kind::refused,
                              "Locked units do not move: reserved ones by the event alone that "
                              "they are kept for, or by an administrative cancellation, frozen "
                              "ones by none."};
inline constexpr Clause LCK_2{"LCK-2", Kind::refused, "A lock's id is used once."};
inline constexpr Clause LCK_3{
    "LCK-3", Kind::refused,
    "A reservation names units and the event that they are kept for, and a freeze names no event."};
inline constexpr Clause LCK_4{"LCK-4", Kind::refused, "Units are locked in a known account."};
inline constexpr Clause LCK_5{"LCK-5", Kind::refused,
                              "Every unit that is locked is held in the account named."};
inline constexpr Clause LCK_6{"LCK-6", Kind::refused,
                              "A lock states its quantity exactly where it names units."};
inline constexpr Clause LCK_7{
    "LCK-7", Kind::refused,
    "A unit is under one reservation and one freeze at a time, and an account under one freeze."};
inline constexpr Clause LCK_8{
    "LCK-8", Kind::refused,
    "The end of a lock is after its entry, and that of a reservation within 366 days."};
inline constexpr Clause LCK_9{"LCK-9", Kind::refused,
                              "What is unlocked is a lock of this ledger that holds."};
inline constexpr Clause LCK_10{"LCK-10", Kind::refused,
                               "At most 16 reservations wait for one event."};
inline constexpr Clause LCK_11{"LCK-11", Kind::refused, "Frozen units are not reserved."};

}  // namespace ledger
