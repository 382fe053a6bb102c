// The clauses that every event meets first: is it this ledger's, new, timely, and signed by those
// who must. Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause LOG_1{"LOG-1", Kind::corrupt, "Entries are numbered from 0 without a gap."};
inline constexpr Clause LOG_2{"LOG-2", Kind::corrupt,
                              "Each entry repeats the leaf hash of the entry before it."};
inline constexpr Clause LOG_3{
    "LOG-3", Kind::refused, "An entry's time is not earlier than the time of the entry before it."};
inline constexpr Clause LOG_4{"LOG-4", Kind::corrupt, "An entry has at most 65,535 bytes."};
inline constexpr Clause LOG_5{
    "LOG-5", Kind::refused,
    "Only a ledger in demonstration mode takes the time of an entry from its submitter."};
inline constexpr Clause LOG_6{
    "LOG-6", Kind::refused,
    "A server admits only the opening that names its own origin, log key, service key and operator "
    "key."};
inline constexpr Clause LOG_7{"LOG-7", Kind::corrupt,
                              "A server serves only a log that its own log key signed."};

inline constexpr Clause ID_1{"ID-1", Kind::refused,
                             "An event names the ledger that it is meant for."};
inline constexpr Clause ID_2{"ID-2", Kind::duplicate, "An event's id is used once in a ledger."};
inline constexpr Clause ID_3{"ID-3", Kind::refused,
                             "An event is committed no later than the moment at which it expires."};
inline constexpr Clause ID_4{
    "ID-4", Kind::refused,
    "An event from which a signer that it needs took its signature back is never committed."};
inline constexpr Clause ID_5{"ID-5", Kind::unauthenticated,
                             "Every signing key is enrolled, or enrolled by this very event."};
inline constexpr Clause ID_6{"ID-6", Kind::unauthenticated,
                             "Every signing key is active at the moment of the entry."};
inline constexpr Clause ID_7{"ID-7", Kind::unauthenticated,
                             "Everybody who must sign has signed, with enough keys."};
inline constexpr Clause ID_8{"ID-8", Kind::unauthenticated,
                             "Every key that an event enrols signs that event."};
inline constexpr Clause ID_9{"ID-9", Kind::unauthenticated,
                             "Nobody signs who fills no needed role."};
inline constexpr Clause ID_10{
    "ID-10", Kind::refused,
    "An event that more than one participant signs states when it expires."};
inline constexpr Clause ID_11{"ID-11", Kind::refused,
                              "An event's date is not after the date of its entry."};
inline constexpr Clause ID_12{
    "ID-12", Kind::refused,
    "An event's date is not before the date of the events that made what it names."};

}  // namespace ledger
