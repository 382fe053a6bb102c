#include "replay/trust.hpp"

#include <algorithm>

#include "crypto/text.hpp"

namespace replay {
namespace {

// Takes what stands before the next space, and the space.
std::string_view take_word(std::string_view& line) {
  const std::size_t space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  return word;
}

std::optional<crypto::Hash> parse_hash(std::string_view hex) {
  const std::optional<std::string> raw = crypto::from_hex(hex);
  return raw ? crypto::Hash::from(*raw) : std::nullopt;
}

bool is_alpha3(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
}

// What is wrong with the line; nothing where it was taken.
std::optional<std::string> take_line(std::string_view line, Trust& trust) {
  const std::string_view kind = take_word(line);
  if (kind == "opening") {
    const auto hash = parse_hash(line);
    if (!hash)
      return "`opening` is followed by the leaf hash of entry 0, 64 digits of lower-case hex";
    if (trust.opening) return "the opening is pinned twice";
    trust.opening = hash;
    return std::nullopt;
  }
  if (kind == "party") {
    const std::string_view party = take_word(line);
    const auto fingerprint = parse_hash(line);
    if (!is_alpha3(party) || !fingerprint) {
      return "`party` is followed by the Party's alpha-3 code and a key's fingerprint, 64 digits "
             "of "
             "lower-case hex";
    }
    trust.parties[ledger::Id(party)].insert(*fingerprint);
    return std::nullopt;
  }
  return "a line begins with `opening`, `party` or `#`";
}

}  // namespace

std::optional<Trust> parse_trust(std::string_view text, std::string& problem) {
  Trust trust;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);  // an editor's line end
    if (line.empty() || line.front() == '#') continue;
    if (const auto wrong = take_line(line, trust)) {
      problem = "Line " + std::to_string(number) + " of the trust file: " + *wrong + ".";
      return std::nullopt;
    }
  }
  if (!trust.pins_anything()) {
    problem = "The trust file pins nothing: it needs a line that begins with `opening` or `party`.";
    return std::nullopt;
  }
  return trust;
}

}  // namespace replay
