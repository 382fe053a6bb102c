// A log outside its server: a checkpoint and tiles (C2SP tlog-tiles) as an auditor holds them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/seq.hpp"

namespace replay {

// What came of asking a bundle for a part. Absent: the bundle does not have it, so it is not whole.
// Unreadable: nobody can tell, the disk or the network failed.
struct Fetched {
  enum class Outcome { found, absent, unreadable };
  Outcome outcome = Outcome::absent;
  std::string bytes;   // found: the part, or its beginning where it is longer than it may be
  std::string reason;  // unreadable: a sentence

  [[nodiscard]] static Fetched found(std::string bytes) {
    return {Outcome::found, std::move(bytes), {}};
  }
  [[nodiscard]] static Fetched absent() { return {}; }
  [[nodiscard]] static Fetched unreadable(std::string reason) {
    return {Outcome::unreadable, {}, std::move(reason)};
  }
};

// The most bytes that a tile of that path can have.
[[nodiscard]] std::size_t longest_tile(const crypto::TilePath& path);

// Gives the parts of one log as they are, unverified. Any thread; calls may overlap.
class BundleReader {
 public:
  BundleReader() = default;
  BundleReader(const BundleReader&) = delete;
  BundleReader& operator=(const BundleReader&) = delete;
  virtual ~BundleReader() = default;

  // The newest checkpoint: a signed note.
  [[nodiscard]] virtual Fetched checkpoint() const = 0;
  // Exactly the tile of that path: where only the full one is there, a partial one is absent.
  [[nodiscard]] virtual Fetched tile(const crypto::TilePath& path) const = 0;
};

// A bundle in a directory: checkpoint, tile/<L>/<N>[.p/<W>], tile/entries/<N>[.p/<W>].
// Opens only regular files, each for one call, and never reads more of one than its part can have.
class DirectoryBundle final : public BundleReader {
 public:
  explicit DirectoryBundle(std::filesystem::path directory) : directory_(std::move(directory)) {}

  [[nodiscard]] Fetched checkpoint() const override;
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override;

 private:
  [[nodiscard]] Fetched read(const std::string& name, std::size_t limit) const;
  std::filesystem::path directory_;
};

// The tiles of a bundle under a checkpoint that was fetched before, so that all who look at a log
// that grows meanwhile see it at one size. The bundle outlives it.
class UnderCheckpoint final : public BundleReader {
 public:
  UnderCheckpoint(const BundleReader& tiles, Fetched checkpoint)
      : tiles_(tiles), checkpoint_(std::move(checkpoint)) {}

  [[nodiscard]] Fetched checkpoint() const override { return checkpoint_; }
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override {
    return tiles_.tile(path);
  }

 private:
  const BundleReader& tiles_;
  Fetched checkpoint_;
};

// Calls visit with every tile that a log of `size` entries consists of, entries and hash tiles,
// until it returns false. Says whether all were visited.
bool for_each_tile(ledger::Seq size, const std::function<bool(const crypto::TilePath&)>& visit);

// Tells `put` of every tile of a log of these lines, whatever they say, as its server lays them
// out: partial tiles at the end alone. The root over the lines.
crypto::Hash lay_out(
    const std::vector<std::string>& lines,
    const std::function<void(const crypto::TilePath& path, std::string bytes)>& put);

// What came of a download.
struct Copied {
  ledger::Seq size = 0;                // of the log
  std::uint64_t tiles = 0;             // that were fetched; the others were there already
  std::optional<std::string> problem;  // a sentence where the copy is not whole; all of it stays
};

// Looks at a copy under its new checkpoint before that is in its place: whether the log holds.
using Judge = std::function<bool(const BundleReader& copy)>;

// Copies a log into a directory in the layout of DirectoryBundle, the checkpoint last and only
// where `judge` finds that the log holds: a copy that was broken off, or does not hold, is never
// taken for whole. Tiles that are there already with the length of one are kept: copying again
// fetches what was added. A part that the log lacks is the judge's to find; it is not asked where
// something could not be fetched or written. Without a judge bytes are copied as they are.
[[nodiscard]] Copied copy_bundle(const BundleReader& from, const std::filesystem::path& directory,
                                 const Judge& judge = {});

// Whether what a tile's path holds has the length of one: what a power loss left there has not.
[[nodiscard]] bool is_whole(const std::string& bytes, const crypto::TilePath& path);

// Puts a tile into a directory in the layout of DirectoryBundle: the whole of it or nothing. A
// sentence where that fails.
[[nodiscard]] std::optional<std::string> write_tile(const std::filesystem::path& directory,
                                                    const crypto::TilePath& path,
                                                    std::string_view bytes);

// Keeps a signed checkpoint that was refused beside the one that is in its place, as
// checkpoint.refused: the two prove what the log's key did. A sentence where that fails.
[[nodiscard]] std::optional<std::string> keep_refused(const std::filesystem::path& directory,
                                                      std::string_view note);

}  // namespace replay
