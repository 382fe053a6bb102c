// The paths and entry bundles of a tiled log (C2SP tlog-tiles).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace crypto {

// What stands behind "tile/": a hash tile of a level, or a bundle of entries.
struct TilePath {
  bool entries = false;
  unsigned level = 0;       // 0 to 63; of hash tiles
  std::uint64_t index = 0;  // below 2^55
  std::size_t width = 256;  // below 256: partial, ".p/<width>"
  bool operator==(const TilePath&) const = default;
};
// "tile/0/x001/234.p/5", "tile/entries/000".
[[nodiscard]] std::string format_tile_path(const TilePath& path);
// Nothing unless it is the one way to write that path.
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view path);

// The bytes of a hash tile: its hashes, one after the other.
[[nodiscard]] std::string bytes_of(const std::vector<Hash>& hashes);

// Appends a bundle's record: length in two bytes, big-endian, and the entry. Precondition: at most
// 65,535 bytes.
void append_to_bundle(std::string& bundle, std::string_view entry);
// The entries of a bundle, as views into it; nothing where the lengths do not add up or there are
// more than 256.
[[nodiscard]] std::optional<std::vector<std::string_view>> split_bundle(std::string_view bundle);

}  // namespace crypto
