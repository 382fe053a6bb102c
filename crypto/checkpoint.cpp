#include "crypto/checkpoint.hpp"

#include "crypto/hash.hpp"
#include "crypto/note.hpp"
#include "crypto/note_text.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::uint64_t size_limit = std::uint64_t{1} << 63;

// Cuts the first line off, without its newline; nothing where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

VerifierKey make_verifier_key(std::string_view name, const PublicKey& key) {
  return {std::string(name), key};
}

std::uint32_t key_id(const VerifierKey& key) {
  std::uint32_t id = 0;
  for (const char byte : note_key_id(key.name, NoteKeyType::note, key.key)) {
    id = id << 8 | static_cast<unsigned char>(byte);
  }
  return id;
}

std::string format_vkey(const VerifierKey& key) {
  return format_typed_key({key.name, NoteKeyType::note, key.key});
}

std::optional<VerifierKey> parse_vkey(std::string_view text) {
  const auto key = parse_typed_key(text);
  if (!key || key->type != NoteKeyType::note || !is_key_name(key->name)) return std::nullopt;
  return make_verifier_key(key->name, key->key);
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         to_base64(checkpoint.root.view()) + "\n";
}

std::optional<Checkpoint> parse_checkpoint_text(std::string_view text) {
  if (!is_note_text(text)) return std::nullopt;
  const auto origin = take_line(text);
  const auto digits = origin ? take_line(text) : std::nullopt;
  const auto base64 = digits ? take_line(text) : std::nullopt;
  if (!base64 || !is_key_name(*origin)) return std::nullopt;
  while (!text.empty()) {
    const auto extension = take_line(text);
    if (!extension || extension->empty()) return std::nullopt;
  }
  const auto size = from_decimal(*digits);
  const auto bytes = from_base64(*base64);
  const auto root = bytes ? Hash::from(*bytes) : std::nullopt;
  if (!size || *size >= size_limit || !root) return std::nullopt;
  if (*size == 0 && *root != empty_root()) return std::nullopt;
  return Checkpoint{std::string(*origin), *size, *root};
}

std::string sign_note(std::string_view text, std::string_view name, const SecretKey& key) {
  require(text.ends_with('\n'), "the text of a note ends with a newline");
  const std::string id = note_key_id(name, NoteKeyType::note, key.public_key());
  return std::string(text) + "\n" +
         format_signature_line({std::string(name), id + std::string(key.sign(text).view())});
}

std::optional<std::string> open_note(std::string_view note, const VerifierKey& key) {
  const auto parsed = parse_note(note);
  if (!parsed) return std::nullopt;
  const auto bytes =
      signature_of(parsed->signatures, key.name, note_key_id(key.name, NoteKeyType::note, key.key));
  const auto signature = bytes ? Signature::from(*bytes) : std::nullopt;
  if (!signature || !verify(key.key, parsed->text, *signature)) return std::nullopt;
  return std::string(parsed->text);
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  const auto text = open_note(note, key);
  auto checkpoint = text ? parse_checkpoint_text(*text) : std::nullopt;
  if (!checkpoint || checkpoint->origin != key.name) return std::nullopt;
  return checkpoint;
}

std::optional<Checkpoint> read_unverified(std::string_view note) {
  const auto parsed = parse_note(note);
  return parsed ? parse_checkpoint_text(parsed->text) : std::nullopt;
}

}  // namespace crypto
