#include "replay/audit_replay.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/pem.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/facts_registry.hpp"
#include "replay/clauses_audit.hpp"

namespace replay {
namespace {

std::string hex(const crypto::Hash& hash) {
  return crypto::to_hex(hash.view());
}

std::string entry_name(ledger::Seq seq) {
  return "entry " + std::to_string(seq);
}

bool is_link(const ledger::Clause* clause) {
  return clause == &ledger::LOG_1 || clause == &ledger::LOG_2 || clause == &ledger::LOG_3;
}

}  // namespace

bool Replay::take(Batch& batch) {
  if (batch.bad_tile && !bad_hash_) bad_hash_ = std::move(batch.bad_tile);
  for (Candidate& candidate : batch.candidates) {
    if (!step(candidate)) return false;
  }
  if (batch.gap) bad_entry_ = std::move(batch.gap);
  if (unreadable_.empty()) unreadable_ = batch.unreadable;
  return !bad_entry_ && unreadable_.empty();
}

bool Replay::step(Candidate& candidate) {
  if (doubt_) settle_doubt(candidate);
  if (bad_entry_) return false;
  const ledger::Seq seq = candidate.seq;
  std::optional<bool> tile_agrees;
  if (candidate.tile_leaf) {
    const crypto::Hash leaf =
        candidate.entry ? candidate.entry->leaf : crypto::leaf_hash(candidate.line);
    tile_agrees = leaf == *candidate.tile_leaf;
  }
  if (candidate.violation) {
    blame(seq, candidate.broken, *candidate.violation, tile_agrees);
    return false;
  }
  const ledger::Entry& entry = *candidate.entry;
  const ledger::Timestamp before = machine_.time();
  const ledger::Result<ledger::Effects> effects = machine_.step(entry);
  if (!effects && ledger::asks_for_newer_rules(effects.error(), entry.event.event())) {
    newer_rules_ = effects.error().detail;
    return false;
  }
  if (!effects) {
    const bool link = is_link(effects.error().clause);
    blame(seq, link ? Level::chain : Level::rules, effects.error(), tile_agrees);
    return false;
  }
  time_before_ = before;
  if (tile_agrees == false) doubt_ = Doubt{seq, *candidate.tile_leaf};
  tiles_.append(entry.leaf);
  compare_full_tiles();
  if (seq == 0) note_opening(entry);
  note_keys(entry, *effects);
  if (follow_) follow_(entry, *effects);
  compare_older();
  return true;
}

ledger::Seq Replay::good() const {
  return bad_entry_ ? std::min(*bad_entry_->entry, machine_.size()) : machine_.size();
}

ledger::Timestamp Replay::good_until() const {
  return good() == machine_.size() ? machine_.time() : time_before_;
}

void Replay::blame(ledger::Seq seq, Level broken, const ledger::Violation& violation,
                   std::optional<bool> tile_agrees) {
  std::string sentence = violation.detail;
  if (tile_agrees == true) {
    sentence += " The hash tiles agree with the entry: the log took it in like this.";
  } else if (tile_agrees == false) {
    sentence += " The hash tiles do not agree with the entry: it was altered afterwards.";
  }
  bad_entry_ = Finding{broken, seq, entry_name(seq), violation.clause, std::move(sentence)};
}

// The entry before `next` and the hash tile differ. If `next` repeats what the entry hashes to, the
// tile was altered; otherwise the entry was, unless the tile was too.
void Replay::settle_doubt(const Candidate& next) {
  const Doubt doubt = *doubt_;
  doubt_.reset();
  if (next.entry && next.entry->prev == machine_.head()) {
    if (bad_hash_) return;
    const crypto::TilePath path{false, 0, doubt.seq / crypto::tile_width, crypto::tile_width};
    bad_hash_ = tile_finding(Level::root, path,
                             "Hash " + std::to_string(doubt.seq % crypto::tile_width) +
                                 " of the tile is " + hex(doubt.in_tile) + "; entry " +
                                 std::to_string(doubt.seq) + " hashes to " + hex(machine_.head()) +
                                 ", as the entry behind it repeats.");
    return;
  }
  const bool proven = next.entry && next.entry->prev == doubt.in_tile;
  bad_entry_ = Finding{Level::chain, doubt.seq, entry_name(doubt.seq), &ledger::LOG_2,
                       "The entry hashes to " + hex(machine_.head()) + ", but by the hash tile " +
                           (proven ? "and the entry behind it " : "") + "it hashed to " +
                           hex(doubt.in_tile) + " when it was logged: it was altered afterwards."};
}

// Level 0 was compared entry by entry.
void Replay::compare_full_tiles() {
  for (const crypto::Tile& tile : tiles_.take_full()) {
    if (tile.id.level == 0) continue;
    compare({false, tile.id.level, tile.id.index, crypto::tile_width}, tile.hashes);
  }
}

void Replay::compare(const crypto::TilePath& path, const std::vector<crypto::Hash>& hashes) {
  if (bad_hash_ || !unreadable_.empty()) return;
  const TileBytes tile = fetch_tile(bundle_, path);
  if (tile.fetched.outcome == Fetched::Outcome::unreadable) {
    unreadable_ = tile.fetched.reason;
    return;
  }
  if (tile.fetched.outcome == Fetched::Outcome::absent) {
    bad_hash_ = tile_finding(Level::root, path, "The hash tile is not there.");
    return;
  }
  const auto stored = hashes_of(tile, hashes.size());
  if (!stored) {
    bad_hash_ = tile_finding(Level::root, path,
                             "The hash tile must have " +
                                 std::to_string(hashes.size() * crypto::Hash::length) + " bytes.");
    return;
  }
  const auto [computed, found] = std::mismatch(hashes.begin(), hashes.end(), stored->begin());
  if (computed == hashes.end()) return;
  const auto at = static_cast<std::uint64_t>(computed - hashes.begin());
  const unsigned below = 8 * path.level;  // a hash is over so many entries, as a power of two
  const ledger::Seq first = (path.index * crypto::tile_width + at) << below;
  bad_hash_ = tile_finding(Level::root, path,
                           "Hash " + std::to_string(at) + " of the tile, over entries " +
                               std::to_string(first) + " to " +
                               std::to_string(first + (ledger::Seq{1} << below) - 1) + ", is " +
                               hex(*found) + "; they give " + hex(*computed) + ".");
}

void Replay::finish(const crypto::Checkpoint& claimed) {
  const ledger::TreeHead head = machine_.tree();
  const bool same_root = head.root == claimed.root;
  if (doubt_ && !same_root) {
    bad_entry_ = Finding{Level::chain, doubt_->seq, entry_name(doubt_->seq), &ledger::LOG_2,
                         "The entry hashes to " + hex(machine_.head()) +
                             ", but by the hash tile it "
                             "hashed to " +
                             hex(doubt_->in_tile) +
                             " when it was logged: it was altered "
                             "afterwards."};
    return;
  }
  if (doubt_ && !bad_hash_) {
    const crypto::TilePath path{false, 0, doubt_->seq / crypto::tile_width,
                                static_cast<std::size_t>(doubt_->seq % crypto::tile_width) + 1};
    bad_hash_ =
        tile_finding(Level::root, path,
                     "The last hash of the tile is " + hex(doubt_->in_tile) + "; entry " +
                         std::to_string(doubt_->seq) + " hashes to " + hex(machine_.head()) +
                         ", and so the root is that of the checkpoint.");
  }
  for (unsigned level = 1; head.size >> (8 * level) > 0; ++level) {
    const std::vector<crypto::Hash> open = tiles_.open_tile(level);
    const std::uint64_t index = head.size >> (8 * level) >> 8;
    if (!open.empty()) compare({false, level, index, open.size()}, open);
    if (level == 7) break;  // a shift by 64 has no meaning; no log is that long
  }
  if (same_root || bad_hash_) return;
  bad_hash_ = Finding{Level::root, std::nullopt, "checkpoint", &ledger::LOG_15,
                      "The entries and hash tiles agree and have root " + hex(head.root) +
                          "; the checkpoint gives " + hex(claimed.root) + "."};
}

// ---- what the auditor holds ----

void Replay::note_opening(const ledger::Entry& entry) {
  opening_ = entry.leaf;
  if (!trust_.opening || *trust_.opening == entry.leaf || distrust_) return;
  distrust_ = Finding{std::nullopt, 0, entry_name(0), &LOG_20,
                      "The trust file pins an opening with leaf hash " + hex(*trust_.opening) +
                          "; this log's is " + hex(entry.leaf) +
                          ". This is another ledger than the one that you mean."};
}

void Replay::note_keys(const ledger::Entry& entry, const ledger::Effects& effects) {
  for (const ledger::RowEffect& row : effects.rows) {
    const auto* enrolled = std::get_if<ledger::KeyEffect>(&row);
    if (enrolled == nullptr || enrolled->record.retired_at) continue;
    const ledger::Participant& owner = machine_.state().participants[enrolled->record.participant];
    if (owner.kind != ledger::Participant::Sort::party) continue;
    PartyKey key{
        owner.id,  enrolled->key, crypto::key_fingerprint(enrolled->key), enrolled->record.recovery,
        entry.seq, std::nullopt,  PartyKey::Ground::claimed_by_operator};
    if (trust_.opening && trust_.opening == opening_) key.ground = PartyKey::Ground::opening_pinned;
    const auto pins = trust_.parties.find(owner.id);
    const bool pinned = pins != trust_.parties.end() && pins->second.contains(key.fingerprint);
    if (pinned) key.ground = PartyKey::Ground::key_pinned;
    if (pins != trust_.parties.end() && !pinned && !distrust_) {
      distrust_ =
          Finding{std::nullopt, entry.seq, entry_name(entry.seq), &LOG_20,
                  "The entry enrols a key of " + owner.id + " with fingerprint " +
                      hex(key.fingerprint) + ", which the trust file does not pin. Ask " +
                      owner.id + " whether the key is its own; if it is, add it to the file."};
    }
    party_keys_.push_back(std::move(key));
  }
}

void Replay::compare_older() {
  if (older_ && older_->size == machine_.size()) {
    contains_older_ = machine_.tree().root == older_->root;
  }
}

}  // namespace replay
