// What each movement of units did, kept so that it can be undone (spec/decisions/0033).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/figures.hpp"
#include "ledger/ranges.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

struct Effects;

// Units that a movement touched, as they stood before it.
struct Touched {
  Index scope = 0;
  Range range;
  Standing before;
  bool first_transfer = false;  // by it
  bool operator==(const Touched&) const = default;
};

// What one entry did to units and to the figures that count them.
struct Movement {
  Seq seq = 0;
  Timestamp time;
  std::string_view type;  // of the event; static text
  std::vector<Touched> units;
  std::vector<YearEffect> years;
  std::vector<CapEffect> caps;
  std::vector<ProceedsEffect> proceeds;
  std::vector<ReversalEffect> reversals;
  std::vector<ExcessEffect> excesses;
};

// Whether undoing needs to know of entries of that type: all that give units a new standing but
// issuances, before which no unit stood, corrections themselves, and locks: what is locked cannot
// be undone, and what was locked and is not any more stands as if it never was.
[[nodiscard]] bool is_journaled(std::string_view type);

// Movements in the order of the log, packed: some 25 bytes for an entry of one range and 4 for each
// further range, whatever their length. Appending costs a few nanoseconds a range; looking one up
// reads at most 64 movements, and asking what came after it reads what came after it.
//
// A value; the same entries give equal journals. One thread writes.
class Journal {
 public:
  // Precondition: is_journaled(effects.type), and later than every entry before.
  void append(const Effects& effects);

  [[nodiscard]] std::optional<Movement> find(Seq seq) const;

  // The newest movement after `seq` that touched one of the units, of those that `counts` lets
  // count; nothing where none did.
  [[nodiscard]] std::optional<Seq> newest_touch(const std::vector<Touched>& units, Seq seq,
                                                const std::function<bool(Seq)>& counts) const;

  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
  bool operator==(const Journal&) const = default;

 private:
  struct Mark {
    Seq seq = 0;         // of a movement
    std::size_t at = 0;  // where it begins
    bool operator==(const Mark&) const = default;
  };

  [[nodiscard]] std::size_t mark_before(Seq seq) const;
  void pack_units(const std::vector<UnitEffect>& units);
  [[nodiscard]] std::uint64_t number_of_standing(Standing standing);

  std::vector<std::uint8_t> bytes_;
  std::vector<Mark> marks_;  // one for every 64 movements
  std::size_t movements_ = 0;
  Seq last_seq_ = 0;
  Timestamp last_time_;
  // Standings without their lot, numbered as they first came; few, however many units there are.
  std::vector<Standing> standings_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> numbers_;
  std::uint64_t last_number_ = 0;  // that was asked for: mostly it is the same again
};

}  // namespace ledger
