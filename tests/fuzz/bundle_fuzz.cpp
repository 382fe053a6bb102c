// Any bytes: the entries of an accepted bundle make the same bundle again.
#include <string>

#include "crypto/tlog_tiles.hpp"
#include "ledger/ensure.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view bundle(reinterpret_cast<const char*>(data), size);
  const auto entries = crypto::split_bundle(bundle);
  if (!entries) return 0;
  ENSURE(entries->size() <= 256, "a bundle has more entries than a tile has hashes");
  std::string again;
  for (const std::string_view entry : *entries) crypto::append_to_bundle(again, entry);
  ENSURE(again == bundle, "the entries of a bundle do not make it again");
  return 0;
}
