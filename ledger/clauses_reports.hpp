// The clauses of what is told about the units: reversals, reports, findings. Sentences and order:
// spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause RVS_1{
    "RVS-1", Kind::refused,
    "A reversal is of an activity of this ledger whose mitigation is removals."};
inline constexpr Clause RVS_2{
    "RVS-2", Kind::refused,
    "The verifier of a reversal holds that role under the approach, from both its Parties."};
inline constexpr Clause RVS_3{"RVS-3", Kind::refused,
                              "The days of a reversal are in order and over."};
inline constexpr Clause RVS_4{"RVS-4", Kind::refused,
                              "No more is reversed than was issued of the activity."};
inline constexpr Clause RVS_5{
    "RVS-5", Kind::refused, "The report on a reversal has a public version, in full or redacted."};
inline constexpr Clause RVS_6{
    "RVS-6", Kind::refused,
    "Nothing of an activity is first transferred while a reversal of it is open."};
inline constexpr Clause RVS_7{
    "RVS-7", Kind::refused,
    "A cancellation for a reversal is of units whose activity has one open, and of no more than "
    "that."};

inline constexpr Clause RPT_1{"RPT-1", Kind::refused, "A report's id is used once."};
inline constexpr Clause RPT_2{"RPT-2", Kind::refused,
                              "A report is filed by a Party of this ledger."};
inline constexpr Clause RPT_3{"RPT-3", Kind::refused,
                              "The years of a report are in order and over."};
inline constexpr Clause RPT_4{
    "RPT-4", Kind::refused,
    "The first version of a report is 1.0, and each further one is higher."};
inline constexpr Clause RPT_5{
    "RPT-5", Kind::refused,
    "`as_of` names an earlier entry, not before that of the report's last version."};
inline constexpr Clause RPT_6{"RPT-6", Kind::refused,
                              "The approaches of a report are its Party's own, and at least one."};
inline constexpr Clause RPT_7{
    "RPT-7", Kind::refused,
    "An AEF and a BTR annex cover every approach under which their Party had authorized by then."};
inline constexpr Clause RPT_8{"RPT-8", Kind::refused,
                              "An updated initial report follows an initial one."};
inline constexpr Clause RPT_9{
    "RPT-9", Kind::refused,
    "An initial or updated initial report on an approach comes before its AEF."};
inline constexpr Clause RPT_10{"RPT-10", Kind::refused,
                               "A report has a public version, in full or redacted."};

inline constexpr Clause FND_1{
    "FND-1", Kind::refused,
    "A check and a review are of a report and say no more; an inconsistency and a grievance open "
    "or resolve a finding."};
inline constexpr Clause FND_2{
    "FND-2", Kind::refused, "The Parties concerned are Parties of this ledger, and at least one."};
inline constexpr Clause FND_3{
    "FND-3", Kind::refused,
    "A report that a finding names was filed by a Party concerned; an AEF is checked, any other "
    "report reviewed."};
inline constexpr Clause FND_4{"FND-4", Kind::refused, "A finding's id is used once."};
inline constexpr Clause FND_5{
    "FND-5", Kind::refused,
    "What is resolved is an open finding of that kind, of the same Parties."};
inline constexpr Clause FND_6{
    "FND-6", Kind::refused,
    "Every unit that a finding covers was issued, and their quantity is repeated."};
inline constexpr Clause FND_7{
    "FND-7", Kind::refused,
    "An excess is of an activity of this ledger, and not more than was issued of that vintage."};

}  // namespace ledger
