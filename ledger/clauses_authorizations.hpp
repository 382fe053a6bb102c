// The clauses of changing and revoking authorizations. Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause AUT_30{
    "AUT-30", Kind::refused,
    "What is changed or revoked is an authorization of this ledger that is not revoked."};
inline constexpr Clause AUT_31{
    "AUT-31", Kind::refused,
    "A change keeps the authorization's approach, Party, metric, GWP values and conversion."};
inline constexpr Clause AUT_32{"AUT-32", Kind::refused,
                               "The versions of an authorization count up from 1, to 1,023."};
inline constexpr Clause AUT_33{
    "AUT-33", Kind::refused,
    "An authorization whose change terms say never is neither changed nor revoked."};
inline constexpr Clause AUT_34{"AUT-34", Kind::refused,
                               "Where the change terms ask for notice, it was given of exactly "
                               "this and so many days before, at "
                               "most 365 more; where they ask for none, none is given."};
inline constexpr Clause AUT_35{
    "AUT-35", Kind::refused,
    "A cap is not below what was first transferred or acquired under the authorization."};
inline constexpr Clause AUT_36{"AUT-36", Kind::refused,
                               "Where authorization or issuance is the first transfer, IMP and OP "
                               "are neither added nor dropped "
                               "once units rest on the authorization that the change reaches."};
inline constexpr Clause AUT_37{
    "AUT-37", Kind::refused,
    "The notice that a change needs, by the terms of an authorization, is at most 3,650 days."};
inline constexpr Clause AUT_38{
    "AUT-38", Kind::refused,
    "What a Party authorizes, as host, of one vintage is in one metric, that of its NDC."};

}  // namespace ledger
