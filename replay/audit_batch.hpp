// A part of the log on its way through an audit: read, then decoded and verified on many threads.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/clause.hpp"
#include "ledger/entry.hpp"
#include "ledger/seq.hpp"
#include "replay/audit.hpp"

namespace replay {

// One record of an entry bundle and what became of it.
struct Candidate {
  ledger::Seq seq = 0;
  std::string_view line;                  // into its batch
  std::optional<crypto::Hash> tile_leaf;  // what hash tile level 0 says of it
  // After prepare() one of the two:
  std::optional<ledger::Entry> entry;          // format and signatures are good
  std::optional<ledger::Violation> violation;  // they are not
  Level broken = Level::nothing;               // by the violation: format or signatures
};

// Neighbouring entries. Filled by a BatchReader; the candidates point into `bundles`.
struct Batch {
  std::vector<std::string> bundles;
  std::vector<Candidate> candidates;
  std::optional<Finding> gap;       // what stands in the place behind the last candidate
  std::optional<Finding> bad_tile;  // the first level 0 tile that is not one
  std::string unreadable;           // a sentence where reading ended for that reason

  [[nodiscard]] bool empty() const {
    return candidates.empty() && !gap && !bad_tile && unreadable.empty();
  }
};

// Decodes and verifies one candidate. Any thread; touches nothing else.
void prepare(Candidate& candidate);

// Reads the entries and leaf hashes of a bundle in order. One thread at a time.
class BatchReader {
 public:
  BatchReader(const BundleReader& bundle, ledger::Seq size, const AuditLimits& limits)
      : bundle_(bundle), size_(size), limits_(limits) {}

  // The next batch; without candidates and reasons where there is nothing more to read.
  [[nodiscard]] Batch next();

 private:
  void read_entries(const crypto::TilePath& path, Batch& batch);
  void read_leaves(const crypto::TilePath& path, std::size_t from, Batch& batch);

  const BundleReader& bundle_;
  const ledger::Seq size_;
  const AuditLimits limits_;
  ledger::Seq next_ = 0;  // a multiple of 256 until the last tile
  bool ended_ = false;    // by a gap or a failure
};

// A tile of exactly path.width, cut from the full one where only that is there.
struct TileBytes {
  Fetched fetched;
  bool from_full = false;  // what is beyond the width is of no concern
};
[[nodiscard]] TileBytes fetch_tile(const BundleReader& bundle, const crypto::TilePath& path);

// The hashes of a hash tile; nothing where it has not as many bytes as it needs.
[[nodiscard]] std::optional<std::vector<crypto::Hash>> hashes_of(const TileBytes& tile,
                                                                 std::size_t width);

// A finding about a tile that is not there or has not the bytes of one.
[[nodiscard]] Finding tile_finding(Level level, const crypto::TilePath& path, std::string sentence);

}  // namespace replay
