// Where an entry stands in the log.
#pragma once

#include <cstdint>

namespace ledger {

// The place of an entry, counted from 0; also a size of the log: the entries before it.
using Seq = std::uint64_t;

}  // namespace ledger
