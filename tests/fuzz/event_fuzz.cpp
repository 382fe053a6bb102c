// Any bytes, and an event of every type with the fuzzer's bytes put into it: decoding refuses, or
// encoding gives the same bytes again.
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"
#include "tests/support/sample_events.hpp"

namespace {

void check(std::string_view text) {
  const auto event = ledger::decode_event(text);
  ENSURE(event || !event.error().detail.empty(), "a refusal says nothing");
  ENSURE(!event || ledger::encode_event(*event) == text, "an event has a second text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  if (input.empty()) return 0;
  const auto& samples = sample::fullest();
  check(fuzz::patched(ledger::encode_event(samples[data[0] % samples.size()]), input.substr(1)));
  return 0;
}
