#include "replay/bundle_file.hpp"

#include <algorithm>
#include <fstream>
#include <istream>
#include <ostream>
#include <string_view>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "ledger/ensure.hpp"
#include "replay/audit_batch.hpp"

namespace replay {
namespace {

constexpr std::size_t block = 512;  // bytes; every member begins at a multiple of it
constexpr std::size_t size_at = 124;
constexpr std::size_t size_digits = 11;  // octal
constexpr std::size_t sum_at = 148;

std::string octal(std::uint64_t number, std::size_t digits) {
  std::string text(digits, '0');
  for (std::size_t at = digits; number > 0 && at > 0; number /= 8) {
    text[--at] = static_cast<char>('0' + number % 8);
  }
  return text;
}

// The one header of a member: a regular file of nobody, mode 0644, of 1970.
std::string header_of(std::string_view name, std::uint64_t size) {
  ENSURE(name.size() < 100 && size >> (3 * size_digits) == 0, "parts have short names and sizes");
  std::string header(block, '\0');
  const auto put = [&](std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
  };
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(size_at, octal(size, size_digits));
  put(136, "00000000000");
  put(sum_at, "        ");  // counted as spaces
  put(156, "0");
  put(257, "ustar");
  put(263, "00");
  put(329, "0000000");
  put(337, "0000000");
  std::uint64_t sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  put(sum_at, octal(sum, 6) + '\0' + ' ');
  return header;
}

std::size_t padding_of(std::uint64_t size) {
  return static_cast<std::size_t>((block - size % block) % block);
}

// The hashes of a level; 0 where no log has that level.
std::uint64_t hashes_at(ledger::Seq size, unsigned level) {
  return level < 8 ? size >> (8 * level) : 0;
}

std::uint64_t tiles_of(std::uint64_t hashes) {
  return hashes / crypto::tile_width + (hashes % crypto::tile_width > 0 ? 1 : 0);
}

// Reads one member after the other, from the first byte of the file on.
class Members {
 public:
  Members(std::istream& file, std::string& fault) : file_(file), fault_(fault) {}

  // Where the next member lies, which must have that name and at most `most` bytes.
  std::optional<BundleFileIndex::Place> next(std::string_view name, std::size_t most) {
    const std::string header = read(block);
    std::uint64_t size = 0;
    for (const char digit : header.substr(std::min(size_at, header.size()), size_digits)) {
      size = size * 8 + static_cast<std::uint64_t>(digit & 7);
    }
    if (header != header_of(name, size)) return fail("the header of " + std::string(name));
    if (size > most) return fail("a size that " + std::string(name) + " can have");
    at_ += block;
    const BundleFileIndex::Place place{at_, static_cast<std::size_t>(size)};
    at_ += size;
    file_.seekg(static_cast<std::streamoff>(at_));
    const std::size_t padding = padding_of(size);
    if (read(padding) != std::string(padding, '\0')) return fail("zeros up to the next header");
    at_ += padding;
    return place;
  }

  bool ends() {
    const std::string end = read(2 * block + 1);
    if (end == std::string(2 * block, '\0')) return true;
    ended_ = end.size() < 2 * block;
    (void)fail("its end: 1,024 zeros and nothing more");
    return false;
  }

  std::string bytes_of(const BundleFileIndex::Place& place) {
    const std::istream::pos_type here = file_.tellg();
    file_.seekg(static_cast<std::streamoff>(place.offset));
    std::string bytes = read(place.size);
    file_.seekg(here);
    return bytes;
  }

  // A file that ends early has begun as one: it says where it ends, not what a reader looks for.
  std::nullopt_t fail(const std::string& wanted) {
    if (at_ > 0 && ended_) {
      file_.clear();
      const std::streamoff length = file_.seekg(0, std::ios::end).tellg();
      fault_ = "The bundle file was cut: it ends after " + std::to_string(length) +
               " bytes. Fetch it again.";
      return std::nullopt;
    }
    fault_ = "This is not a bundle file: at byte " + std::to_string(at_) + " there should be " +
             wanted + ".";
    return std::nullopt;
  }

 private:
  std::string read(std::size_t count) {
    std::string bytes(count, '\0');
    file_.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(file_.gcount()));
    ended_ = bytes.size() < count;
    return bytes;
  }

