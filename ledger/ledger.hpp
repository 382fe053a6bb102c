// The log as a whole: from authentic events to durable, signed, provable entries (architecture.md
// 5, Commit; spec/log.md).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/merkle.hpp"
#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/entry.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/machine.hpp"
#include "ledger/store.hpp"

namespace ledger {

// Who runs this log: what an opening must name, and what signs its checkpoints.
struct LogIdentity {
  std::string origin;              // the log key's name
  crypto::SecretKey log_key;       // signs checkpoints only; the opening's, or announced since
  crypto::PublicKey service_key;   // signs refusals only, elsewhere
  crypto::PublicKey operator_key;  // the operator's event key; signs events only
  // Signs every new checkpoint beside the log key, under the same name: whoever knows either key
  // believes it (spec/log.md 6).
  std::optional<crypto::SecretKey> next_log_key = {};
};

// An authentic event and the time that its entry asks for: the clock's, or in demonstration mode
// the submitter's.
struct Arrival {
  AuthenticEvent event;
  Timestamp time;
  bool time_from_submitter = false;
};

// What readers may see: a durable size, its signed checkpoint and its open tiles. A value.
struct Published {
  Seq size = 0;
  crypto::Hash root;
  std::string note;                             // signed checkpoint of exactly `size` entries
  std::vector<std::vector<crypto::Hash>> open;  // by level: the hashes of the tile not yet full
};

// What became of an arrival.
struct Admitted {
  Seq seq = 0;
};
// The same event again: the first receipt stands.
struct Repeated {
  Seq seq = 0;
};
using Outcome = std::variant<Admitted, Repeated, Violation>;

// A batch that was judged but is not durable: nobody may hear of it yet.
struct Staged {
  std::vector<Outcome> outcomes;  // one for each arrival, in order
  std::vector<Entry> entries;     // the admitted ones
  std::vector<Effects> effects;   // of each entry
  std::vector<StoredTile> tiles;  // that these entries made full; once it is sealed
  Published published;            // after them; once it is sealed
};

// A batch that is durable and in the lock slot; only `harden` makes one, so only this is answered.
class Hardened {
 public:
  [[nodiscard]] const Staged& batch() const { return batch_; }
  [[nodiscard]] Staged take() && { return std::move(batch_); }

 private:
  friend class Ledger;
  explicit Hardened(Staged batch) : batch_(std::move(batch)) {}
  Staged batch_;
};

// Takes entries in order, with what they did: start-up and steady state feed the same one.
class Sink {
 public:
  virtual ~Sink() = default;
  [[nodiscard]] virtual Result<> take(const Entry& entry, const Effects& effects) = 0;
};

// The writer of one log. Threads: `stage`, `seal` and `would_admit` belong to one thread, `harden`
// to one, which may be another: hardening follows the order of sealing and may overlap the next
// stage. The store and the slot outlive the ledger.
class Ledger {
 public:
  // Opens the log: compares the lock slot, hashes every line up to the signed root, compares every
  // full tile and stored checkpoint; only then raises the epoch, replays every line, feeds each
  // entry to `sink`, and lets a slot that is behind catch up. On an empty store it signs and stores
  // the checkpoint of size 0. Fails with the LOG clause that does not hold.
  // Of a log that adopted a spec number above `newest`, with LED-9 or LED-2: nothing is wrong with
  // it, and this program cannot judge it.
  [[nodiscard]] static Result<Ledger> open(Store& store, LockSlot& slot, Sink& sink,
                                           LogIdentity identity, std::int64_t newest = newest_spec);

  // Judges arrivals in order and places the admitted ones, in a batch that goes on until it is
  // sealed; nothing is staged in another one meanwhile.
  void stage(std::vector<Arrival> arrivals, Staged& batch);
  // Signs the checkpoint after the batch.
  void seal(Staged& batch);
  // A batch of these alone.
  [[nodiscard]] Staged stage(std::vector<Arrival> arrivals);

  // Makes a sealed batch durable: the store, synced, then the lock slot, synced. A failure poisons:
  // every later call returns it too, and the process should stop. An outcome that found the store
  // altered or unreadable is such a failure.
  [[nodiscard]] Result<Hardened> harden(Staged staged);

  // Whether the event would be admitted now; changes nothing.
  [[nodiscard]] Result<> would_admit(const Arrival& arrival) const;

  [[nodiscard]] const Machine& machine() const { return machine_; }
  // What is published when nothing is staged: after `open`, before the first `stage`.
  [[nodiscard]] Published published() const;

 private:
  Ledger(Store& store, LockSlot& slot, LogIdentity identity, std::int64_t newest)
      : store_(&store), slot_(&slot), identity_(std::move(identity)), machine_(newest) {}
  [[nodiscard]] Result<std::optional<OwnCheckpoint>> newest_checkpoint();
  [[nodiscard]] Result<> replay(Sink& sink, const OwnCheckpoint& newest, Seq other_key_until);
  [[nodiscard]] Result<> check_keys(Seq other_key_until) const;
  [[nodiscard]] Result<> publish_nothing();
  [[nodiscard]] std::string sign(const TreeHead& head) const;
  [[nodiscard]] Result<Entry> place(Arrival arrival) const;
  [[nodiscard]] std::optional<Outcome> repeated(const AuthenticEvent& event) const;
  [[nodiscard]] Result<> check_readable(const std::vector<Outcome>& outcomes) const;
  [[nodiscard]] Result<> store(const Staged& staged);

  Store* store_;
  LockSlot* slot_;
  LogIdentity identity_;
  // The stager's.
  Machine machine_;
  crypto::TileBuilder tiles_;
  std::deque<std::pair<Seq, crypto::Hash>> recent_;  // event hashes perhaps not yet in the store
  std::string note_;                                 // of the newest sealed size
  // The hardener's.
  Epoch epoch_ = 0;
  std::optional<Violation> poison_;
};

// Reads proofs and tiles at a published size and at every smaller one: the nodes of a smaller tree
// are nodes of the larger. So the receipt of an old entry leads to the checkpoint that first
// covered it. Stateless beside its references, which outlive it. Any thread.
class ProofReader {
 public:
  ProofReader(const Store& store, const Published& published)
      : store_(&store), published_(&published) {}

  // RFC 6962 audit path of entry `seq` in the tree of `size`, leaf's sibling first.
  // Precondition: seq < size <= published size.
  [[nodiscard]] Result<std::vector<crypto::Hash>> inclusion(Seq seq, Seq size) const;
  [[nodiscard]] Result<std::vector<crypto::Hash>> inclusion(Seq seq) const {
    return inclusion(seq, published_->size);
  }
  // RFC 6962 consistency proof. Precondition: old_size <= size <= published size.
  [[nodiscard]] Result<std::vector<crypto::Hash>> consistency(Seq old_size, Seq size) const;
  [[nodiscard]] Result<std::vector<crypto::Hash>> consistency(Seq old_size) const {
    return consistency(old_size, published_->size);
  }
  // The first `width` (1 to 256) hashes of a tile at the published size; nothing when it has fewer.
  [[nodiscard]] Result<std::optional<std::string>> tile(unsigned level, std::uint64_t index,
                                                        std::size_t width) const;

 private:
  [[nodiscard]] Result<std::string> full_tile(const crypto::TileId& id) const;
  [[nodiscard]] Result<crypto::Hash> node(const crypto::NodeId& id) const;
  [[nodiscard]] Result<std::vector<crypto::Hash>> read(const crypto::ProofPlan& plan) const;
  const Store* store_;
  const Published* published_;
};

}  // namespace ledger
