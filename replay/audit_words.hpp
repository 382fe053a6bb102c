// What the two forms of an audit report share.
#pragma once

#include <string>
#include <string_view>

#include "replay/audit.hpp"

namespace replay {

// Stands on everything that a ledger in demonstration mode gives out (decision 3).
inline constexpr std::string_view demonstration_mark =
    "DEMONSTRATION – not a record of any government";

[[nodiscard]] std::string_view name_of(AuditReport::Verdict verdict);  // "valid", "could not run"
[[nodiscard]] std::string_view name_of(PartyKey::Ground ground);
// "w1  2026-01-01T00:00:00.000Z  witness.example/w1+…": when it cosigned, or that it did not.
[[nodiscard]] std::string describe(const WitnessWord& word);

// The text as a person may be shown it: whatever is not printable in it, as a damaged log may have
// anything, becomes '?'; what is longer than 4,096 bytes is cut.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace replay
