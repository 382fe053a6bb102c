// However units are split and moved, blocks, histories and sums are those of a row for each unit,
// at every size; the seed is in the test's name.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>

#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "replay/view_reader.hpp"
#include "replay/views.hpp"
#include "tests/replay/all_answers.hpp"
#include "tests/replay/random_effects.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using ledger::Seq;
using replay::ViewReader;

class RandomFold : public testing::TestWithParam<std::uint32_t> {
 protected:
  static constexpr Seq entries = 48;

  void SetUp() override {
    log.run(entries);
    make(table, entries);
  }
  void make(ledger::Table& into, Seq size) {
    const ledger::MemoryStore nothing{};
    auto views = replay::Views::open(into, nothing);
    ASSERT_TRUE(views);
    ledger::Entry entry = ordinary_year().entries()[0];  // only its place is asked for
    for (Seq seq = 0; seq < size; ++seq) {
      entry.seq = seq;
      ASSERT_TRUE(views->take(entry, log.effects()[seq]));
      if (seq % 5 == 0) {
        ASSERT_TRUE(views->apply());
      }
    }
    ASSERT_TRUE(views->apply());
  }

  RandomLog log{GetParam()};
  ledger::MemoryTable table;
};

// The blocks of an account, made of its units one by one.
std::vector<std::pair<ledger::Range, UnitRow>> naive_blocks(const std::vector<UnitRow>& units,
                                                            ledger::Index account) {
  std::vector<std::pair<ledger::Range, UnitRow>> blocks;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const UnitRow& unit = units[i];
    const auto serial = static_cast<ledger::Serial>(i) + 1;
    if (unit.standing.account != account || unit.standing.status != ledger::UnitStatus::held) {
      continue;
    }
    const bool goes_on = !blocks.empty() && blocks.back().first.end == serial &&
                         blocks.back().second.standing == unit.standing &&
                         blocks.back().second.since == unit.since;
    if (goes_on) {
      blocks.back().first.end = serial + 1;
    } else {
      blocks.push_back({{serial, serial + 1}, unit});
    }
  }
  return blocks;
}

TEST_P(RandomFold, BlocksAreTheUnitsJoined) {
  const auto snapshot = table.snapshot();
  for (Seq size = 1; size <= entries; ++size) {
    for (ledger::Index account = 0; account < RandomLog::accounts; ++account) {
      const auto expected = naive_blocks(log.model(size), account);
      const auto answer =
          ViewReader(*snapshot, size).account("A" + std::to_string(account), 100'000);
      ASSERT_TRUE(answer && *answer);
      const auto& blocks = (*answer)->blocks;
      ASSERT_EQ(blocks.size(), expected.size()) << "account " << account << " at " << size;
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto& [range, unit] = expected[i];
        EXPECT_EQ(blocks[i].first, range.first);
        EXPECT_EQ(blocks[i].last, range.last());
        EXPECT_EQ(blocks[i].since, unit.since);
        EXPECT_EQ(blocks[i].state.first_transferred, unit.standing.first_transferred);
        EXPECT_EQ(blocks[i].state.cleared_transfer, (unit.standing.cleared & 2) != 0);
      }
    }
  }
}

TEST_P(RandomFold, AUnitsHistoryIsEveryChangeOfItsRow) {
  const auto snapshot = table.snapshot();
  const std::size_t units = log.model(entries).size();
  for (std::size_t i = 0; i < units; ++i) {
    std::vector<Seq> expected;
    for (Seq size = 1; size <= entries; ++size) {
      if (i >= log.model(size).size()) continue;
      const Seq since = log.model(size)[i].since;
      if (expected.empty() || expected.back() != since) expected.push_back(since);
    }
    for (const Seq size : {entries / 2, entries}) {
      const auto answer =
          ViewReader(*snapshot, size).unit("XAA99", static_cast<ledger::Serial>(i) + 1);
      ASSERT_TRUE(answer) << answer.error().detail;
      std::vector<Seq> until = expected;
      std::erase_if(until, [&](Seq seq) { return seq >= size; });
      ASSERT_EQ(answer->has_value(), !until.empty());
      if (until.empty()) continue;
      std::vector<Seq> found;
      for (const auto& touch : (*answer)->history) found.push_back(touch.entry);
      EXPECT_EQ(found, until) << "unit " << i + 1 << " at " << size;
      const UnitRow& row = log.model(size)[i];
      EXPECT_EQ((*answer)->state.account, "A" + std::to_string(row.standing.account));
      EXPECT_EQ((*answer)->state.status, row.standing.status);
    }
  }
}

TEST_P(RandomFold, SumsAreTheUnitsCounted) {
  const auto snapshot = table.snapshot();
  for (Seq size = 1; size <= entries; ++size) {
    std::map<std::pair<std::string, int>, std::int64_t> held;  // Party, status
    std::int64_t first_transferred = 0;
    for (const UnitRow& unit : log.model(size)) {
      const std::string party = unit.standing.account % 2 == 0 ? "XAA" : "XBB";
      ++held[{party, static_cast<int>(unit.standing.status)}];
      if (unit.standing.first_transferred) ++first_transferred;
    }
    const ViewReader reader(*snapshot, size);
    for (const char* id : {"XAA", "XBB"}) {
      const auto party = **reader.party(id);
      EXPECT_EQ(party.total.held, (held[{id, 0}]));
      EXPECT_EQ(party.total.used, (held[{id, 1}]));
      EXPECT_EQ(party.total.cancelled, (held[{id, 2}]));
    }
    std::int64_t by_year = 0;
    const replay::PartyAnswer host = **reader.party("XAA");
    for (const auto& [year, vintages] : host.first_transferred_in) {
      for (const auto& [vintage, quantity] : vintages) by_year += quantity;
    }
    EXPECT_EQ(by_year, first_transferred);
    const auto total = reader.totals()->total;
    EXPECT_EQ(total.issued, static_cast<std::int64_t>(log.model(size).size()));
    EXPECT_EQ(total.issued, total.held + total.used + total.cancelled);
  }
}

