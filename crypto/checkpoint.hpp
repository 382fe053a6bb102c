// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

// The text of a note that `key` signed; nothing where the note is malformed, has no line of that
// key, or one that does not verify. Lines of other keys must parse and are otherwise ignored.
[[nodiscard]] std::optional<std::string> open_note(std::string_view note, const VerifierKey& key);

// open_note and parse_checkpoint_text in one, where the origin is the key's name.
[[nodiscard]] std::optional<Checkpoint> open_checkpoint(std::string_view note,
                                                        const VerifierKey& key);

// What a note says without being believed: for telling a person what was found.
[[nodiscard]] std::optional<Checkpoint> read_unverified(std::string_view note);

}  // namespace crypto
