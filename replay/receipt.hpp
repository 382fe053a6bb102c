// What a receipt proves to whoever has the log's key, without the log: that an entry stands in it
// (spec/audit.md, section 10).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/checkpoint.hpp"
#include "ledger/entry.hpp"
#include "replay/audit.hpp"
#include "replay/bundle.hpp"
#include "replay/evidence.hpp"

namespace replay {

// The checkpoint that a proof leads to from its line, where the log key signed it; what the line
// says is not looked into. Otherwise nothing, and `problem` is the sentence that says which step
// does not hold.
[[nodiscard]] std::optional<crypto::Checkpoint> checkpoint_over(const ProvenEntry& entry,
                                                                const crypto::LogKeys& log_keys,
                                                                std::string& problem);

// A receipt that holds.
struct ProvenReceipt {
  ledger::Entry entry;            // every signature verifies; whether rules admit it is not known
  crypto::Checkpoint checkpoint;  // that the log key signed and that contains it
  std::string note;               // the same with all its signatures
};

// Judges an entry's line and a .tlog-proof text, both of them any bytes: the proof leads from the
// line to a checkpoint of the log key, and the line is an entry of that log and number whose
// signatures verify. Otherwise nothing, and `problem` is the sentence that says which step does not
// hold.
[[nodiscard]] std::optional<ProvenReceipt> prove_receipt(std::string_view line,
                                                         std::string_view proof,
                                                         const crypto::LogKeys& log_keys,
                                                         std::string& problem);

// Whether a log goes on from a checkpoint that its key signed before.
struct Continuation {
  bool proven = false;             // by a consistency proof from its hash tiles or its entries
  std::optional<Finding> finding;  // LOG-19, LOG-22; LOG-15 where its parts make another root
  std::string problem;             // a sentence where a part cannot be read
};
// Exactly one of the three is set. `now` is the checkpoint of the log, its signature verified.
[[nodiscard]] Continuation continuation_of(const BundleReader& log, const crypto::Checkpoint& older,
                                           const crypto::Checkpoint& now);

}  // namespace replay
