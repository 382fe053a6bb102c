// What a committed state is said to hold, and whether it is proven: balances for whoever has the
// log's key and no copy of the log (spec/commitments.md, 5).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/machine.hpp"
#include "ledger/seq.hpp"

namespace replay {

// A key of the state, and the text that it is said to have.
struct StateClaim {
  std::vector<std::string> key;        // a kind, and what names one of it: {"account", "XHA-1"}
  std::optional<std::string> account;  // in whose tree of runs it is; none: in the main tree
  std::optional<std::string> text;     // none: the key has no text
  std::string proof;                   // bytes of a state proof (spec/state.md, 3)
};

// An entry that is said to concern an account or a lot.
struct ListedEntry {
  ledger::Seq seq = 0;
  crypto::Hash leaf;  // of its line
};

// Claims of one state, which an entry of the log commits to.
struct StateClaims {
  std::string entry;  // the line of the commitment
  std::string proof;  // .tlog-proof of it
  std::vector<StateClaim> claims;
  // All entries that concern the account or the lot of the first claim; none: they are not told.
  std::optional<std::vector<ListedEntry>> entries = {};
  bool demonstration = false;            // whether the answer says that it is one
  std::optional<ledger::Seq> size = {};  // of the log when it was answered, by the server's word
};

// What somebody wants to know.
struct StateQuestion {
  std::string kind;  // "account", "authorization", "party"; "unit", of a registry
  std::string name;
  std::optional<ledger::Serial> serial;  // of a unit
};
// Whether one of the claims is about that, whatever it says. Precondition: they were proven.
[[nodiscard]] bool answers(const StateClaims& claims, const StateQuestion& question);
// Whether one of them says that the unit was not issued. Precondition: they were proven.
[[nodiscard]] bool say_not_issued(const StateClaims& claims, const StateQuestion& question);

inline constexpr std::size_t most_claims = 1'000;
inline constexpr std::size_t most_listed_entries = 10'000;
inline constexpr std::size_t most_claim_bytes = 8'000'000;  // of a file of them

// The claim that a committed state makes of a key, with its proof.
[[nodiscard]] StateClaim claim_of(const ledger::ProvenValue& value);
// Of a unit: its account and its run; or its registry, where it was not issued.
[[nodiscard]] std::vector<StateClaim> claims_of_unit(const ledger::Machine& machine,
                                                     const std::string& registry,
                                                     ledger::Serial serial);
// Of the lot that a unit was issued in; or its registry, where it was not.
[[nodiscard]] std::vector<StateClaim> claims_of_lot(const ledger::Machine& machine,
                                                    const std::string& registry,
                                                    ledger::Serial serial);

// Claims that hold, in plain sentences.
struct ProvenClaims {
  ledger::Seq entries = 0;        // the state is the one behind so many
  ledger::Timestamp time;         // of the commitment's entry
  crypto::Checkpoint checkpoint;  // that the log key signed, with the commitment as the last entry
  std::string note;               // the same with all its signatures
  std::vector<std::string> claims;  // one sentence or more for each, in order
};

// Judges claims, which may be anything. Nothing where one of them is not proven, and then `problem`
// says which and why.
[[nodiscard]] std::optional<ProvenClaims> prove_claims(const StateClaims& claims,
                                                       const crypto::LogKeys& log_keys,
                                                       std::string& problem);

}  // namespace replay
