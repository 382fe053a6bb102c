// Any bytes, and good submissions with the fuzzer's bytes put into them: decoding refuses, or the
// event's bytes are an event alone too, and encoding gives the same text again.
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"
#include "tests/support/sample_events.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

void check(std::string_view text) {
  const auto submission = decode_submission(text);
  ENSURE(submission || !submission.error().detail.empty(), "a refusal says nothing");
  if (!submission) return;
  const SignedEvent& event = submission->signed_event;
  const auto alone = decode_event(event.bytes);
  ENSURE(alone && encode_event(*alone) == event.bytes, "the event's bytes are no event alone");
  ENSURE(check_signature_list(event.signatures), "a list of signatures is let pass");
  ENSURE(encode_submission(event.bytes, event.signatures, submission->time) == text,
         "a submission has a second text");
}

std::string good_submission(const Event& event) {
  std::vector<crypto::KeySignature> signatures(2);
  signatures[1].key.bytes[0] = 1;
  return encode_submission(encode_event(event), signatures, Timestamp{1'800'000'000'000});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input);
  if (input.empty()) return 0;
  const auto& samples = sample::fullest();
  check(fuzz::patched(good_submission(samples[data[0] % samples.size()]), input.substr(1)));
  return 0;
}
