// Units that come under another authorization, or under none: what that changes, and what stays.
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;
namespace story = scene::story;

const Authorization& authorization(const LedgerBuilder& ledger, const Id& id) {
  return *ledger.state().authorizations.lookup(id);
}
const UnitMap& units(const LedgerBuilder& ledger) {
  return ledger.state().scopes.lookup("XHA99")->units;
}
const Lot& lot_at(const LedgerBuilder& ledger, Serial serial) {
  return ledger.state().lots[units(ledger).at(serial)->standing.lot];
}

UnitsAssigned back_to_the_first(scene::Closed closed) {
  UnitsAssigned body = scene::attachment(std::move(closed));
  body.authorization.host = "XHA-AUT-1";
  return body;
}

TEST(Assignment, MovesUnitsFromOneAuthorizationToAnother) {
  const LedgerBuilder ledger = LedgerBuilder::after("assigned");
  EXPECT_EQ(authorization(ledger, "XHA-AUT-1").issued, 14'000);
  EXPECT_EQ(authorization(ledger, "XHA-AUT-2").issued, 500);
  EXPECT_EQ(units(ledger).at(1)->range, make_range(1, 500));
  EXPECT_FALSE(lot_at(ledger, 1).released);
  EXPECT_TRUE(lot_at(ledger, 501).released);
  EXPECT_EQ(lot_at(ledger, 501).origin, lot_at(ledger, 1'001).origin) << "issued together";
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Assignment, IsCountedByTheCapThatUnitsStandUnder) {
  LedgerBuilder ledger = LedgerBuilder::after("assigned");
  UnitsTransferred sale = scene::transfer({{1, 500}});
  EXPECT_EQ(ledger.send(sale, scene::three()).clause, "TRF-5");
  sale.authorization.host = "XHA-AUT-2";
  ledger.given(sale, scene::three());
  EXPECT_EQ(authorization(ledger, "XHA-AUT-2").first_transferred, 500);
  EXPECT_EQ(authorization(ledger, "XHA-AUT-1").first_transferred, 81) << "OMGE before";
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 581);
}

TEST(Assignment, LeavesWhatWasSettledOfProceeds) {
  const LedgerBuilder ledger = LedgerBuilder::after("assigned");
  EXPECT_EQ(units(ledger).at(1)->standing.cleared, units(ledger).at(2'000)->standing.cleared);
  LedgerBuilder unsettled = LedgerBuilder::after("issued");
  unsettled.given(scene::second_grant(), {"XHA"})
      .given("2028-12-28T10:00:00.000Z", scene::release({{1, 100}}), scene::both())
      .given(scene::attachment({{1, 100}}), {"XHA"});
  UnitsTransferred sale = scene::transfer({{1, 100}});
  sale.authorization.host = "XHA-AUT-2";
  EXPECT_EQ(unsettled.send(sale, scene::three()).clause, "PRO-8");
}

// Of released units.
TEST(Assignment, LetsUnitsBeCancelledAtHomeAndNotSold) {
  LedgerBuilder ledger = LedgerBuilder::after("assigned");
  const Answer sale = ledger.send(scene::transfer({{501, 600}}), scene::three());
  EXPECT_EQ(sale.clause, "AUT-5");
  EXPECT_NE(sale.detail.find("released from authorization XHA-AUT-1"), std::string::npos) << sale;
  UnitsCancelled body = scene::cancellation({{501, 600}});
  body.account = "XBA-FUND-XHA";
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::omge;
  body.first_transfer = true;
  const scene::Signers two{"XBA-FUND", "XHA-CMO"};
  EXPECT_EQ(ledger.send(body, two).clause, "AUT-5");
  body.purpose = UnitsCancelled::Reason::domestic;
  body.first_transfer = false;
  ledger.given(body, two);
  UnitsTransferred home = scene::transfer({{601, 700}});
  home.to = {"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
  home.authorization.buyer.reset();
  ledger.given(home, two);
  EXPECT_EQ(ledger.held_in("XHA-SHARE"), 300);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Assignment, OfReleasedUnitsOwesNoShareOfProceeds) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  UnitsCancelled body = scene::cancellation({{1, 100}});
  body.account = "XBA-FUND-XHA";
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::domestic;
  const scene::Signers two{"XBA-FUND", "XHA-CMO"};
  EXPECT_EQ(ledger.send(body, two).clause, "PRO-8");
  ledger.given(scene::release({{1, 100}}), scene::both()).given(body, two);
}

// The state is one of units, never of the path: the lot of the issuance, and one run.
TEST(Assignment, BackWhereUnitsWereIssuedLeavesNoTrace) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  const UnitMap before = units(ledger);
  ledger.given(scene::release({{1, 1'000}, {2'001, 3'000}}), scene::both())
      .given(back_to_the_first({{1, 1'000}}), {"XHA"})
      .given(back_to_the_first({{2'001, 3'000}}), {"XHA"});
  EXPECT_TRUE(units(ledger) == before);
  EXPECT_EQ(authorization(ledger, "XHA-AUT-1").issued, 15'000);
}

TEST(Assignment, AlikeAtDifferentTimesIsOneRun) {
  LedgerBuilder pieces = LedgerBuilder::after("settled"), whole = pieces;
  whole.given(scene::release({{1, 1'000}}), scene::both());
  pieces.given(scene::release({{1, 400}}), scene::both())
      .given(scene::release({{401, 1'000}}), scene::both());
  EXPECT_TRUE(units(whole) == units(pieces));
  EXPECT_EQ(whole.state().lots, pieces.state().lots);
  EXPECT_EQ(whole.state().assigned_lots, pieces.state().assigned_lots);
}

TEST(Assignment, IsToTheVersionThatStandsThen) {
  LedgerBuilder ledger = LedgerBuilder::after("assigned");
  AuthorizationGranted next = scene::second_grant();
  next.change_terms.until = AuthorizationGranted::ChangeTerms::Until::issuance;
  ledger.given(scene::change(next), scene::both()).given(scene::attachment({{501, 600}}), {"XHA"});
  EXPECT_EQ(lot_at(ledger, 1).host_version, 1);
  EXPECT_EQ(lot_at(ledger, 501).host_version, 2);
  UnitsAssigned release = scene::release({{501, 600}});
  release.authorization.host = "XHA-AUT-2";
  EXPECT_EQ(ledger.send(release, scene::both()).clause, "ASN-10");
}

TEST(Assignment, IsTheFirstTransferWhereIssuanceWouldBe) {
  LedgerBuilder ledger = LedgerBuilder::after("issued_defined");
  UnitsAssigned attached = scene::attachment({{8'001, 10'000}});
  attached.first_transfer = true;
  ledger.given("2029-03-01T10:00:00.000Z", scene::release({{8'001, 10'000}}), scene::both())
      .given(attached, {"XHA"});
  EXPECT_EQ(authorization(ledger, "XHA-AUT-2").first_transferred, 2'000);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 1'000);
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 1'000);
  EXPECT_EQ(units(ledger).at(8'001)->standing.host_version, 1u);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Assignment, IsVoidedWithAllThatItCounted) {
  LedgerBuilder ledger = LedgerBuilder::after("issued_defined");
  ledger.given("2029-03-01T10:00:00.000Z", scene::release({{1, 1'000}}), scene::both());
  const State before = ledger.state();
  UnitsAssigned attached = scene::attachment({{1, 1'000}});
  attached.first_transfer = true;
  ledger.given(attached, {"XHA"});
  const Seq entry = ledger.machine().size() - 1;
  ledger.given(scene::voided(entry, "units.assigned", {{1, 1'000}}), {"XBA-FUND", "XHA", "XBA"});
  EXPECT_TRUE(ledger.state().scopes == before.scopes);
  EXPECT_TRUE(ledger.state().authorizations == before.authorizations);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 0);
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

// Nobody is asked to consent to what takes nothing away: the units stand under no authorization.
TEST(Assignment, OfRevokedUnitsIsVoidedByThoseWhoseBalanceChanges) {
  LedgerBuilder ledger = LedgerBuilder::after("assigned");
  ledger.given(scene::revocation("XHA-AUT-2"), scene::both());
  const Seq entry = ledger.machine().size() - 2;  // 1 to 500 to XHA-AUT-2
  ledger.given(scene::voided(entry, "units.assigned", {{1, 500}}), {"XBA-FUND", "XHA"});
  EXPECT_TRUE(lot_at(ledger, 1).released);
  EXPECT_EQ(authorization(ledger, "XHA-AUT-2").issued, 0);
}

TEST(Assignment, IsUndoneBeforeWhatCameBeforeIt) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  const Seq settlement = ledger.machine().size() - 1;
  ledger.given(scene::release({{1, 10}}), scene::both());
  const EntryCorrected undone = scene::voided(settlement, "proceeds.deducted", {{1, 4'007}});
  const scene::Signers all{"XHA-CMO", "XBA-FUND", "XHA"};
  EXPECT_EQ(ledger.send(undone, all).clause, "COR-4");
  ledger
      .given(scene::voided(settlement + 1, "units.assigned", {{1, 10}}), {"XBA-FUND", "XHA", "XBA"})
      .given(undone, all);
  EXPECT_EQ(authorization(ledger, "XHA-AUT-1").issued, 15'000);
}

TEST(Assignment, FreesAnAuthorizationForOtherPurposes) {
  LedgerBuilder ledger = LedgerBuilder::after("issued_defined");
  const auto change = scene::change(scene::for_every_purpose(scene::host_grant()));
  EXPECT_EQ(ledger.send(change, scene::both()).clause, "AUT-36");
  ledger.given("2028-11-20T10:00:00.000Z", scene::release({{1, 15'000}}), scene::both())
      .given(change, scene::both());
  UnitsAssigned again = back_to_the_first({{1, 100}});
  EXPECT_EQ(ledger.send(again, {"XHA"}).clause, "ASN-9");
  again.first_transfer = true;
  ledger.given(again, {"XHA"});
  EXPECT_EQ(authorization(ledger, "XHA-AUT-1").first_transferred, 100);
}

TEST(Assignment, WaitsForReservationsToEnd) {
  LedgerBuilder ledger = LedgerBuilder::after("assigned");
  ledger.given(scene::reservation("LOCK-9", {{501, 600}}, crypto::Hash{}), {"XBA-FUND"});
  EXPECT_EQ(ledger.send(scene::attachment({{501, 600}}), {"XHA"}).clause, "LCK-1");
  ledger.given(UnitsUnlocked{"LOCK-9", "over"}, {"XBA-FUND"})
      .given(scene::attachment({{501, 600}}), {"XHA"});
}

// Excesses and reversals are of what was issued, once, however often it is assigned.
TEST(Assignment, IssuesNothing) {
  LedgerBuilder ledger = LedgerBuilder::after("removed");
  ledger.given("2029-03-01T10:00:00.000Z", scene::release({{1, 10'000}}), scene::both());
  const scene::Signers two{"XHA-CMO", "XCA-VVB"};
  EXPECT_EQ(ledger.send(scene::reversal(15'001), two).clause, "RVS-4");
  FindingRecorded excess = scene::finding("F-1", {});
  excess.units.reset();
  excess.quantity.reset();
  excess.excess = FindingRecorded::Excess{"XHA-FOREST", 2026, 15'001};
  EXPECT_EQ(ledger.send(excess, {"XBA"}).clause, "FND-7");
}

}  // namespace
