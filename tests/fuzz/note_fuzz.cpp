// Any bytes: what a note, a checkpoint or a verifier key is read as stands in them verbatim, and
// any text that may be signed opens again as it was.
#include <string>

#include "crypto/checkpoint.hpp"
#include "crypto/note_text.hpp"
#include "ledger/ensure.hpp"
#include "tests/fuzz/patched.hpp"

namespace {

using namespace crypto;

const SecretKey& log_key() {
  static const SecretKey key = SecretKey::from_seed("a seed for the fuzzer, 32 bytes.");
  return key;
}

void check_reading(std::string_view input, const VerifierKey& key) {
  if (const auto text = open_note(input, key)) {
    ENSURE(input.starts_with(*text + "\n"), "the text of a note is not its beginning");
  }
  if (const auto found = read_unverified(input)) {
    ENSURE(input.starts_with(checkpoint_text(*found)), "a checkpoint is not the note's beginning");
  }
  if (const auto found = parse_checkpoint_text(input)) {
    ENSURE(input.starts_with(checkpoint_text(*found)), "a checkpoint has a second text");
  }
  if (const auto found = parse_vkey(input)) {
    ENSURE(format_vkey(*found) == input, "a verifier key has a second text");
  }
}

void check_signing(std::string_view input, const VerifierKey& key) {
  const std::string text = std::string(input) + "\n";
  const std::string note = sign_note(text, key.name, log_key());
  const auto opened = open_note(note, key);
  ENSURE(opened.has_value() == is_note_text(text), "what may be signed is not what opens");
  ENSURE(!opened || *opened == text, "a note does not open as it was signed");
}

// Whatever is changed in a note, no other text opens under the key that signed it.
void check_neighbours(std::string_view input, const VerifierKey& key) {
  static const std::string text =
      "fuzz.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  static const std::string good = sign_note(text, key.name, log_key());
  const std::string note = fuzz::patched(good, input);
  check_reading(note, key);
  const auto opened = open_note(note, key);
  ENSURE(!opened || *opened == text, "a changed text opens under the signature of another");
  ENSURE(opened || note != good, "a good note does not open");
}

void check_vkey_neighbours(std::string_view input, const VerifierKey& key) {
  const std::string text = fuzz::patched(format_vkey(key), input);
  const auto found = parse_vkey(text);
  ENSURE(!found || format_vkey(*found) == text, "a verifier key has a second text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const VerifierKey key = make_verifier_key("fuzz.example/log", log_key().public_key());
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check_reading(input, key);
  check_signing(input, key);
  check_neighbours(input, key);
  check_vkey_neighbours(input, key);
  return 0;
}
