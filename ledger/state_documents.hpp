// What rules read of documents. Part of state.hpp.
#pragma once

#include <optional>

#include "crypto/bytes.hpp"
#include "ledger/event_parts.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// A document that an entry named.
struct NamedDocument {
  Seq entry = 0;
  Date date;  // of its event
  crypto::Hash sha256;
  crypto::Hash title;  // commitment
  Access access = Access::open;
  bool opened = false;          // its title was told
  bool destroyed = false;       // the salt of its title is gone
  Index by = 0;                 // the Party or entity that withheld what is not public
  std::optional<Index> and_by;  // and the other one: both of an approach, of a reconciliation
  bool operator==(const NamedDocument&) const = default;
};

}  // namespace ledger
