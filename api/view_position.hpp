// The position that an answer of views is of, and the checkpoint that covers it.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "api/router.hpp"
#include "api/service.hpp"
#include "ledger/clause.hpp"
#include "ledger/table.hpp"

namespace api {

// A size of the log that an answer is asked for, and whether the answer can still become another.
struct Position {
  ledger::Seq size = 0;
  bool pinned = false;
};

// What `at=` says: an entry's number, after which the answer is; or a moment, of which every entry
// up to it counts. The answer itself where it says neither, or more than there is.
[[nodiscard]] tl::expected<Position, Response> position_of(const Backend& backend,
                                                           const Query& query,
                                                           const ledger::TableSnapshot& views);

// The checkpoint that an answer can be checked against: the first one that covers its entries.
[[nodiscard]] ledger::Result<std::string> checkpoint_of(const Backend& backend, ledger::Seq size);

}  // namespace api
