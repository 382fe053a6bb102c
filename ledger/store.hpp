// Where the log lies: lines, full hash tiles and signed checkpoints. Bytes only; knows no event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/clause.hpp"
#include "ledger/seq.hpp"

namespace ledger {

inline constexpr std::size_t longest_line = 65'535;  // of a C2SP entry bundle
inline constexpr std::size_t tile_bytes = 256 * 32;
inline constexpr unsigned highest_tile_level = 63;

// A full tile of the Merkle tree: 256 hashes of 32 bytes, left to right (C2SP tlog-tiles).
// Level 0 holds leaf hashes; `index` counts tiles of that level from 0.
struct StoredTile {
  unsigned level;  // at most highest_tile_level
  std::uint64_t index;
  std::string hashes;  // exactly tile_bytes
};

// What one commit adds, as a whole or not at all. Views only: valid during the call.
struct StoreBatch {
  std::span<const std::string_view> lines;  // without line ends, each 1 to longest_line bytes
  std::span<const StoredTile> tiles;        // the tiles that these lines made full
  std::string_view checkpoint;              // signed note over exactly first + lines.size() entries
};

// Counts the writers that ever opened a store; the newest one alone may append.
using Epoch = std::uint64_t;

// Called with each line in order; the view is valid during the call. A violation ends the reading.
using LineVisitor = std::function<Result<>(Seq, std::string_view)>;

// The durable log.
// Threads: one writer calls open_epoch and append; any number of readers call the const methods at
// the same time, also during an append. The store outlives every call into it.
// Every method fails with LOG-15 (altered or missing bytes) or LOG-18 (unreadable) if need be.
class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  // Raises the writer's epoch durably and returns it: from now on an append of every earlier epoch
  // fails with LOG-11. Called once by each writer before its first append. Fails with LOG-12.
  [[nodiscard]] virtual Result<Epoch> open_epoch() = 0;

  // Adds a batch atomically; durable on return. Without lines it stores a checkpoint of the present
  // size, the way the checkpoint of size 0 comes in.
  // Refused, with nothing changed: LOG-11 unless `epoch` is the newest; LOG-10 unless
  // first == size(), or when a checkpoint of the resulting size is stored already.
  // Fails with LOG-12 when writing fails: the batch may or may not be there after the next opening,
  // size() does not count it, and every later append and open_epoch fails with LOG-12 too.
  // Preconditions: the limits at StoreBatch; checkpoint not empty.
  [[nodiscard]] virtual Result<> append(Epoch epoch, Seq first, const StoreBatch& batch) = 0;

  // The number of durable entries. Never decreases; every seq below it can be read.
  [[nodiscard]] virtual Seq size() const = 0;

  // Visits the lines from..to-1 in order. Precondition: from <= to <= size().
  // Returns the visitor's violation, or LOG-15 at the first line that is missing or altered.
  [[nodiscard]] virtual Result<> read(Seq from, Seq to, const LineVisitor& visit) const = 0;

  // One line; nothing at or beyond size().
  [[nodiscard]] virtual Result<std::optional<std::string>> line(Seq seq) const = 0;

  // The 8,192 bytes of a full tile; nothing unless it was stored.
  [[nodiscard]] virtual Result<std::optional<std::string>> tile(unsigned level,
                                                                std::uint64_t index) const = 0;

  // The signed note of the smallest stored checkpoint whose size exceeds `seq`: the one published
  // with that entry. Nothing at or beyond size().
  [[nodiscard]] virtual Result<std::optional<std::string>> checkpoint_covering(Seq seq) const = 0;

  // The signed note of exactly size() entries; nothing before the first append ever.
  [[nodiscard]] virtual Result<std::optional<std::string>> newest_checkpoint() const = 0;
};

// Where a store stands when a batch arrives.
struct StoreEnd {
  Epoch epoch = 0;  // the newest
  Seq size = 0;
  bool has_checkpoint = false;  // one of exactly `size` entries
};

// For engines: whether append admits the batch here (LOG-10, LOG-11), the same in every engine.
// Aborts when a precondition of append does not hold.
[[nodiscard]] Result<> check_append(const StoreEnd& end, Epoch epoch, Seq first,
                                    const StoreBatch& batch);

}  // namespace ledger
