// The clauses of signatures: is every signature of an event good. Whose key may sign what is a
// question of the ID clauses. Sentences and order: spec/rules.md; the bytes: spec/signatures.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause SIG_1{"SIG-1", Kind::malformed, "An event carries 1 to 16 signatures."};
inline constexpr Clause SIG_2{
    "SIG-2", Kind::malformed,
    "The signatures of an event ascend strictly by key, so that no key signs twice."};
inline constexpr Clause SIG_3{
    "SIG-3", Kind::unauthenticated,
    "Every signature verifies, with its key, over the pre-authentication encoding of the event."};

}  // namespace ledger
