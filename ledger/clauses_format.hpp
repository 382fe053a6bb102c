// The clauses of the format: which bytes are a text of this ledger at all. Sentences and order:
// spec/rules.md. FMT-1 to FMT-8 are the JSON reader's, from FMT-9 on the schema's.
//
// Order of precedence. FMT-1 is judged first. Then the text is read once, character by character;
// the first character after which no continuation could make the text acceptable decides, and where
// that character offends twice, the lower number. The schema is judged only on text that was read.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause FMT_1{"FMT-1", Kind::malformed, "A text is not longer than its limit."};
inline constexpr Clause FMT_2{"FMT-2", Kind::malformed, "A text is well-formed UTF-8."};
inline constexpr Clause FMT_3{"FMT-3", Kind::malformed,
                              "A text is one JSON value without white space, and nothing else."};
inline constexpr Clause FMT_4{"FMT-4", Kind::malformed, "The value of a text is an object."};
inline constexpr Clause FMT_5{"FMT-5", Kind::malformed,
                              "Objects and arrays stand in each other not deeper than the limit."};
inline constexpr Clause FMT_6{"FMT-6", Kind::malformed,
                              "A number is an integer from -9007199254740991 to 9007199254740991, "
                              "written in its shortest form."};
inline constexpr Clause FMT_7{"FMT-7", Kind::malformed,
                              "A string has at most 4,096 bytes, no control character, "
                              "bidirectional control, noncharacter or byte order mark, and no "
                              "escape but \\\" and \\\\."};
inline constexpr Clause FMT_8{"FMT-8", Kind::malformed,
                              "The at most 256 member names of an object match "
                              "[a-z][a-z0-9_]{0,63} and ascend."};

// The schema's: shapes of spec/events.md. Objects are read in the order of their names.
inline constexpr Clause FMT_9{"FMT-9", Kind::malformed,
                              "The type of an event is one that this ledger knows."};
inline constexpr Clause FMT_10{"FMT-10", Kind::malformed,
                               "An object has no member that its shape does not name."};
inline constexpr Clause FMT_11{"FMT-11", Kind::malformed,
                               "An object has every member that its shape needs."};
inline constexpr Clause FMT_12{"FMT-12", Kind::malformed,
                               "A value is of the JSON type that its place asks for."};
inline constexpr Clause FMT_13{"FMT-13", Kind::malformed,
                               "A value has the form that its place asks for."};
inline constexpr Clause FMT_14{
    "FMT-14", Kind::malformed,
    "A list has no more elements than its place allows, and where it is a set it ascends strictly; "
    "ranges of units neither overlap nor touch."};
inline constexpr Clause FMT_15{"FMT-15", Kind::malformed, "An event has at most 60,000 bytes."};

}  // namespace ledger
