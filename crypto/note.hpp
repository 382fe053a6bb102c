// The form of a signed note (C2SP signed-note): a text and the signature lines below it, before
// anybody's signature is looked into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace crypto {

// What a key signs in notes: the byte before it in a verifier key, and in what its id hashes.
enum class NoteKeyType : std::uint8_t {
  note = 1,         // Ed25519 over the text
  cosignature = 4,  // Ed25519 over the text and a time (C2SP tlog-cosignature)
};

// "name+id+base64(type || key)", taken apart: an id in hex that fits, and a name that a signature
// line may carry, of at most 255 bytes.
struct TypedKey {
  std::string name;
  NoteKeyType type = NoteKeyType::note;
  PublicKey key;
};
// The four bytes in front of every signature of the key: they begin
// SHA-256(name || 0x0A || type || key).
[[nodiscard]] std::string note_key_id(std::string_view name, NoteKeyType type,
                                      const PublicKey& key);
[[nodiscard]] std::string format_typed_key(const TypedKey& key);
// Nothing unless it is the one text of an Ed25519 key of one of the types.
[[nodiscard]] std::optional<TypedKey> parse_typed_key(std::string_view text);

// "— name base64(id || signature)", of a key that need not be known.
struct SignatureLine {
  std::string name;
  std::string bytes;  // id and signature: at least five
};
// With the newline at its end.
[[nodiscard]] std::string format_signature_line(const SignatureLine& line);
// Nothing unless all of it is signature lines, 1 to 100 of them.
[[nodiscard]] std::optional<std::vector<SignatureLine>> parse_signature_lines(
    std::string_view lines);
// What stands behind the id in the first line of that name and id, which decides, as in Go's
// note.Open; nothing without one. Valid as long as the lines are.
[[nodiscard]] std::optional<std::string_view> signature_of(const std::vector<SignatureLine>& lines,
                                                           std::string_view name,
                                                           std::string_view id);

struct Note {
  std::string_view text;  // into the note, with its last newline
  std::vector<SignatureLine> signatures;
};
// Nothing where the note is malformed, or longer than longest_note.
[[nodiscard]] std::optional<Note> parse_note(std::string_view note);

}  // namespace crypto
