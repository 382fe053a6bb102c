#include "crypto/random.hpp"

#include <sodium.h>

namespace crypto {

std::array<std::uint8_t, 32> random_bytes() {
  std::array<std::uint8_t, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace crypto
