// Any bytes: an accepted proof is written as the same text again, and no proof holds for a root
// that was not made from it.
#include <string>

#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace crypto;

void check_hashes(const TlogProof& proof, const Hash& leaf) {
  for (const std::uint64_t tree : {proof.index + 1, proof.index * 2 + 1, ~std::uint64_t{0}}) {
    ENSURE(!verify_inclusion(leaf, proof.index, tree, proof.hashes, empty_root()),
           "a proof holds for the root of nothing");
    ENSURE(verify_inclusion(leaf, proof.index, tree, proof.hashes, leaf) ==
               (tree == 1 && proof.hashes.empty()),
           "a leaf is the root of more than itself");
    ENSURE(!verify_consistency(proof.index, leaf, tree, empty_root(), proof.hashes),
           "a tree is the beginning of nothing");
  }
}

void check(std::string_view text) {
  const auto proof = parse_tlog_proof(text);
  if (!proof) return;
  ENSURE(format_tlog_proof(*proof) == text, "a proof has a second text");
  check_hashes(*proof, leaf_hash(text));
}

std::string good_proof() {
  TlogProof proof;
  proof.extra = "extra";
  proof.index = 5;
  proof.hashes = {leaf_hash("a"), leaf_hash("b"), leaf_hash("c")};
  proof.checkpoint = "the checkpoint is not looked into\n";
  return format_tlog_proof(proof);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string good = good_proof();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check(fuzz::patched(good, input));
  return 0;
}
