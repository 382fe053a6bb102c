#include "crypto/tlog_tiles.hpp"

#include <algorithm>

#include "crypto/require.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::string_view prefix = "tile/";
constexpr std::string_view entries_word = "entries";
constexpr std::string_view partial_word = ".p/";
constexpr std::size_t full_width = 256;
constexpr unsigned highest_level = 63;
constexpr std::uint64_t index_limit = std::uint64_t{1} << 55;
constexpr std::size_t longest_entry = 65'535;

// Groups of three digits, all but the last behind an "x": 1234067 is "x001/x234/067".
std::string format_index(std::uint64_t index) {
  std::string digits = std::to_string(index);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string out;
  for (std::size_t at = 0; at < digits.size(); at += 3) {
    const bool last = at + 3 == digits.size();
    out.append(last ? "" : "x").append(digits, at, 3).append(last ? "" : "/");
  }
  return out;
}

// The number that the digits of all groups make; whether they are grouped well is seen by writing
// the path again.
std::optional<std::uint64_t> parse_index(std::string_view groups) {
  std::string digits;
  std::copy_if(groups.begin(), groups.end(), std::back_inserter(digits),
               [](char c) { return c != 'x' && c != '/'; });
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  return from_decimal(zeros < digits.size() ? std::string_view(digits).substr(zeros) : "0");
}

bool is_in_range(const TilePath& path) {
  return path.level <= highest_level && path.index < index_limit && path.width >= 1 &&
         path.width <= full_width;
}

}  // namespace

std::string format_tile_path(const TilePath& path) {
  require(is_in_range(path), "a tile has a level of 0 to 63, an index below 2^55, 1 to 256 hashes");
  std::string out(prefix);
  out += path.entries ? std::string(entries_word) : std::to_string(path.level);
  out.append("/").append(format_index(path.index));
  if (path.width < full_width) out.append(partial_word).append(std::to_string(path.width));
  return out;
}

std::optional<TilePath> parse_tile_path(std::string_view path) {
  if (!path.starts_with(prefix)) return std::nullopt;
  std::string_view rest = path.substr(prefix.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const std::string_view kind = rest.substr(0, slash);
  rest.remove_prefix(slash);
  std::optional<std::uint64_t> width = full_width;
  if (const std::size_t dot = rest.find(partial_word); dot != std::string_view::npos) {
    width = from_decimal(rest.substr(dot + partial_word.size()));
    rest = rest.substr(0, dot);
  }
  const bool entries = kind == entries_word;
  const auto level = entries ? std::optional<std::uint64_t>(0) : from_decimal(kind);
  const auto index = parse_index(rest);
  if (!level || *level > highest_level || !index || !width) return std::nullopt;
  const TilePath found{entries, static_cast<unsigned>(*level), *index,
                       static_cast<std::size_t>(*width)};
  // One path has one text: what would be written otherwise is refused.
  if (!is_in_range(found) || format_tile_path(found) != path) return std::nullopt;
  return found;
}

std::string bytes_of(const std::vector<Hash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * Hash::length);
  for (const Hash& hash : hashes) bytes += hash.view();
  return bytes;
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
  require(entry.size() <= longest_entry, "an entry of a bundle has at most 65,535 bytes");
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 0xff);
  bundle += entry;
}

std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2 || entries.size() == full_width) return std::nullopt;
    const std::size_t length = std::size_t{static_cast<unsigned char>(bundle[0])} << 8 |
                               static_cast<unsigned char>(bundle[1]);
    bundle.remove_prefix(2);
    if (bundle.size() < length) return std::nullopt;
    entries.push_back(bundle.substr(0, length));
    bundle.remove_prefix(length);
  }
  return entries;
}

}  // namespace crypto
