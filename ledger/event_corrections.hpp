// The event that corrects an earlier one (events.md, decision 12).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/event_parts.hpp"
#include "ledger/seq.hpp"

namespace ledger {

struct EntryCorrected {
  enum class How : std::uint8_t { restated, voided };  // "restate" "void"
  // What may be stated anew, and counts nothing.
  struct Restated {
    std::optional<std::string> beneficiary;
    std::optional<std::string> reason;  // a code, [a-z_]{1,64}
  };
  Seq entry = 0;
  How how = How::voided;
  std::optional<Restated> restated;      // exactly where it restates
  std::optional<std::int64_t> quantity;  // of the units; exactly where it voids, as are these
  std::optional<Units> units;            // that the entry touched
  std::string type;                      // of the event of that entry
  std::string reason;                    // a code, [a-z_]{1,64}
};

}  // namespace ledger
