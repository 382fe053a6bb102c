#include "replay/bundle.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "crypto/checkpoint.hpp"
#include "crypto/merkle.hpp"
#include "ledger/store.hpp"

namespace replay {
namespace {

namespace fs = std::filesystem;

// At most `limit` bytes of an open file; nothing where reading fails.
std::optional<std::string> read_up_to(std::ifstream& file, std::size_t limit) {
  std::string bytes;
  constexpr std::size_t step = 65'536;  // a file that is short of its limit takes little memory
  while (file && bytes.size() < limit) {
    const std::size_t had = bytes.size();
    bytes.resize(std::min(limit, had + step));
    file.read(bytes.data() + had, static_cast<std::streamsize>(bytes.size() - had));
    bytes.resize(had + static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) return std::nullopt;
  return bytes;
}

// Writes a file under another name first, so that a broken-off write is never taken for whole.
std::optional<std::string> write_file(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return "Cannot make " + path.parent_path().string() + ": " + error.message() + ".";
  fs::path fresh = path;
  fresh += ".new";
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return "Cannot write " + fresh.string() + ".";
  }
  fs::rename(fresh, path, error);
  if (error) return "Cannot name " + path.string() + ": " + error.message() + ".";
  return std::nullopt;
}

}  // namespace

std::size_t longest_tile(const crypto::TilePath& path) {
  return path.width * (path.entries ? 2 + ledger::longest_line : crypto::Hash::length);
}

// ---- a directory ----

Fetched DirectoryBundle::checkpoint() const {
  return read("checkpoint", crypto::longest_note);
}

Fetched DirectoryBundle::tile(const crypto::TilePath& path) const {
  return read(crypto::format_tile_path(path), longest_tile(path));
}

// One byte more than the limit shows that the file is too long, and is all that is read of it.
Fetched DirectoryBundle::read(const std::string& name, std::size_t limit) const {
  const fs::path path = directory_ / name;
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) return Fetched::absent();
  if (error) {
    return Fetched::unreadable("Cannot look at " + path.string() + ": " + error.message() + ".");
  }
  // A link, a pipe or a directory in its place is not the part; nothing is followed or waited for.
  if (status.type() != fs::file_type::regular) return Fetched::absent();
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fetched::unreadable("Cannot open " + path.string() + ".");
  std::optional<std::string> bytes = read_up_to(file, limit + 1);
  if (!bytes) return Fetched::unreadable("Cannot read " + path.string() + ".");
  return Fetched::found(std::move(*bytes));
}

// ---- copying ----

bool for_each_tile(ledger::Seq size, const std::function<bool(const crypto::TilePath&)>& visit) {
  // Entries and level 0 have the same shape; each level above has a hash for 256 of the one below.
  const auto visit_level = [&](bool entries, unsigned level, std::uint64_t hashes) {
    crypto::TilePath path{entries, level, 0, crypto::tile_width};
    for (; path.index < hashes / crypto::tile_width; ++path.index) {
      if (!visit(path)) return false;
    }
    path.width = hashes % crypto::tile_width;
    return path.width == 0 || visit(path);
  };
  if (!visit_level(true, 0, size)) return false;
  std::uint64_t hashes = size;
  for (unsigned level = 0; hashes > 0; ++level, hashes /= crypto::tile_width) {
    if (!visit_level(false, level, hashes)) return false;
  }
  return true;
}

namespace {

// Copies one tile unless it is full and there. A sentence where that fails.
std::optional<std::string> copy_tile(const BundleReader& from, crypto::TilePath path,
                                     const fs::path& directory, std::uint64_t& copied) {
  const std::string name = crypto::format_tile_path(path);
  Fetched tile;
  if (path.width < crypto::tile_width) tile = from.tile(path);
  if (tile.outcome == Fetched::Outcome::absent) {
    path.width = crypto::tile_width;  // a log may drop the partial tile once it has the full one
    std::error_code ignored;
    if (fs::is_regular_file(directory / crypto::format_tile_path(path), ignored)) {
      return std::nullopt;
    }
    tile = from.tile(path);
  }
  if (tile.outcome == Fetched::Outcome::unreadable) return tile.reason;
  if (tile.outcome == Fetched::Outcome::absent) {
    return "The log has no " + name + ", which its checkpoint promises.";
  }
  ++copied;
  return write_file(directory / crypto::format_tile_path(path), tile.bytes);
}

}  // namespace

Copied copy_bundle(const BundleReader& from, const fs::path& directory) {
  Copied copied;
  const Fetched note = from.checkpoint();
  const std::optional<crypto::Checkpoint> claimed =
      note.outcome == Fetched::Outcome::found ? crypto::read_unverified(note.bytes) : std::nullopt;
  if (!claimed) {
    copied.problem = note.outcome == Fetched::Outcome::unreadable
                         ? note.reason
                         : "There is no checkpoint, so nothing says how long the log is.";
    return copied;
  }
  copied.size = claimed->size;
  for_each_tile(claimed->size, [&](const crypto::TilePath& path) {
    copied.problem = copy_tile(from, path, directory, copied.tiles);
    return !copied.problem.has_value();
  });
  if (!copied.problem) copied.problem = write_file(directory / "checkpoint", note.bytes);
  return copied;
}

}  // namespace replay
