// Randomness of the system.
#pragma once

#include <array>
#include <cstdint>

namespace crypto {

// 32 bytes that nobody can guess.
[[nodiscard]] std::array<std::uint8_t, 32> random_bytes();

}  // namespace crypto
