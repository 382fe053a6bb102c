// Checking RFC 6962 proofs (RFC 9162, 2.1.3.2 and 2.1.4.2), apart from the code that makes them;
// and the text form of an offline receipt (C2SP tlog-proof).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace crypto {

// Whether `leaf` is leaf `index` of the tree of that size and root. Hash the entry yourself, and
// take size and root together from one verified checkpoint: a proof alone binds neither.
[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    std::span<const Hash> proof, const Hash& root);

// Whether the tree of `old_size` is the beginning of the tree of `size`.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, const Hash& old_root,
                                      std::uint64_t size, const Hash& root,
                                      std::span<const Hash> proof);

// A .tlog-proof file: where an entry stands, its audit path, and the checkpoint it leads to.
struct TlogProof {
  std::optional<std::string> extra;  // opaque bytes, vouched for by nobody
  std::uint64_t index = 0;
  std::vector<Hash> hashes;  // leaf's sibling first
  std::string checkpoint;    // a signed note, verbatim
};
[[nodiscard]] std::string format_tlog_proof(const TlogProof& proof);
// Nothing where the text is not one; at most 63 hashes. The checkpoint is not looked into.
[[nodiscard]] std::optional<TlogProof> parse_tlog_proof(std::string_view text);

}  // namespace crypto
