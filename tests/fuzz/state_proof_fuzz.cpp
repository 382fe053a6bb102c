// Any bytes, and good proofs with the fuzzer's bytes put into them: a proof that is read is written
// as the same bytes again, and shows of a known tree nothing but what is in it.
#include <string>
#include <vector>

#include "crypto/state_proof.hpp"
#include "crypto/state_tree.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace crypto;

// A tree of eight keys "key-0" on, each with its name as value; "absent-0" on have none.
struct Known {
  Known() {
    for (char digit = '0'; digit < '8'; ++digit) {
      tree.set(std::string("key-") + digit, std::string("key-") + digit);
    }
    root = tree.root();
    for (char digit = '0'; digit < '8'; ++digit) {
      good.push_back(encode_state_proof(tree.prove(std::string("key-") + digit)));
      good.push_back(encode_state_proof(tree.prove(std::string("absent-") + digit)));
    }
  }
  StateTree tree;
  Hash root;
  std::vector<std::string> good;
};

const Known& known() {
  static const Known made;
  return made;
}

void check(std::string_view bytes) {
  const auto proof = decode_state_proof(bytes);
  if (!proof) return;
  ENSURE(encode_state_proof(*proof) == bytes, "a proof has a second encoding");
  for (char digit = '0'; digit < '8'; ++digit) {
    const std::string key = std::string("key-") + digit, absent = std::string("absent-") + digit;
    ENSURE(!verify_absent(known().root, key, *proof), "a key that is there is shown absent");
    ENSURE(!verify_present(known().root, key, "else", *proof), "a value is shown that is not its");
    ENSURE(!verify_present(known().root, absent, absent, *proof), "a key is shown that is not");
    if (verify_present(known().root, key, key, *proof)) {
      ENSURE(*proof == known().tree.prove(key), "a value has a second proof");
    }
    if (verify_absent(known().root, absent, *proof)) {
      ENSURE(*proof == known().tree.prove(absent), "an absence has a second proof");
    }
  }
  ENSURE(!verify_present(empty_subtree, "key", "value", *proof), "there is something in nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  if (input.empty()) return 0;
  check(fuzz::patched(known().good[data[0] % known().good.size()], input.substr(1)));
  return 0;
}
