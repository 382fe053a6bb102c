#include "replay/bundle.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
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

bool is_whole(const std::string& bytes, const crypto::TilePath& path) {
  if (!path.entries) return bytes.size() == longest_tile(path);
  const auto entries = crypto::split_bundle(bytes);
  return entries && entries->size() == path.width;
}

namespace {

enum class Step { done, lacking, failed };

// Copies tiles into a directory and counts what it had to fetch.
class Copy {
 public:
  Copy(const BundleReader& from, const fs::path& directory, Copied& copied)
      : from_(from), directory_(directory), kept_(directory), copied_(copied) {}

  [[nodiscard]] const DirectoryBundle& kept() const { return kept_; }

  // A log may drop a partial tile once it has the full one, which is then taken.
  Step take(crypto::TilePath path) {
    const std::string name = crypto::format_tile_path(path);
    const crypto::TilePath full{path.entries, path.level, path.index, crypto::tile_width};
    if (is_kept(path) || is_kept(full)) return Step::done;
    Fetched tile = from_.tile(path);
    if (tile.outcome == Fetched::Outcome::absent) {
      path = full;
      tile = from_.tile(path);
    }
    if (tile.outcome == Fetched::Outcome::unreadable) return fail(tile.reason, Step::failed);
    if (tile.outcome == Fetched::Outcome::absent) {
      return fail("The log has no " + name + ", which its checkpoint promises.", Step::lacking);
    }
    ++copied_.tiles;
    const auto unwritten = write_tile(directory_, path, tile.bytes);
    return unwritten ? fail(*unwritten, Step::failed) : Step::done;
  }

 private:
  [[nodiscard]] bool is_kept(const crypto::TilePath& path) const {
    const Fetched tile = kept_.tile(path);
    return tile.outcome == Fetched::Outcome::found && is_whole(tile.bytes, path);
  }
  Step fail(std::string sentence, Step step) {
    copied_.problem = std::move(sentence);
    return step;
  }

  const BundleReader& from_;
  const fs::path& directory_;
  const DirectoryBundle kept_;
  Copied& copied_;
};

}  // namespace

crypto::Hash lay_out(const std::vector<std::string>& lines,
                     const std::function<void(const crypto::TilePath&, std::string)>& put) {
  crypto::TileBuilder tiles;
  crypto::Frontier frontier;
  for (const std::string& line : lines) {
    const crypto::Hash leaf = crypto::leaf_hash(line);
    tiles.append(leaf);
    frontier.append(leaf);
  }
  for (const crypto::Tile& tile : tiles.take_full()) {
    put({false, tile.id.level, tile.id.index, crypto::tile_width}, crypto::bytes_of(tile.hashes));
  }
  for_each_tile(lines.size(), [&](const crypto::TilePath& path) {
    if (path.entries) {
      std::string bundle;
      const std::size_t first = path.index * crypto::tile_width;
      for (std::size_t i = 0; i < path.width; ++i) {
        crypto::append_to_bundle(bundle, lines[first + i]);
      }
      put(path, std::move(bundle));
    } else if (path.width < crypto::tile_width) {
      put(path, crypto::bytes_of(tiles.open_tile(path.level)));
    }
    return true;
  });
  return frontier.root();
}

Copied copy_bundle(const BundleReader& from, const fs::path& directory, const Judge& judge) {
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
  Copy copy(from, directory, copied);
  Step last = Step::done;
  for_each_tile(claimed->size, [&](const crypto::TilePath& path) {
    last = copy.take(path);
    return last == Step::done;
  });
  if (last == Step::failed) return copied;
  if (judge && !judge(UnderCheckpoint(copy.kept(), note))) {
    if (!copied.problem) copied.problem = "The copy does not hold under its new checkpoint.";
    if (const auto unwritten = keep_refused(directory, note.bytes)) copied.problem = unwritten;
  } else if (!copied.problem) {
    copied.problem = write_file(directory / "checkpoint", note.bytes);
  }
  return copied;
}

std::optional<std::string> write_tile(const fs::path& directory, const crypto::TilePath& path,
                                      std::string_view bytes) {
  return write_file(directory / crypto::format_tile_path(path), bytes);
}

std::optional<std::string> keep_refused(const fs::path& directory, std::string_view note) {
  return write_file(directory / "checkpoint.refused", note);
}

}  // namespace replay
