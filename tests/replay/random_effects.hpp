// Effects of no story at all: units of one registry are split, moved, used and cleared at random,
// as many ways as the machine could report it, beside a model with a row for each unit.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "ledger/effects.hpp"

namespace replay_test {

// What one unit stands in, and since which entry.
struct UnitRow {
  ledger::Standing standing;
  ledger::Seq since = 0;
};

class RandomLog {
 public:
  static constexpr ledger::Index accounts = 4;  // A0 … A3; even ones of XAA, odd ones of XBB

  explicit RandomLog(std::uint32_t seed) : random_(seed) {}

  // The registers, one issuance, then changes: `entries` effects in all.
  void run(std::size_t entries);

  [[nodiscard]] const std::vector<ledger::Effects>& effects() const { return effects_; }
  // Unit n's row after the first `size` entries: model(size)[n - 1].
  [[nodiscard]] const std::vector<UnitRow>& model(ledger::Seq size) const { return models_[size]; }

 private:
  ledger::Effects& next(std::string_view type);
  void register_everything();
  void issue(std::int64_t quantity);
  void change();
  void change_range(ledger::Effects& effects, ledger::Range range, const ledger::Standing& wish);
  std::int64_t below(std::int64_t end);

  std::mt19937 random_;
  std::vector<ledger::Effects> effects_;
  std::vector<UnitRow> units_;
  ledger::Index lots_ = 0;
  std::vector<std::vector<UnitRow>> models_{{}};
};

}  // namespace replay_test
