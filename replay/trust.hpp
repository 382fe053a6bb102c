// What an auditor holds independently of the log's operator (spec/audit.md).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"

namespace replay {

// Pins. Without any, the Parties' keys are "as claimed by the operator". A value.
struct Trust {
  std::optional<crypto::Hash> opening;  // leaf hash of entry 0
  // By Party: the fingerprints (SHA-256 of SubjectPublicKeyInfo) of every key that it says is its
  // own.
  std::map<ledger::Id, std::set<crypto::Hash>> parties;
  // An earlier checkpoint of the same log, as a signed note: this log must contain that one.
  std::optional<std::string> older_checkpoint;

  [[nodiscard]] bool pins_anything() const { return opening.has_value() || !parties.empty(); }
};

// Reads a trust file: lines "opening <64 hex>" and "party <alpha-3> <64 hex>", empty lines and
// lines that begin with '#'. Otherwise nothing, and `problem` says what is wrong with which line.
[[nodiscard]] std::optional<Trust> parse_trust(std::string_view text, std::string& problem);

}  // namespace replay
