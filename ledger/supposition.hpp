// A log under rules that were never adopted: what would have been admitted, and what it would have
// changed (spec/reports.md).
#pragma once

#include <string>

#include "ledger/judgement.hpp"

namespace ledger {

// Follows the entries of a log in order, with a proposed version of an approach's rules in the
// place of every version that the approach adopted. An entry that is then refused changes nothing,
// and what rests on it is judged without it.
//
// Its tree is that of the log, which attested audits speak of; nothing of it can become an entry.
// What the operator committed to is the state of the log, so it stands as it is. A value; one
// thread.
class Supposition {
 public:
  // The version number and the CARP id of `proposed` do not count: they stay those of the log.
  explicit Supposition(ApproachRules proposed) : proposed_(std::move(proposed)) {}

  // What the entry would have changed, or the clause by which it would have been refused.
  [[nodiscard]] Result<Effects> follow(const Entry& entry);

  // Whether the entry adopts rules that the proposed ones stand in for.
  [[nodiscard]] bool replaces(const Entry& entry) const;

 private:
  [[nodiscard]] Result<Effects> suppose(const Entry& entry);

  ApproachRules proposed_;
  State state_;
  crypto::Frontier tree_;
  Timestamp last_;  // of the last entry
};

}  // namespace ledger
