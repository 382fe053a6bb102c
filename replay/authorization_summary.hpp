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
  ledger::Index authorization = 0;
  std::vector<AuthorizationVersion> versions;  // ascending; never empty
  std::vector<AuthorizationStep> notices;      // and the revocation, where there is one
  AuthorizationCount count;                    // against the cap
  // What may still be counted: of the newest version's cap; of a revoked one's what revocation
  // left. None: no cap.
  std::optional<std::int64_t> remaining;
  // Of a host's: the units that rest on it.
  std::int64_t issued = 0;       // all of them
  std::int64_t outstanding = 0;  // held, not first transferred yet, and authorized to be
  std::int64_t released = 0;     // held, not first transferred, and no longer authorized
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
