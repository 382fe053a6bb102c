#include "crypto/checkpoint.hpp"

#include <algorithm>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/note.hpp"
#include "crypto/note_text.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::uint64_t size_limit = std::uint64_t{1} << 63;
constexpr std::size_t most = 16;  // keys of a reader's set

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

LogKeys::LogKeys(VerifierKey key) : keys_{std::move(key)} {}

namespace {

// Of two keys of one id nobody could say which of them a line is of.
bool has_id(const LogKeys& keys, std::uint32_t id) {
  return std::any_of(keys.all().begin(), keys.all().end(),
                     [id](const VerifierKey& key) { return key_id(key) == id; });
}

}  // namespace

std::optional<LogKeys> LogKeys::parse(std::string_view lines) {
  std::optional<LogKeys> keys;
  while (true) {
    const std::size_t end = lines.find('\n');
    const auto key = parse_vkey(lines.substr(0, end));
    if (!key) return std::nullopt;
    if (!keys) {
      keys = LogKeys(*key);
    } else if (key->name != keys->name() || has_id(*keys, key_id(*key)) ||
               keys->all().size() == most) {
      return std::nullopt;
    } else {
      keys->add(*key);
    }
    if (end == std::string_view::npos) return keys;
    lines.remove_prefix(end + 1);
  }
}

void LogKeys::add(const VerifierKey& key) {
  require(key.name == name(), "the keys of a log have one name");
  if (!contains(key)) keys_.push_back(key);
}

bool LogKeys::contains(const VerifierKey& key) const {
  return std::find(keys_.begin(), keys_.end(), key) != keys_.end();
}

std::string format_vkeys(const LogKeys& keys) {
  std::string text;
  for (const VerifierKey& key : keys.all()) text += (text.empty() ? "" : " or ") + format_vkey(key);
  return text;
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

std::optional<std::string> open_note(std::string_view note, const LogKeys& keys) {
  const auto parsed = parse_note(note);
  if (!parsed) return std::nullopt;
  bool is_signed = false;
  for (const VerifierKey& key : keys.all()) {
    const auto bytes = signature_of(parsed->signatures, key.name,
                                    note_key_id(key.name, NoteKeyType::note, key.key));
    if (!bytes) continue;
    const auto signature = Signature::from(*bytes);
    if (!signature || !verify(key.key, parsed->text, *signature)) return std::nullopt;
    is_signed = true;
  }
  return is_signed ? std::optional(std::string(parsed->text)) : std::nullopt;
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, const LogKeys& keys) {
  const auto text = open_note(note, keys);
  auto checkpoint = text ? parse_checkpoint_text(*text) : std::nullopt;
  if (!checkpoint || checkpoint->origin != keys.name()) return std::nullopt;
  return checkpoint;
}

std::optional<Checkpoint> read_unverified(std::string_view note) {
  const auto parsed = parse_note(note);
  return parsed ? parse_checkpoint_text(parsed->text) : std::nullopt;
}

}  // namespace crypto
