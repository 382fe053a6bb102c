// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ed25519.hpp"

namespace crypto {

inline constexpr std::size_t longest_note = 1'000'000;  // bytes
inline constexpr std::size_t most_note_signatures = 100;

// A key of a note by name: "vkey" text is name "+" key id in hex "+" base64(0x01 || key).
struct VerifierKey {
  std::string name;  // [a-z0-9./_-]{1,255}
  PublicKey key;
  bool operator==(const VerifierKey&) const = default;
};
[[nodiscard]] VerifierKey make_verifier_key(std::string_view name, const PublicKey& key);
// First four bytes of SHA-256(name || 0x0A || 0x01 || key), big-endian: a hint that selects a key.
[[nodiscard]] std::uint32_t key_id(const VerifierKey& key);
[[nodiscard]] std::string format_vkey(const VerifierKey& key);
// Nothing unless it is the one text of an Ed25519 verifier key whose id fits.
[[nodiscard]] std::optional<VerifierKey> parse_vkey(std::string_view text);

// The keys by which a reader knows a log: mostly one, more where the log goes over from one to
// another. At least one and at most 16, each once, all of one name. A value.
class LogKeys {
 public:
  LogKeys(VerifierKey key);  // NOLINT(google-explicit-constructor): one key is a reader's set
  // Nothing unless each line is a verifier key and they can be a set.
  [[nodiscard]] static std::optional<LogKeys> parse(std::string_view lines);
  // Precondition: of the same name. One that is there already changes nothing.
  void add(const VerifierKey& key);
  [[nodiscard]] const std::string& name() const { return keys_.front().name; }
  [[nodiscard]] const std::vector<VerifierKey>& all() const { return keys_; }
  [[nodiscard]] bool contains(const VerifierKey& key) const;

 private:
  std::vector<VerifierKey> keys_;
};
// For a person: "key", "key or key".
[[nodiscard]] std::string format_vkeys(const LogKeys& keys);

// The tree head that a log vouches for.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
  bool operator==(const Checkpoint&) const = default;
};
// Three lines: origin, size, root in base64.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
// Nothing unless it is a checkpoint's text; size below 2^63, root of size 0 the empty one.
// Extension lines behind the root are let pass and not returned.
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint_text(std::string_view text);

// The note: text, empty line, one signature line. Precondition: text ends with a newline.
[[nodiscard]] std::string sign_note(std::string_view text, std::string_view name,
                                    const SecretKey& key);

// The text of a note that one of the keys signed; nothing where the note is malformed, has no line
// of them, or one that does not verify. Lines of other keys must parse and are otherwise ignored.
[[nodiscard]] std::optional<std::string> open_note(std::string_view note, const LogKeys& keys);

// open_note and parse_checkpoint_text in one, where the origin is the keys' name.
[[nodiscard]] std::optional<Checkpoint> open_checkpoint(std::string_view note, const LogKeys& keys);

// What a note says without being believed: for telling a person what was found.
[[nodiscard]] std::optional<Checkpoint> read_unverified(std::string_view note);

}  // namespace crypto
