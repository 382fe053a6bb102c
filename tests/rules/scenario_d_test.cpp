// Scenario D, things go wrong: a finding, an excess that is cancelled, a reversal; to the unit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::LedgerBuilder;
using testing::HasSubstr;
namespace scene = test_support::scene;

// ---- no unit deductions; caps 20,000; 15,000 issued of 2027 -------------------------------------

AuthorizationGranted capped(AuthorizationGranted grant) {
  grant.cap = 20'000;
  return grant;
}

UnitsIssued issued_in_2027(UnitsIssued body, std::int64_t quantity) {
  body.quantity = quantity;
  body.lots = {{1, quantity, 2027, {}}};
  return body;
}

UnitsCancelled cancelled_at_home(UnitsCancelled::Reason purpose, scene::Closed closed,
                                 const Id& account = "XBA-FUND-XHA") {
  UnitsCancelled body = scene::cancellation(std::move(closed));
  body.account = account;
  body.party = "XHA";
  body.purpose = purpose;
  body.reason = "correction";
  return body;
}

// 6,000 first transferred, 2,000 of them used for 2027.
LedgerBuilder sold() {
  LedgerBuilder ledger = LedgerBuilder::after("agreed_oimp");
  ledger.given("2027-01-10T10:00:00.000Z", capped(scene::host_grant()), {"XHA"})
      .given("2027-01-25T10:00:00.000Z", capped(scene::buyer_grant()), {"XBA"})
      .given("2028-06-01T09:30:00.000Z", issued_in_2027(scene::issuance(), 15'000), scene::seller())
      .given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 6'000}}, 2027), scene::three())
      .given("2029-03-01T10:00:00.000Z", scene::use({{1, 2'000}}), scene::user());
  return ledger;
}

FindingRecorded excess(const Id& id, std::int64_t quantity) {
  FindingRecorded body = scene::finding(id, {});
  body.units.reset();
  body.quantity.reset();
  body.balance = false;
  body.excess = FindingRecorded::Excess{"XHA-STOVES", 2027, quantity};
  return body;
}

const Finding& finding_of(const LedgerBuilder& ledger, const Id& id) {
  return *ledger.state().findings.lookup(id);
}

// ---- (2) the verification is restated -----------------------------------------------------------

TEST(ScenarioD, CancellingWhatIsTooMuchResolvesTheFinding) {
  LedgerBuilder ledger = sold();
  ledger.given("2029-05-02T09:00:00.000Z", excess("RESTATED", 600), {"XHA"});
  EXPECT_EQ(finding_of(ledger, "RESTATED").excess->open, 600);
  ledger.given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{14'401, 15'000}}),
               {"XHA"});
  EXPECT_EQ(finding_of(ledger, "RESTATED").excess->open, 0);
  EXPECT_EQ(finding_of(ledger, "RESTATED").resolved_at, ledger.machine().size() - 1);
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 6'000);
  EXPECT_EQ(ledger.units_that_are(UnitStatus::cancelled), 600);
}

TEST(ScenarioD, WhatWasSoldCannotBeCancelledAtHomeSoSomeOfTheExcessStaysOpen) {
  LedgerBuilder ledger = sold();
  ledger.given(excess("RESTATED", 9'500), {"XHA"})
      .given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{6'001, 15'000}}), {"XHA"});
  EXPECT_EQ(ledger.units_that_are(UnitStatus::cancelled), 9'000);
  EXPECT_EQ(finding_of(ledger, "RESTATED").excess->open, 500);
  EXPECT_FALSE(finding_of(ledger, "RESTATED").resolved_at);
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 6'000);
  FindingRecorded settled = scene::resolution("RESTATED");
  ledger.given(settled, {"XBA"});
  EXPECT_TRUE(finding_of(ledger, "RESTATED").resolved_at);
}

TEST(ScenarioD, TheOldestExcessIsMadeGoodFirstAndOnlyByAdministrativeCancellation) {
  LedgerBuilder ledger = sold();
  EXPECT_EQ(ledger.send(excess("TOO-MUCH", 15'001), {"XHA"}).clause, "FND-7");
  ledger.given(excess("FIRST", 600), {"XHA"})
      .given(excess("SECOND", 400), {"XHA"})
      .given(cancelled_at_home(UnitsCancelled::Reason::voluntary, {{14'001, 15'000}}),
             {"XBA-FUND", "XHA-CMO"});
  EXPECT_EQ(finding_of(ledger, "FIRST").excess->open, 600);
  ledger.given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{13'301, 14'000}}),
               {"XHA"});
  EXPECT_EQ(finding_of(ledger, "FIRST").excess->open, 0);
  EXPECT_EQ(finding_of(ledger, "SECOND").excess->open, 300);
}

TEST(ScenarioD, WhatAVoidGivesBackToAnExcessIsOpenAgain) {
  LedgerBuilder ledger = sold();
  ledger.given("2029-05-02T09:00:00.000Z", excess("RESTATED", 600), {"XHA"})
      .given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{14'401, 14'500}}),
             {"XHA"});
  const Seq first = ledger.machine().size() - 1;
  ledger.given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{14'501, 15'000}}),
               {"XHA"});
  ASSERT_TRUE(finding_of(ledger, "RESTATED").resolved_at);
  ledger.given(scene::voided(first, "units.cancelled", {{14'401, 14'500}}), {"XBA-FUND", "XHA"});
  EXPECT_EQ(finding_of(ledger, "RESTATED").excess->open, 100);
  EXPECT_FALSE(finding_of(ledger, "RESTATED").resolved_at)
      << "another cancellation had taken its last unit";
  ledger.given(cancelled_at_home(UnitsCancelled::Reason::administrative, {{14'401, 14'500}}),
               {"XHA"});
  EXPECT_TRUE(finding_of(ledger, "RESTATED").resolved_at);
}

