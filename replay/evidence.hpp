// What proves to anybody that a log's key signed what it must not have signed, as one file
// (spec/audit.md, section 8). Here its form; evidence_check.hpp says what it proves.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/proof.hpp"
#include "ledger/clause.hpp"

namespace replay {

inline constexpr std::size_t longest_evidence = 4'000'000;  // bytes of a file

// A line, and the proof that it stands in a tree whose checkpoint the proof carries. The proof has
// no extra bytes.
struct ProvenEntry {
  std::string line;
  crypto::TlogProof proof;
};

// Two checkpoints, as signed notes, of which neither goes on from the other.
struct ForkEvidence {
  std::string older;  // not the larger one
  std::string newer;
  // Where the sizes differ: the root of as many entries of the newer log as the older one has,
  // and the consistency proof from there.
  std::optional<crypto::Hash> begins;
  std::vector<crypto::Hash> proof;
};

// An entry that is in a signed log and breaks a clause where it stands.
struct EntryEvidence {
  std::string clause;  // its id
  ProvenEntry entry;
};

// A receipt, and an entry that cannot stand in the same log.
struct ReceiptEvidence {
  ProvenEntry receipt;
  ProvenEntry other;
};

using Evidence = std::variant<ForkEvidence, EntryEvidence, ReceiptEvidence>;

[[nodiscard]] std::string format_evidence(const Evidence& evidence);
// EVD-1 unless the text is what format_evidence makes of some evidence, at most longest_evidence.
// Whether notes, entries and clauses are any is not looked into.
[[nodiscard]] ledger::Result<Evidence> parse_evidence(std::string_view text);

}  // namespace replay
