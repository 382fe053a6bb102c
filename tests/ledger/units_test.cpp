// The map of units, beside a row for every unit.
#include "ledger/units.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

// Few different ones, so that neighbours are often equal.
Standing standing(std::uint64_t which) {
  Standing out;
  out.account = static_cast<Index>(which % 3);
  out.first_transferred = which % 2 == 1;
  return out;
}

Run run(Serial first, Serial end, const Standing& s) {
  return {{first, end}, s};
}

// rows[serial - 1] is the unit's standing.
class Rows {
 public:
  void issue(std::int64_t quantity, const Standing& s) {
    rows_.insert(rows_.end(), static_cast<std::size_t>(quantity), s);
  }
  void change(Range range, const Standing& s) {
    for (Serial serial = range.first; serial < range.end; ++serial) at(serial) = s;
  }
  [[nodiscard]] Serial next() const { return static_cast<Serial>(rows_.size()) + 1; }

  // The maximal runs, found the slow way.
  [[nodiscard]] std::vector<Run> runs() const {
    std::vector<Run> out;
    for (Serial serial = 1; serial < next(); ++serial) {
      const Standing& s = rows_[static_cast<std::size_t>(serial - 1)];
      if (!out.empty() && out.back().standing == s) {
        ++out.back().range.end;
      } else {
        out.push_back({{serial, serial + 1}, s});
      }
    }
    return out;
  }
  [[nodiscard]] std::vector<Run> resolved(const std::vector<Range>& ranges) const {
    std::vector<Run> out;
    const std::vector<Run> all = runs();
    for (const Range& range : ranges) {
      for (const Run& run : all) {
        const Range both{std::max(range.first, run.range.first),
                         std::min(range.end, run.range.end)};
        if (both.first < both.end) out.push_back({both, run.standing});
      }
    }
    return out;
  }

 private:
  Standing& at(Serial serial) { return rows_[static_cast<std::size_t>(serial - 1)]; }
  std::vector<Standing> rows_;
};

std::vector<Run> runs_of(const UnitMap& map) {
  std::vector<Run> out;
  map.for_each([&](const Run& run) { out.push_back(run); });
  return out;
}

// Ascending disjoint ranges, sometimes adjacent, below `end`.
std::vector<Range> random_ranges(std::mt19937_64& random, Serial end) {
  std::vector<Range> out;
  Serial at = 1 + static_cast<Serial>(random() % 40);
  while (at < end && out.size() < 30) {
    const Serial to = std::min<Serial>(end, at + 1 + static_cast<Serial>(random() % 60));
    out.push_back({at, to});
    at = to + static_cast<Serial>(random() % 50);
  }
  return out;
}

void expect_same(const UnitMap& map, const Rows& rows) {
  const std::vector<Run> expected = rows.runs();
  ASSERT_EQ(map.next(), rows.next());
  ASSERT_EQ(map.run_count(), expected.size());
  ASSERT_EQ(runs_of(map), expected);
}

// Issues, changes and look-ups at random; the map and the rows must say the same after each.
void walk_beside_rows(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  UnitMap map;
  Rows rows;
  for (int step = 0; step < 60; ++step) {
    if (map.empty() || random() % 4 == 0) {
      const auto quantity = static_cast<std::int64_t>(1 + random() % 800);
      const Standing s = standing(random());
      map.issue(quantity, s);
      rows.issue(quantity, s);
    }
    std::vector<Run> changes;
    for (const Range& range : random_ranges(random, map.next())) {
      changes.push_back({range, standing(random())});
      rows.change(range, changes.back().standing);
    }
    map.apply(changes);
    ASSERT_NO_FATAL_FAILURE(expect_same(map, rows));

    const std::vector<Range> asked = random_ranges(random, map.next() + 100);
    std::vector<Piece> pieces;
    map.resolve(asked, pieces);
    std::vector<Run> found;
    for (const Piece& piece : pieces) {
      ASSERT_LE(asked[piece.range_index].first, piece.run.range.first);
      ASSERT_LE(piece.run.range.end, asked[piece.range_index].end);
      found.push_back(piece.run);
    }
    ASSERT_EQ(found, rows.resolved(asked));
  }
}

TEST(Units, SayTheSameAsARowForEveryUnit) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    ASSERT_NO_FATAL_FAILURE(walk_beside_rows(seed));
  }
}

