// Any bytes, and good lines of the log with the fuzzer's bytes put into them: decoding refuses, or
// encoding gives the same line again.
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"
#include "tests/support/sample_events.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

void check(std::string_view line) {
  const auto parts = decode_line(line);
  ENSURE(parts || !parts.error().detail.empty(), "a refusal says nothing");
  if (!parts) return;
  const SignedEvent& event = parts->signed_event;
  ENSURE(encode_event(event.event) == event.bytes, "an event has a second text");
  ENSURE(encode_line(event.bytes, event.signatures, parts->prev, parts->seq, parts->time) == line,
         "a line has a second text");
}

std::string good_line(const Event& event) {
  std::vector<crypto::KeySignature> signatures(2);
  signatures[1].key.bytes[0] = 1;
  return encode_line(encode_event(event), signatures, {}, 41, Timestamp{1'800'000'000'000});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  if (input.empty()) return 0;
  const auto& samples = sample::fullest();
  check(fuzz::patched(good_line(samples[data[0] % samples.size()]), input.substr(1)));
  return 0;
}
