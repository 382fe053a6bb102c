// Text as a field of comma-separated values (RFC 4180) that a spreadsheet shows and never computes.
#pragma once

#include <string>
#include <string_view>

namespace replay {

// Quoted where a reader would otherwise take it for more than one field. Behind an apostrophe where
// it begins with one, or as a formula begins: = + - @, a tab or a carriage return. A reader that
// takes one leading apostrophe off every field has the text back. Numbers are written as they are.
[[nodiscard]] std::string csv_text(std::string_view text);

}  // namespace replay
