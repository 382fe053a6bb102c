#include "crypto/checkpoint.hpp"

#include <vector>

#include "crypto/hash.hpp"
#include "crypto/note_text.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr char ed25519_type = '\x01';
constexpr std::size_t id_bytes = 4;
constexpr std::size_t id_digits = 2 * id_bytes;
constexpr std::string_view line_start = "\xe2\x80\x94 ";  // an em dash and a space
constexpr std::uint64_t size_limit = std::uint64_t{1} << 63;

// The four bytes in front of every signature of the key.
std::string id_of(const VerifierKey& key) {
  Sha256 hash;
  hash.update(key.name);
  hash.update("\n\x01");
  hash.update(key.key.view());
  return std::string(hash.finish().view().substr(0, id_bytes));
}

// Cuts the first line off, without its newline; nothing where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

struct SignatureLine {
  std::string_view name;
  std::string bytes;  // key id and signature
};

struct Note {
  std::string_view text;
  std::vector<SignatureLine> signatures;
};

std::optional<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(line_start)) return std::nullopt;
  line.remove_prefix(line_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(0, space);
  auto bytes = from_base64(line.substr(space + 1));
  if (!is_signer_name(name) || !bytes || bytes->size() <= id_bytes) return std::nullopt;
  return SignatureLine{name, std::move(*bytes)};
}

// The text may hold empty lines itself: the last one parts it from the signatures.
std::optional<Note> parse_note(std::string_view note) {
  if (note.size() > longest_note || !is_note_text(note)) return std::nullopt;
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos) return std::nullopt;
  Note out{note.substr(0, split + 1), {}};
  std::string_view lines = note.substr(split + 2);
  if (lines.empty()) return std::nullopt;
  while (!lines.empty()) {
    const auto line = take_line(lines);
    auto signature = line ? parse_signature_line(*line) : std::nullopt;
    if (!signature || out.signatures.size() == most_note_signatures) return std::nullopt;
    out.signatures.push_back(std::move(*signature));
  }
  return out;
}

// The first line of the key decides, as in Go's note.Open; a repeated one counts once.
const SignatureLine* line_of(const Note& note, const VerifierKey& key) {
  const std::string id = id_of(key);
  for (const SignatureLine& line : note.signatures) {
    if (line.name == key.name && line.bytes.starts_with(id)) return &line;
  }
  return nullptr;
}

}  // namespace

VerifierKey make_verifier_key(std::string_view name, const PublicKey& key) {
  return {std::string(name), key};
}

std::uint32_t key_id(const VerifierKey& key) {
  std::uint32_t id = 0;
  for (const char byte : id_of(key)) id = id << 8 | static_cast<unsigned char>(byte);
  return id;
}

std::string format_vkey(const VerifierKey& key) {
  const std::string typed = ed25519_type + std::string(key.key.view());
  return key.name + "+" + to_hex(id_of(key)) + "+" + to_base64(typed);
}

std::optional<VerifierKey> parse_vkey(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || text.size() < plus + id_digits + 2) return std::nullopt;
  const auto typed = from_base64(text.substr(plus + id_digits + 2));
  if (!typed || !typed->starts_with(ed25519_type)) return std::nullopt;
  const auto key = PublicKey::from(std::string_view(*typed).substr(1));
  if (!key || !is_key_name(text.substr(0, plus))) return std::nullopt;
  VerifierKey found = make_verifier_key(text.substr(0, plus), *key);
  // Only the id and the second plus sign are still unread: they have to be as we would write them.
  if (format_vkey(found) != text) return std::nullopt;
  return found;
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
  const std::string id = id_of(make_verifier_key(name, key.public_key()));
  std::string note(text);
  note.append("\n").append(line_start).append(name).append(" ");
  return note.append(to_base64(id + std::string(key.sign(text).view()))).append("\n");
}

std::optional<std::string> open_note(std::string_view note, const VerifierKey& key) {
  const auto parsed = parse_note(note);
  if (!parsed) return std::nullopt;
  const SignatureLine* const line = line_of(*parsed, key);
  if (line == nullptr) return std::nullopt;
  const auto signature = Signature::from(std::string_view(line->bytes).substr(id_bytes));
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
