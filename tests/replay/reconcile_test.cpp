// Two ledgers: the same where they say the same of every unit, and every difference named once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "replay/reconcile.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Difference;
using replay::Reconciliation;
using testing::HasSubstr;

TEST(Reconcile, ALedgerAgreesWithItself) {
  const Reconciliation result = replay::reconcile(ordinary_books(), ordinary_books());
  EXPECT_EQ(result.compared, 15'000);
  EXPECT_EQ(result.differing, 0);
  EXPECT_TRUE(result.differences.empty());
}

TEST(Reconcile, HowUnitsWereCutMakesNoDifference) {
  Walked once("settled"), twice("settled");
  once.given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 20}}), scene::three());
  twice.given("2028-11-20T10:00:00.000Z", scene::transfer({{11, 20}}), scene::three())
      .given("2028-11-20T11:00:00.000Z", scene::transfer({{1, 10}}), scene::three());
  EXPECT_TRUE(replay::reconcile(once.books(), twice.books()).differences.empty());
}

TEST(Reconcile, NamesTheUnitsAndTheSumsThatDiffer) {
  Walked mine("transferred"), theirs("transferred");
  mine.given("2029-03-01T10:00:00.000Z", scene::use({{1, 1'000}}), scene::user());
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(result.compared, 15'000);
  EXPECT_EQ(result.differing, 1'000);
  ASSERT_EQ(result.differences.size(), 2u);
  const Difference& units = result.differences[0];
  EXPECT_EQ(units.number, 1);
  EXPECT_EQ(units.registry, "XHA99");
  EXPECT_EQ(units.range, ledger::make_range(1, 1'000));
  EXPECT_THAT(units.one, HasSubstr("used for NDC in the section of XBA, first transferred"));
  EXPECT_THAT(units.other, HasSubstr("held in the section of XBA, first transferred"));
  EXPECT_EQ(result.differences[1].one, "XBA used for 2027: 1000");
  EXPECT_EQ(result.differences[1].other, "XBA used for 2027: 0");
}

TEST(Reconcile, AuthorizationsAreComparedByVersionAndEnd) {
  Walked mine("issued"), theirs("issued");
  mine.given("2028-07-01T10:00:00.000Z", scene::change(scene::host_grant()), scene::both());
  const Reconciliation changed = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(changed.differing, 15'000);
  ASSERT_EQ(changed.differences.size(), 2u) << "two vintages";
  EXPECT_THAT(changed.differences[0].one, HasSubstr("authorization XHA-AUT-1 version 2"));
  EXPECT_THAT(changed.differences[0].other, HasSubstr("authorization XHA-AUT-1 version 1"));
  theirs.given("2028-07-01T10:00:00.000Z", scene::change(scene::host_grant()), scene::both());
  EXPECT_TRUE(replay::reconcile(mine.books(), theirs.books()).differences.empty());
  theirs.given("2028-08-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  const Reconciliation revoked = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(revoked.differing, 15'000);
  EXPECT_THAT(revoked.differences[0].other, HasSubstr("XHA-AUT-1 version 2 (revoked)"));
}

TEST(Reconcile, TheVersionOfTheAcquirerIsCompared) {
  Walked mine("settled"), theirs("settled");
  mine.given("2028-11-20T09:58:00.000Z", scene::change(scene::buyer_grant()), scene::both());
  mine.given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 10}}), scene::three());
  theirs.given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 10}}), scene::three());
  theirs.given("2028-11-20T10:01:00.000Z", scene::change(scene::buyer_grant()), scene::both());
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(result.differing, 10);
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_THAT(result.differences[0].one, HasSubstr("and XBA-AUT-1 version 2"));
  EXPECT_THAT(result.differences[0].other, HasSubstr("and XBA-AUT-1 version 1"));
}

TEST(Reconcile, UnderlyingUnitsAreCompared) {
  Walked mine("authorized"), theirs("authorized");
  ledger::UnitsIssued other = scene::issuance();
  other.lots[0].underlying->first += 1;
  other.lots[0].underlying->last += 1;
  mine.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  theirs.given("2028-06-01T09:30:00.000Z", other, scene::seller());
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(result.differing, 9'000);
  ASSERT_EQ(result.differences.size(), 1u);
  EXPECT_THAT(result.differences[0].one, HasSubstr("underlying units of GS at serial + 100000"));
  EXPECT_THAT(result.differences[0].other, HasSubstr("underlying units of GS at serial + 100001"));
}

TEST(Reconcile, WhatStandsStillIsCompared) {
  const Walked mine("locked"), theirs("settled");
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  ASSERT_EQ(result.differences.size(), 3u);
  EXPECT_THAT(result.differences[0].one, testing::EndsWith(", reserved"));
  EXPECT_EQ(result.differences[0].range, ledger::make_range(1, 1'000));
  EXPECT_THAT(result.differences[1].one, testing::EndsWith(", frozen"));
  EXPECT_EQ(result.differences[1].range, ledger::make_range(1'001, 2'000));
  EXPECT_THAT(result.differences[2].one, testing::EndsWith(", frozen")) << "the account as a whole";
  EXPECT_EQ(result.differing, 2'000 + 200);
}

TEST(Reconcile, UnitsThatOnlyOneIssuedAreNotIssuedForTheOther) {
  const Walked mine("issued"), theirs("authorized");
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  EXPECT_EQ(result.differing, 15'000);
  ASSERT_EQ(result.differences.size(), 2u) << "two vintages";
  EXPECT_EQ(result.differences[0].other, "not issued");
  const Reconciliation back = replay::reconcile(theirs.books(), mine.books());
  EXPECT_EQ(back.differences[0].one, "not issued");
  EXPECT_EQ(back.differences[0].other, result.differences[0].one);
}

TEST(Reconcile, TheCertificateSaysWhichLogsAndIsCanonical) {
  const Walked mine("used"), theirs("transferred");
  const Reconciliation result = replay::reconcile(mine.books(), theirs.books());
  const std::string root(64, 'a');
  const std::string text =
      replay::certificate({mine.books(), {"one.example", false}, root},
                          {theirs.books(), {"other.example", true}, root}, result);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json.dump() + "\n", text);
  EXPECT_EQ(json["one"]["ledger"], "one.example");
  EXPECT_EQ(json["other"]["entry"], theirs.books().size() - 1);
  EXPECT_EQ(json["differing"], 1'000);
  EXPECT_EQ(json["differences"][0]["range"], (nlohmann::json{1, 1'000}));
  EXPECT_THAT(std::string(json["demonstration"]), testing::StartsWith("DEMONSTRATION"));
}

}  // namespace
}  // namespace replay_test
