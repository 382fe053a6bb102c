// Cosignatures of checkpoints (C2SP tlog-cosignature, Ed25519): what a witness says by one is that
// at its time this was the largest tree of the log that it had seen, and that it goes on from the
// one it had seen before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/note.hpp"

namespace crypto {

inline constexpr std::uint64_t latest_cosignature = (std::uint64_t{1} << 63) - 1;  // seconds

// The key of a witness: "vkey" text is name "+" key id in hex "+" base64(0x04 || key). The name is
// the witness's own choice: whatever a signature line may carry, at most 255 bytes.
struct WitnessKey {
  std::string name;
  PublicKey key;
  bool operator==(const WitnessKey&) const = default;
};
[[nodiscard]] std::string format_witness_vkey(const WitnessKey& key);
// Nothing unless it is the one text of an Ed25519 cosignature key whose id fits.
[[nodiscard]] std::optional<WitnessKey> parse_witness_vkey(std::string_view text);

// The signature line of a witness below the text of a checkpoint. `time` is in seconds since 1970.
// Preconditions: text ends with a newline; time is at most latest_cosignature.
[[nodiscard]] std::string cosign(std::string_view text, std::uint64_t time, std::string_view name,
                                 const SecretKey& key);

// What the lines below a text say for one witness.
struct Cosignature {
  enum class Verdict : std::uint8_t {
    absent,  // no line of that name and key id
    wrong,   // there is one, and it does not verify: the whole note is to be refused
    valid,
  };
  Verdict verdict = Verdict::absent;
  std::uint64_t time = 0;  // where valid: seconds since 1970, at most latest_cosignature
  std::string line;        // where valid: as it stands below the text, with its newline
};
[[nodiscard]] Cosignature read_cosignature(std::string_view text,
                                           const std::vector<SignatureLine>& lines,
                                           const WitnessKey& key);

}  // namespace crypto
