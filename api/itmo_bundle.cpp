#include "api/itmo_bundle.hpp"

#include <algorithm>
#include <map>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/codec.hpp"
#include "replay/audit_batch.hpp"

namespace api::itmo {

using replay::Fetched;

Fetched HttpBundle::fetch(const std::string& target, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  Told<Response> response = client_.get(target);
  if (!response) return Fetched::unreadable(response.error() + '.');
  if (response->status == 404) return Fetched::absent();
  if (response->status != 200) {
    return Fetched::unreadable(target + " is answered by " + std::to_string(response->status) +
                               '.');
  }
  if (response->body.size() > limit) {
    return Fetched::unreadable(target + " has " + std::to_string(response->body.size()) +
                               " bytes; at most " + std::to_string(limit) + " can be right.");
  }
  return Fetched::found(std::move(response->body));
}

Fetched HttpBundle::checkpoint() const {
  Fetched note = fetch("/checkpoint", crypto::longest_note);
  if (note.outcome == Fetched::Outcome::found && !crypto::open_checkpoint(note.bytes, log_key_)) {
    return Fetched::unreadable("The checkpoint is not signed by the log key of " + log_key_.name +
                               '.');
  }
  return note;
}

Fetched HttpBundle::tile(const crypto::TilePath& path) const {
  return fetch('/' + crypto::format_tile_path(path), replay::longest_tile(path));
}

namespace {

std::string bytes_of(const std::vector<crypto::Hash>& hashes) {
  std::string out;
  for (const crypto::Hash& hash : hashes) out += hash.view();
  return out;
}

// The tree over the entries of a bundle, made anew.
class Rehash {
 public:
  Rehash(const replay::BundleReader& bundle, const crypto::Checkpoint& checkpoint,
         const std::optional<crypto::Checkpoint>& older)
      : bundle_(bundle), checkpoint_(checkpoint), older_(older) {}

  Told<> run() {
    if (older_ && older_->size > checkpoint_.size) {
      return tell("the earlier copy has more entries than this checkpoint");
    }
    Told<> outcome = meet_older();
    replay::for_each_tile(checkpoint_.size, [&](const crypto::TilePath& path) {
      if (outcome) outcome = path.entries ? add_entries(path) : compare(path);
      return outcome.has_value();
    });
    if (!outcome) return outcome;
    if (frontier_.root() != checkpoint_.root) {
      return tell("the entries do not give the root that the checkpoint states");
    }
    return {};
  }

 private:
  Told<std::string> read(const crypto::TilePath& path) {
    Fetched tile = replay::fetch_tile(bundle_, path).fetched;
    if (tile.outcome == Fetched::Outcome::unreadable) return tell(tile.reason);
    if (tile.outcome == Fetched::Outcome::absent) {
      return tell(crypto::format_tile_path(path) + " is missing");
    }
    return std::move(tile.bytes);
  }

  Told<> add_entries(const crypto::TilePath& path) {
    const Told<std::string> bundle = read(path);
    if (!bundle) return tell(bundle.error());
    const auto entries = crypto::split_bundle(*bundle);
    if (!entries || entries->size() < path.width) {
      return tell(crypto::format_tile_path(path) + " does not hold its entries");
    }
    for (std::size_t i = 0; i < path.width; ++i) {
      const crypto::Hash leaf = crypto::leaf_hash((*entries)[i]);
      frontier_.append(leaf);
      tiles_.append(leaf);
      if (Told<> met = meet_older(); !met) return met;
    }
    for (crypto::Tile& tile : tiles_.take_full()) {
      full_[{tile.id.level, tile.id.index}] = bytes_of(tile.hashes);
    }
    return {};
  }

  // All entries come before all hash tiles.
  Told<> compare(const crypto::TilePath& path) {
    const Told<std::string> found = read(path);
    if (!found) return tell(found.error());
    const bool is_full = path.width == crypto::tile_width;
    const std::string made =
        is_full ? full_[{path.level, path.index}] : bytes_of(tiles_.open_tile(path.level));
    if (found->substr(0, made.size()) != made || found->size() < made.size()) {
      return tell(crypto::format_tile_path(path) + " is not of these entries");
    }
    return {};
  }

  Told<> meet_older() {
    if (!older_ || frontier_.size() != older_->size || frontier_.root() == older_->root) return {};
    return tell("the log does not begin with the " + std::to_string(older_->size) +
                " entries of the earlier copy: two logs were signed by one key");
  }

  const replay::BundleReader& bundle_;
  const crypto::Checkpoint& checkpoint_;
  const std::optional<crypto::Checkpoint>& older_;
  crypto::Frontier frontier_;
  crypto::TileBuilder tiles_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> full_;
};

}  // namespace

bool is_demonstration(const replay::BundleReader& bundle) {
  const auto checkpoint = crypto::read_unverified(bundle.checkpoint().bytes);
  if (!checkpoint || checkpoint->size == 0) return false;
  const std::size_t width = std::min<std::uint64_t>(checkpoint->size, crypto::tile_width);
  const Fetched first = replay::fetch_tile(bundle, {true, 0, 0, width}).fetched;
  const auto entries = crypto::split_bundle(first.bytes);
  if (!entries || entries->empty()) return false;
  const ledger::Result<ledger::LineParts> line = ledger::decode_line(entries->front());
  if (!line) return false;
  const auto* body = std::get_if<ledger::LedgerOpened>(&line->signed_event.event.body);
  return body != nullptr && body->mode == ledger::LedgerOpened::Mode::demonstration;
}

Told<crypto::Checkpoint> check_hashes(const replay::BundleReader& bundle,
                                      const crypto::VerifierKey& log_key,
                                      const std::optional<crypto::Checkpoint>& older) {
  const Fetched note = bundle.checkpoint();
  const auto checkpoint = note.outcome == Fetched::Outcome::found
                              ? crypto::open_checkpoint(note.bytes, log_key)
                              : std::nullopt;
  if (!checkpoint) return tell("there is no checkpoint that the log key signed");
  if (Told<> holds = Rehash(bundle, *checkpoint, older).run(); !holds) return tell(holds.error());
  return *checkpoint;
}

}  // namespace api::itmo
