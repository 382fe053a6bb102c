// Moves of a random history that tell of documents what was withheld, or stand for an audit.
#pragma once

#include "tests/rules/random_history.hpp"

namespace rules {

// The Parties' agreement of that name, which nobody may read and whose title is committed to.
[[nodiscard]] ledger::Document withheld_agreement_of(const ledger::Id& approach);

// Tells more of one of the agreements; nothing where all is told, or there is none.
void disclose(History& h, const Move& move);

// XHA and XBA stand for a reconciliation of the log as it is, or as it was at the end of a day.
void attest(History& h, const Move& move);
// Commits to the state, unless nothing has changed since the last time.
void commit(History& h);

}  // namespace rules
