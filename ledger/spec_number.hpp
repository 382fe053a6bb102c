// The numbers of the specification that this program judges by (spec/README.md). A change of any
// verdict on any possible entry takes a new number; a number once released stays known for ever.
#pragma once

#include <cstdint>

namespace ledger {

inline constexpr std::int64_t first_spec = 1;   // 0 was the draft
inline constexpr std::int64_t newest_spec = 1;  // all from the first to this one are known

}  // namespace ledger
