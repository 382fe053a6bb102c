#include "replay/follower.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "ledger/facts_registry.hpp"
#include "replay/audit_batch.hpp"

namespace replay {
namespace {

// Whether the first lines of a bundle are those that were stepped.
bool begins_with(const std::vector<std::string_view>& lines,
                 const std::vector<crypto::Hash>& stepped) {
  return lines.size() >= stepped.size() &&
         std::equal(stepped.begin(), stepped.end(), lines.begin(),
                    [](const crypto::Hash& leaf, std::string_view line) {
                      return leaf == crypto::leaf_hash(line);
                    });
}

// A bundle of entries with exactly these lines.
std::string bundle_of(const std::vector<std::string_view>& lines) {
  std::string bytes;
  for (const std::string_view line : lines) crypto::append_to_bundle(bytes, line);
  return bytes;
}

constexpr const char* not_kept = "A part of the log could not be kept.";

}  // namespace

std::optional<Halt> Follower::follow(const BundleReader& log, ledger::Seq size,
                                     ledger::Seq laid_out, const KeepPart& keep) {
  const ledger::Seq began = machine_.size();
  while (machine_.size() < size) {
    if (auto stopped = step_bundle(log, size, laid_out, keep)) return stopped;
  }
  if (keep && machine_.size() > began && !keep_open_tiles(keep)) {
    return halt(Halt::Why::unreadable, not_kept);
  }
  return std::nullopt;
}

std::optional<Halt> Follower::step_bundle(const BundleReader& log, ledger::Seq size,
                                          ledger::Seq laid_out, const KeepPart& keep) {
  const std::uint64_t index = machine_.size() / crypto::tile_width;
  const ledger::Seq first = index * crypto::tile_width;
  const std::size_t width = std::min<ledger::Seq>(crypto::tile_width, laid_out - first);
  const crypto::TilePath path{true, 0, index, width};
  const std::string name = crypto::format_tile_path(path);
  const TileBytes tile = fetch_tile(log, path);
  if (tile.fetched.outcome == Fetched::Outcome::unreadable) {
    return halt(Halt::Why::unreadable, tile.fetched.reason);
  }
  if (tile.fetched.outcome == Fetched::Outcome::absent) {
    return halt(Halt::Why::missing, "The log has no " + name + ", which its checkpoint promises.");
  }
  auto lines = crypto::split_bundle(tile.fetched.bytes);
  if (!lines || lines->size() < width || (lines->size() > width && !tile.from_full)) {
    return halt(Halt::Why::missing, name + " does not hold its " + std::to_string(width) +
                                        " entries, each behind its length.");
  }
  lines->resize(width);
  if (!begins_with(*lines, tiles_.open_tile(0))) {
    return halt(Halt::Why::missing,
                name + " does not begin with the entries that were there before.");
  }
  const std::size_t from = machine_.size() - first;
  const std::size_t end = std::min<ledger::Seq>(width, size - first);
  std::vector<Candidate> candidates(end - from);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i].seq = machine_.size() + i;
    candidates[i].line = (*lines)[from + i];
  }
  workers_.run(candidates.size(), [&](std::size_t i) { prepare(candidates[i]); });
  for (Candidate& candidate : candidates) {
    const ledger::Seq seq = machine_.size();
    const auto stop = [&](Halt::Why why, ledger::Violation violation) {
      return Halt{why, seq, violation.clause, std::string(candidate.line),
                  std::move(violation.detail)};
    };
    if (candidate.violation) return stop(Halt::Why::broken, std::move(*candidate.violation));
    ledger::Result<ledger::Effects> effects = machine_.step(*candidate.entry);
    if (!effects) {
      const bool newer =
          ledger::asks_for_newer_rules(effects.error(), candidate.entry->event.event());
      return stop(newer ? Halt::Why::newer_rules : Halt::Why::broken, std::move(effects).error());
    }
    tiles_.append(candidate.entry->leaf);
  }
  if (keep && end == width && (!keep(path, bundle_of(*lines)) || !keep_full_tiles(keep))) {
    return halt(Halt::Why::unreadable, not_kept);
  }
  return std::nullopt;
}

bool Follower::keep_full_tiles(const KeepPart& keep) {
  const std::vector<crypto::Tile> full = tiles_.take_full();
  return std::all_of(full.begin(), full.end(), [&](const crypto::Tile& tile) {
    return keep({false, tile.id.level, tile.id.index, crypto::tile_width},
                crypto::bytes_of(tile.hashes));
  });
}

bool Follower::keep_open_tiles(const KeepPart& keep) const {
  const ledger::Seq size = machine_.size();
  for (unsigned level = 0; level < 8 && size >> (8 * level) > 0; ++level) {
    const std::vector<crypto::Hash> open = tiles_.open_tile(level);
    if (open.empty()) continue;
    if (!keep({false, level, size >> (8 * level) >> 8, open.size()}, crypto::bytes_of(open)))
      return false;
  }
  return true;
}

}  // namespace replay
