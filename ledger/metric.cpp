#include "ledger/metric.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace ledger {
namespace {

constexpr std::array<std::string_view, 6> no_names{"ghg",   "non-ghg",  "na",
                                                   "tco2e", "t co2 eq", "tco2eq"};

char lower(char c) {
  return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_metric(std::string_view text) {
  if (text == ghg) return true;
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  return std::find(no_names.begin(), no_names.end(), folded) == no_names.end();
}

}  // namespace ledger
