#include "crypto/cosignature.hpp"

#include "crypto/require.hpp"

namespace crypto {
namespace {

constexpr std::size_t time_bytes = 8;

std::string message_of(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

std::string big_endian(std::uint64_t number) {
  std::string bytes(time_bytes, '\0');
  for (std::size_t i = time_bytes; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace

std::string format_witness_vkey(const WitnessKey& key) {
  return format_typed_key({key.name, NoteKeyType::cosignature, key.key});
}

std::optional<WitnessKey> parse_witness_vkey(std::string_view text) {
  const auto key = parse_typed_key(text);
  if (!key || key->type != NoteKeyType::cosignature) return std::nullopt;
  return WitnessKey{key->name, key->key};
}

std::string cosign(std::string_view text, std::uint64_t time, std::string_view name,
                   const SecretKey& key) {
  require(text.ends_with('\n'), "the text of a note ends with a newline");
  require(time <= latest_cosignature, "the time of a cosignature is below 2^63");
  const std::string id = note_key_id(name, NoteKeyType::cosignature, key.public_key());
  const Signature signature = key.sign(message_of(text, time));
  return format_signature_line(
      {std::string(name), id + big_endian(time) + std::string(signature.view())});
}

Cosignature read_cosignature(std::string_view text, const std::vector<SignatureLine>& lines,
                             const WitnessKey& key) {
  using enum Cosignature::Verdict;
  const std::string id = note_key_id(key.name, NoteKeyType::cosignature, key.key);
  const auto bytes = signature_of(lines, key.name, id);
  if (!bytes) return {absent, 0, {}};
  if (bytes->size() != time_bytes + Signature::length) return {wrong, 0, {}};
  const std::uint64_t time = from_big_endian(bytes->substr(0, time_bytes));
  const auto signature = Signature::from(bytes->substr(time_bytes));
  if (time > latest_cosignature || !verify(key.key, message_of(text, time), *signature)) {
    return {wrong, 0, {}};
  }
  return {valid, time, format_signature_line({key.name, id + std::string(*bytes)})};
}

}  // namespace crypto
