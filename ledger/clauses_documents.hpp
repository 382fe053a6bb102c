// The clauses of disclosures, of attested audits and of commitments to the state. Sentences and
// order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause DOC_1{"DOC-1", Kind::refused,
                              "What is disclosed is a document that the entry names."};
inline constexpr Clause DOC_2{
    "DOC-2", Kind::refused,
    "A disclosure tells what was withheld until then; a title whose salt was destroyed is never "
    "told."};
inline constexpr Clause DOC_3{"DOC-3", Kind::refused,
                              "A title that is opened and its salt are those of the commitment."};
inline constexpr Clause DOC_4{
    "DOC-4", Kind::refused,
    "A redacted version is another file than the document that it redacts."};

inline constexpr Clause AUD_1{
    "AUD-1", Kind::refused,
    "An audit is attested by one verifier in its role, or by two Parties that reconciled."};
inline constexpr Clause AUD_2{
    "AUD-2", Kind::refused,
    "What was audited is all of the ledger, a Party or an account of it, and whoever attests it of "
    "a Party's section is that Party or was appointed by it."};
inline constexpr Clause AUD_3{
    "AUD-3", Kind::refused,
    "The checkpoint that is attested is of the log as it stands, or as it stood at the end of a "
    "day."};
inline constexpr Clause AUD_4{"AUD-4", Kind::refused,
                              "The checkpoint that is attested is one of this log: its root is the "
                              "root over that many entries."};

inline constexpr Clause STA_1{
    "STA-1", Kind::refused, "A commitment to the state stands behind as many entries as it names."};
inline constexpr Clause STA_2{"STA-2", Kind::refused,
                              "Between two commitments to the state stands an entry that is none."};
inline constexpr Clause STA_3{
    "STA-3", Kind::refused,
    "The root and the number of leaves are those of the state behind the entries so far."};

}  // namespace ledger
