// The serial part of an audit: steps the machine over prepared entries and compares every hash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/merkle.hpp"
#include "ledger/machine.hpp"
#include "replay/audit.hpp"
#include "replay/audit_batch.hpp"

namespace replay {

// Goes through a log in order and keeps the first thing of each sort that does not hold.
// One thread at a time; the references outlive it.
class Replay {
 public:
  Replay(const BundleReader& bundle, const Trust& trust,
         const std::optional<crypto::Checkpoint>& older, const Follow& follow)
      : bundle_(bundle),
        trust_(trust),
        older_(older),
        follow_(follow),
        contains_older_(older && older->size == 0) {}

  // Takes the batches in order; false where the replay ends: a bad entry, or a part unreadable.
  [[nodiscard]] bool take(Batch& batch);

  // After the last batch: the tiles that are not full, and the root that the checkpoint gives.
  void finish(const crypto::Checkpoint& claimed);

  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }
  // How many entries are good, from the first on, and the time of the last of them: an entry that
  // was altered may have been stepped before the next one tells.
  [[nodiscard]] ledger::Seq good() const;
  [[nodiscard]] ledger::Timestamp good_until() const;
  [[nodiscard]] const std::string& unreadable() const { return unreadable_; }
  // Where the replay ended before an entry that asks for rules that this program does not know.
  [[nodiscard]] const std::string& newer_rules() const { return newer_rules_; }
  [[nodiscard]] const std::optional<Finding>& bad_entry() const { return bad_entry_; }
  [[nodiscard]] const std::optional<Finding>& bad_hash() const { return bad_hash_; }
  [[nodiscard]] const std::optional<Finding>& distrust() const { return distrust_; }
  [[nodiscard]] bool contains_older() const { return contains_older_; }
  [[nodiscard]] const std::optional<crypto::Hash>& opening() const { return opening_; }
  // Every key of a Party, in the order of enrolment; retired_by is not filled in.
  [[nodiscard]] const std::vector<PartyKey>& party_keys() const { return party_keys_; }

 private:
  [[nodiscard]] bool step(Candidate& candidate);
  void settle_doubt(const Candidate& next);
  void blame(ledger::Seq seq, Level broken, const ledger::Violation& violation,
             std::optional<bool> tile_agrees);
  void compare_full_tiles();
  void compare(const crypto::TilePath& path, const std::vector<crypto::Hash>& hashes);
  void note_keys(const ledger::Entry& entry, const ledger::Effects& effects);
  void note_opening(const ledger::Entry& entry);
  void compare_older();

  // A hash tile that says of the last entry another leaf hash than the entry has. The next entry's
  // prev tells which of the two was altered.
  struct Doubt {
    ledger::Seq seq = 0;
    crypto::Hash in_tile;
  };

  const BundleReader& bundle_;
  const Trust& trust_;
  const std::optional<crypto::Checkpoint>& older_;
  const Follow& follow_;
  bool contains_older_;  // every log contains the empty one
  ledger::Machine machine_;
  ledger::Timestamp time_before_;  // of the entry before the last that was stepped
  crypto::TileBuilder tiles_;
  std::optional<Doubt> doubt_;
  std::string unreadable_;
  std::string newer_rules_;  // a sentence
  std::optional<Finding> bad_entry_;
  std::optional<Finding> bad_hash_;
  std::optional<Finding> distrust_;
  std::optional<crypto::Hash> opening_;
  std::vector<PartyKey> party_keys_;
};

}  // namespace replay
