// Any bytes: a path that is accepted is the one way to write it.
#include <string>

#include "crypto/tlog_tiles.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

void check(std::string_view text) {
  const auto path = crypto::parse_tile_path(text);
  ENSURE(!path || crypto::format_tile_path(*path) == text, "a tile has a second path");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  check(fuzz::patched("tile/0/x001/x234/067.p/5", input));
  check(fuzz::patched("tile/entries/x001/234", input));
  return 0;
}
