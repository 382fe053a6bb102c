#include "ledger/ranges.hpp"

#include <algorithm>

#include "ledger/ensure.hpp"

namespace ledger {

std::optional<RangeSet> RangeSet::from(std::span<const Range> ranges) {
  RangeSet out;
  out.reserve(ranges.size());
  for (const Range& range : ranges) {
    if (!out.append(range)) return std::nullopt;
  }
  return out;
}

bool RangeSet::append(Range range) {
  if (!range.valid() || (!ranges_.empty() && range.first <= ranges_.back().end)) return false;
  ranges_.push_back(range);
  quantity_ += range.quantity();
  return true;
}

void RangeSet::join(Range range) {
  ENSURE(range.valid(), "a range in a set is valid");
  if (ranges_.empty() || ranges_.back().end < range.first) {
    ranges_.push_back(range);
  } else {
    ENSURE(ranges_.back().end == range.first, "ranges are joined in ascending order");
    ranges_.back().end = range.end;
  }
  quantity_ += range.quantity();
}

bool RangeSet::contains(Serial serial) const {
  const auto above = std::partition_point(ranges_.begin(), ranges_.end(),
                                          [=](const Range& r) { return r.end <= serial; });
  return above != ranges_.end() && above->first <= serial;
}

bool RangeSet::contains(const RangeSet& other) const {
  auto mine = ranges_.begin();
  for (const Range& range : other.ranges_) {  // never adjacent, so one of mine must hold it all
    while (mine != ranges_.end() && mine->end <= range.first) ++mine;
    if (mine == ranges_.end() || range.first < mine->first || mine->end < range.end) return false;
  }
  return true;
}

RangeSet RangeSet::unite(const RangeSet& a, const RangeSet& b) {
  RangeSet out;
  auto left = a.ranges_.begin();
  auto right = b.ranges_.begin();
  Serial done = 0;  // everything below is in `out` or in neither
  while (left != a.ranges_.end() || right != b.ranges_.end()) {
    const bool from_left =
        right == b.ranges_.end() || (left != a.ranges_.end() && left->first <= right->first);
    const Range range = from_left ? *left++ : *right++;
    if (range.end <= done) continue;
    out.join({std::max(range.first, done), range.end});
    done = range.end;
  }
  return out;
}

RangeSet RangeSet::intersect(const RangeSet& a, const RangeSet& b) {
  RangeSet out;
  auto left = a.ranges_.begin();
  auto right = b.ranges_.begin();
  while (left != a.ranges_.end() && right != b.ranges_.end()) {
    const Range both{std::max(left->first, right->first), std::min(left->end, right->end)};
    if (both.first < both.end) out.join(both);
    if (left->end < right->end) {
      ++left;
    } else {
      ++right;
    }
  }
  return out;
}

RangeSet RangeSet::subtract(const RangeSet& a, const RangeSet& b) {
  RangeSet out;
  auto hole = b.ranges_.begin();
  for (const Range& range : a.ranges_) {
    Serial at = range.first;
    while (hole != b.ranges_.end() && hole->end <= at) ++hole;
    for (auto cut = hole; cut != b.ranges_.end() && cut->first < range.end; ++cut) {
      if (at < cut->first) out.join({at, cut->first});
      at = std::min(cut->end, range.end);
      hole = cut;  // the last hole may reach into the next range
    }
    if (at < range.end) out.join({at, range.end});
  }
  return out;
}

std::pair<RangeSet, RangeSet> RangeSet::split_tail(std::int64_t tail) const {
  ENSURE(0 <= tail && tail <= quantity_, "a tail is at most the whole set");
  std::int64_t left = quantity_ - tail;  // units still to go into the low part
  std::pair<RangeSet, RangeSet> out;
  for (const Range& range : ranges_) {
    const std::int64_t low = std::min(left, range.quantity());
    left -= low;
    const Serial cut = range.first + low;
    if (range.first < cut) out.first.join({range.first, cut});
    if (cut < range.end) out.second.join({cut, range.end});
  }
  return out;
}

}  // namespace ledger
