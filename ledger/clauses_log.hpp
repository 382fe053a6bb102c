// The clauses of the log: what a stored log must be. Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

// Storage, from LOG-10 on: the process that meets one of these stops and says why.
inline constexpr Clause LOG_10{"LOG-10", Kind::corrupt,
                               "A batch is appended exactly where the stored log ends."};
inline constexpr Clause LOG_11{"LOG-11", Kind::corrupt,
                               "Only the writer of the newest epoch appends."};
inline constexpr Clause LOG_12{"LOG-12", Kind::corrupt,
                               "A write reaches the disk, or the writer stops for good."};
inline constexpr Clause LOG_13{"LOG-13", Kind::corrupt,
                               "A data directory was made by this program or is empty."};
inline constexpr Clause LOG_14{"LOG-14", Kind::corrupt,
                               "The format of stored data is one that this program knows."};
inline constexpr Clause LOG_15{"LOG-15", Kind::corrupt,
                               "Everything stored is still there, unaltered and without a gap."};
inline constexpr Clause LOG_16{"LOG-16", Kind::corrupt,
                               "The lock slot exists and one of its two records is whole."};
inline constexpr Clause LOG_17{"LOG-17", Kind::corrupt,
                               "The stored log contains the log that the lock slot records."};
inline constexpr Clause LOG_18{"LOG-18", Kind::corrupt,
                               "Stored data can be opened, and by one process at a time."};

}  // namespace ledger
