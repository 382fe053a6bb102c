#include "replay/csv.hpp"

namespace replay {

std::string csv_text(std::string_view text) {
  constexpr std::string_view guarded = "'=+-@\t\r";
  std::string plain(text);
  if (!text.empty() && guarded.find(text.front()) != std::string_view::npos)
    plain.insert(0, 1, '\'');
  if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string out = "\"";
  for (const char c : plain) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace replay
