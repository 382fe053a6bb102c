// Movements of units: whose authorization governs where, what a Party acquires, what is settled
// before units go on, and what a use or cancellation asks.
#include "ledger/movement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
using testing::HasSubstr;
namespace scene = watched::scene;

const Side home_account{"XBA-FUND-XHA", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
const Side abroad_account{"XBA-FUND-XBA", "XBA", "XBA-FUND", "Fictional XBA-FUND"};

// 15,000 units, no deductions, both Parties authorize NDC and OIMP with caps 10,000 and 9,000.
struct Movement : testing::Test {
  watched::Ledger ledger{"issued_oimp"};

  std::string refusal(Body body, const scene::Signers& signers) {
    const auto answer = ledger.send(std::move(body), signers);
    detail = answer.detail;
    return answer.admitted() ? "admitted" : answer.clause;
  }
  std::string detail;
};

UnitsTransferred inside_buyer(scene::Closed closed, const Side& to) {
  UnitsTransferred body = scene::transfer(std::move(closed));
  body.from = abroad_account;
  body.to = to;
  body.authorization.buyer.reset();
  return body;
}

// ---- caps ----

TEST_F(Movement, ACapIsReachedToTheUnitAndNotPassed) {
  EXPECT_EQ(refusal(scene::transfer({{1, 9'000}}), scene::three()), "admitted");
  UnitsTransferred one_more = scene::transfer({{9'001, 9'001}}, 2027);
  EXPECT_EQ(refusal(one_more, scene::three()), "AUT-4");
  EXPECT_THAT(detail, HasSubstr("XBA-AUT-1 v1 allows 9,000 units; 9,000 units are acquired"));
  UnitsCancelled omge = scene::cancellation({{9'001, 10'001}});
  omge.account = "XBA-FUND-XHA";
  omge.party = "XHA";
  omge.purpose = UnitsCancelled::Reason::omge;
  omge.first_transfer = true;
  EXPECT_EQ(refusal(omge, {"XBA-FUND", "XHA"}), "AUT-4");
  EXPECT_THAT(detail, HasSubstr("1 unit too many. Send at most 1,000 units"));
  omge.units = scene::units({{9'001, 10'000}});
  omge.quantity = 1'000;
  EXPECT_EQ(refusal(omge, {"XBA-FUND", "XHA"}), "admitted");
}

// ---- acquisition ----

TEST_F(Movement, UnitsComeToAPartyOutOfAFundThereToo) {
  ledger.given(scene::story::account("AF-XBA", "AF", "XBA99", AccountKind::fund), {"XBA", "AF"});
  const Side fund{"AF-XBA", "XBA", "AF", "Fictional AF"};
  UnitsTransferred gift = scene::transfer({{1, 50}});
  gift.to = fund;
  gift.authorization.buyer.reset();
  ledger.given(gift, scene::three());
  EXPECT_EQ(ledger.state().authorizations.lookup("XBA-AUT-1")->acquired, 0);

  UnitsTransferred out = scene::transfer({{1, 50}});
  out.from = fund;
  out.to = abroad_account;
  out.authorization.buyer.reset();
  EXPECT_EQ(refusal(out, {"AF", "XBA"}), "AUT-8") << "not around the buyer's authorization";
  out.authorization.buyer = "XBA-AUT-1";
  EXPECT_EQ(refusal(out, {"AF", "XBA"}), "admitted") << detail;
  EXPECT_EQ(ledger.state().authorizations.lookup("XBA-AUT-1")->acquired, 50);
}

TEST_F(Movement, WhatWasAcquiredStaysUnderTheAuthorizationItWasAcquiredUnder) {
  ledger.given(scene::transfer({{1, 100}}), scene::three());
  ledger.given(scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
  ledger.given(scene::story::account("AIR-XBA", "XBA-AIR", "XBA99"), {"XBA", "XBA-AIR"});
  AuthorizationGranted second = scene::for_every_purpose(scene::buyer_grant());
  second.id = "XBA-AUT-2";
  second.entities = {{"XBA-AIR", {Act::acquire, Act::use}}};
  ledger.given(second, {"XBA"});

  const Side airline{"AIR-XBA", "XBA", "XBA-AIR", "Fictional XBA-AIR"};
  UnitsTransferred sale = inside_buyer({{1, 100}}, airline);
  EXPECT_EQ(refusal(sale, {"XBA-FUND", "XBA"}), "AUT-6");
  EXPECT_THAT(detail, HasSubstr("XBA-AIR is not named by authorization XBA-AUT-1"));
  sale.authorization.buyer = "XBA-AUT-2";
  EXPECT_EQ(refusal(sale, {"XBA-FUND", "XBA"}), "AUT-6") << "naming another does not help";

  ledger.given(scene::story::account("FUND-2", "XBA-FUND", "XBA99"), {"XBA", "XBA-FUND"});
  UnitsTransferred own =
      inside_buyer({{1, 100}}, {"FUND-2", "XBA", "XBA-FUND", "Fictional XBA-FUND"});
  own.authorization.buyer = "XBA-AUT-2";
  EXPECT_EQ(refusal(own, {"XBA-FUND", "XBA"}), "TRF-5");
  EXPECT_THAT(detail, HasSubstr("XBA-AUT-1"));
  own.authorization.buyer = "XBA-AUT-1";
  EXPECT_EQ(refusal(own, {"XBA-FUND", "XBA"}), "admitted") << detail;
  EXPECT_EQ(ledger.state().authorizations.lookup("XBA-AUT-1")->acquired, 100)
      << "a move inside the section acquires nothing";
}

TEST_F(Movement, AnAcquisitionIsWithinVintagesAndActivitiesOfTheBuyersAuthorization) {
  AuthorizationGranted narrow = scene::for_every_purpose(scene::buyer_grant());
  narrow.id = "XBA-AUT-2";
  narrow.vintage_from = 2027;
  narrow.ndc_periods = {{2026, 2028}};
  ledger.given("2028-06-02T00:00:00.000Z", narrow, {"XBA"});
  UnitsTransferred body = scene::transfer({{1, 100}});
  body.authorization.buyer = "XBA-AUT-2";
  const auto answer = ledger.send("2028-08-01T00:00:00.000Z", body, scene::three());
  EXPECT_EQ(answer.clause, "TRF-5") << answer;
  EXPECT_THAT(answer.detail, HasSubstr("XBA-AUT-2"));
}

TEST_F(Movement, AnAcquisitionIsOfAnActivityThatTheBuyerListsWhereItListsAny) {
  AuthorizationGranted solar = scene::for_every_purpose(scene::host_grant());
  solar.id = "XHA-AUT-2";
  solar.activities.front().id = "XHA-SOLAR";
  ledger.given("2028-06-02T00:00:00.000Z", solar, {"XHA"});
  AuthorizationGranted narrow = scene::for_every_purpose(scene::buyer_grant());
  narrow.id = "XBA-AUT-2";
  narrow.activities = solar.activities;
  ledger.given("2028-06-02T01:00:00.000Z", narrow, {"XBA"});
  UnitsTransferred body = scene::transfer({{1, 100}});
  body.authorization.buyer = "XBA-AUT-2";
  const auto answer = ledger.send("2028-08-01T00:00:00.000Z", body, scene::three());
  EXPECT_EQ(answer.clause, "TRF-5") << answer;
  EXPECT_THAT(answer.detail, HasSubstr("XHA-STOVES"));
}

TEST_F(Movement, APartyThatTheHostDidNotNameAcquiresNothing) {
  ledger.given(scene::story::account("XCA-ACC", "XCA", "XCA99"), {"XCA"});
  UnitsTransferred body = scene::transfer({{1, 100}});
  body.to = {"XCA-ACC", "XCA", "XCA", "Government of XCA"};
  EXPECT_EQ(refusal(body, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"}), "AUT-6");
  EXPECT_THAT(detail, HasSubstr("XCA is not among the Parties of authorization XHA-AUT-1"));
}

// The host's authorization is unknown, and the buyer's does not name the purpose.
TEST(Purpose, OfATransferIsJudgedByTheAuthorizationThatUnitsRestOn) {
  watched::Ledger ledger("settled");
  UnitsTransferred body = scene::transfer({{1, 100}});
  body.authorization.host = "NOBODYS";
  const auto unknown = ledger.send(body, scene::three());
  EXPECT_EQ(unknown.clause, "AUT-8") << unknown;
  body.purpose = Purpose::op;
  const auto answer = ledger.send(body, scene::three());
  EXPECT_EQ(answer.clause, "AUT-7") << answer;
  EXPECT_THAT(answer.detail, HasSubstr("XHA-AUT-1"));
}

// ---- use ----

TEST_F(Movement, AUseTowardsAnNdcIsByAPartyThatTheHostNamed) {
  UnitsTransferred gift = scene::transfer({{1, 50}});
  gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  ledger.given(gift, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});
  UnitsUsed use = scene::use({{1, 10}});
  use.account = "AF-ACC";
  use.party = "XCA";
  use.user = "XBA-FUND";  // named as one that may use, but XCA would count the units
  use.user_name = "Fictional XBA-FUND";
  EXPECT_EQ(refusal(use, {"AF", "XCA", "XCA-2"}), "AUT-6");
  EXPECT_THAT(detail, HasSubstr("XCA is not among the Parties of authorization XHA-AUT-1"));
}

TEST_F(Movement, TheOperatorUsesNothing) {
  ledger.given(scene::transfer({{1, 100}}), scene::three());
  UnitsUsed body = scene::use({{1, 10}});
  body.user = "operator";
  body.user_name = "Registry operator (synthetic)";
  EXPECT_EQ(refusal(body, scene::user()), "AUT-6");
}

// R29: the host's adjustment has added the units; it counts them again only as a buyer.
TEST_F(Movement, TheHostUsesItsOwnItmosOnlyOnceItAcquiredThemBack) {
  ledger.given(scene::story::account("XHA-ACC", "XHA", "XHA99"), {"XHA-CMO", "XHA"});
  ledger.given(scene::story::account("AF-XHA", "AF", "XHA99", AccountKind::fund),
               {"XHA-CMO", "AF"});
  const Side own{"XHA-ACC", "XHA", "XHA", "Government of XHA"};
  const Side fund{"AF-XHA", "XHA", "AF", "Fictional AF"};
  UnitsTransferred gift = scene::transfer({{1, 50}});
  gift.to = fund;
  gift.authorization.buyer.reset();
  ledger.given(gift, {"XBA-FUND", "XHA-CMO"});
  UnitsTransferred from_fund = gift;
  from_fund.from = fund;
  from_fund.to = own;
  ledger.given(from_fund, {"AF", "XHA-CMO"});

  UnitsUsed use = scene::use({{1, 50}});
  use.account = "XHA-ACC";
  use.party = "XHA";
  use.user = "XHA";
  use.user_name = "Government of XHA";
  EXPECT_EQ(refusal(use, {"XHA"}), "USE-10") << detail;

  ledger.given(scene::transfer({{101, 200}}), scene::three());
  UnitsTransferred back = scene::transfer({{101, 200}});
  back.from = abroad_account;
  back.to = own;
  back.authorization.buyer.reset();
  ledger.given(back, scene::three());
  use.units = scene::units({{101, 200}});
  use.quantity = 100;
  EXPECT_EQ(refusal(use, {"XHA"}), "admitted") << detail;
  EXPECT_EQ(ledger.builder().year("XHA", 2027).used, 100);
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 150);
}

TEST_F(Movement, WhatIsUsedOrCancelledIsThereNoMore) {
  ledger.given(scene::transfer({{1, 100}}), scene::three());
  ledger.given(scene::use({{1, 50}}), scene::user());
  EXPECT_EQ(refusal(scene::use({{50, 51}}), scene::user()), "USE-3");
  EXPECT_EQ(refusal(scene::cancellation({{50, 51}}), scene::user()), "CAN-2");
  UnitsTransferred back = scene::transfer({{50, 51}});
  back.from = abroad_account;
  back.to = home_account;
  back.authorization.buyer.reset();
  EXPECT_EQ(refusal(back, scene::three()), "TRF-3");
}

// ---- cancellation ----

TEST_F(Movement, CancellingForOpIsAskedLikeAUse) {
  ledger.given(scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
  ledger.given(scene::story::account("AIR-XBA", "XBA-AIR", "XBA99"), {"XBA", "XBA-AIR"});
  AuthorizationGranted second = scene::for_every_purpose(scene::buyer_grant());
  second.id = "XBA-AUT-2";
  second.purposes = {Purpose::ndc};
  second.oimp.reset();
  ledger.given("2028-06-02T00:00:00.000Z", second, {"XBA"});
  UnitsTransferred body = scene::transfer({{1, 100}});
  body.authorization.buyer = "XBA-AUT-2";
  ledger.given("2028-08-01T00:00:00.000Z", body, scene::three());
  UnitsCancelled cancel = scene::cancellation({{1, 100}});
  cancel.purpose = UnitsCancelled::Reason::op;
  EXPECT_EQ(refusal(cancel, scene::user()), "AUT-7");
  EXPECT_THAT(detail, HasSubstr("XBA-AUT-2"));
  ledger.given(scene::transfer({{101, 200}}), scene::three());
  cancel.units = scene::units({{101, 200}});
  EXPECT_EQ(refusal(cancel, scene::user()), "admitted") << detail;
}

TEST_F(Movement, ADomesticPurposeIsOneOfTheHost) {
  UnitsCancelled domestic = scene::cancellation({{1, 100}});
  domestic.purpose = UnitsCancelled::Reason::domestic;
  domestic.account = "XBA-FUND-XHA";
  domestic.party = "XHA";
  EXPECT_EQ(refusal(domestic, {"XBA-FUND", "XHA"}), "admitted") << detail;
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 0);

  ledger.given(scene::transfer({{101, 200}}), scene::three());
  domestic.units = scene::units({{101, 200}});
  domestic.account = "XBA-FUND-XBA";
  domestic.party = "XBA";
  EXPECT_EQ(refusal(domestic, scene::user()), "CAN-5");
}

TEST_F(Movement, AnAdministrativeCancellationNeedsTheAuthorityAlone) {
  UnitsCancelled cancel = scene::cancellation({{1, 100}});
  cancel.purpose = UnitsCancelled::Reason::administrative;
  cancel.account = "XBA-FUND-XHA";
  cancel.party = "XHA";
  EXPECT_EQ(refusal(cancel, {"XHA-CMO"}), "ID-7") << "the secretariat is not the authority";
  EXPECT_EQ(refusal(cancel, {"XHA"}), "admitted") << detail;
}

// ---- issuance ----

struct Issuance : testing::Test {
  watched::Ledger ledger{"agreed"};
  UnitsIssued body = scene::issuance();

  // Grants with these of the buyer's, then issues.
  std::string answer_after(const AuthorizationGranted& buyer) {
    ledger.given("2027-01-10T10:00:00.000Z", scene::host_grant(), {"XHA"});
    ledger.given("2027-01-25T10:00:00.000Z", buyer, {"XBA"});
    const auto answer = ledger.send("2028-06-01T09:30:00.000Z", body, scene::seller());
    return answer.admitted() ? "admitted" : answer.clause;
  }
};

TEST_F(Issuance, IsWithinTheBuyersVintages) {
  AuthorizationGranted buyer = scene::buyer_grant();
  buyer.vintage_from = 2027;
  EXPECT_EQ(answer_after(buyer), "ISS-7");
}

TEST_F(Issuance, IsWithinTheBuyersFinalDate) {
  AuthorizationGranted buyer = scene::buyer_grant();
  buyer.issue_until = scene::story::on("2028-05-31");
  EXPECT_EQ(answer_after(buyer), "AUT-9");
}

TEST_F(Issuance, IsOfAnActivityThatTheBuyerListsToo) {
  AuthorizationGranted host = scene::host_grant();
  host.id = "XHA-AUT-0";
  host.activities.front().id = "XHA-SOLAR";
  ledger.given("2027-01-09T10:00:00.000Z", host, {"XHA"});
  AuthorizationGranted buyer = scene::buyer_grant();
  buyer.activities = host.activities;
  EXPECT_EQ(answer_after(buyer), "ISS-1");
}

TEST_F(Issuance, ShowsEveryDocumentInPublic) {
  scene::withhold(body.documents.front());
  EXPECT_EQ(answer_after(scene::buyer_grant()), "ISS-12");
}

TEST_F(Issuance, WaitsForTheObjectionPeriodToTheMillisecond) {
  body.period_to = scene::story::on("2026-12-31");
  body.lots.pop_back();
  body.quantity = 9'000;
  ledger.given("2027-01-10T10:00:00.000Z", scene::host_grant(), {"XHA"});
  ledger.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  EXPECT_EQ(ledger.send("2027-02-24T09:59:59.999Z", body, scene::seller()).clause, "AUT-5");
  EXPECT_TRUE(ledger.send("2027-02-24T10:00:00.000Z", body, scene::seller()).admitted());
}

// ---- adjustment ----

TEST(Adjustment, IsNotDatedBeforeTheMovementsThatItCounts) {
  watched::Ledger ledger("transferred");
  auto act = ledger.next("2029-01-15T00:00:00.000Z",
                         scene::adjustment("XHA", 2026, 1, 3'807, 0, ledger.machine().size() - 1),
                         {"XHA"});
  act.event.date = scene::story::on("2028-11-19");
  EXPECT_EQ(ledger.send(act).clause, "ID-12");
  act.event.date = scene::story::on("2028-11-20");
  EXPECT_TRUE(ledger.send(act).admitted());
}

}  // namespace