  std::istream& file_;
  std::string& fault_;
  std::uint64_t at_ = 0;
  bool ended_ = false;  // the file, before the last read had all that it wanted
};

// The bytes of a tile that belong to its path, or nothing where it has not just those.
std::optional<std::string> part_of(TileBytes tile, const crypto::TilePath& path) {
  std::string bytes = std::move(tile.fetched.bytes);
  if (!path.entries) {
    if (!hashes_of({Fetched::found(bytes), tile.from_full}, path.width)) return std::nullopt;
    bytes.resize(path.width * crypto::Hash::length);
    return bytes;
  }
  const auto entries = crypto::split_bundle(bytes);
  if (!entries || entries->size() < path.width) return std::nullopt;
  if (entries->size() == path.width) return bytes;
  if (!tile.from_full) return std::nullopt;
  std::string part;
  for (std::size_t i = 0; i < path.width; ++i) crypto::append_to_bundle(part, (*entries)[i]);
  return part;
}

void write_member(std::ostream& out, std::string_view name, std::string_view bytes) {
  out << header_of(name, bytes.size()) << bytes << std::string(padding_of(bytes.size()), '\0');
}

// A sentence where the tile could not be written.
std::optional<std::string> write_tile(const BundleReader& bundle, const crypto::TilePath& path,
                                      std::ostream& out) {
  const std::string name = crypto::format_tile_path(path);
  TileBytes tile = fetch_tile(bundle, path);
  if (tile.fetched.outcome == Fetched::Outcome::unreadable) return tile.fetched.reason;
  if (tile.fetched.outcome == Fetched::Outcome::absent) {
    return "The log has no " + name + ", which its checkpoint promises.";
  }
  const std::optional<std::string> bytes = part_of(std::move(tile), path);
  if (!bytes) return name + " does not hold just what its checkpoint promises.";
  write_member(out, name, *bytes);
  return std::nullopt;
}

}  // namespace

std::optional<BundleFileIndex::Place> BundleFileIndex::place_of(
    const crypto::TilePath& path) const {
  const std::uint64_t hashes = hashes_at(size, path.entries ? 0 : path.level);
  if (path.index >= tiles_of(hashes)) return std::nullopt;
  const std::uint64_t there = hashes - path.index * crypto::tile_width;
  if (path.width != std::min<std::uint64_t>(there, crypto::tile_width)) return std::nullopt;
  std::uint64_t before = path.entries ? 0 : tiles_of(size);
  for (unsigned level = 0; !path.entries && level < path.level; ++level) {
    before += tiles_of(hashes_at(size, level));
  }
  return tiles.at(static_cast<std::size_t>(before + path.index));
}

std::optional<BundleFileIndex> read_bundle_file_index(std::istream& file, std::string& fault) {
  Members members(file, fault);
  BundleFileIndex index;
  const auto note = members.next("checkpoint", crypto::longest_note);
  if (!note) return std::nullopt;
  index.note = members.bytes_of(*note);
  const auto claimed = crypto::read_unverified(index.note);
  if (!claimed) {
    fault = "The checkpoint in the bundle file is not a signed note of a log.";
    return std::nullopt;
  }
  index.size = claimed->size;
  const bool has_all = for_each_tile(index.size, [&](const crypto::TilePath& path) {
    const std::string name = crypto::format_tile_path(path);
    const auto place = members.next(name, longest_tile(path));
    if (place && (path.entries || place->size == longest_tile(path))) {
      index.tiles.push_back(*place);
      return true;
    }
    if (place) (void)members.fail("all hashes of " + name);
    return false;
  });
  if (!has_all || !members.ends()) return std::nullopt;
  return index;
}

std::optional<std::string> write_bundle_file(const BundleReader& bundle, std::ostream& out) {
  const Fetched note = bundle.checkpoint();
  if (note.outcome == Fetched::Outcome::unreadable) return note.reason;
  const auto claimed = crypto::read_unverified(note.bytes);
  if (!claimed) return "There is no checkpoint, so nothing says how long the log is.";
  write_member(out, "checkpoint", note.bytes);
  std::optional<std::string> problem;
  for_each_tile(claimed->size, [&](const crypto::TilePath& path) {
    problem = write_tile(bundle, path, out);
    return !problem && out.good();
  });
  out << std::string(2 * block, '\0');
  if (!problem && !out.good()) problem = "The bundle file could not be written.";
  return problem;
}

Fetched FileBundle::tile(const crypto::TilePath& path) const {
  const std::optional<BundleFileIndex::Place> place = index_.place_of(path);
  if (!place) return Fetched::absent();
  std::ifstream file(file_, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place->offset));
  std::string bytes(place->size, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file || static_cast<std::size_t>(file.gcount()) != bytes.size()) {
    return Fetched::unreadable("Cannot read " + file_.string() + ": it changed meanwhile.");
  }
  return Fetched::found(std::move(bytes));
}

}  // namespace replay
