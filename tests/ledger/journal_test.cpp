// The journal gives back what movements did, and says what came after.
#include "ledger/journal.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "ledger/effects.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

const std::vector<std::string_view> types{"units.transferred", "units.used", "units.cancelled",
                                          "proceeds.deducted"};

// Effects at random: gaps between entries, ranges long and short, standings alike and not.
class Told {
 public:
  explicit Told(std::uint32_t seed) : random_(seed) {}

  Effects next() {
    Effects effects;
    seq_ += 1 + below(5);
    time_ += static_cast<std::int64_t>(below(100'000'000));
    effects.seq = seq_;
    effects.time = {time_};
    effects.type = types[below(types.size())];
    Serial at = 1 + static_cast<Serial>(below(50));
    const std::size_t pieces = 1 + below(12);
    for (std::size_t i = 0; i < pieces; ++i) {
      const Serial end = at + 1 + static_cast<Serial>(below(i % 3 == 0 ? 5 : 1'000'000'000));
      Standing before;
      before.lot = static_cast<Index>(below(3));
      before.account = static_cast<Index>(below(4));
      before.first_transferred = below(2) == 0;
      effects.units.push_back({0, {at, end}, before, before, below(2) == 0});
      at = end + static_cast<Serial>(below(2) * below(1'000));
    }
    effects.years.push_back({1, 2'027, -5, static_cast<std::int64_t>(below(1'000))});
    if (below(2) == 0) effects.caps.push_back({2, 7, -3});
    if (below(4) == 0) effects.proceeds.push_back({1, 2, 2'026, "OMGE", Moment::transfer, 9, 1});
    if (below(4) == 0) effects.reversals.push_back({3, 0, 12});
    if (below(4) == 0) effects.excesses.push_back({4, 600});
    return effects;
  }
  std::uint64_t below(std::uint64_t end) { return random_() % end; }

 private:
  std::mt19937 random_;
  Seq seq_ = 0;
  std::int64_t time_ = 1'800'000'000'000;
};

void expect_same(const Movement& movement, const Effects& effects) {
  EXPECT_EQ(movement.seq, effects.seq);
  EXPECT_EQ(movement.time, effects.time);
  EXPECT_EQ(movement.type, effects.type);
  ASSERT_EQ(movement.units.size(), effects.units.size());
  for (std::size_t i = 0; i < effects.units.size(); ++i) {
    const UnitEffect& unit = effects.units[i];
    EXPECT_EQ(movement.units[i],
              (Touched{unit.scope, unit.range, *unit.before, unit.first_transfer}));
  }
  EXPECT_EQ(movement.years, effects.years);
  EXPECT_EQ(movement.caps, effects.caps);
  EXPECT_EQ(movement.proceeds, effects.proceeds);
  EXPECT_EQ(movement.reversals, effects.reversals);
  EXPECT_EQ(movement.excesses, effects.excesses);
}

struct Written {
  Journal journal;
  std::vector<Effects> all;
};

Written written(std::uint32_t seed, std::size_t movements) {
  Written out;
  Told told(seed);
  for (std::size_t i = 0; i < movements; ++i) {
    out.all.push_back(told.next());
    out.journal.append(out.all.back());
  }
  return out;
}

TEST(Journal, GivesBackEveryMovementAndNothingElse) {
  for (const std::size_t movements : {1U, 63U, 64U, 65U, 300U}) {
    const Written told = written(3, movements);
    std::set<Seq> seqs;
    for (const Effects& effects : told.all) {
      seqs.insert(effects.seq);
      const auto movement = told.journal.find(effects.seq);
      ASSERT_TRUE(movement) << effects.seq;
      expect_same(*movement, effects);
    }
    for (Seq seq = 0; seq < *seqs.rbegin() + 10; ++seq) {
      EXPECT_EQ(told.journal.find(seq).has_value(), seqs.contains(seq)) << seq;
    }
  }
}

bool touch(const Effects& a, const std::vector<Touched>& b) {
  for (const UnitEffect& x : a.units) {
    for (const Touched& y : b) {
      if (x.scope == y.scope && x.range.first < y.range.end && y.range.first < x.range.end) {
        return true;
      }
    }
  }
  return false;
}

TEST(Journal, NamesTheNewestMovementThatTouchedAUnitSince) {
  const Written told = written(8, 200);
  Told chance(9);
  for (std::size_t i = 0; i < told.all.size(); ++i) {
    const auto movement = *told.journal.find(told.all[i].seq);
    std::vector<Touched> one{movement.units.front()};
    const Seq left_out = told.all[chance.below(told.all.size())].seq;
    std::optional<Seq> expected;
    for (std::size_t later = i + 1; later < told.all.size(); ++later) {
      if (told.all[later].seq != left_out && touch(told.all[later], one)) {
        expected = told.all[later].seq;
      }
    }
    EXPECT_EQ(
        told.journal.newest_touch(one, movement.seq, [&](Seq seq) { return seq != left_out; }),
        expected)
        << movement.seq;
  }
}

TEST(Journal, AskedOfNothingSaysNothing) {
  const Journal empty;
  EXPECT_FALSE(empty.find(0));
  EXPECT_FALSE(empty.newest_touch({}, 0, [](Seq) { return true; }));
}

TEST(Journal, OfTheSameEntriesIsEqual) {
  EXPECT_TRUE(written(5, 100).journal == written(5, 100).journal);
  EXPECT_FALSE(written(5, 100).journal == written(5, 99).journal);
}

// Sales of one unit each, one after the other; and sales of many ranges each.
TEST(Journal, KeepsAnEntryInAFewBytes) {
  Journal single, many;
  Standing home;
  home.account = 5;
  for (Seq seq = 1; seq <= 1'000; ++seq) {
    Effects effects;
    effects.seq = seq;
    effects.time = {1'800'000'000'000 + static_cast<std::int64_t>(seq) * 60'000};
    effects.type = "units.transferred";
    const auto at = static_cast<Serial>(seq);
    effects.units = {{0, {at, at + 1}, home, home, true}};
    effects.years = {{0, 2'026, 1, 0}};
    effects.caps = {{0, 1, 0}, {1, 0, 1}};
    single.append(effects);
    effects.units.clear();
    for (Serial i = 0; i < 100; ++i)
      effects.units.push_back({0, {i * 9, i * 9 + 3}, home, home, true});
    many.append(effects);
  }
  EXPECT_LT(single.bytes(), 33'000U);
  EXPECT_LT(many.bytes(), 1'000U * (30 + 100 * 4));
}

}  // namespace
