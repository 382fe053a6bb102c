#include "ledger/log_check.hpp"

#include <string>
#include <utility>

#include "crypto/hash.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/clauses_log.hpp"

namespace ledger {
namespace {

Violation missing_checkpoint(Seq seq) {
  return altered(
      "The stored checkpoint over entry " + std::to_string(seq) +
      " is missing, is of another log or size, or was not signed by a log key of this log.");
}

// One pass over the lines; a value of one call.
class LogCheck {
 public:
  LogCheck(const Store& store, const std::optional<LockRecord>& locked,
           const crypto::VerifierKey& log_key)
      : store_(store), locked_(locked), log_key_(log_key) {}

  [[nodiscard]] Result<> run() {
    if (Result<> ok = compare_lock(); !ok) return ok;
    return store_.read(0, store_.size(), [this](Seq, std::string_view line) { return take(line); });
  }

  [[nodiscard]] CheckedLog found() && { return {std::move(tiles_), other_key_until_}; }

 private:
  [[nodiscard]] Result<> take(std::string_view line) {
    if (Result<> ok = find_checkpoint(); !ok) return ok;
    const crypto::Hash leaf = crypto::leaf_hash(line);
    frontier_.append(leaf);
    tiles_.append(leaf);
    if (Result<> ok = compare_tiles(); !ok) return ok;
    if (Result<> ok = compare_lock(); !ok) return ok;
    return compare_checkpoint();
  }

  // Before the first line of each batch: the checkpoint that was published with it.
  [[nodiscard]] Result<> find_checkpoint() {
    const Seq seq = frontier_.size();
    if (next_ && seq < next_->size) return {};
    Result<std::optional<std::string>> note = store_.checkpoint_covering(seq);
    if (!note) return tl::unexpected(std::move(note).error());
    next_ = *note ? crypto::open_checkpoint(**note, log_key_) : std::nullopt;
    if (*note && !next_) {
      next_ = crypto::read_unverified(**note);
      if (next_) other_key_until_ = next_->size;
    }
    if (next_ && next_->origin == log_key_.name && next_->size > seq &&
        next_->size <= store_.size()) {
      return {};
    }
    return tl::unexpected(missing_checkpoint(seq));
  }

  [[nodiscard]] Result<> compare_checkpoint() const {
    if (frontier_.size() != next_->size || frontier_.root() == next_->root) return {};
    return tl::unexpected(altered("The stored lines up to entry " +
                                  std::to_string(next_->size - 1) +
                                  " do not hash to the root that the checkpoint of " +
                                  std::to_string(next_->size) + " entries signs."));
  }

  [[nodiscard]] Result<> compare_lock() const {
    if (!locked_ || frontier_.size() != locked_->size) return {};
    return check_lock_root(*locked_, frontier_.root());
  }

  [[nodiscard]] Result<> compare_tiles() {
    for (const crypto::Tile& tile : tiles_.take_full()) {
      const StoredTile expected = stored_tile(tile);
      Result<std::optional<std::string>> stored = store_.tile(expected.level, expected.index);
      if (!stored) return tl::unexpected(std::move(stored).error());
      if (*stored == expected.hashes) continue;
      return tl::unexpected(altered("Hash tile " + std::to_string(expected.index) + " of level " +
                                    std::to_string(expected.level) +
                                    " differs from the stored lines."));
    }
    return {};
  }

  const Store& store_;
  const std::optional<LockRecord>& locked_;
  const crypto::VerifierKey& log_key_;
  crypto::Frontier frontier_;
  crypto::TileBuilder tiles_;
  std::optional<crypto::Checkpoint> next_;  // the one that covers the line in hand
  Seq other_key_until_ = 0;
};

}  // namespace

Violation altered(std::string what) {
  return {&LOG_15, std::move(what) +
                       " Stop here, keep the directory as it is, and restore the log from a mirror "
                       "or a backup that is not behind the lock slot."};
}

StoredTile stored_tile(const crypto::Tile& tile) {
  return {tile.id.level, tile.id.index, crypto::bytes_of(tile.hashes)};
}

Result<CheckedLog> check_stored_log(const Store& store, const std::optional<LockRecord>& locked,
                                    const crypto::VerifierKey& log_key) {
  LogCheck check(store, locked, log_key);
  if (Result<> ok = check.run(); !ok) return tl::unexpected(std::move(ok).error());
  return std::move(check).found();
}

Result<> check_other_signatures(const Store& store, Seq until,
                                const std::vector<std::string>& log_keys) {
  std::vector<crypto::VerifierKey> keys;
  for (const std::string& vkey : log_keys) {
    if (auto key = crypto::parse_vkey(vkey)) keys.push_back(std::move(*key));
  }
  for (Seq seq = 0; seq < until;) {
    Result<std::optional<std::string>> note = store.checkpoint_covering(seq);
    if (!note) return tl::unexpected(std::move(note).error());
    std::optional<crypto::Checkpoint> signed_by_one;
    for (auto key = keys.begin(); *note && !signed_by_one && key != keys.end(); ++key) {
      signed_by_one = crypto::open_checkpoint(**note, *key);
    }
    if (!signed_by_one || signed_by_one->size <= seq) {
      return tl::unexpected(missing_checkpoint(seq));
    }
    seq = signed_by_one->size;
  }
  return {};
}

}  // namespace ledger
