#include "ledger/memory_store.hpp"

#include <mutex>

#include "ledger/ensure.hpp"

namespace ledger {

Result<Epoch> MemoryStore::open_epoch() {
  const std::unique_lock lock(mutex_);
  return ++epoch_;
}

Result<> MemoryStore::append(Epoch epoch, Seq first, const StoreBatch& batch) {
  const std::unique_lock lock(mutex_);
  const StoreEnd end{epoch_, lines_.size(), checkpoints_.contains(lines_.size())};
  if (auto admitted = check_append(end, epoch, first, batch); !admitted) return admitted;
  for (const std::string_view line : batch.lines) lines_.emplace_back(line);
  for (const StoredTile& tile : batch.tiles) tiles_[{tile.level, tile.index}] = tile.hashes;
  checkpoints_.emplace(lines_.size(), batch.checkpoint);
  return {};
}

Seq MemoryStore::size() const {
  const std::shared_lock lock(mutex_);
  return lines_.size();
}

Result<> MemoryStore::read(Seq from, Seq to, const LineVisitor& visit) const {
  ENSURE(from <= to && to <= size(), "read stays inside the log");
  for (Seq seq = from; seq < to; ++seq) {
    // A line never moves nor changes; the lock is not held while the visitor runs.
    const std::string* stored = nullptr;
    {
      const std::shared_lock lock(mutex_);
      stored = &lines_[seq];
    }
    if (auto visited = visit(seq, *stored); !visited) return visited;
  }
  return {};
}

Result<std::optional<std::string>> MemoryStore::line(Seq seq) const {
  const std::shared_lock lock(mutex_);
  if (seq >= lines_.size()) return std::nullopt;
  return lines_[seq];
}

Result<std::optional<std::string>> MemoryStore::tile(unsigned level, std::uint64_t index) const {
  const std::shared_lock lock(mutex_);
  const auto found = tiles_.find({level, index});
  if (found == tiles_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<std::string>> MemoryStore::checkpoint_covering(Seq seq) const {
  const std::shared_lock lock(mutex_);
  const auto found = checkpoints_.upper_bound(seq);
  if (found == checkpoints_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<std::string>> MemoryStore::newest_checkpoint() const {
  const std::shared_lock lock(mutex_);
  if (checkpoints_.empty()) return std::nullopt;
  return checkpoints_.rbegin()->second;
}

}  // namespace ledger
