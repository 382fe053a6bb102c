#include "crypto/note.hpp"

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/note_text.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::size_t id_bytes = 4;
constexpr std::size_t id_digits = 2 * id_bytes;
constexpr std::size_t longest_name = 255;
constexpr std::string_view line_start = "\xe2\x80\x94 ";  // an em dash and a space

std::optional<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(line_start)) return std::nullopt;
  line.remove_prefix(line_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(0, space);
  auto bytes = from_base64(line.substr(space + 1));
  if (!is_signer_name(name) || !bytes || bytes->size() <= id_bytes) return std::nullopt;
  return SignatureLine{std::string(name), std::move(*bytes)};
}

}  // namespace

std::string note_key_id(std::string_view name, NoteKeyType type, const PublicKey& key) {
  const char typed[] = {'\n', static_cast<char>(type)};
  Sha256 hash;
  hash.update(name);
  hash.update({typed, sizeof typed});
  hash.update(key.view());
  return std::string(hash.finish().view().substr(0, id_bytes));
}

std::string format_typed_key(const TypedKey& key) {
  const std::string typed = static_cast<char>(key.type) + std::string(key.key.view());
  return key.name + "+" + to_hex(note_key_id(key.name, key.type, key.key)) + "+" + to_base64(typed);
}

std::optional<TypedKey> parse_typed_key(std::string_view text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus > longest_name || text.size() < plus + id_digits + 2) {
    return std::nullopt;
  }
  const std::string_view name = text.substr(0, plus);
  const auto typed = from_base64(text.substr(plus + id_digits + 2));
  if (!typed || typed->empty() || !is_note_text(name) || !is_signer_name(name)) return std::nullopt;
  const auto type = static_cast<NoteKeyType>(typed->front());
  if (type != NoteKeyType::note && type != NoteKeyType::cosignature) return std::nullopt;
  const auto key = PublicKey::from(std::string_view(*typed).substr(1));
  if (!key) return std::nullopt;
  TypedKey found{std::string(name), type, *key};
  // Only the id and the second plus sign are still unread: they have to be as we would write them.
  if (format_typed_key(found) != text) return std::nullopt;
  return found;
}

std::string format_signature_line(const SignatureLine& line) {
  return std::string(line_start) + line.name + " " + to_base64(line.bytes) + "\n";
}

std::optional<std::vector<SignatureLine>> parse_signature_lines(std::string_view lines) {
  if (lines.empty() || lines.size() > longest_note || !is_note_text(lines)) return std::nullopt;
  std::vector<SignatureLine> found;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos || found.size() == most_note_signatures) return std::nullopt;
    auto line = parse_signature_line(lines.substr(0, end));
    if (!line) return std::nullopt;
    found.push_back(std::move(*line));
    lines.remove_prefix(end + 1);
  }
  return found;
}

std::optional<std::string_view> signature_of(const std::vector<SignatureLine>& lines,
                                             std::string_view name, std::string_view id) {
  for (const SignatureLine& line : lines) {
    if (line.name == name && line.bytes.starts_with(id)) {
      return std::string_view(line.bytes).substr(id_bytes);
    }
  }
  return std::nullopt;
}

// The text may hold empty lines itself: the last one parts it from the signatures.
std::optional<Note> parse_note(std::string_view note) {
  if (note.size() > longest_note || !is_note_text(note)) return std::nullopt;
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos) return std::nullopt;
  auto signatures = parse_signature_lines(note.substr(split + 2));
  if (!signatures) return std::nullopt;
  return Note{note.substr(0, split + 1), std::move(*signatures)};
}

}  // namespace crypto
