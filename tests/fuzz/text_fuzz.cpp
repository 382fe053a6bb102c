// Any bytes: what is read is written as the same text again, and what is written is read.
#include <string>

#include "crypto/text.hpp"
#include "ledger/ensure.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace crypto;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto bytes = from_hex(text)) ENSURE(to_hex(*bytes) == text, "hex has a second text");
  if (const auto bytes = from_base64(text)) {
    ENSURE(to_base64(*bytes) == text, "base64 has a second text");
  }
  if (const auto number = from_decimal(text)) {
    ENSURE(std::to_string(*number) == text, "a number has a second text");
  }
  ENSURE(from_hex(to_hex(text)) == text, "hex is not read as it was written");
  ENSURE(from_base64(to_base64(text)) == text, "base64 is not read as it was written");
  return 0;
}
