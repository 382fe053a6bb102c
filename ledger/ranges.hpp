// Ranges of serial numbers, and sets of them. Plain values; safe to read from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace ledger {

// The number of a unit in its originating registry's gapless count: 1 to 2^53 - 1.
using Serial = std::int64_t;

// The highest serial: the largest integer that every JSON reader keeps exact (RFC 8785 3.2.2.3).
inline constexpr Serial max_serial = (Serial{1} << 53) - 1;

// Units [first, end). Half-open inside; JSON and people see closed ranges, see make_range and last.
struct Range {
  Serial first = 0;
  Serial end = 0;

  [[nodiscard]] constexpr std::int64_t quantity() const { return end - first; }
  [[nodiscard]] constexpr Serial last() const { return end - 1; }
  [[nodiscard]] constexpr bool contains(Serial serial) const {
    return first <= serial && serial < end;
  }
  // Names at least one unit, and only serials that exist.
  [[nodiscard]] constexpr bool valid() const {
    return 1 <= first && first < end && end <= max_serial + 1;
  }
  bool operator==(const Range&) const = default;
};

// The range from `first` to `last`, both included, as registries print it.
// Precondition: last <= max_serial.
[[nodiscard]] constexpr Range make_range(Serial first, Serial last) {
  return {first, last + 1};
}

// A set of units as ranges: each valid, strictly ascending, disjoint, never adjacent, so that equal
// sets have equal ranges. A value; its quantity is kept, not computed.
class RangeSet {
 public:
  RangeSet() = default;
  explicit RangeSet(Range range) { join(range); }

  // The set of exactly these ranges; nothing where the list is not in the form above.
  [[nodiscard]] static std::optional<RangeSet> from(std::span<const Range> ranges);

  // Appends a range as it stands. False, and nothing changed, unless it is valid and begins after a
  // gap above all others: the check that a reader of an event's list needs.
  [[nodiscard]] bool append(Range range);
  // Appends a range, joining it with the last where they touch.
  // Precondition: valid, and it begins at or above the end of all others.
  void join(Range range);
  void reserve(std::size_t ranges) { ranges_.reserve(ranges); }

  [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] std::size_t size() const { return ranges_.size(); }  // ranges
  [[nodiscard]] std::int64_t quantity() const { return quantity_; }  // units
  [[nodiscard]] bool contains(Serial serial) const;                  // O(log ranges)
  [[nodiscard]] bool contains(const RangeSet& other) const;          // every unit of it
  bool operator==(const RangeSet&) const = default;

  // The units of either, of both, of the first only. One pass over both.
  [[nodiscard]] static RangeSet unite(const RangeSet& a, const RangeSet& b);
  [[nodiscard]] static RangeSet intersect(const RangeSet& a, const RangeSet& b);
  [[nodiscard]] static RangeSet subtract(const RangeSet& a, const RangeSet& b);

  // Splits off the highest `tail` units: {the rest, the tail} (proceeds, decision 7).
  // Precondition: 0 <= tail <= quantity().
  [[nodiscard]] std::pair<RangeSet, RangeSet> split_tail(std::int64_t tail) const;

 private:
  std::vector<Range> ranges_;
  std::int64_t quantity_ = 0;
};

}  // namespace ledger
