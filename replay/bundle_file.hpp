// A log as one file: a POSIX tar (ustar) of its checkpoint and tiles, written in one way only, so
// that the same log under the same checkpoint is the same bytes (spec/audit.md, section 1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/seq.hpp"
#include "replay/bundle.hpp"

namespace replay {

// Where the parts of a bundle file lie. A value; sixteen bytes a tile.
struct BundleFileIndex {
  struct Place {
    std::uint64_t offset = 0;  // of the first byte in the file
    std::size_t size = 0;      // bytes
    bool operator==(const Place&) const = default;
  };
  std::string note;          // the checkpoint
  ledger::Seq size = 0;      // of the log, as the checkpoint says
  std::vector<Place> tiles;  // in the order of for_each_tile

  // Where that tile lies; nothing where a log of this size has none of exactly that path.
  [[nodiscard]] std::optional<Place> place_of(const crypto::TilePath& path) const;
};

// Goes through the headers of a bundle file, whatever its bytes are; tiles are not looked into.
// Nothing unless every byte outside of them is what write_bundle_file writes: then `fault` says in
// a sentence at which byte it is not.
[[nodiscard]] std::optional<BundleFileIndex> read_bundle_file_index(std::istream& file,
                                                                    std::string& fault);

// Writes the log of a bundle as a bundle file, up to the size of its checkpoint; of a full tile
// that stands for a partial one as much as belongs there. A sentence where a part is not there, is
// not one, or cannot be read or written: what was written is then no bundle file.
[[nodiscard]] std::optional<std::string> write_bundle_file(const BundleReader& bundle,
                                                           std::ostream& out);

// A bundle in a bundle file. Opens the file for each call and reads no more than the part.
class FileBundle final : public BundleReader {
 public:
  // The index was read from that file.
  FileBundle(std::filesystem::path file, BundleFileIndex index)
      : file_(std::move(file)), index_(std::move(index)) {}

  [[nodiscard]] Fetched checkpoint() const override { return Fetched::found(index_.note); }
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override;

 private:
  std::filesystem::path file_;
  BundleFileIndex index_;
};

}  // namespace replay
