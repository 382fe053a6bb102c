// The authorizations of a Party with all their versions (4/CMA.6, 10) and what was made of them,
// from the books of a log at one entry (spec/reports.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"

namespace replay {

struct AuthorizationLine {
  std::vector<AuthorizationVersion> versions;  // ascending; never empty
  AuthorizationCount count;                    // against the cap
  std::optional<std::int64_t> remaining;       // of the newest version's cap; none: no cap
  // Of a host's: the units that rest on it.
  std::int64_t issued = 0;       // all of them
  std::int64_t outstanding = 0;  // held, and not first transferred yet
};

struct AuthorizationSummary {
  ledger::Id party;
  Provenance provenance;
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::vector<AuthorizationLine> lines;  // in the order of granting
};

// Nothing where the books know no such Party.
[[nodiscard]] std::optional<AuthorizationSummary> make_authorization_summary(
    const Books& books, const ledger::Id& party, const Provenance& provenance);

// In sentences, with every name resolved by the books that it was made from.
[[nodiscard]] std::string describe(const AuthorizationSummary& summary, const Books& books);

}  // namespace replay
