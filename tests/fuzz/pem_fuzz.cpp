// Any bytes: an accepted key file is the one way to write the key, but for PKCS#8 version 2, which
// is read and written as version 1.
#include <string>

#include "crypto/pem.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace crypto;

void check(std::string_view pem) {
  if (const auto key = parse_public_pem(pem)) {
    ENSURE(format_public_pem(*key) == pem, "a public key has a second text");
  }
  const auto key = parse_private_pem(pem);
  if (!key) return;
  const std::string again = format_private_pem(*key);
  const bool version_2 = pem.size() > again.size();
  ENSURE(version_2 || again == pem, "a private key has a second text");
  const auto reread = parse_private_pem(again);
  ENSURE(reread && reread->seed() == key->seed(), "a private key is not read as it was written");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const SecretKey key = SecretKey::from_seed("a seed for the fuzzer, 32 bytes.");
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check(fuzz::patched(format_private_pem(key), input));
  check(fuzz::patched(format_public_pem(key.public_key()), input));
  return 0;
}
