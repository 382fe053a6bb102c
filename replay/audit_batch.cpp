#include "replay/audit_batch.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"

namespace replay {
namespace {

constexpr std::size_t length_bytes = 2;  // in front of each entry of a bundle, big-endian

// The records of a bundle as far as they are whole, so that the first one that is not can be named.
struct Records {
  std::vector<std::string_view> lines;
  std::string_view rest;
};

Records records_of(std::string_view bundle) {
  Records records;
  while (bundle.size() >= length_bytes) {
    const auto high = static_cast<unsigned char>(bundle[0]);
    const auto low = static_cast<unsigned char>(bundle[1]);
    const std::size_t length = std::size_t{high} << 8 | low;
    if (bundle.size() < length_bytes + length) break;
    records.lines.push_back(bundle.substr(length_bytes, length));
    bundle.remove_prefix(length_bytes + length);
  }
  records.rest = bundle;
  return records;
}

std::string entry_name(ledger::Seq seq) {
  return "entry " + std::to_string(seq);
}

Finding gap_at(ledger::Seq seq, std::string sentence) {
  return {Level::format, seq, entry_name(seq), &ledger::LOG_15, std::move(sentence)};
}

// What is wrong with the number of records, or nothing.
std::optional<Finding> wrong_length(const Records& records, const crypto::TilePath& path,
                                    bool from_full) {
  const std::string name = crypto::format_tile_path(path);
  const ledger::Seq first = path.index * crypto::tile_width;
  const ledger::Seq behind = first + records.lines.size();
  if (records.lines.size() < path.width) {
    return gap_at(behind, "The bundle " + name + " ends " +
                              (records.rest.empty() ? "before" : "within") + " entry " +
                              std::to_string(behind) + "; it must hold " +
                              std::to_string(path.width) + " entries.");
  }
  if (from_full || (records.lines.size() == path.width && records.rest.empty()))
    return std::nullopt;
  const ledger::Seq last = first + path.width - 1;
  return gap_at(last, "The bundle " + name + " goes on behind entry " + std::to_string(last) +
                          ", which is its last; nothing stands there in the log.");
}

void refuse(Candidate& candidate, Level broken, ledger::Violation violation) {
  candidate.broken = broken;
  candidate.violation = std::move(violation);
}

}  // namespace

void prepare(Candidate& candidate) {
  ledger::Result<ledger::LineParts> parts = ledger::decode_line(candidate.line);
  if (!parts) return refuse(candidate, Level::format, std::move(parts).error());
  ledger::Result<ledger::AuthenticEvent> event =
      ledger::authenticate(std::move(parts->signed_event));
  if (!event) return refuse(candidate, Level::signatures, std::move(event).error());
  candidate.entry.emplace(ledger::Entry{parts->seq, parts->prev, parts->time, std::move(*event),
                                        std::string(candidate.line),
                                        crypto::leaf_hash(candidate.line)});
}

TileBytes fetch_tile(const BundleReader& bundle, const crypto::TilePath& path) {
  TileBytes tile{bundle.tile(path), path.width == crypto::tile_width};
  if (tile.fetched.outcome != Fetched::Outcome::absent || tile.from_full) {
    tile.from_full = false;
    return tile;
  }
  crypto::TilePath full = path;
  full.width = crypto::tile_width;
  return {bundle.tile(full), true};
}

std::optional<std::vector<crypto::Hash>> hashes_of(const TileBytes& tile, std::size_t width) {
  const std::string_view bytes = tile.fetched.bytes;
  const std::size_t needed = width * crypto::Hash::length;
  if (bytes.size() < needed || (bytes.size() > needed && !tile.from_full)) return std::nullopt;
  std::vector<crypto::Hash> hashes;
  hashes.reserve(width);
  for (std::size_t at = 0; at < needed; at += crypto::Hash::length) {
    hashes.push_back(*crypto::Hash::from(bytes.substr(at, crypto::Hash::length)));
  }
  return hashes;
}

Finding tile_finding(Level level, const crypto::TilePath& path, std::string sentence) {
  return {level, std::nullopt, crypto::format_tile_path(path), &ledger::LOG_15,
          std::move(sentence)};
}

Batch BatchReader::next() {
  Batch batch;
  std::size_t bytes = 0;
  // Candidates point into the bundles: these must not move, even as short strings do.
  batch.bundles.reserve(limits_.batch_entries / crypto::tile_width + 1);
  const auto has_room = [&] {
    return batch.bundles.empty() ||
           (batch.bundles.size() < batch.bundles.capacity() &&
            batch.candidates.size() < limits_.batch_entries && bytes < limits_.batch_bytes);
  };
  while (!ended_ && next_ < size_ && has_room()) {
    const std::size_t width = std::min<ledger::Seq>(crypto::tile_width, size_ - next_);
    const std::size_t from = batch.candidates.size();
    const std::uint64_t index = next_ / crypto::tile_width;
    read_entries({true, 0, index, width}, batch);
    if (!batch.bundles.empty()) bytes += batch.bundles.back().size();
    if (batch.candidates.size() > from) read_leaves({false, 0, index, width}, from, batch);
    next_ += width;
  }
  return batch;
}

void BatchReader::read_entries(const crypto::TilePath& path, Batch& batch) {
  TileBytes tile = fetch_tile(bundle_, path);
  ended_ = tile.fetched.outcome != Fetched::Outcome::found;
  if (tile.fetched.outcome == Fetched::Outcome::unreadable) {
    batch.unreadable = std::move(tile.fetched.reason);
    return;
  }
  if (tile.fetched.outcome == Fetched::Outcome::absent) {
    batch.gap = gap_at(next_, "The bundle " + crypto::format_tile_path(path) +
                                  " is not there; the log has " + std::to_string(size_) +
                                  " entries by its checkpoint.");
    return;
  }
  batch.bundles.push_back(std::move(tile.fetched.bytes));
  Records records = records_of(batch.bundles.back());
  batch.gap = wrong_length(records, path, tile.from_full);
  ended_ = batch.gap.has_value();
  if (records.lines.size() > path.width) records.lines.resize(path.width);
  for (ledger::Seq seq = next_; const std::string_view line : records.lines) {
    Candidate candidate;
    candidate.seq = seq++;
    candidate.line = line;
    batch.candidates.push_back(std::move(candidate));
  }
}

void BatchReader::read_leaves(const crypto::TilePath& path, std::size_t from, Batch& batch) {
  const TileBytes tile = fetch_tile(bundle_, path);
  if (tile.fetched.outcome == Fetched::Outcome::unreadable) {
    batch.unreadable = tile.fetched.reason;
    ended_ = true;
    return;
  }
  const auto hashes =
      tile.fetched.outcome == Fetched::Outcome::found ? hashes_of(tile, path.width) : std::nullopt;
  if (!hashes) {
    if (batch.bad_tile) return;
    batch.bad_tile =
        tile_finding(Level::root, path,
                     tile.fetched.outcome == Fetched::Outcome::absent
                         ? "The hash tile is not there."
                         : "The hash tile must have " +
                               std::to_string(path.width * crypto::Hash::length) + " bytes.");
    return;
  }
  for (std::size_t i = from; i < batch.candidates.size(); ++i) {
    batch.candidates[i].tile_leaf = (*hashes)[i - from];
  }
}

}  // namespace replay
