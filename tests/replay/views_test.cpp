// The views of the ordinary year: figures of the scenario, any position, made again.
#include "replay/views.hpp"

#include <gtest/gtest.h>

#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "ledger/rocks_table.hpp"
#include "replay/audit.hpp"
#include "replay/view_reader.hpp"
#include "tests/replay/all_answers.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using ledger::Seq;
using replay::ViewReader;
using replay::Views;

// A store of the log's lines, as the server has them when it opens the views.
void fill(ledger::Store& store, const ToldLog& log) {
  const std::vector<std::string> lines = log.lines();
  const std::vector<std::string_view> views(lines.begin(), lines.end());
  const auto epoch = store.open_epoch();
  ASSERT_TRUE(epoch);
  ASSERT_TRUE(store.append(*epoch, 0, {views, {}, "note"}));
}

void feed(Views& views, const ToldLog& log, Seq size, Seq at_once = 1'000) {
  while (views.size() < size) {
    const Seq seq = views.size();
    ASSERT_TRUE(views.take(log.entries()[seq], log.effects()[seq]));
    if (views.size() % at_once == 0) {
      ASSERT_TRUE(views.apply());
    }
  }
  ASSERT_TRUE(views.apply());
}

struct OrdinaryViews : testing::Test {
  void SetUp() override {
    fill(store, log);
    make(table, log.entries().size());
  }
  void make(ledger::Table& into, Seq size, Seq at_once = 1'000) {
    auto views = Views::open(into, store);
    ASSERT_TRUE(views);
    feed(*views, log, size, at_once);
  }
  Seq size() const { return log.entries().size(); }
  // The number of entries up to the end of that time.
  Seq at(std::string_view time) const {
    const auto snapshot = table.snapshot();
    return replay::size_at(*snapshot, api::story::at(time)).value_or(0);
  }
  template <class Ask>
  auto ask(Seq when, Ask question) const {
    const auto snapshot = table.snapshot();
    auto answer = question(ViewReader(*snapshot, when));
    EXPECT_TRUE(answer);
    return std::move(*answer);
  }
  replay::PartyAnswer party(const char* id, Seq when) const {
    return *ask(when, [&](const ViewReader& reader) { return reader.party(id); });
  }
  replay::AccountAnswer account(const char* id, Seq when) const {
    return *ask(when, [&](const ViewReader& reader) { return reader.account(id, 1'000); });
  }

  const ToldLog& log = ordinary_year();
  ledger::MemoryStore store;
  ledger::MemoryTable table;
};

// ---- the scenario's figures ----

TEST_F(OrdinaryViews, AtTheEndOf2028TheFiguresAreTheScenarios) {
  const Seq end_of_2028 = at("2028-12-31T23:59:59.999Z");
  const auto host = party("XHA", end_of_2028);
  EXPECT_EQ(host.first_transferred,
            (std::map<replay::Year, std::int64_t>{{2026, 8'550}, {2027, 1'917}}));
  EXPECT_EQ(host.first_transferred_in,
            (std::map<replay::Year, std::map<replay::Year, std::int64_t>>{
                {2028, {{2026, 8'550}, {2027, 1'917}}}}));
  EXPECT_EQ(host.total.issued, 15'000);
  EXPECT_EQ(host.total.held, 550 + 3'983);
  EXPECT_EQ(host.total.cancelled, 221);
  EXPECT_EQ(party("XBA", end_of_2028).total.held, 10'246);
  const auto cap = ask(end_of_2028, [](const auto& r) { return r.authorization("XHA-AUT-1"); });
  EXPECT_EQ(cap->remaining, 9'533);
  const auto approach = ask(end_of_2028, [](const auto& r) { return r.approach("XHA-XBA"); });
  ASSERT_EQ(approach->activities.size(), 1u);
  EXPECT_EQ(approach->activities[0].issued, 15'000);
  EXPECT_EQ(approach->activities[0].first_transferred, 8'550 + 1'917);
}

TEST_F(OrdinaryViews, TheBuyersBlocksCarryIdentifiersAndTheWordITMO) {
  const auto answer = account("XBA-FUND-XBA", size());
  EXPECT_EQ(answer.account.held, 1'176);
  EXPECT_EQ(answer.account.holder_name, "Fictional Climate Fund");
  ASSERT_EQ(answer.blocks.size(), 2u);
  EXPECT_EQ(answer.blocks[0].first_id, "CA9901-XHA99-XHA-10631-2027");
  EXPECT_EQ(answer.blocks[0].last_id, "CA9901-XHA99-XHA-10876-2027");
  EXPECT_EQ(answer.blocks[1].first, 11'018);
  EXPECT_EQ(answer.blocks[1].quantity, 930);
  EXPECT_EQ(answer.blocks[1].origin.host_authorization, "XHA-AUT-1");
  EXPECT_EQ(answer.blocks[1].state.acquirer_authorization, "XBA-AUT-1");
  EXPECT_EQ(replay::noun_of(answer.blocks[1].state), "ITMO");
  EXPECT_EQ(answer.as_of.size, size());
}

TEST_F(OrdinaryViews, WhatNeverLeftIsAMitigationOutcomeStill) {
  const auto answer = account("XBA-FUND-XHA", size());
  ASSERT_EQ(answer.blocks.size(), 1u);
  EXPECT_EQ(answer.blocks[0].first, 12'018);
  EXPECT_EQ(answer.blocks[0].last, 15'000);
  EXPECT_EQ(replay::noun_of(answer.blocks[0].state), "mitigation outcome");
}

TEST_F(OrdinaryViews, AUnitsHistoryHasEveryEntryThatTouchedIt) {
  const auto unit = ask(size(), [](const auto& r) { return r.unit("XHA99", 1); });
  ASSERT_TRUE(unit);
  std::vector<std::string> types;
  for (const auto& touch : unit->history) types.push_back(touch.type);
  EXPECT_EQ(types, (std::vector<std::string>{"units.issued", "proceeds.deducted",
                                             "units.transferred", "units.used"}));
  EXPECT_FALSE(unit->history[0].before);
  EXPECT_FALSE(unit->history[1].first_transfer);
  EXPECT_TRUE(unit->history[2].first_transfer);
  EXPECT_EQ(unit->history[2].before->account, "XBA-FUND-XHA");
  EXPECT_EQ(unit->history[2].after.account, "XBA-FUND-XBA");
  EXPECT_EQ(unit->history[3].before, unit->history[2].after);
  EXPECT_EQ(unit->state.status, ledger::UnitStatus::used);
  EXPECT_EQ(unit->state.purpose, ledger::UnitPurpose::ndc);
}

TEST_F(OrdinaryViews, PressDaysUnitsAreWhereTheScenarioSays) {
  const auto cancelled = ask(size(), [](const auto& r) { return r.unit("XHA99", 10'900); });
  EXPECT_EQ(cancelled->state.status, ledger::UnitStatus::cancelled);
  EXPECT_EQ(cancelled->state.purpose, ledger::UnitPurpose::omge);
  EXPECT_FALSE(ask(size(), [](const auto& r) { return r.unit("XHA99", 15'001); }));
  EXPECT_FALSE(ask(size(), [](const auto& r) { return r.unit("XHA98", 1); }));
  EXPECT_FALSE(
      ask(at("2028-06-01T09:29:59.999Z"), [](const auto& r) { return r.unit("XHA99", 1); }));
}

TEST_F(OrdinaryViews, AnIdentifierIsFoundOnlyIfEveryPartIsTheUnits) {
  const auto find = [&](const char* text) {
    return ask(size(), [&](const auto& r) { return r.unit(*replay::parse_unit_name(text)); });
  };
  EXPECT_TRUE(find("CA9901-XHA99-XHA-9000-2026"));
  EXPECT_TRUE(find("CA9901-XHA99-XHA-9,000-2026"));
  EXPECT_FALSE(find("CA9901-XHA99-XHA-9000-2027"));
  EXPECT_FALSE(find("CA9902-XHA99-XHA-9000-2026"));
  EXPECT_FALSE(find("CA9901-XHA99-XBA-9000-2026"));
}

TEST_F(OrdinaryViews, ProceedsShowBaseAndTakenByVintageAndLine) {
  const auto lines = ask(size(), [](const auto& r) { return r.proceeds("XHA-XBA"); });
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].line, "omge");
  EXPECT_EQ(lines[0].vintage, 2026);
  EXPECT_EQ(lines[0].base, 9'000);
  EXPECT_EQ(lines[0].taken, 180);
  EXPECT_EQ(lines[1].line, "retained");
  EXPECT_EQ(lines[1].taken, 450);
  EXPECT_EQ(lines[2].base, 3'017);
  EXPECT_EQ(lines[2].taken, 61);
  EXPECT_EQ(lines[3].taken, 150);
}

TEST_F(OrdinaryViews, AdjustmentsShowDueRecordedAndTheDifference) {
  const auto year_2027 = [&](Seq when) {
    const auto years = ask(when, [](const auto& r) { return r.adjustments("XHA"); });
    EXPECT_EQ(years.size(), 2u);
    return years.back();
  };
  const auto before_v2 = year_2027(at("2029-11-30T00:00:00.000Z"));
  EXPECT_EQ(before_v2.due_first_transferred, 2'867);
  ASSERT_EQ(before_v2.recorded.size(), 1u);
  EXPECT_EQ(before_v2.recorded[0].first_transferred, 1'917);
  EXPECT_EQ(before_v2.difference, 950);
  const auto after_v2 = year_2027(size());
  ASSERT_EQ(after_v2.recorded.size(), 2u);
  EXPECT_EQ(after_v2.recorded[0], before_v2.recorded[0]) << "version 1 stays readable";
  EXPECT_EQ(after_v2.difference, 0);
  const auto buyer = ask(size(), [](const auto& r) { return r.adjustments("XBA"); });
  ASSERT_EQ(buyer.size(), 1u);
  EXPECT_EQ(buyer[0].due_used, 10'000);
  EXPECT_EQ(buyer[0].recorded[0].amount_num, -10'000);
}

TEST_F(OrdinaryViews, AnActivityShowsItsCycleAtAnyPosition) {
  const auto stoves = [&](Seq when) {
    return ask(when, [](const auto& r) { return r.activity("XHA-STOVES"); });
  };
  EXPECT_FALSE(stoves(at("2026-12-13T00:00:00.000Z"))) << "not proposed yet";
  EXPECT_EQ(stoves(at("2027-02-28T00:00:00.000Z"))->registered, 0);
  const auto verified = stoves(at("2028-04-05T00:00:00.000Z"));
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->registered, 1);
  EXPECT_EQ(verified->developer, "XHA-DEV");
  ASSERT_EQ(verified->designs.size(), 1u);
  EXPECT_EQ(verified->designs[0].validator, "VERIFIER-A");
  EXPECT_EQ(verified->designs[0].reviews.size(), 2u);
  ASSERT_EQ(verified->reports.size(), 1u);
  EXPECT_TRUE(verified->reports[0].reviews.empty());
  EXPECT_TRUE(verified->reports[0].issued.empty());
  const auto issued = stoves(size());
  EXPECT_EQ(issued->reports[0].issued, verified->reports[0].verified);
  ASSERT_EQ(issued->reports[0].reviews.size(), 2u);
  EXPECT_EQ(issued->reports[0].reviews[1].decision, ledger::ReviewDecided::Decision::deemed);
  const auto approach = ask(size(), [](const auto& r) { return r.approach("XHA-XBA"); });
  EXPECT_EQ(approach->proposed, std::vector<ledger::Id>{"XHA-STOVES"});
  EXPECT_EQ(approach->rules[0].notice_days, 180);
  EXPECT_EQ(approach->rules[0].cycle.reviews.size(), 5u);
}

TEST_F(OrdinaryViews, ParticipantsHaveKeysAndOffices) {
  const auto office = ask(size(), [](const auto& r) { return r.participant("XHA-CMO"); });
  ASSERT_TRUE(office);
  EXPECT_EQ(office->sponsor, "XHA");
  ASSERT_EQ(office->keys.size(), 1u);
  EXPECT_EQ(office->keys[0].key, ordinary_year().cast().public_key("XHA-CMO"));
  ASSERT_EQ(office->grants.size(), 1u);
  EXPECT_EQ(office->grants[0].role, ledger::Organ::secretariat);
  EXPECT_FALSE(ask(size(), [](const auto& r) { return r.participant("nobody"); }));
  EXPECT_FALSE(ask(size(), [](const auto& r) { return r.party("XHA-CMO"); })) << "is no Party";
  EXPECT_EQ(party("XHA", size()).ndcs.size(), 1u);
}

// ---- any position ----

TEST_F(OrdinaryViews, AtAnyPositionTheyEqualAFreshFoldOfThatSize) {
  const auto snapshot = table.snapshot();
  for (Seq cut = 0; cut <= size(); ++cut) {
    ledger::MemoryTable fresh;
    make(fresh, cut);
    EXPECT_EQ(ask_everything(*snapshot, cut), ask_everything(*fresh.snapshot(), cut)) << cut;
  }
}

TEST_F(OrdinaryViews, AtEveryPositionTheyAgreeWithTheAuditorsTotals) {
  for (Seq cut = 0; cut <= size(); ++cut) {
    const replay::Totals totals = replay::totals_of(log.machine_at(cut).state());
    const auto whole = ask(cut, [](const auto& r) { return r.totals(); });
    EXPECT_EQ(whole.total.issued, totals.all.issued) << cut;
    EXPECT_EQ(whole.total.held, totals.all.held) << cut;
    EXPECT_EQ(whole.total.used, totals.all.used) << cut;
    EXPECT_EQ(whole.total.cancelled, totals.all.cancelled) << cut;
    EXPECT_EQ(whole.total.issued, whole.total.held + whole.total.used + whole.total.cancelled);
    for (const auto& row : totals.accounts) {
      const auto answer = account(row.id.c_str(), cut);
      std::int64_t in_blocks = 0;
      for (const auto& block : answer.blocks) in_blocks += block.quantity;
      EXPECT_EQ(answer.account.held, row.quantity) << row.id << " at " << cut;
      EXPECT_EQ(in_blocks, row.quantity) << row.id << " at " << cut;
    }
    for (const auto& row : totals.parties) {
      const auto answer = party(row.id.c_str(), cut);
      EXPECT_EQ(answer.total.issued, row.issued);
      EXPECT_EQ(answer.total.held, row.held);
      EXPECT_EQ(answer.first_transferred, row.first_transferred) << row.id << " at " << cut;
      EXPECT_EQ(answer.used_for, row.used_for);
    }
  }
}

TEST_F(OrdinaryViews, ATimeMeansTheLastEntryOfNoLaterTime) {
  EXPECT_EQ(at("2020-11-23T07:59:59.999Z"), 0u);
  EXPECT_EQ(at("2020-11-23T08:00:00.000Z"), 1u);
  EXPECT_EQ(at("2099-01-01T00:00:00.000Z"), size());
  for (Seq seq = 0; seq < size(); ++seq) {
    const auto snapshot = table.snapshot();
    const Seq found = *replay::size_at(*snapshot, log.entries()[seq].time);
    EXPECT_GT(found, seq);
    EXPECT_EQ(log.entries()[found - 1].time, log.entries()[seq].time);
  }
}

TEST_F(OrdinaryViews, BlocksComeInPagesThatJoinWithoutAGap) {
  const auto snapshot = table.snapshot();
  for (const Seq cut : {at("2028-12-31T22:12:00.000Z"), size()}) {
    const ViewReader reader(*snapshot, cut);
    for (const char* id : {"XBA-FUND-XHA", "XHA-SHARE", "XBA-FUND-XBA"}) {
      const auto whole = **reader.account(id, 1'000);
      std::vector<replay::Block> joined;
      std::optional<replay::BlockCursor> from;
      do {
        auto page = **reader.account(id, 1, from);
        ASSERT_LE(page.blocks.size(), 1u);
        joined.insert(joined.end(), page.blocks.begin(), page.blocks.end());
        from = page.next;
      } while (from);
      EXPECT_EQ(joined, whole.blocks) << id << " at " << cut;
    }
  }
}

// ---- made again ----

// What the views answer at every size that they have reached. Rows may differ: values that came
// together share one.
std::vector<AllAnswers> answers_at_every_size(const ledger::Table& rows) {
  const auto snapshot = rows.snapshot();
  std::vector<AllAnswers> all;
  for (Seq size = 0; size <= snapshot->position(); ++size) {
    all.push_back(ask_everything(*snapshot, size));
  }
  return all;
}

TEST_F(OrdinaryViews, AnswerTheSameHoweverTheyWereBatchedAndAfterDeletion) {
  const auto expected = answers_at_every_size(table);
  for (const Seq at_once : {Seq{1}, Seq{3}, Seq{1'000}}) {
    ledger::MemoryTable other;
    make(other, size(), at_once);
    EXPECT_EQ(answers_at_every_size(other), expected) << at_once;
  }
  ASSERT_TRUE(table.clear());
  make(table, size());
  EXPECT_EQ(answers_at_every_size(table), expected);
}

TEST_F(OrdinaryViews, GoOnWhereARestartFoundThem) {
  const auto expected = answers_at_every_size(table);
  for (Seq cut = 0; cut <= size(); ++cut) {
    ledger::MemoryTable other;
    make(other, cut);
    make(other, size());
    EXPECT_EQ(answers_at_every_size(other), expected) << "stopped at " << cut;
  }
}

TEST_F(OrdinaryViews, WriteNothingForEntriesThatTheyHave) {
  auto views = Views::open(table, store);
  ASSERT_TRUE(views);
  const Rows before = all_rows(table);
  feed(*views, log, size() - 1, 1);
  EXPECT_EQ(all_rows(table), before);
}

TEST_F(OrdinaryViews, OfAnotherLogAreClearedAndMadeAgain) {
  const Rows expected = all_rows(table);
  const ToldLog& other_log = long_log(10);
  ledger::MemoryStore other_store;
  fill(other_store, other_log);
  ledger::MemoryTable other;
  {
    auto views = Views::open(other, other_store);
    ASSERT_TRUE(views);
    feed(*views, other_log, 10);
  }
  make(other, size());
  EXPECT_EQ(all_rows(other), expected);
}

TEST_F(OrdinaryViews, AheadOfTheStoreAreClearedAndMadeAgain) {
  ledger::MemoryStore empty;
  auto views = Views::open(table, empty);
  ASSERT_TRUE(views);
  EXPECT_EQ(table.position(), 0u);
  EXPECT_TRUE(all_rows(table).rows.empty());
}

TEST_F(OrdinaryViews, OfAnotherFormatAreClearedAndMadeAgain) {
  const Rows expected = all_rows(table);
  ledger::TableBatch batch;
  for (const auto& [key, value] : expected.rows) {
    if (key.find("format") != std::string::npos) batch.put(key, value + "0");
  }
  ASSERT_EQ(batch.changes().size(), 1u);
  ASSERT_TRUE(table.apply(batch, size()));
  auto views = Views::open(table, store);
  ASSERT_TRUE(views);
  EXPECT_EQ(table.position(), 0u);
}

TEST_F(OrdinaryViews, AnswerFromRocksDbAsFromMemory) {
  const test_support::ScratchFolder scratch;
  auto rocks = ledger::open_rocks_table(scratch.file("views"));
  ASSERT_TRUE(rocks) << rocks.error().detail;
  make(**rocks, size());
  EXPECT_EQ(all_rows(**rocks), all_rows(table));
  const auto from_disk = (*rocks)->snapshot();
  const auto from_memory = table.snapshot();
  for (const Seq cut : {size() / 2, size()}) {
    EXPECT_EQ(ask_everything(*from_disk, cut), ask_everything(*from_memory, cut)) << cut;
  }
}

TEST_F(OrdinaryViews, ThatCannotBeReadSaySoInsteadOfAnAnswer) {
  ledger::TableBatch batch;
  for (const auto& [key, value] : all_rows(table).rows) {
    if (key.front() == 'l') batch.put(key, value + "x");
  }
  ASSERT_TRUE(table.apply(batch, size()));
  const auto snapshot = table.snapshot();
  const auto answer = ViewReader(*snapshot).account("XBA-FUND-XBA", 10);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().clause->id, "LOG-15");
}

}  // namespace
}  // namespace replay_test