TEST_P(RandomFold, AnyPositionEqualsAFreshFoldCutThere) {
  const auto snapshot = table.snapshot();
  for (Seq size = 1; size <= entries; size += 7) {
    ledger::MemoryTable fresh;
    make(fresh, size);
    EXPECT_EQ(ask_everything(*snapshot, size), ask_everything(*fresh.snapshot(), size)) << size;
  }
}

TEST_P(RandomFold, PagesOfOneBlockJoinToTheWholeAtAnyPosition) {
  const auto snapshot = table.snapshot();
  for (Seq size = 2; size <= entries; size += 9) {
    const ViewReader reader(*snapshot, size);
    const auto whole = (**reader.account("A1", 100'000)).blocks;
    std::vector<replay::Block> joined;
    std::optional<replay::BlockCursor> from;
    do {
      const auto page = **reader.account("A1", 2, from);
      joined.insert(joined.end(), page.blocks.begin(), page.blocks.end());
      from = page.next;
    } while (from);
    EXPECT_EQ(joined, whole) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(Seed, RandomFold, testing::Values(1, 2, 3, 4, 5, 6, 7, 8));

// ---- what the layout is for ----

// Counts the rows that are written.
class CountingTable final : public ledger::Table {
 public:
  [[nodiscard]] ledger::Result<> apply(const ledger::TableBatch& batch, Seq position) override {
    written = batch.changes().size();
    return table_.apply(batch, position);
  }
  [[nodiscard]] Seq position() const override { return table_.position(); }
  [[nodiscard]] std::unique_ptr<ledger::TableSnapshot> snapshot() const override {
    return table_.snapshot();
  }
  [[nodiscard]] ledger::Result<> clear() override { return table_.clear(); }
  [[nodiscard]] ledger::Result<> flush() override { return table_.flush(); }

  std::size_t written = 0;  // by the last apply

 private:
  ledger::MemoryTable table_;
};

// Units 1 to 60,000, of which every second ten were moved to another account: 6,000 blocks.
struct ManyBlocks : testing::Test {
  void SetUp() override {
    auto opened = replay::Views::open(table, nothing);
    ASSERT_TRUE(opened);
    views.emplace(std::move(*opened));
    RandomLog log(1);
    log.run(2);
    ledger::Effects issuance = log.effects()[1];
    issuance.units[0].range = {1, 60'001};
    home = issuance.units[0].after;
    take(log.effects()[0]);
    take(issuance);
    ledger::Effects effects;
    for (ledger::Serial serial = 1; serial < 60'000; serial += 20) {
      effects.units.push_back({0, {serial, serial + 10}, home, in_account(1), false});
    }
    take(effects);
    ASSERT_TRUE(views->apply());
  }
  void take(ledger::Effects effects) {
    effects.seq = entry.seq = views->size();
    ASSERT_TRUE(views->take(entry, effects));
  }
  [[nodiscard]] ledger::Standing in_account(ledger::Index account) const {
    ledger::Standing standing = home;
    standing.account = account;
    return standing;
  }

  CountingTable table;
  const ledger::MemoryStore nothing{};
  std::optional<replay::Views> views;
  ledger::Entry entry = ordinary_year().entries()[0];
  ledger::Standing home;
};

TEST_F(ManyBlocks, AreSplitSixHundredAtATimeInLessThanTwoRowsEach) {
  ledger::Effects effects;
  for (ledger::Serial serial = 1; effects.units.size() < 600; serial += 100) {
    effects.units.push_back({0, {serial + 3, serial + 6}, in_account(1), in_account(2), false});
  }
  take(effects);
  ASSERT_TRUE(views->apply());
  EXPECT_LE(table.written, 600u);
  const auto snapshot = table.snapshot();
  EXPECT_EQ((**ViewReader(*snapshot).account("A1", 100'000)).blocks.size(), 3'000u + 600u);
  EXPECT_EQ((**ViewReader(*snapshot).account("A2", 100'000)).blocks.size(), 600u);
}

TEST_F(ManyBlocks, OfOnePageAreWrittenOnceForManyEntries) {
  for (ledger::Serial serial = 1; serial <= 101; serial += 20) {
    ledger::Effects effects;
    effects.units.push_back({0, {serial + 3, serial + 6}, in_account(1), in_account(2), false});
    take(effects);
  }
  ASSERT_TRUE(views->apply());
  // Six entries: a row each and one for what left; a page that they left, one that they came to;
  // where units are now for the first time; a page of entries for each account and for the lot;
  // format and head.
  EXPECT_EQ(table.written, 6u * 2u + 2u + 1u + 3u + 2u);
}

}  // namespace
}  // namespace replay_test
