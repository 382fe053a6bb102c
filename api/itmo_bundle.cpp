#include "api/itmo_bundle.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include "api/audit_inputs.hpp"
#include "api/source.hpp"
#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/codec.hpp"
#include "replay/audit_batch.hpp"
#include "replay/audit_older.hpp"
#include "replay/bundle_file.hpp"
#include "replay/log_keys.hpp"
#include "replay/quorum.hpp"

namespace api::itmo {

using replay::Fetched;

Fetched WitnessedBundle::checkpoint() const {
  Fetched note = server_.file("/v1/checkpoints/witnessed", crypto::longest_note);
  // A copy of a log, as a witness's own, has one checkpoint, with what cosignatures there are.
  if (note.outcome == Fetched::Outcome::absent) {
    note = server_.file("/checkpoint", crypto::longest_note);
  }
  if (note.outcome == Fetched::Outcome::found) {
    const replay::Quorum quorum = replay::judge_quorum(policy_, note.bytes, log_keys_);
    if (!quorum.met) return Fetched::unreadable(quorum.sentence);
  }
  return note;
}

namespace {

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
    if (older_ && older_->size == checkpoint_.size && older_->root != checkpoint_.root) {
      return tell(two_logs());
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
  Told<replay::TileBytes> read(const crypto::TilePath& path) {
    replay::TileBytes tile = replay::fetch_tile(bundle_, path);
    if (tile.fetched.outcome == Fetched::Outcome::unreadable) return tell(tile.fetched.reason);
    if (tile.fetched.outcome == Fetched::Outcome::absent) {
      return tell(crypto::format_tile_path(path) + " is missing");
    }
    return tile;
  }

  Told<> add_entries(const crypto::TilePath& path) {
    const Told<replay::TileBytes> bundle = read(path);
    if (!bundle) return tell(bundle.error());
    const auto entries = crypto::split_bundle(bundle->fetched.bytes);
    if (!entries || entries->size() < path.width ||
        (entries->size() > path.width && !bundle->from_full)) {
      return tell(crypto::format_tile_path(path) + " does not hold its entries");
    }
    for (std::size_t i = 0; i < path.width; ++i) {
      const crypto::Hash leaf = crypto::leaf_hash((*entries)[i]);
      frontier_.append(leaf);
      tiles_.append(leaf);
      if (Told<> met = meet_older(); !met) return met;
    }
    for (crypto::Tile& tile : tiles_.take_full()) {
      full_[{tile.id.level, tile.id.index}] = crypto::bytes_of(tile.hashes);
    }
    return {};
  }

  // All entries come before all hash tiles.
  Told<> compare(const crypto::TilePath& path) {
    const Told<replay::TileBytes> tile = read(path);
    if (!tile) return tell(tile.error());
    const std::string& found = tile->fetched.bytes;
    const bool is_full = path.width == crypto::tile_width;
    const std::string made =
        is_full ? full_[{path.level, path.index}] : crypto::bytes_of(tiles_.open_tile(path.level));
    if (!found.starts_with(made) || (found.size() > made.size() && !tile->from_full)) {
      return tell(crypto::format_tile_path(path) + " is not of these entries");
    }
    return {};
  }

  std::string two_logs() const {
    return "the log does not begin with the " + std::to_string(older_->size) +
           " entries of the earlier copy: two logs were signed by one key";
  }

  Told<> meet_older() {
    if (!older_ || frontier_.size() != older_->size || frontier_.root() == older_->root) return {};
    return tell(two_logs());
  }

  const replay::BundleReader& bundle_;
  const crypto::Checkpoint& checkpoint_;
  const std::optional<crypto::Checkpoint>& older_;
  crypto::Frontier frontier_;
  crypto::TileBuilder tiles_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> full_;
};

struct SignedNote {
  std::string bytes;
  crypto::Checkpoint checkpoint;
};

Told<SignedNote> read_note(const replay::BundleReader& bundle, const crypto::LogKeys& log_keys) {
  Fetched note = bundle.checkpoint();
  if (note.outcome == Fetched::Outcome::unreadable) return tell(note.reason);
  if (note.outcome == Fetched::Outcome::absent) {
    return tell("there is no checkpoint: give the place of a log, or a whole copy");
  }
  const auto checkpoint = crypto::open_checkpoint(note.bytes, log_keys);
  if (!checkpoint) {
    return tell("the checkpoint is not signed by the log key of " + log_keys.name() +
                replay::word_on_claimed_log(note.bytes));
  }
  return SignedNote{std::move(note.bytes), *checkpoint};
}

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
                                      const crypto::LogKeys& log_keys,
                                      const std::optional<crypto::Checkpoint>& older) {
  const Told<SignedNote> note = read_note(bundle, log_keys);
  if (!note) return tell(note.error());
  if (Told<> holds = Rehash(bundle, note->checkpoint, older).run(); !holds) {
    return tell(holds.error());
  }
  return note->checkpoint;
}

Told<Download> download(const replay::BundleReader& log, const crypto::LogKeys& log_keys,
                        const std::filesystem::path& directory) {
  const Told<SignedNote> note = read_note(log, log_keys);
  if (!note) return tell(note.error());
  const replay::UnderCheckpoint under(log, Fetched::found(note->bytes));
  std::optional<crypto::Checkpoint> older;
  const Fetched there = replay::DirectoryBundle(directory).checkpoint();
  if (there.outcome == Fetched::Outcome::unreadable) return tell(there.reason);
  if (there.outcome == Fetched::Outcome::found) {
    older = crypto::open_checkpoint(there.bytes, log_keys);
    if (!older) return tell(directory.string() + " " + foreign_checkpoint);
  }
  Download out{note->checkpoint, 0, {}};
  const auto contradiction =
      older ? replay::contradiction_of(under, *older, note->checkpoint) : std::nullopt;
  if (contradiction) {
    out.fault = std::string(contradiction->clause->id) + ": " + contradiction->sentence;
    if (const auto unwritten = replay::keep_refused(directory, note->bytes)) {
      return tell(*unwritten);
    }
    return out;
  }
  const replay::Copied copied =
      replay::copy_bundle(under, directory, [&](const replay::BundleReader& copy) {
        const Told<crypto::Checkpoint> checked = check_hashes(copy, log_keys, older);
        if (!checked) out.fault = checked.error() + '.';
        return checked.has_value();
      });
  out.tiles = copied.tiles;
  if (copied.problem && out.fault.empty()) return tell(*copied.problem);
  return out;
}

namespace {

Told<> write_bundle_file(const replay::BundleReader& log, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!out) return tell("cannot write " + file.string());
  const auto problem = replay::write_bundle_file(log, out);
  out.close();
  if (problem) return tell(*problem);
  return out ? Told<>() : tell("cannot write " + file.string());
}

}  // namespace

Told<Download> pack(const replay::BundleReader& log, const crypto::LogKeys& log_keys,
                    const std::filesystem::path& file) {
  const Told<SignedNote> note = read_note(log, log_keys);
  if (!note) return tell(note.error());
  const std::filesystem::path fresh = file.string() + ".new";
  std::error_code error;
  const auto give_up = [&](std::string sentence) {
    std::filesystem::remove(fresh, error);
    return tell(std::move(sentence));
  };
  const replay::UnderCheckpoint under(log, Fetched::found(note->bytes));
  if (Told<> written = write_bundle_file(under, fresh); !written) return give_up(written.error());
  const Told<Source> packed = open_source(fresh.string());
  if (!packed) return give_up(packed.error());
  if (!packed->bundle) return give_up(packed->fault);
  if (const auto checked = check_hashes(*packed->bundle, log_keys, std::nullopt); !checked) {
    std::filesystem::remove(fresh, error);
    return Download{note->checkpoint, 0, checked.error() + '.'};
  }
  std::filesystem::rename(fresh, file, error);
  if (error) return give_up("cannot write " + file.string() + ": " + error.message());
  return Download{note->checkpoint, 0, {}};
}

}  // namespace api::itmo
