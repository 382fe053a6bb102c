// A whole text with the fuzzer's bytes put into it: so its neighbours are tried too, which a fuzzer
// that starts from nothing would hardly find.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace fuzz {

// The first two bytes of `input` say where, the third how many bytes go; the others come instead.
// The text itself where the input is shorter.
inline std::string patched(std::string text, std::string_view input) {
  if (input.size() < 3 || text.empty()) return text;
  const auto byte = [&](std::size_t at) {
    return std::size_t{static_cast<unsigned char>(input[at])};
  };
  const std::size_t place = (byte(0) << 8 | byte(1)) % (text.size() + 1);
  const std::size_t gone = std::min(byte(2), text.size() - place);
  return text.replace(place, gone, input.substr(3));
}

}  // namespace fuzz
