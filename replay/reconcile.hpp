// Two ledgers side by side: do they say the same of the same units (spec/reports.md)?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/units.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"

namespace replay {

// Units of one registry on which the two differ alike.
struct Difference {
  int number = 0;          // from 1
  std::string registry;    // originating; empty where it is a total
  ledger::Range range;     // of serials
  std::string one, other;  // what each says
};

// One of the two: its books, and which log they are of.
struct LedgerSide {
  const Books& books;
  Provenance provenance;
  std::string root;  // of the log that the books are of, in hex
};

struct Reconciliation {
  std::int64_t compared = 0;  // units that either has issued
  std::int64_t differing = 0;
  std::vector<Difference> differences;  // by registry and serial, then totals
};

// Compares every unit that either issued: origin, vintage, type, underlying units, section, status,
// purpose, first transfer, authorizations and their versions, what stops it; then the sums of every
// Party by year. Names are compared, not how often
// units were cut. Precondition: both books have an entry.
[[nodiscard]] Reconciliation reconcile(const Books& one, const Books& other);

// What became of units, in words: "held", "used for NDC", "cancelled for OMGE".
[[nodiscard]] std::string status_words(const ledger::Standing& standing);

// One canonical JSON object for both to sign: which logs, what was compared, what differs.
[[nodiscard]] std::string certificate(const LedgerSide& one, const LedgerSide& other,
                                      const Reconciliation& result);

}  // namespace replay
