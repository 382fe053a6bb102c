// The clauses that only an auditor can judge, by what it holds itself. Sentences and order:
// spec/rules.md; meaning: spec/audit.md.
#pragma once

#include "ledger/clause.hpp"

namespace replay {

using ledger::Clause;
using ledger::Kind;

inline constexpr Clause LOG_19{"LOG-19", Kind::corrupt,
                               "A log contains every log that its key signed before."};
inline constexpr Clause LOG_20{
    "LOG-20", Kind::corrupt,
    "The opening and the Parties' keys are those that the auditor pinned."};

inline constexpr Clause LOG_21{"LOG-21", Kind::corrupt,
                               "A published report has the bytes that the log gives for it."};

inline constexpr Clause LOG_22{
    "LOG-22", Kind::corrupt,
    "A log never has fewer entries than under a checkpoint that its key signed before."};

inline constexpr Clause LOG_23{
    "LOG-23", Kind::corrupt,
    "The checkpoint is cosigned by the quorum of witnesses that the auditor's policy demands."};

inline constexpr Clause EVD_1{"EVD-1", Kind::corrupt,
                              "An evidence file has the one form of its kind."};
inline constexpr Clause EVD_2{"EVD-2", Kind::corrupt,
                              "Evidence proves the fault that it names, by what the log's key "
                              "signed."};

}  // namespace replay
