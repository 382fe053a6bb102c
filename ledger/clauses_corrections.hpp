// The clauses of corrections. Sentences and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace ledger {

inline constexpr Clause COR_1{
    "COR-1", Kind::refused,
    "What is voided is an earlier assignment, transfer, use, cancellation or settlement of "
    "proceeds, what is restated a cancellation."};
inline constexpr Clause COR_2{"COR-2", Kind::refused,
                              "An entry is voided once, and not restated afterwards."};
inline constexpr Clause COR_3{
    "COR-3", Kind::refused,
    "A correction repeats the type of its entry, a void its units and their quantity too, and a "
    "restatement states something."};
inline constexpr Clause COR_4{
    "COR-4", Kind::refused,
    "Every unit of a voided entry stands as that entry left it: what touched one since is undone "
    "first."};
inline constexpr Clause COR_5{
    "COR-5", Kind::refused,
    "What a void gives back to an authorization would not be first transferred by issuance under "
    "it, as it stands today."};

}  // namespace ledger
