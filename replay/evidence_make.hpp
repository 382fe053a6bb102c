// Making evidence from a log that has just been found at fault.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/checkpoint.hpp"
#include "ledger/seq.hpp"
#include "replay/bundle.hpp"
#include "replay/evidence.hpp"

namespace replay {

// Each reads what it needs of the log, its hash tiles or, where these do not prove it, its entries,
// and gives nothing where the log does not prove the fault: it may have been altered on its way,
// and is then no fault of the log's key. `note` is the signed checkpoint that the log stands under.

// That neither of two notes goes on from the other; the log stands under the larger one, or either.
[[nodiscard]] std::optional<ForkEvidence> make_fork_evidence(const BundleReader& log,
                                                             std::string_view note,
                                                             std::string_view other,
                                                             const crypto::LogKeys& log_keys);

// That the entry is in the log. Whether it breaks the clause is what the caller found.
[[nodiscard]] std::optional<EntryEvidence> make_entry_evidence(const BundleReader& log,
                                                               std::string_view note,
                                                               ledger::Seq seq,
                                                               std::string_view clause,
                                                               const crypto::LogKeys& log_keys);

// That the log has, in the place of a receipt's entry, another one; or, where it is shorter, that
// its last entry was made later than that of the receipt.
[[nodiscard]] std::optional<ReceiptEvidence> make_receipt_evidence(const BundleReader& log,
                                                                   std::string_view note,
                                                                   const ProvenEntry& receipt,
                                                                   const crypto::LogKeys& log_keys);

}  // namespace replay
