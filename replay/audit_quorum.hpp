// An audit's question to the auditor's own policy (spec/audit.md 6).
#pragma once

#include "crypto/checkpoint.hpp"
#include "replay/audit.hpp"
#include "replay/bundle.hpp"
#include "replay/policy.hpp"

namespace replay {

// Adds to the report of a log that was found valid whether the bundle's checkpoint meets the
// policy, and by whose cosignatures; where it does not, the verdict is invalid by LOG-23, unless
// something else made it so before.
// Precondition: the report reached level checkpoint.
void add_quorum(const Policy& policy, const BundleReader& bundle, const crypto::LogKeys& log_keys,
                AuditReport& report);

}  // namespace replay
