// Sets of serials as ranges, beside a naive set of serials.
#include "ledger/ranges.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <vector>

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

using Naive = std::set<Serial>;

constexpr Serial highest = 60;

// Some of the serials below `highest`, often in neighbourhoods.
Naive random_set(std::mt19937_64& random) {
  Naive out;
  bool in = false;
  for (Serial serial = 1; serial < highest; ++serial) {
    if (random() % 4 == 0) in = !in;
    if (in) out.insert(serial);
  }
  return out;
}

RangeSet set_of(const Naive& serials) {
  RangeSet out;
  for (const Serial serial : serials) out.join({serial, serial + 1});
  return out;
}

Naive serials_of(const RangeSet& set) {
  Naive out;
  for (const Range& range : set.ranges()) {
    for (Serial serial = range.first; serial < range.end; ++serial) out.insert(serial);
  }
  return out;
}

// The form that the class promises.
void expect_canonical(const RangeSet& set) {
  std::int64_t quantity = 0;
  for (std::size_t i = 0; i < set.size(); ++i) {
    EXPECT_TRUE(set.ranges()[i].valid());
    if (i > 0) {
      EXPECT_LT(set.ranges()[i - 1].end, set.ranges()[i].first);
    }
    quantity += set.ranges()[i].quantity();
  }
  EXPECT_EQ(set.quantity(), quantity);
  EXPECT_EQ(set.empty(), quantity == 0);
}

template <class Combine>
Naive combined(const Naive& a, const Naive& b, Combine combine) {
  Naive out;
  combine(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

TEST(Ranges, SetsCombineAsSetsOfSerialsDo) {
  const std::uint64_t seed = 20'270'220;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    const Naive a = random_set(random), b = random_set(random);
    const RangeSet x = set_of(a), y = set_of(b);
    const auto check = [&](const RangeSet& got, const Naive& expected) {
      expect_canonical(got);
      ASSERT_EQ(serials_of(got), expected) << "seed " << seed << ", round " << round;
      ASSERT_EQ(got, set_of(expected));
    };
    check(RangeSet::unite(x, y), combined(a, b, [](auto... it) { std::set_union(it...); }));
    check(RangeSet::intersect(x, y),
          combined(a, b, [](auto... it) { std::set_intersection(it...); }));
    check(RangeSet::subtract(x, y), combined(a, b, [](auto... it) { std::set_difference(it...); }));
    EXPECT_EQ(x.contains(y), std::includes(a.begin(), a.end(), b.begin(), b.end()));
    EXPECT_TRUE(x.contains(RangeSet::intersect(x, y)));
    for (Serial serial = 0; serial <= highest; ++serial) {
      ASSERT_EQ(x.contains(serial), a.contains(serial)) << serial;
    }
  }
}

TEST(Ranges, ATailIsTheHighestUnits) {
  const std::uint64_t seed = 7;
  std::mt19937_64 random(seed);
  for (int round = 0; round < 200; ++round) {
    const Naive all = random_set(random);
    const auto size = static_cast<std::int64_t>(all.size());
    for (std::int64_t tail = 0; tail <= size; ++tail) {
      const auto cut = std::next(all.begin(), size - tail);
      const auto [low, high] = set_of(all).split_tail(tail);
      ASSERT_EQ(low, set_of({all.begin(), cut})) << "seed " << seed << ", round " << round;
      ASSERT_EQ(high, set_of({cut, all.end()})) << "seed " << seed << ", round " << round;
    }
  }
  EXPECT_DEATH(static_cast<void>(set_of({1, 2}).split_tail(3)), "at most the whole set");
}

TEST(Ranges, AppendTakesOnlyWhatFollowsWithAGap) {
  RangeSet set;
  EXPECT_TRUE(set.append({5, 8}));
  for (const Range range :
       {Range{8, 9}, Range{7, 9}, Range{1, 3}, Range{9, 9}, Range{10, 9}, Range{0, 1}}) {
    EXPECT_FALSE(set.append(range)) << range.first << " " << range.end;
    EXPECT_EQ(set, RangeSet(Range{5, 8}));
  }
  EXPECT_TRUE(set.append({9, 10}));
  EXPECT_EQ(set.quantity(), 4);
}

TEST(Ranges, JoinMergesWhatTouches) {
  RangeSet set(Range{1, 3});
  set.join({3, 5});
  EXPECT_EQ(set.ranges(), (std::vector<Range>{{1, 5}}));
  set.join({6, 7});
  EXPECT_EQ(set.size(), 2u);
  EXPECT_DEATH(set.join({2, 3}), "ascending order");
  EXPECT_DEATH(set.join({9, 9}), "valid");
}

TEST(Ranges, AListIsASetOnlyInTheOneForm) {
  const auto is_set = [](std::vector<Range> ranges) { return RangeSet::from(ranges).has_value(); };
  EXPECT_TRUE(is_set({}));
  EXPECT_TRUE(is_set({{1, 2}, {3, 4}}));
  EXPECT_FALSE(is_set({{1, 2}, {2, 4}}));
  EXPECT_FALSE(is_set({{3, 4}, {1, 2}}));
  EXPECT_FALSE(is_set({{0, 2}}));
}

TEST(Ranges, SerialsGoFrom1ToTheLargestExactInteger) {
  EXPECT_EQ(max_serial, 9'007'199'254'740'991);
  EXPECT_TRUE(make_range(1, max_serial).valid());
  EXPECT_EQ(make_range(1, max_serial).quantity(), max_serial);
  EXPECT_EQ(make_range(1, max_serial).last(), max_serial);
  EXPECT_FALSE((Range{1, max_serial + 2}).valid());
  EXPECT_FALSE(make_range(0, 1).valid());
  EXPECT_FALSE(make_range(2, 1).valid());
}

}  // namespace
