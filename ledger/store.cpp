#include "ledger/store.hpp"

#include <string>

#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"

namespace ledger {

namespace {

void require_limits(const StoreBatch& batch) {
  for (const std::string_view line : batch.lines) {
    ENSURE(!line.empty() && line.size() <= longest_line, "a stored line has 1 to 65,535 bytes");
  }
  for (const StoredTile& tile : batch.tiles) {
    ENSURE(tile.level <= highest_tile_level, "a tile's level is at most 63");
    ENSURE(tile.hashes.size() == tile_bytes, "a stored tile is full: 256 hashes of 32 bytes");
  }
  ENSURE(!batch.checkpoint.empty(), "every append brings its checkpoint");
}

}  // namespace

Result<> check_append(const StoreEnd& end, Epoch epoch, Seq first, const StoreBatch& batch) {
  require_limits(batch);
  if (epoch != end.epoch) {
    return violates(LOG_11, "this writer opened epoch " + std::to_string(epoch) +
                                ", but another one has opened epoch " + std::to_string(end.epoch) +
                                " since: stop this writer");
  }
  if (first != end.size) {
    return violates(LOG_10, "the log has " + std::to_string(end.size) +
                                " entries and the batch begins at " + std::to_string(first) +
                                ": the writer's picture of the log is wrong, start it again");
  }
  if (batch.lines.empty() && end.has_checkpoint) {
    return violates(LOG_10, "a checkpoint of " + std::to_string(end.size) +
                                " entries is stored already and is never replaced");
  }
  return {};
}

}  // namespace ledger
