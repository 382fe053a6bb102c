// Any bytes: signature lines and keys of witnesses have one text, and no cosignature verifies but
// those that the witness made.
#include <string>

#include "crypto/cosignature.hpp"
#include "crypto/note_text.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace crypto;

constexpr std::string_view text =
    "fuzz.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

const SecretKey& secret() {
  static const SecretKey key = SecretKey::from_seed("a seed for the fuzzer, 32 bytes.");
  return key;
}

void check_lines(std::string_view input, const WitnessKey& key, const std::string& good) {
  const auto lines = parse_signature_lines(input);
  if (!lines) return;
  std::string again;
  for (const SignatureLine& line : *lines) again += format_signature_line(line);
  ENSURE(again == input, "signature lines have a second text");
  const Cosignature found = read_cosignature(text, *lines, key);
  ENSURE(found.verdict != Cosignature::Verdict::valid || found.line == good,
         "a cosignature verifies that the witness did not make");
}

void check_note(std::string_view input) {
  const auto note = parse_note(input);
  if (!note) return;
  std::string again = std::string(note->text) + "\n";
  for (const SignatureLine& line : note->signatures) again += format_signature_line(line);
  ENSURE(again == input, "a note has a second text");
}

void check_vkey(std::string_view input) {
  const auto found = parse_witness_vkey(input);
  ENSURE(!found || format_witness_vkey(*found) == input, "a witness's key has a second text");
}

// Any text is cosigned for itself alone.
void check_cosigning(std::string_view input, const WitnessKey& key) {
  const std::string other = std::string(input) + "\n";
  const auto lines = parse_signature_lines(cosign(other, input.size(), key.name, secret()));
  ENSURE(lines.has_value(), "a cosignature is no signature line");
  const Cosignature found = read_cosignature(other, *lines, key);
  ENSURE(found.verdict == Cosignature::Verdict::valid && found.time == input.size(),
         "a cosignature does not verify");
  ENSURE(
      read_cosignature(text, *lines, key).verdict == Cosignature::Verdict::wrong || other == text,
      "a cosignature verifies for another text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const WitnessKey key{"fuzz.example/witness", secret().public_key()};
  static const std::string good = cosign(text, 1'767'225'600, key.name, secret());
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_lines(input, key, good);
  check_lines(fuzz::patched(good, input), key, good);
  check_note(input);
  check_note(fuzz::patched(std::string(text) + "\n" + good, input));
  check_vkey(input);
  check_vkey(fuzz::patched(format_witness_vkey(key), input));
  check_cosigning(input, key);
  return 0;
}
