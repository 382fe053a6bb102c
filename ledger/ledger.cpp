#include "ledger/ledger.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace ledger {
namespace {

std::string bytes_of(const std::vector<crypto::Hash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * crypto::Hash::length);
  for (const crypto::Hash& hash : hashes) bytes += hash.view();
  return bytes;
}

Violation altered(std::string what) {
  return {&LOG_15, std::move(what) +
                       " Stop here, keep the directory as it is, and restore the log from a mirror "
                       "or a backup that is not behind the lock slot."};
}

// An entry of our own log, read back: decoded, vouched for, re-hashed.
Result<Entry> read_back(Seq seq, std::string_view line, const OwnCheckpoint& own) {
  Result<LineParts> parts = decode_line(line);
  if (!parts) {
    return tl::unexpected(altered("Line " + std::to_string(seq) + " is not an entry: " +
                                  std::string(parts.error().clause->id) + ", " +
                                  parts.error().detail));
  }
  return Entry{parts->seq,
               parts->prev,
               parts->time,
               vouch(std::move(parts->signed_event), seq, own),
               std::string(line),
               crypto::leaf_hash(line)};
}

}  // namespace

// ---- opening ----

Result<Ledger> Ledger::open(Store& store, LockSlot& slot, Sink& sink, LogIdentity identity) {
  Ledger ledger(store, slot, std::move(identity));
  if (Result<> ok = check_lock(slot.record(), store.size()); !ok) {
    return tl::unexpected(std::move(ok).error());
  }
  Result<std::optional<std::string>> note = store.newest_checkpoint();
  if (!note) return tl::unexpected(std::move(note).error());
  std::optional<OwnCheckpoint> newest;
  if (*note) {
    const auto key = crypto::make_verifier_key(ledger.identity_.origin,
                                               ledger.identity_.log_key.public_key());
    newest = OwnCheckpoint::open(**note, key);
    if (!newest || newest->checkpoint().size != store.size()) {
      return violates(LOG_7, "The newest checkpoint in the store was not signed by log key " +
                                 crypto::format_vkey(key) +
                                 " for the stored size. Start with the key and origin that this log "
                                 "was opened with.");
    }
    ledger.note_ = **note;
  }
  Result<Epoch> epoch = store.open_epoch();
  if (!epoch) return tl::unexpected(std::move(epoch).error());
  ledger.epoch_ = *epoch;
  Result<> ready = newest ? ledger.replay(sink, newest) : ledger.publish_nothing();
  if (!ready) return tl::unexpected(std::move(ready).error());
  return ledger;
}

// Signs, stores and locks the checkpoint of an empty log.
Result<> Ledger::publish_nothing() {
  const crypto::Checkpoint empty{identity_.origin, 0, crypto::empty_root()};
  note_ = crypto::sign_note(crypto::checkpoint_text(empty), identity_.origin, identity_.log_key);
  if (Result<> ok = store_->append(epoch_, 0, {{}, {}, note_}); !ok) return ok;
  return slot_->write({0, empty.root, note_});
}

Result<> Ledger::replay(Sink& sink, const std::optional<OwnCheckpoint>& newest) {
  const std::optional<LockRecord> locked = slot_->record();
  const auto at_locked_size = [&]() -> Result<> {
    if (!locked || machine_.size() != locked->size) return {};
    return check_lock_root(*locked, machine_.tree().root);
  };
  if (Result<> ok = at_locked_size(); !ok) return ok;
  Result<> read = store_->read(0, store_->size(), [&](Seq seq, std::string_view line) -> Result<> {
    Result<Entry> entry = read_back(seq, line, *newest);
    if (!entry) return tl::unexpected(std::move(entry).error());
    Result<Effects> effects = machine_.step(*entry);
    if (!effects) {
      return tl::unexpected(altered("Entry " + std::to_string(seq) + " breaks " +
                                    std::string(effects.error().clause->id) + ": " +
                                    effects.error().detail));
    }
    tiles_.append(entry->leaf);
    if (Result<> ok = at_locked_size(); !ok) return ok;
    return sink.take(*entry, *effects);
  });
  if (!read) return read;
  if (machine_.tree().root != newest->checkpoint().root) {
    return tl::unexpected(altered("The stored lines do not hash to the root that the newest "
                                  "checkpoint signs."));
  }
  if (machine_.size() > 0 && machine_.state().log_key != crypto::format_vkey(crypto::make_verifier_key(
                                                             identity_.origin,
                                                             identity_.log_key.public_key()))) {
    return violates(LOG_7, "The log was opened with log key " + machine_.state().log_key +
                               ", not with the one configured.");
  }
  for (const crypto::Tile& tile : tiles_.take_full()) {
    Result<std::optional<std::string>> stored = store_->tile(tile.id.level, tile.id.index);
    if (!stored) return tl::unexpected(std::move(stored).error());
    if (*stored == bytes_of(tile.hashes)) continue;
    return tl::unexpected(altered("Hash tile " + std::to_string(tile.id.index) + " of level " +
                                  std::to_string(tile.id.level) +
                                  " differs from the stored lines."));
  }
  // A power cut between the store and the slot leaves the store ahead; it is then caught up.
  if (locked && locked->size == store_->size()) return {};
  return slot_->write({machine_.size(), machine_.tree().root, note_});
}

Published Ledger::published() const {
  Published published{machine_.size(), machine_.tree().root, note_, {}};
  for (unsigned level = 0; (machine_.size() >> (8 * level)) > 0; ++level) {
    published.open.push_back(tiles_.open_tile(level));
    if (level == 7) break;  // a shift by 64 has no meaning; no log is that long
  }
  return published;
}

