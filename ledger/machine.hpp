// The state machine of the log: the one way in (architecture.md 1). The live commit, the restart
// and the audit all step the same Machine.
#pragma once

#include "crypto/merkle.hpp"
#include "ledger/clause.hpp"
#include "ledger/committed_state.hpp"
#include "ledger/effects.hpp"
#include "ledger/entry.hpp"
#include "ledger/rule.hpp"
#include "ledger/spec_number.hpp"
#include "ledger/state.hpp"

namespace ledger {

struct TreeHead {
  Seq size = 0;
  crypto::Hash root;
  bool operator==(const TreeHead&) const = default;
};

// State, head of the chain and Merkle frontier after some entries. A value: copy it to look ahead.
// Not thread-safe; its owner's thread steps it.
class Machine {
 public:
  // Judges by every spec number up to `newest`: this program's, unless a test looks further ahead.
  explicit Machine(std::int64_t newest = newest_spec) : newest_spec_(newest) {}

  // The entry that would place the event next, at `time` or at the last entry's time if that is
  // later. Nothing is judged yet.
  [[nodiscard]] Entry make_entry(AuthenticEvent event, Timestamp time) const;

  // Judges the link (LOG), the identity (ID) and the event's rules; then evolves the state and the
  // frontier and returns what changed. A violation leaves everything as it was, byte for byte.
  [[nodiscard]] Result<Effects> step(const Entry& entry);

  // Judges as `step` would, and changes nothing: "would it be admitted now". Of a commitment to the
  // state the trees are brought up, which committed() then shows.
  [[nodiscard]] Result<> would_admit(const Entry& entry) const;

  [[nodiscard]] const State& state() const { return state_; }
  // What an entry placed next would commit to; brings the trees up.
  [[nodiscard]] StateRoot state_root() const { return committed_.bring_up(state_); }
  // As it was brought up last: by the newest commitment, or since by state_root().
  [[nodiscard]] const CommittedState& committed() const { return committed_; }
  [[nodiscard]] TreeHead tree() const { return {frontier_.size(), frontier_.root()}; }
  [[nodiscard]] Seq size() const { return frontier_.size(); }
  [[nodiscard]] const crypto::Hash& head() const { return head_; }
  [[nodiscard]] Timestamp time() const { return time_; }

  bool operator==(const Machine&) const = default;

 private:
  [[nodiscard]] Context context_for(const Entry& entry) const;

  State state_;
  // Follows from the entries; its trees are brought up where they are asked for.
  mutable CommittedState committed_;
  crypto::Frontier frontier_;
  crypto::Hash head_;  // leaf hash of the last entry; zeros before the first
  Timestamp time_;     // of the last entry
  std::int64_t newest_spec_;
};

}  // namespace ledger
