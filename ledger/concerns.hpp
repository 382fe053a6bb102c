// Which accounts and which issued lots an entry concerns: the lists of entries that the operator
// commits to (spec/commitments.md, 4).
#pragma once

#include <vector>

#include "ledger/effects.hpp"
#include "ledger/ranges.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Takes every entry of a log in order and says of the last one. A value; one thread.
class Concerns {
 public:
  // A lot, as it was issued or assigned.
  struct Issued {
    Index as = 0;     // the lot that its units were issued as: itself, unless it was assigned
    Index scope = 0;  // registry
    Range units;
    bool operator==(const Issued&) const = default;
  };

  void take(const Effects& effects);

  // Of the entry that was taken last: ascending, each once. Lots are those that units were issued
  // as.
  [[nodiscard]] const std::vector<Index>& accounts() const { return accounts_; }
  [[nodiscard]] const std::vector<Index>& lots() const { return lots_; }

  // Of every lot so far, by its index.
  [[nodiscard]] const std::vector<Issued>& issued() const { return issued_; }

  bool operator==(const Concerns& other) const { return issued_ == other.issued_; }

 private:
  std::vector<Issued> issued_;
  std::vector<Index> accounts_;
  std::vector<Index> lots_;
};

}  // namespace ledger
