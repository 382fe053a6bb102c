#include "crypto/ed25519.hpp"

#include <sodium.h>

#include "crypto/require.hpp"

namespace crypto {
namespace {

static_assert(PublicKey::length == crypto_sign_PUBLICKEYBYTES);
static_assert(Signature::length == crypto_sign_BYTES);

constexpr std::size_t seed_bytes = crypto_sign_SEEDBYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Memory between guard pages, left out of core dumps, and locked as far as the system's limit on
// locked memory lets it be.
unsigned char* locked_memory(std::size_t size) {
  require(sodium_init() >= 0, "libsodium starts");
  void* memory = sodium_malloc(size);
  require(memory != nullptr, "there is memory for a secret key");
  return static_cast<unsigned char*>(memory);
}

}  // namespace

void SecretKey::Wipe::operator()(unsigned char* locked) const {
  sodium_free(locked);
}

SecretKey::SecretKey(SecretKey&&) noexcept = default;
SecretKey& SecretKey::operator=(SecretKey&&) noexcept = default;
SecretKey::~SecretKey() = default;

// The public key is always derived here: a signature under a public key that does not belong to the
// seed would give the secret away.
SecretKey SecretKey::from_seed(std::string_view seed) {
  require(seed.size() == seed_bytes, "a seed has 32 bytes");
  SecretKey key;
  key.locked_.reset(locked_memory(crypto_sign_SECRETKEYBYTES));
  crypto_sign_seed_keypair(key.public_key_.bytes.data(), key.locked_.get(), bytes_of(seed));
  sodium_mprotect_readonly(key.locked_.get());
  return key;
}

SecretKey SecretKey::generate() {
  SecretKey key;
  key.locked_.reset(locked_memory(crypto_sign_SECRETKEYBYTES));
  crypto_sign_keypair(key.public_key_.bytes.data(), key.locked_.get());
  sodium_mprotect_readonly(key.locked_.get());
  return key;
}

Signature SecretKey::sign(std::string_view message) const {
  require(locked_ != nullptr, "a key that was moved away does not sign");
  Signature out;
  crypto_sign_detached(out.bytes.data(), nullptr, bytes_of(message), message.size(), locked_.get());
  return out;
}

std::string_view SecretKey::seed() const {
  require(locked_ != nullptr, "a key that was moved away has no seed");
  return {reinterpret_cast<const char*>(locked_.get()), seed_bytes};
}

bool is_valid_public_key(const PublicKey& key) {
  return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), bytes_of(message), message.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace crypto