// ---- (3) a finding covers units -----------------------------------------------------------------

TEST(ScenarioD, NdcUseIsRefusedUntilTheFindingIsResolved) {
  LedgerBuilder ledger = sold();
  ledger.given(scene::finding("REVIEW-1", {{2'001, 3'000}}), {"XHA"});
  const auto refused = ledger.send(scene::use({{2'900, 3'100}}), scene::user());
  EXPECT_EQ(refused.clause, "USE-11");
  EXPECT_THAT(refused.detail, HasSubstr("REVIEW-1"));
  ledger.given(scene::use({{3'001, 3'100}}), scene::user());  // not covered
  ledger.given(scene::resolution("REVIEW-1"), {"XBA"});
  ledger.given(scene::use({{2'001, 3'000}}), scene::user());
  EXPECT_EQ(ledger.year("XBA", 2027).used, 3'100);
}

TEST(ScenarioD, AFindingThatDoesNotAffectTheBalanceStopsNothing) {
  LedgerBuilder ledger = sold();
  FindingRecorded mild = scene::finding("MILD", {{2'001, 3'000}});
  mild.balance = false;
  ledger.given(mild, {"XHA"}).given(scene::use({{2'001, 3'000}}), scene::user());
  EXPECT_EQ(ledger.year("XBA", 2027).used, 3'000);
}

// ---- (5) removals are lost again ----------------------------------------------------------------

// 10,000 issued, 1,000 in the buffer, 6,000 first transferred (5,000 used).
LedgerBuilder forest() {
  LedgerBuilder ledger = LedgerBuilder::after("agreed_oimp");
  ledger.given(scene::newcomer("XCA-VVB", "XCA"), {"XCA", "XCA-2", "XCA-VVB"})
      .given("2026-12-16T09:00:00.000Z", scene::verifier("XCA-VVB"), scene::both())
      .given(scene::story::account("XHA-BUFFER", "XHA", "XHA99", AccountKind::buffer),
             {"XHA-CMO", "XHA"})
      .given("2027-01-10T10:00:00.000Z", scene::removal_grant(), {"XHA"})
      .given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"})
      .given("2028-06-01T09:30:00.000Z", scene::removal_issuance(10'000), scene::seller())
      .given("2028-11-20T10:00:00.000Z", scene::to_buffer({{9'001, 10'000}}),
             {"XBA-FUND", "XHA-CMO"})
      .given(scene::transfer({{1, 6'000}}), scene::three())
      .given("2029-03-01T10:00:00.000Z", scene::use({{1, 5'000}}), scene::user());
  return ledger;
}

std::int64_t open_in(const LedgerBuilder& ledger) {
  const auto activity = *ledger.state().activities.find("XHA-FOREST");
  const auto it = ledger.state().reversals.find(activity);
  return it == ledger.state().reversals.end() ? 0 : it->second.open();
}

TEST(ScenarioD, AReversalIsMadeGoodFromBufferAndUnsoldUnits) {
  const auto reversal = UnitsCancelled::Reason::reversal;
  LedgerBuilder ledger = forest();
  ledger.given("2029-05-01T10:00:00.000Z", scene::reversal(1'400), {"XHA-CMO", "XCA-VVB"});
  EXPECT_EQ(open_in(ledger), 1'400);
  EXPECT_EQ(ledger.send(scene::transfer({{6'001, 6'100}}), scene::three()).clause, "RVS-6");
  ledger.given(scene::use({{5'001, 5'100}}), scene::user());  // an ITMO is free
  ledger.given(cancelled_at_home(reversal, {{9'001, 10'000}}, "XHA-BUFFER"), {"XHA"});
  EXPECT_EQ(open_in(ledger), 400);
  EXPECT_EQ(ledger.send(scene::transfer({{6'001, 6'100}}), scene::three()).clause, "RVS-6");
  const auto too_many = cancelled_at_home(reversal, {{8'600, 9'000}});
  EXPECT_EQ(ledger.send(too_many, {"XBA-FUND", "XHA-CMO"}).clause, "RVS-7");
  ledger.given(cancelled_at_home(reversal, {{8'601, 9'000}}), {"XBA-FUND", "XHA-CMO"});
  EXPECT_EQ(open_in(ledger), 0);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 2'600);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 6'000);
  ledger.given(scene::transfer({{6'001, 6'100}}), scene::three());
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 6'100);
}

TEST(ScenarioD, NobodyStatesAReversalAlone) {
  LedgerBuilder ledger = forest();
  EXPECT_EQ(ledger.send(scene::reversal(1'400), {"XHA-CMO"}).clause, "ID-7");
  EXPECT_EQ(ledger.send(scene::reversal(1'400), {"XCA-VVB"}).clause, "ID-7");
  EXPECT_EQ(ledger.send(scene::reversal(10'001), {"XHA-CMO", "XCA-VVB"}).clause, "RVS-4");
}

}  // namespace
