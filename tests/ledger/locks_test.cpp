// Units that stand still: for one event, or for all, until somebody says so.
#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;
namespace story = scene::story;

const scene::Signers holder{"XBA-FUND"}, authority{"XHA"};

// The sale that both sides are still signing, as it will be sent.
story::Act draft(scene::Closed closed) {
  return scene::act("the-sale", story::at("2028-11-25T10:00:00.000Z"),
                    scene::transfer(std::move(closed)), scene::three());
}
crypto::Hash hash_of(const story::Act& act) {
  return crypto::sha256(encode_event(act.event));
}

struct Kept : testing::Test {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  story::Act sale = draft({{1, 600}});

  void SetUp() override {
    ledger.given(scene::reservation("L", {{1, 1'000}}, hash_of(sale)), holder);
  }
  [[nodiscard]] const Lock& lock() const { return *ledger.state().locks.lookup("L"); }
};

TEST_F(Kept, MoveByTheEventThatTheyAreKeptForAlone) {
  const Answer other = ledger.send(scene::transfer({{1, 600}}), scene::three());
  EXPECT_EQ(other.clause, "LCK-1");
  EXPECT_NE(other.detail.find(crypto::to_hex(hash_of(sale).view())), std::string::npos) << other;
  const Answer answer = ledger.send(sale);
  ASSERT_TRUE(answer.admitted()) << answer;
  EXPECT_EQ(ledger.held_in("XBA-FUND-XBA"), 600);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST_F(Kept, ThatItDidNotMoveStayKeptUntilTheyAreUnlocked) {
  ASSERT_TRUE(ledger.send(sale).admitted());
  EXPECT_EQ(lock().ranges.quantity(), 400);
  EXPECT_FALSE(lock().ended_at);
  EXPECT_EQ(ledger.send(scene::transfer({{601, 700}}), scene::three()).clause, "LCK-1");
  ledger.given(UnitsUnlocked{"L", "sale_over"}, holder)
      .given(scene::transfer({{601, 700}}), scene::three());
  EXPECT_TRUE(lock().ended_at);
}

TEST_F(Kept, WithNothingLeftEnd) {
  ledger.given(UnitsUnlocked{"L", "anew"}, holder)
      .given(scene::reservation("L2", {{1, 600}}, hash_of(sale)), holder);
  ASSERT_TRUE(ledger.send(sale).admitted());
  EXPECT_EQ(ledger.state().locks.lookup("L2")->ended_at, ledger.machine().size() - 1);
  EXPECT_TRUE(ledger.state().reservations.empty());
}

TEST_F(Kept, AreFreeForTheirEventUnderSeveralLocks) {
  ledger.given(UnitsUnlocked{"L", "anew"}, holder)
      .given(scene::reservation("L2", {{1, 300}}, hash_of(sale)), holder)
      .given(scene::reservation("L3", {{301, 700}}, hash_of(sale)), holder);
  ASSERT_TRUE(ledger.send(sale).admitted());
  EXPECT_TRUE(ledger.state().locks.lookup("L2")->ended_at);
  EXPECT_EQ(ledger.state().locks.lookup("L3")->ranges.quantity(), 100);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST_F(Kept, AndFrozenMoveByNoEvent) {
  ledger.given(scene::freeze("F", {{600, 600}}), authority);
  const Answer answer = ledger.send(sale);
  EXPECT_EQ(answer.clause, "LCK-1");
  EXPECT_NE(answer.detail.find("under_review"), std::string::npos) << answer;
}

UnitsCancelled by_the_authority(scene::Closed closed) {
  UnitsCancelled body = scene::cancellation(std::move(closed));
  body.account = "XBA-FUND-XHA";
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::administrative;
  return body;
}

TEST_F(Kept, BarNoAdministrativeCancellationWhichTakesItsUnitsOutOfThem) {
  const crypto::Hash other = crypto::sha256("other");
  ledger.given(scene::reservation("L2", {{1'001, 1'100}}, other), holder)
      .given(scene::freeze("F", {{1, 10}}), authority);
  EXPECT_EQ(ledger.send(by_the_authority({{1, 10}}), authority).clause, "LCK-1");
  ledger.given(by_the_authority({{500, 1'100}}), authority);
  EXPECT_EQ(lock().ranges, RangeSet(make_range(1, 499)));
  EXPECT_TRUE(ledger.state().locks.lookup("L2")->ended_at);
  EXPECT_EQ(ledger.state().reservations.size(), 1u);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST_F(Kept, MayBeUnlockedByTheAuthorityThatFrozeThemAll) {
  const UnitsUnlocked ended{"L", "under_review"};
  ledger.given(scene::freeze("F", {{1, 999}}), authority);
  EXPECT_EQ(ledger.send(ended, authority).clause, "ID-7") << "one unit is not frozen";
  ledger.given(scene::freeze("F2", {{1'000, 1'001}}), authority).given(ended, authority);
  const Answer again = ledger.send(scene::reservation("L2", {{1, 1'000}}, hash_of(sale)), holder);
  EXPECT_EQ(again.clause, "LCK-11");
  EXPECT_NE(again.detail.find("frozen by lock F "), std::string::npos) << again;
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST_F(Kept, MayBeUnlockedByTheAuthorityThatFrozeTheirAccount) {
  ledger.given(scene::freeze("F", {}), authority);
  EXPECT_EQ(ledger.send(UnitsUnlocked{"L", "under_review"}, {"XBA"}).clause, "ID-7");
  ledger.given(UnitsUnlocked{"L", "under_review"}, authority);
  EXPECT_EQ(ledger.send(scene::reservation("L2", {{1, 1'000}}, hash_of(sale)), holder).clause,
            "LCK-11");
}

TEST_F(Kept, AreToldFromWhatAnotherLockHolds) {
  ledger.given(scene::reservation("L2", {{1'200, 1'300}}, crypto::sha256("other")), holder);
  const Answer twice =
      ledger.send(scene::reservation("L3", {{1'250, 1'260}}, hash_of(sale)), holder);
  EXPECT_EQ(twice.clause, "LCK-7");
  EXPECT_NE(twice.detail.find("reserved by lock L2 since entry"), std::string::npos) << twice;
  const Answer moved = ledger.send(scene::transfer({{1'250, 1'400}}), scene::three());
  EXPECT_EQ(moved.clause, "LCK-1");
  EXPECT_NE(moved.detail.find("reserved by lock L2 until"), std::string::npos) << moved;
}

TEST(Locks, OfOneEventAreAtMostSixteen) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  const crypto::Hash event = crypto::sha256("draft");
  const auto kept = [&](Serial serial) {
    return scene::reservation("L" + std::to_string(serial), {{serial, serial}}, event);
  };
  for (Serial serial = 1; serial <= 16; ++serial) ledger.given(kept(serial), holder);
  EXPECT_EQ(ledger.send(kept(17), holder).clause, "LCK-10");
  ledger.given(UnitsUnlocked{"L1", "anew"}, holder).given(kept(17), holder);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Locks, OnlyTheHolderKeepsAndOnlyTheAuthorityFreezes) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  const auto kept = scene::reservation("L", {{1, 10}}, crypto::sha256("draft"));
  EXPECT_EQ(ledger.send(kept, authority).clause, "ID-7");
  EXPECT_EQ(ledger.send(scene::freeze("F", {{1, 10}}), holder).clause, "ID-7");
  EXPECT_EQ(ledger.send(scene::freeze("F", {{1, 10}}), {"XHA-CMO"}).clause, "ID-7");
  EXPECT_EQ(ledger.send(scene::freeze("F", {{1, 10}}), {"XBA"}).clause, "ID-7");
}

TEST(Locks, TheOperatorUnlocksWhatIsOverAndNothingBefore) {
  LedgerBuilder ledger = LedgerBuilder::after("locked");
  const UnitsUnlocked ended{"LOCK-1", "time_over"};
  EXPECT_EQ(ledger.send("2028-12-30T23:59:59.999Z", ended, {"operator"}).clause, "ID-7");
  EXPECT_TRUE(ledger.send("2028-12-31T00:00:00.000Z", ended, {"operator"}).admitted());
}

TEST(Locks, WhatComesIntoAFrozenAccountStandsStillToo) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  UnitsLocked all = scene::freeze("F", {});
  all.account = "XBA-FUND-XBA";
  ledger.given(all, {"XBA"});
  ProceedsDeducted settled = scene::settlement();
  settled.gross = scene::units({{4'008, 4'107}});
  settled.quantity = 100;
  settled.taken = {scene::taken("omge", 2026, 4'101, 4'102),
                   scene::taken("retained", 2026, 4'103, 4'107, "XHA-SHARE")};
  ledger.given(settled, scene::seller()).given(scene::transfer({{4'008, 4'100}}), scene::three());
  EXPECT_EQ(ledger.send(scene::use({{4'008, 4'008}}), scene::user()).clause, "LCK-1");
  ledger.given(UnitsUnlocked{"F", "over"}, {"XBA"})
      .given(scene::use({{4'008, 4'008}}), scene::user());
}

TEST(Locks, AreToldInFull) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  const story::Act sale = draft({{1, 600}});
  UnitsLocked share = scene::freeze("S", {});
  share.account = "XHA-SHARE";
  const std::vector<std::pair<Body, scene::Signers>> acts{
      {scene::reservation("L", {{1, 1'000}}, hash_of(sale)), holder},
      {scene::freeze("F", {{2'001, 2'010}}), authority},
      {share, authority},
      {UnitsUnlocked{"S", "over"}, authority}};
  test_support::Mirror mirror(ledger.state());
  const auto fold = [&](const Answer& answer) {
    ASSERT_TRUE(answer.admitted()) << answer;
    mirror.fold(*answer.effects);
    EXPECT_EQ(mirror.difference(ledger.state()), "");
    EXPECT_EQ(test_support::imbalance(ledger.state()), "");
  };
  for (const auto& [body, signers] : acts) fold(ledger.send(body, signers));
  fold(ledger.send(sale));
  fold(ledger.send(by_the_authority({{1'000, 1'000}}), authority));
  fold(ledger.send(UnitsUnlocked{"L", "over"}, holder));
}

}  // namespace