// ---- staging ----

// The outcome of an event whose id is taken, if it is the very same event.
std::optional<Outcome> Ledger::repeated(const AuthenticEvent& event) const {
  const auto seq = machine_.state().events.find(event.event().id);
  if (!seq) return std::nullopt;
  const auto known = std::find_if(recent_.begin(), recent_.end(),
                                  [&](const auto& entry) { return entry.first == *seq; });
  if (known != recent_.end()) {
    return known->second == event.hash() ? std::optional<Outcome>(Repeated{*seq}) : std::nullopt;
  }
  const Result<std::optional<std::string>> line = store_->line(*seq);
  if (!line) return Outcome(line.error());
  ENSURE(line->has_value(), "an entry that is not recent is in the store");
  const Result<LineParts> parts = decode_line(**line);
  if (!parts) return Outcome(altered("Line " + std::to_string(*seq) + " is not an entry."));
  if (crypto::sha256(parts->signed_event.bytes) != event.hash()) return std::nullopt;
  return Outcome(Repeated{*seq});
}

// The entry that an arrival asks for, where what only a server judges allows one.
Result<Entry> Ledger::place(Arrival arrival) const {
  const Event& event = arrival.event.event();
  const auto* opening = std::get_if<LedgerOpened>(&event.body);
  const LedgerOpened::Mode mode = opening ? opening->mode : machine_.state().mode;
  if (arrival.time_from_submitter && mode != LedgerOpened::Mode::demonstration) {
    return violates(LOG_5, "The submission has a `time`; this ledger takes time from its own clock. "
                           "Send it without.");
  }
  if (arrival.time_from_submitter && arrival.time < machine_.time()) {
    return violates(LOG_3, "The submission asks for " + format_timestamp(arrival.time) +
                               "; the last entry is of " + format_timestamp(machine_.time()) +
                               ". Time in a ledger never runs backwards.");
  }
  if (opening && machine_.size() == 0) {
    const auto own = crypto::format_vkey(
        crypto::make_verifier_key(identity_.origin, identity_.log_key.public_key()));
    const auto& keys = opening->operator_.keys;
    if (event.ledger != identity_.origin || opening->log_key != own ||
        opening->service_key != identity_.service_key ||
        std::find(keys.begin(), keys.end(), identity_.operator_key) == keys.end()) {
      return violates(LOG_6, "The opening must name origin " + identity_.origin + ", log key " + own +
                                 ", and the service and operator keys of this server's "
                                 "configuration; it names others.");
    }
  }
  return machine_.make_entry(std::move(arrival.event), arrival.time);
}

Staged Ledger::stage(std::vector<Arrival> arrivals) {
  const Seq durable = store_->size();
  while (!recent_.empty() && recent_.front().first < durable) recent_.pop_front();
  Staged staged;
  staged.outcomes.reserve(arrivals.size());
  for (Arrival& arrival : arrivals) {
    if (auto outcome = repeated(arrival.event)) {
      staged.outcomes.push_back(std::move(*outcome));
      continue;
    }
    const crypto::Hash hash = arrival.event.hash();
    Result<Entry> entry = place(std::move(arrival));
    if (!entry) {
      staged.outcomes.push_back(std::move(entry).error());
      continue;
    }
    Result<Effects> effects = machine_.step(*entry);
    if (!effects) {
      staged.outcomes.push_back(std::move(effects).error());
      continue;
    }
    tiles_.append(entry->leaf);
    recent_.emplace_back(entry->seq, hash);
    staged.outcomes.push_back(Admitted{entry->seq});
    staged.effects.push_back(std::move(*effects));
    staged.entries.push_back(std::move(*entry));
  }
  if (!staged.entries.empty()) {
    const TreeHead head = machine_.tree();
    note_ = crypto::sign_note(crypto::checkpoint_text({identity_.origin, head.size, head.root}),
                              identity_.origin, identity_.log_key);
    add_tiles(staged.tiles);
  }
  staged.published = published();
  return staged;
}

void Ledger::add_tiles(std::vector<StoredTile>& tiles) {
  for (const crypto::Tile& tile : tiles_.take_full()) {
    tiles.push_back({tile.id.level, tile.id.index, bytes_of(tile.hashes)});
  }
}

Result<> Ledger::would_admit(const Arrival& arrival) const {
  if (auto outcome = repeated(arrival.event)) {
    if (auto* violation = std::get_if<Violation>(&*outcome)) return tl::unexpected(*violation);
    return {};
  }
  Result<Entry> entry = place(arrival);
  if (!entry) return tl::unexpected(std::move(entry).error());
  return machine_.would_admit(*entry);
}

// ---- hardening ----

Result<Hardened> Ledger::harden(Staged staged) {
  if (poison_) return tl::unexpected(*poison_);
  if (staged.entries.empty()) return Hardened(std::move(staged));
  std::vector<std::string_view> lines;
  lines.reserve(staged.entries.size());
  for (const Entry& entry : staged.entries) lines.push_back(entry.line);
  const StoreBatch batch{lines, staged.tiles, staged.published.note};
  Result<> stored = store_->append(epoch_, staged.entries.front().seq, batch);
  if (stored) {
    stored = slot_->write({staged.published.size, staged.published.root, staged.published.note});
  }
  if (!stored) {
    poison_ = stored.error();
    return tl::unexpected(*poison_);
  }
  return Hardened(std::move(staged));
}

}  // namespace ledger
