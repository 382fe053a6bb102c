// The state as the operator commits to it: a state tree of accounts, authorizations, keys, issued
// lots and totals, and a tree of runs for each account (spec/commitments.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/merkle.hpp"
#include "crypto/state_tree.hpp"
#include "ledger/committed_values.hpp"
#include "ledger/concerns.hpp"
#include "ledger/effects.hpp"
#include "ledger/state.hpp"
#include "ledger/state_root.hpp"
#include "ledger/units.hpp"

namespace ledger {

// A key's text in a committed state, or that it has none, and what proves it.
struct ProvenValue {
  std::string key;
  std::optional<std::string> value;
  crypto::StateProof proof;
};

// Where a unit is: its run, under the tree of the account that it is, or was last, held in.
struct ProvenRun {
  ProvenValue account;  // in the main tree
  ProvenValue run;      // in the tree of that account
};

// Things that changed since the trees were brought up: each named at least once. Bounded by twice
// the number of different ones, and a little.
template <class T>
class Stale {
 public:
  void add(const T& item);
  // All of them once, ascending; none are left.
  [[nodiscard]] std::vector<T> take();

 private:
  void sort();
  std::vector<T> items_;
  std::size_t kept_ = 0;  // after it was last sorted
};

// Units that changed since then, likewise.
class StaleUnits {
 public:
  void add(Range range);
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] RangeSet take();

 private:
  void sort();
  std::vector<Range> ranges_;
  std::size_t kept_ = 0;
};

// Follows every entry and keeps, from the first on, which entries concern an account or an issued
// lot. The trees are made when they are first asked for, and from then on brought up with what
// changed since: nothing of them is needed in a log that never commits to its state.
//
// Folds effects, and never looks inside an event. What it is asked for is of the state at its last
// bring_up, whatever was taken in since. A value; one thread changes it.
// Memory: before there are trees about 100 bytes an account and an issued lot; with them 141 bytes
// a run in trees and 38 in the map of runs, and about 1 kB an account and 500 bytes another key of
// the main tree for texts (170 bytes a run measured with 10^6 runs in 100 accounts, 1,200 an
// account with one run each in 10^5).
class CommittedState {
 public:
  // What an entry did, and its leaf hash.
  void take(const Effects& effects, const crypto::Hash& leaf);

  // Makes the trees those of `state`, which is the one after the last entry taken in. The cost goes
  // with what changed since the last time, and the first time with all there is.
  StateRoot bring_up(const State& state);

  // The newest entry that commits to the state, where the trees are as it says: nothing where there
  // is none, or they were brought up since for one that was refused.
  [[nodiscard]] std::optional<Seq> committed_at() const;

  // Of the state as it was brought up last; before the first time nothing has a value.
  [[nodiscard]] const std::optional<StateRoot>& root() const { return root_; }
  // A key of the main tree.
  [[nodiscard]] ProvenValue prove(std::string key) const;
  // All keys of the main tree of one kind, ascending; what the key of one of them is behind it.
  [[nodiscard]] std::vector<std::string> keys_of(std::string_view kind) const;
  // The run that a unit is in; nothing where it was not issued by then, which the registry's key
  // proves. `state` is any later one of the same log.
  [[nodiscard]] std::optional<ProvenRun> prove_unit(const State& state, std::string_view registry,
                                                    Serial serial) const;
  // The units that were issued together with that one, by then; nothing where it was not.
  [[nodiscard]] std::optional<Range> lot_of(const State& state, std::string_view registry,
                                            Serial serial) const;

  // The same without trees: the next bring_up makes them anew, which comes to the same root.
  [[nodiscard]] CommittedState without_trees() const;

  // The same entries were taken in: all else follows from them and the state.
  bool operator==(const CommittedState& other) const;

 private:
  // A list that an entry belongs to, and the entry's place among those that wait.
  struct Waiting {
    Index list = 0;
    std::uint32_t entry = 0;
  };
  using VintageOf = std::pair<Index, Year>;  // of an account, an activity or a Party

  void note_row(const RowEffect& row);
  void list_entry(const crypto::Hash& leaf);
  void settle_lists();
  void touch_all(const State& state);
  void count_issued(const State& state);
  void bring_up_runs(const State& state, Index scope);
  void replace(const State& state, Index scope, const std::vector<Run>& before,
               const std::vector<Run>& after);
  void count(const State& state, Index scope, const Run& run, std::int64_t sign);
  void put_accounts(const State& state);
  void put_rest(const State& state);
  void put(std::string key, std::string value);
  [[nodiscard]] std::string account_text(const State& state, Index account);

  // From the first entry on.
  Concerns concerns_;
  std::vector<crypto::Frontier> account_entries_;  // by account: those that concern it
  std::vector<crypto::Frontier> lot_entries_;      // by issued lot, likewise
  // Entries that are in no list yet: hashing many together keeps it out of the way of the next one.
  std::vector<crypto::Hash> waiting_leaves_;
  std::vector<Waiting> waiting_accounts_, waiting_lots_;
  std::optional<std::pair<Seq, StateRoot>> newest_;  // commitment

  // As the state was brought up last.
  std::optional<StateRoot> root_;
  crypto::StateTree tree_;
  std::map<std::string, std::string, std::less<>> values_;  // of the tree
  std::vector<crypto::StateTree> account_runs_;             // by account
  std::vector<UnitMap> runs_;                               // by registry
  std::map<VintageOf, UnitTotals> account_totals_, vintage_totals_;
  std::map<std::string, UnitTotals> metric_totals_;
  std::vector<UnitTotals> registry_totals_;
  Index issued_lots_ = 0;  // so many lots are counted in these two
  std::map<VintageOf, std::int64_t> vintage_issued_;
  std::map<std::string, std::int64_t> metric_issued_;

  // Since then.
  std::vector<StaleUnits> units_;  // by registry
  Stale<Index> accounts_, authorizations_;
  Stale<crypto::PublicKey> keys_;
  Stale<VintageOf> party_years_, vintages_;
  Stale<Index> lots_;
  Stale<std::string> metrics_;
};

}  // namespace ledger
