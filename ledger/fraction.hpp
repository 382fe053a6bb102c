// Exact quotients, for averages over years.
#pragma once

#include <cstdint>
#include <numeric>
#include <string>

namespace ledger {

// In lowest terms, the denominator above 0. A value.
struct Fraction {
  std::int64_t num = 0;
  std::int64_t den = 1;
  bool operator==(const Fraction&) const = default;
};

// Precondition: den > 0. What is summed stays far from overflow: figures are below 2^53, and years
// lie between 1990 and 2100.
[[nodiscard]] inline Fraction make_fraction(std::int64_t num, std::int64_t den) {
  const std::int64_t common = std::gcd(num, den);
  return {num / common, den / common};
}

[[nodiscard]] inline Fraction plus(std::int64_t whole, const Fraction& fraction) {
  return make_fraction(whole * fraction.den + fraction.num, fraction.den);
}
[[nodiscard]] inline Fraction minus(std::int64_t whole, const Fraction& fraction) {
  return make_fraction(whole * fraction.den - fraction.num, fraction.den);
}

// "15224", "10000/3".
[[nodiscard]] inline std::string text_of(const Fraction& fraction) {
  std::string text = std::to_string(fraction.num);
  if (fraction.den != 1) text += "/" + std::to_string(fraction.den);
  return text;
}

}  // namespace ledger
