// Which accounts and which issued lots an entry concerns: the lists of entries that the operator
// commits to (spec/commitments.md, 4).
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/ranges.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Takes every entry of a log in order and says of the last one. A value; one thread.
class Concerns {
 public:
  // A registry, and the place of a lot among those that were issued there, ascending by serial.
  using IssuedLot = std::pair<Index, std::size_t>;

  void take(const Effects& effects);

  // Of the entry that was taken last: ascending, each once.
  [[nodiscard]] const std::vector<Index>& accounts() const { return accounts_; }
  [[nodiscard]] const std::vector<IssuedLot>& lots() const { return lots_; }

  // The units of every lot that was issued, by registry.
  [[nodiscard]] const std::vector<std::vector<Range>>& issued() const { return issued_; }

  bool operator==(const Concerns& other) const { return issued_ == other.issued_; }

 private:
  void take(const UnitEffect& unit);

  std::vector<std::vector<Range>> issued_;
  std::vector<Index> accounts_;
  std::vector<IssuedLot> lots_;
};

}  // namespace ledger
