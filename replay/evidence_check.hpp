// What evidence proves, to somebody who has it, the log's key, and nothing else that is believed.
#pragma once

#include <cstdint>
#include <string>

#include "crypto/checkpoint.hpp"
#include "ledger/clause.hpp"
#include "replay/bundle.hpp"
#include "replay/evidence.hpp"
#include "replay/workers.hpp"

namespace replay {

struct EvidenceVerdict {
  enum class Outcome : std::uint8_t {
    proven,     // the log key signed this
    unproven,   // it proves nothing, by EVD-2
    undecided,  // the entries before are needed, or rules that this program does not know
  };
  Outcome outcome = Outcome::undecided;
  const ledger::Clause* clause = nullptr;  // proven: the one that is broken; unproven: EVD-2
  std::string sentence;
};

// `entries` has the entries before one that only breaks a rule of the ledger, and may be null for
// all else. It is not believed: its entries are those of the log where they make the hashes that
// the proof has to their left.
[[nodiscard]] EvidenceVerdict check_evidence(const Evidence& evidence,
                                             const crypto::LogKeys& log_keys,
                                             const BundleReader* entries, Workers& workers);

// The root of all entries before one, which its inclusion proof gives. Precondition: the proof was
// verified in a tree of that size.
[[nodiscard]] crypto::Hash root_before(const crypto::TlogProof& proof, std::uint64_t size);

}  // namespace replay
