// A log beside an older checkpoint of it: what can be told before any entry is read.
#pragma once

#include <optional>

#include "crypto/checkpoint.hpp"
#include "replay/audit.hpp"

namespace replay {

// What two checkpoints that one log key signed say against each other. LOG-22 where the log now has
// fewer entries; LOG-19 where its hash tiles, which make its root, prove that it does not begin
// with the older log. Nothing where it goes on from that, or where tiles are missing or make
// another root: then the entries decide.
[[nodiscard]] std::optional<Finding> contradiction_of(const BundleReader& bundle,
                                                      const crypto::Checkpoint& older,
                                                      const crypto::Checkpoint& now);

// The report of a log that such a finding is about: nothing of it was replayed.
[[nodiscard]] AuditReport contradicted(Finding finding, const crypto::Checkpoint& now);

// That keys of one log signed two of which neither goes on from the other (LOG-19).
[[nodiscard]] Finding fork_of(const crypto::Checkpoint& older, const crypto::Checkpoint& now);

}  // namespace replay
