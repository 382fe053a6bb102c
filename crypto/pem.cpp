#include "crypto/pem.hpp"

#include <sodium.h>

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view private_label = "PRIVATE KEY";
constexpr std::string_view public_label = "PUBLIC KEY";
constexpr std::size_t line_width = 64;
constexpr std::size_t seed_bytes = 32;

// The DER around the keys never varies (RFC 8410): it is compared, not parsed.
constexpr std::string_view pkcs8_v1 =
    "\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"sv;
constexpr std::string_view pkcs8_v2 =
    "\x30\x51\x02\x01\x01\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20"sv;
constexpr std::string_view pkcs8_v2_public = "\x81\x21\x00"sv;
constexpr std::string_view spki = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"sv;

std::string boundary(std::string_view word, std::string_view label) {
  return "-----" + std::string(word) + " " + std::string(label) + "-----\n";
}

// Bytes that are overwritten when they are no longer needed.
struct Wiped {
  std::string text;
  ~Wiped() { wipe(text); }
};

// The base64 of a body whose lines are all full but the last; nothing where it has another form.
// Reserved at once: a string that grows would leave copies of a secret behind.
bool join_lines(std::string_view body, std::string& joined) {
  joined.reserve(body.size());
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const bool last = end + 1 >= body.size();
    if (end == body.size() || end == 0 || (last ? end > line_width : end != line_width)) {
      return false;
    }
    joined.append(body.substr(0, end));
    body.remove_prefix(end + 1);
  }
  return true;
}

std::optional<std::string> decode_pem(std::string_view pem, std::string_view label) {
  const std::string begin = boundary("BEGIN", label), end = boundary("END", label);
  if (!pem.starts_with(begin)) return std::nullopt;
  pem.remove_prefix(begin.size());
  if (!pem.ends_with(end)) return std::nullopt;
  pem.remove_suffix(end.size());
  Wiped joined;
  if (!join_lines(pem, joined.text)) return std::nullopt;
  return from_base64(joined.text);
}

std::string encode_pem(std::string_view der, std::string_view label) {
  const Wiped base64{to_base64(der)};
  const std::string begin = boundary("BEGIN", label), end = boundary("END", label);
  std::string out;
  out.reserve(begin.size() + base64.text.size() + base64.text.size() / line_width + 1 + end.size());
  out += begin;
  for (std::size_t at = 0; at < base64.text.size(); at += line_width) {
    out.append(base64.text, at, line_width).append("\n");
  }
  return out += end;
}

// The seed in the DER of a private key; the public key behind it where the version has one.
struct PrivateDer {
  std::string_view seed;
  std::optional<std::string_view> public_key;
};

std::optional<PrivateDer> split_private(std::string_view der) {
  if (der.starts_with(pkcs8_v1) && der.size() == pkcs8_v1.size() + seed_bytes) {
    return PrivateDer{der.substr(pkcs8_v1.size()), std::nullopt};
  }
  if (!der.starts_with(pkcs8_v2)) return std::nullopt;
  der.remove_prefix(pkcs8_v2.size());
  if (der.size() != seed_bytes + pkcs8_v2_public.size() + PublicKey::length) return std::nullopt;
  const std::string_view rest = der.substr(seed_bytes);
  if (!rest.starts_with(pkcs8_v2_public)) return std::nullopt;
  return PrivateDer{der.substr(0, seed_bytes), rest.substr(pkcs8_v2_public.size())};
}

std::string public_der(const PublicKey& key) {
  return std::string(spki).append(key.view());
}

}  // namespace

std::optional<SecretKey> parse_private_pem(std::string_view pem) {
  auto decoded = decode_pem(pem, private_label);
  if (!decoded) return std::nullopt;
  const Wiped der{std::move(*decoded)};
  const auto parts = split_private(der.text);
  if (!parts) return std::nullopt;
  SecretKey key = SecretKey::from_seed(parts->seed);
  if (parts->public_key && *parts->public_key != key.public_key().view()) return std::nullopt;
  return key;
}

std::string format_private_pem(const SecretKey& key) {
  Wiped der;
  der.text.reserve(pkcs8_v1.size() + seed_bytes);
  der.text.append(pkcs8_v1).append(key.seed());
  return encode_pem(der.text, private_label);
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
}

std::optional<PublicKey> parse_public_pem(std::string_view pem) {
  const auto der = decode_pem(pem, public_label);
  if (!der || !der->starts_with(spki)) return std::nullopt;
  return PublicKey::from(std::string_view(*der).substr(spki.size()));
}

std::string format_public_pem(const PublicKey& key) {
  return encode_pem(public_der(key), public_label);
}

Hash key_fingerprint(const PublicKey& key) {
  return sha256(public_der(key));
}

}  // namespace crypto
