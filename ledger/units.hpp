// What every unit's standing is: a map from unit to attributes, stored as maximal runs.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/ranges.hpp"

namespace ledger {

// The place of a row in one of the state's registers; rows are only added, so it stays good.
using Index = std::uint32_t;

// Used and cancelled are terminal (decision 16).
enum class UnitStatus : std::uint8_t { held, used, cancelled };

// What a unit was used or cancelled for; none while it is held.
enum class UnitPurpose : std::uint8_t {
  none,
  ndc,
  imp,
  op,
  omge,
  voluntary,
  domestic,
  administrative,
  reversal,
};

// How many versions an authorization may have: what a unit remembers of them is that long.
inline constexpr std::uint32_t most_versions = (1U << 10) - 1;

// Everything that a rule reads about a unit. Neighbours equal in all of it are one run. The last
// four bytes are bits, none of them unused.
struct Standing {
  Index lot = 0;      // its issuance, and its authorization: activity, vintage, mitigation, …
  Index account = 0;  // where it is held; used and cancelled units remember the last one
  std::uint32_t acquirer_authorization = 0;  // index + 1 of the acquirer's authorization, 0 none
  UnitStatus status : 2 = UnitStatus::held;
  UnitPurpose purpose : 4 = UnitPurpose::none;
  bool first_transferred : 1 = false;
  bool reserved : 1 = false;            // for an event that alone may move it
  std::uint32_t frozen : 1 = false;     // moves by no event
  std::uint32_t cleared : 3 = 0;        // proceeds settled, a bit a moment: issuance 1, transfer 2,
                                        // acquisition 4
  std::uint32_t host_version : 10 = 0;  // of the host's authorization, from first transfer on
  std::uint32_t acquirer_version : 10 = 0;  // of the acquirer's authorization, from acquisition on

  bool operator==(const Standing& other) const {
    using Words = std::array<std::uint64_t, 2>;
    return std::bit_cast<Words>(*this) == std::bit_cast<Words>(other);
  }
};
static_assert(sizeof(Standing) == 16, "16 bytes a run are budgeted");

// Units of one standing.
struct Run {
  Range range;
  Standing standing;
  bool operator==(const Run&) const = default;
};

// A run clipped to the range that was asked for.
struct Piece {
  Run run;
  std::uint32_t range_index = 0;  // which of the ranges asked for
};

// The units of one originating registry: a standing for each serial from 1, without a gap.
//
// A value: copies are deep, and equality compares units, never the layout. It is a function of what
// was issued and of today's standings, not of the path of splits: runs are maximal.
// One thread writes; readers of the same object must not run beside it.
//
// Layout: a B+-tree of fixed height. Runs lie in sorted leaves of up to 64 (24 bytes a run: its end
// is the next one's first), leaves in sorted branches of up to 256, branches in one sorted vector,
// so that a change moves a few kilobytes at 10^7 runs too. Neighbouring leaves hold more than 48
// runs between them: at most 70 bytes a run, about 37 after random splits.
class UnitMap {
 public:
  // The lowest serial that was never issued: 1 when empty.
  [[nodiscard]] Serial next() const { return next_; }
  [[nodiscard]] bool empty() const { return next_ == 1; }
  // How many maximal runs there are.
  [[nodiscard]] std::size_t run_count() const { return run_count_; }

  // Issues the next `quantity` units with one standing; the cost does not depend on the quantity.
  // Precondition: 1 <= quantity <= max_serial - next() + 1.
  void issue(std::int64_t quantity, const Standing& standing);

  // The maximal run that contains the unit; nothing when it was never issued.
  [[nodiscard]] std::optional<Run> at(Serial serial) const;

  // Appends to `out` the runs that the ranges overlap, clipped, ascending; the units that were
  // never issued have no piece. Each range is looked up once, with a finger that only moves
  // forward. Precondition: ranges valid, ascending, disjoint (adjacent ones are allowed).
  void resolve(std::span<const Range> ranges, std::vector<Piece>& out) const;

  // Gives every unit of each change that change's standing, in one forward pass. A change may cut
  // runs, cover many of them, or leave a standing as it is; it need not know today's runs.
  // Precondition: ranges valid, ascending, disjoint, all issued.
  void apply(std::span<const Run> changes);
  void change(Range range, const Standing& after);  // one change

  // Calls visit(const Run&) for every run, ascending. The map must not change meanwhile.
  template <class Visit>
  void for_each(Visit&& visit) const;

  bool operator==(const UnitMap& other) const;

 private:
  // A run without its end.
  struct Entry {
    Serial first;
    Standing standing;
    bool operator==(const Entry&) const = default;
  };
  using Leaf = std::vector<Entry>;  // never empty
  struct Branch {                   // never empty
    std::vector<Serial> firsts;     // of each leaf's first run; beside the leaves for the search
    std::vector<Leaf> leaves;
  };
  // Where a leaf is. Good until leaves are added or removed before it.
  struct Place {
    std::size_t branch = 0;
    std::size_t leaf = 0;
    bool operator==(const Place&) const = default;
  };
  class Window;

  [[nodiscard]] const Leaf& leaf(Place place) const {
    return branches_[place.branch].leaves[place.leaf];
  }
  [[nodiscard]] Place find(Serial serial, Place from) const;
  [[nodiscard]] std::optional<Place> before(Place place) const;
  [[nodiscard]] std::optional<Place> after(Place place) const;
  [[nodiscard]] Serial end_of(Place place) const;
  void fetch(std::span<const Range> ranges, Place from) const;
  [[nodiscard]] Place store(Place place, std::span<const Entry> entries);
  [[nodiscard]] Place insert_after(Place place, std::span<const Entry> entries);
  void erase(Place from, Place to);

  Serial next_ = 1;
  std::size_t run_count_ = 0;
  std::vector<Serial> firsts_;  // of each branch's first run
  std::vector<Branch> branches_;
};

template <class Visit>
void UnitMap::for_each(Visit&& visit) const {
  std::optional<Entry> open;  // the run whose end is not yet known
  for (const Branch& branch : branches_) {
    for (const Leaf& leaf : branch.leaves) {
      for (const Entry& entry : leaf) {
        if (open) visit(Run{{open->first, entry.first}, open->standing});
        open = entry;
      }
    }
  }
  if (open) visit(Run{{open->first, next_}, open->standing});
}

}  // namespace ledger
