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
  fold(ledger.send(UnitsUnlocked{"L", "over"}, holder));
}

}  // namespace