// 60,000 runs fill several branches of the tree; wide changes then take whole ones away.
TEST(Units, SayTheSameWhereTheTreeGrowsAndShrinksByBranches) {
  const std::uint64_t seed = 11;
  std::mt19937_64 random(seed);
  UnitMap map;
  Rows rows;
  map.issue(120'000, standing(0));
  rows.issue(120'000, standing(0));
  const auto change = [&](Range range, const Standing& s) {
    map.change(range, s);
    rows.change(range, s);
  };
  for (Serial serial = 2; serial < 120'000; serial += 2) change({serial, serial + 1}, standing(1));
  ASSERT_NO_FATAL_FAILURE(expect_same(map, rows));
  for (int round = 0; round < 40; ++round) {
    const Serial first = 1 + static_cast<Serial>(random() % 100'000);
    change({first, first + 1 + static_cast<Serial>(random() % 20'000)}, standing(random()));
    for (int i = 0; i < 2'000; ++i) {
      const Serial serial = 1 + static_cast<Serial>(random() % 120'000);
      change({serial, serial + 1}, standing(random()));
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(map, rows)) << "seed " << seed << ", round " << round;
  }
}

TEST(Units, GiveTheWholeRunOfAUnit) {
  UnitMap map;
  EXPECT_FALSE(map.at(1));
  map.issue(100, standing(0));
  map.change({40, 50}, standing(1));
  EXPECT_EQ(map.at(1), run(1, 40, standing(0)));
  EXPECT_EQ(map.at(49), run(40, 50, standing(1)));
  EXPECT_EQ(map.at(100), run(50, 101, standing(0)));
  EXPECT_FALSE(map.at(101));
  EXPECT_FALSE(map.at(0));
}

TEST(Units, AreEqualWhateverThePathThatLedThere) {
  const std::uint64_t seed = 41;
  std::mt19937_64 random(seed);
  UnitMap straight, winding;
  straight.issue(5'000, standing(0));
  straight.change({2'000, 3'000}, standing(1));
  for (int i = 0; i < 50; ++i) winding.issue(100, standing(0));  // joined as they come
  for (int i = 0; i < 3'000; ++i) {
    const Serial first = 1 + static_cast<Serial>(random() % 4'990);
    winding.change({first, first + 1 + static_cast<Serial>(random() % 10)}, standing(random()));
  }
  EXPECT_NE(winding, straight) << "seed " << seed;
  winding.change({3'000, 5'001}, standing(0));
  winding.change({1, 2'000}, standing(0));
  winding.change({2'000, 3'000}, standing(1));
  EXPECT_EQ(winding, straight) << "seed " << seed;
  EXPECT_EQ(winding.run_count(), 3u);
  winding.change({2'999, 3'000}, standing(0));
  EXPECT_NE(winding, straight);
}

TEST(Units, ACopyIsItsOwn) {
  UnitMap map;
  map.issue(10, standing(0));
  const UnitMap before = map;
  map.change({3, 4}, standing(1));
  EXPECT_EQ(before.run_count(), 1u);
  EXPECT_EQ(map.run_count(), 3u);
}

TEST(Units, ABillionUnitsAreOneRun) {
  UnitMap map;
  map.issue(1'000'000'000, standing(0));
  EXPECT_EQ(map.run_count(), 1u);
  map.issue(max_serial - 1'000'000'000, standing(1));
  EXPECT_EQ(map.next(), max_serial + 1);
  EXPECT_EQ(map.at(max_serial), run(1'000'000'001, max_serial + 1, standing(1)));
}

TEST(Units, ChangingWhatWasNeverIssuedIsAProgrammersFault) {
  UnitMap map;
  map.issue(10, standing(0));
  EXPECT_DEATH(map.change({5, 12}, standing(1)), "issued");
  EXPECT_DEATH(map.change({11, 12}, standing(1)), "issued");
}

// Bytes that the program has from the allocator; 0 where a sanitizer has replaced that.
std::size_t allocated() {
  return mallinfo2().uordblks;
}

TEST(Units, ARunTakesNoMoreMemoryThanTheHeaderPromises) {
  if (allocated() == 0) GTEST_SKIP() << "this build's allocator does not count";
  const std::uint64_t seed = 5;
  std::mt19937_64 random(seed);
  constexpr Serial units = 100'000'000;
  const std::size_t before = allocated();
  UnitMap map;
  map.issue(units, standing(0));
  for (Index i = 1; map.run_count() < 100'000; ++i) {
    const Serial first = 1 + static_cast<Serial>(random() % (units - 100));
    Standing other = standing(1);
    other.lot = i;
    map.change({first, first + 100}, other);
  }
  const std::size_t bytes = (allocated() - before) / map.run_count();
  EXPECT_LE(bytes, 45u) << "bytes a run after random splits, seed " << seed;
  for (Serial first = 1; first + 2'000 < units; first += 4'000) {
    map.change({first, first + 2'000}, standing(0));  // joins many runs: leaves become sparse
  }
  EXPECT_LE((allocated() - before) / map.run_count(), 70u) << "seed " << seed;
}

}  // namespace
