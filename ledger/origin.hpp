// When something was made.
#pragma once

#include "ledger/seq.hpp"
#include "ledger/time.hpp"

namespace ledger {

// Its event's own date, and its entry.
struct Origin {
  Date date;
  Seq seq = 0;
  bool operator==(const Origin&) const = default;
};

}  // namespace ledger
