#include "ledger/ledger.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/log_check.hpp"

namespace ledger {
namespace {

crypto::VerifierKey log_key_of(const LogIdentity& identity) {
  return crypto::make_verifier_key(identity.origin, identity.log_key.public_key());
}

// An entry of our own log, read back: decoded, vouched for, hashed.
Result<Entry> read_back(Seq seq, std::string_view line, const OwnCheckpoint& own) {
  Result<LineParts> parts = decode_line(line);
  if (!parts) {
    return tl::unexpected(altered("Line " + std::to_string(seq) +
                                  " is not an entry: " + std::string(parts.error().clause->id) +
                                  ", " + parts.error().detail));
  }
  return Entry{parts->seq,        parts->prev,
               parts->time,       vouch(std::move(parts->signed_event), seq, own),
               std::string(line), crypto::leaf_hash(line)};
}

}  // namespace

// ---- opening ----

Result<Ledger> Ledger::open(Store& store, LockSlot& slot, Sink& sink, LogIdentity identity,
                            std::int64_t newest) {
  Ledger ledger(store, slot, std::move(identity), newest);
  if (Result<> ok = check_lock(slot.record(), store.size()); !ok) {
    return tl::unexpected(std::move(ok).error());
  }
  Result<std::optional<OwnCheckpoint>> checkpoint = ledger.newest_checkpoint();
  if (!checkpoint) return tl::unexpected(std::move(checkpoint).error());
  // Nothing of the log is decoded, and nothing reaches the sink, before every line was compared.
  Result<CheckedLog> checked = check_stored_log(store, slot.record(), log_key_of(ledger.identity_));
  if (!checked) return tl::unexpected(std::move(checked).error());
  ledger.tiles_ = std::move(checked->tiles);
  Result<Epoch> epoch = store.open_epoch();
  if (!epoch) return tl::unexpected(std::move(epoch).error());
  ledger.epoch_ = *epoch;
  Result<> ready = *checkpoint ? ledger.replay(sink, **checkpoint, checked->other_key_until)
                               : ledger.publish_nothing();
  if (!ready) return tl::unexpected(std::move(ready).error());
  return ledger;
}

// The checkpoint of the whole store, signed by our key; nothing in a store that never had one.
Result<std::optional<OwnCheckpoint>> Ledger::newest_checkpoint() {
  Result<std::optional<std::string>> note = store_->newest_checkpoint();
  if (!note) return tl::unexpected(std::move(note).error());
  if (!*note) return std::nullopt;
  const crypto::VerifierKey key = log_key_of(identity_);
  std::optional<OwnCheckpoint> newest = OwnCheckpoint::open(**note, key);
  if (!newest || newest->checkpoint().size != store_->size()) {
    return violates(LOG_7, "The newest checkpoint in the store was not signed by log key " +
                               crypto::format_vkey(key) +
                               " for the stored size. Start with the key and origin that signed "
                               "it. A key that is to follow is keys.next_log first, and keys.log "
                               "once it was announced and has signed a new entry's checkpoint "
                               "beside the former: a start signs none.");
  }
  note_ = **note;
  return newest;
}

// The checkpoint with a line of the log key and, behind it, one of the next one where there is one.
std::string Ledger::sign(const TreeHead& head) const {
  const std::string text = crypto::checkpoint_text({identity_.origin, head.size, head.root});
  std::string note = crypto::sign_note(text, identity_.origin, identity_.log_key);
  if (!identity_.next_log_key) return note;
  const std::string next = crypto::sign_note(text, identity_.origin, *identity_.next_log_key);
  return note + next.substr(text.size() + 1);  // its line alone
}

// Signs, stores and locks the checkpoint of an empty log.
Result<> Ledger::publish_nothing() {
  const TreeHead empty{0, crypto::empty_root()};
  note_ = sign(empty);
  if (Result<> ok = store_->append(epoch_, 0, {{}, {}, note_}); !ok) return ok;
  return slot_->write({0, empty.root, note_});
}

// Steps every line and feeds the sink; then the slot catches up.
Result<> Ledger::replay(Sink& sink, const OwnCheckpoint& newest, Seq other_key_until) {
  Result<> read = store_->read(0, store_->size(), [&](Seq seq, std::string_view line) -> Result<> {
    Result<Entry> entry = read_back(seq, line, newest);
    if (!entry) return tl::unexpected(std::move(entry).error());
    Result<Effects> effects = machine_.step(*entry);
    if (!effects) {
      const Violation& broken = effects.error();
      if (asks_for_newer_rules(broken, entry->event.event())) {
        return violates(*broken.clause, "Entry " + std::to_string(seq) + " of this log: " +
                                            broken.detail + " The log itself is unharmed.");
      }
      return tl::unexpected(altered("Entry " + std::to_string(seq) + " breaks " +
                                    std::string(broken.clause->id) + ": " + broken.detail));
    }
    return sink.take(*entry, *effects);
  });
  if (!read) return read;
  if (machine_.tree().root != newest.checkpoint().root) {
    return tl::unexpected(altered("The stored lines changed while they were read."));
  }
  if (machine_.size() > 0) {
    if (Result<> ok = check_keys(other_key_until); !ok) return ok;
  }
  // A power loss between the store and the slot leaves the store ahead.
  const std::optional<LockRecord>& locked = slot_->record();
  if (locked && locked->size == store_->size()) return {};
  return slot_->write({machine_.size(), machine_.tree().root, note_});
}

// The log key and the service key are keys of this log; the operator's may have been changed by an
// event since. Only now it is known who may have signed what the log key did not.
Result<> Ledger::check_keys(Seq other_key_until) const {
  const State& state = machine_.state();
  const std::string own = crypto::format_vkey(log_key_of(identity_));
  if (std::find(state.log_keys.begin(), state.log_keys.end(), own) == state.log_keys.end()) {
    return violates(LOG_7, "The log was opened with log key " + state.log_keys.front() +
                               ", and no log.key_announced names that of the configuration, " +
                               own +
                               ". Start with a key that the log names, or have a quorum "
                               "of the founding Parties announce this one.");
  }
  if (state.service_key != identity_.service_key) {
    return violates(
        LOG_7, "The log was opened with service key " + crypto::to_hex(state.service_key.view()) +
                   "; the configuration has " + crypto::to_hex(identity_.service_key.view()) +
                   ". Start with the key that the log names.");
  }
  if (identity_.next_log_key) {
    const auto record = state.keys.find(identity_.next_log_key->public_key());
    if (record != state.keys.end()) {
      return violates(
          LOG_7, "keys.next_log is a key of " + state.participants[record->second.participant].id +
                     " in this log, and would sign checkpoints. Make another key pair.");
    }
  }
  return check_other_signatures(*store_, other_key_until, state.log_keys);
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
  if (!recent_.empty() && *seq >= recent_.front().first) {
    const auto& known = recent_[*seq - recent_.front().first];
    return known.second == event.hash() ? std::optional<Outcome>(Repeated{*seq}) : std::nullopt;
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
    return violates(LOG_5,
                    "The submission has a `time`; this ledger takes time from its own clock. "
                    "Send it without.");
  }
  if (arrival.time_from_submitter && arrival.time < machine_.time()) {
    return violates(LOG_3, "The submission asks for " + format_timestamp(arrival.time) +
                               "; the last entry is of " + format_timestamp(machine_.time()) +
                               ". Time in a ledger never runs backwards.");
  }
  if (opening && machine_.size() == 0) {
    const std::string own = crypto::format_vkey(log_key_of(identity_));
    const auto& keys = opening->operator_.keys;
    if (event.ledger != identity_.origin || opening->log_key != own ||
        opening->service_key != identity_.service_key ||
        std::find(keys.begin(), keys.end(), identity_.operator_key) == keys.end()) {
      return violates(LOG_6, "The opening must name origin " + identity_.origin + ", log key " +
                                 own +
                                 ", and the service and operator keys of this server's "
                                 "configuration; it names others.");
    }
  }
  return machine_.make_entry(std::move(arrival.event), arrival.time);
}

void Ledger::stage(std::vector<Arrival> arrivals, Staged& batch) {
  const Seq durable = store_->size();
  while (!recent_.empty() && recent_.front().first < durable) recent_.pop_front();
  for (Arrival& arrival : arrivals) {
    if (auto outcome = repeated(arrival.event)) {
      batch.outcomes.push_back(std::move(*outcome));
      continue;
    }
    const crypto::Hash hash = arrival.event.hash();
    Result<Entry> entry = place(std::move(arrival));
    if (!entry) {
      batch.outcomes.push_back(std::move(entry).error());
      continue;
    }
    Result<Effects> effects = machine_.step(*entry);
    if (!effects) {
      batch.outcomes.push_back(std::move(effects).error());
      continue;
    }
    tiles_.append(entry->leaf);
    recent_.emplace_back(entry->seq, hash);
    batch.outcomes.push_back(Admitted{entry->seq});
    batch.effects.push_back(std::move(*effects));
    batch.entries.push_back(std::move(*entry));
  }
}

void Ledger::seal(Staged& batch) {
  if (!batch.entries.empty()) {
    note_ = sign(machine_.tree());
    for (const crypto::Tile& tile : tiles_.take_full()) batch.tiles.push_back(stored_tile(tile));
  }
  batch.published = published();
}

Staged Ledger::stage(std::vector<Arrival> arrivals) {
  Staged batch;
  batch.outcomes.reserve(arrivals.size());
  batch.entries.reserve(arrivals.size());
  batch.effects.reserve(arrivals.size());
  stage(std::move(arrivals), batch);
  seal(batch);
  return batch;
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
  Result<> durable = check_readable(staged.outcomes);
  if (durable) durable = store(staged);
  if (!durable) {
    poison_ = durable.error();
    return tl::unexpected(*poison_);
  }
  return Hardened(std::move(staged));
}

// An outcome that says the store is altered or unreadable is no answer: it stops the ledger.
Result<> Ledger::check_readable(const std::vector<Outcome>& outcomes) const {
  for (const Outcome& outcome : outcomes) {
    const auto* violation = std::get_if<Violation>(&outcome);
    if (violation && violation->clause->kind == Kind::corrupt) return tl::unexpected(*violation);
  }
  return {};
}

Result<> Ledger::store(const Staged& staged) {
  if (staged.entries.empty()) return {};
  ENSURE(staged.published.size == staged.entries.back().seq + 1, "what is hardened was sealed");
  std::vector<std::string_view> lines;
  lines.reserve(staged.entries.size());
  for (const Entry& entry : staged.entries) lines.push_back(entry.line);
  const Published& after = staged.published;
  const StoreBatch batch{lines, staged.tiles, after.note};
  Result<> stored = store_->append(epoch_, staged.entries.front().seq, batch);
  if (!stored) return stored;
  return slot_->write({after.size, after.root, after.note});
}

}  // namespace ledger
