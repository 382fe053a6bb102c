// What nlohmann_json, which shares no code with our reader, makes of a text.
#pragma once

#include <string_view>

#include "ledger/json.hpp"

namespace test_support {

// Whether parsing and writing the text again with nlohmann_json gives the same bytes, and a walk
// over its tree finds nothing beyond the limits and the rules of spec/encoding.md.
[[nodiscard]] bool judge_accepts(std::string_view text, const ledger::json::Limits& limits = {});

// Whether spec/encoding.md 7 lets the character stand in a string.
[[nodiscard]] bool judge_allows(char32_t code);

}  // namespace test_support
