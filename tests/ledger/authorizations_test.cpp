// What changes and revocations reach, and what they never reach (R13, R14, R35).
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;
namespace story = scene::story;

using Until = AuthorizationGranted::ChangeTerms::Until;

const Authorization& host_of(const LedgerBuilder& ledger) {
  return *ledger.state().authorizations.lookup("XHA-AUT-1");
}

// NDC use of 2026 alone, by nobody in particular.
AuthorizationChanged narrowed() {
  AuthorizationChanged body = scene::change(scene::host_grant());
  body.terms.ndc_periods = {{2026, 2026}};
  return body;
}

ProceedsDeducted settle_more() {
  ProceedsDeducted body = scene::settlement();
  body.gross = scene::units({{4'008, 4'107}});
  body.quantity = 100;
  body.taken = {scene::taken("omge", 2026, 4'101, 4'102),
                scene::taken("retained", 2026, 4'103, 4'107, "XHA-SHARE")};
  return body;
}

TEST(Change, LeavesUnitsTheVersionThatTheyWereFirstTransferredUnder) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  ledger.given(narrowed(), scene::both())
      .given(settle_more(), scene::seller())
      .given(scene::transfer({{4'008, 4'100}}), scene::three());
  EXPECT_EQ(host_of(ledger).version, 2);
  EXPECT_EQ(host_of(ledger).earlier.size(), 1u);
  const UnitMap& units = ledger.state().scopes.lookup("XHA99")->units;
  EXPECT_EQ(units.at(1)->standing.host_version, 1u);
  EXPECT_EQ(units.at(4'008)->standing.host_version, 2u);
  EXPECT_EQ(ledger.send(scene::use({{4'008, 4'008}}), scene::user()).clause, "USE-8");
  EXPECT_TRUE(ledger.send(scene::use({{1, 1}}), scene::user()).admitted());
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Change, OfTheAcquirersLeavesUnitsTheVersionThatTheyWereAcquiredUnder) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  AuthorizationChanged body = scene::change(scene::buyer_grant());
  body.terms.entities.front().may = {Act::acquire};
  ledger.given(body, scene::both())
      .given(settle_more(), scene::seller())
      .given(scene::transfer({{4'008, 4'100}}), scene::three());
  UnitsUsed use = scene::use({{4'008, 4'008}});
  use.user = "XBA-FUND";
  use.user_name = "Fictional XBA-FUND";
  EXPECT_EQ(ledger.send(use, scene::user()).clause, "AUT-6");
  use.units = scene::units({{1, 1}});
  EXPECT_TRUE(ledger.send(use, scene::user()).admitted());
}

TEST(Change, ReachesIssuedUnitsOnlyWhereItsTermsSaySo) {
  for (const Until until : {Until::issuance, Until::first_transfer}) {
    AuthorizationGranted host = scene::host_grant();
    host.change_terms.until = until;
    AuthorizationChanged next = scene::change(host);
    next.terms.parties = {"XCA"};  // no longer XBA
    LedgerBuilder ledger = LedgerBuilder::after("agreed");
    ledger.given("2027-01-10T10:00:00.000Z", host, {"XHA"})
        .given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"})
        .given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller())
        .given("2028-11-20T09:55:00.000Z", scene::settlement(), scene::seller())
        .given(next, scene::both());
    const Answer answer = ledger.send(scene::transfer({{1, 100}}), scene::three());
    EXPECT_EQ(answer.clause, until == Until::issuance ? "" : "AUT-6") << answer;
  }
}

TEST(Change, KeepsWhatWasEverCounted) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  AuthorizationChanged body = scene::change(scene::host_grant());
  body.terms.cap = 3'807 + 93 + 2;
  ledger.given(body, scene::both())
      .given(settle_more(), scene::seller())
      .given(scene::transfer({{4'008, 4'100}}), scene::three());
  EXPECT_EQ(host_of(ledger).first_transferred, *host_of(ledger).cap);
  ProceedsDeducted more = settle_more();
  more.gross = scene::units({{4'108, 4'207}});
  more.taken = {scene::taken("omge", 2026, 4'201, 4'202),
                scene::taken("retained", 2026, 4'203, 4'207, "XHA-SHARE")};
  EXPECT_EQ(ledger.send(more, scene::seller()).clause, "AUT-4");
}

TEST(Change, IsAnnouncedAndTakesEffectAsAnnounced) {
  AuthorizationGranted host = scene::host_grant();
  host.change_terms.notice_days = 30;
  LedgerBuilder ledger = LedgerBuilder::after("agreed");
  ledger.given("2027-01-10T10:00:00.000Z", host, {"XHA"});
  AuthorizationChanged change = scene::change(host);
  change.terms.cap = 20'000;
  change.stage = ChangeStage::notice;
  ledger.given("2027-02-01T10:00:00.000Z", change, {"XHA"});
  EXPECT_EQ(host_of(ledger).version, 1);
  EXPECT_TRUE(host_of(ledger).notice);
  change.stage = ChangeStage::effect;
  EXPECT_EQ(ledger.send("2027-03-03T09:59:59.999Z", change, scene::both()).clause, "AUT-34");
  EXPECT_TRUE(ledger.send("2027-03-03T10:00:00.000Z", change, scene::both()).admitted());
  EXPECT_EQ(*host_of(ledger).cap, 20'000);
  EXPECT_FALSE(host_of(ledger).notice);
}

TEST(Revocation, ReleasesWhatWasNotFirstTransferredAndNothingElse) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  ledger.given(settle_more(), scene::seller()).given(scene::revocation("XHA-AUT-1"), scene::both());
  const Answer late = ledger.send(scene::transfer({{4'008, 4'100}}), scene::three());
  EXPECT_EQ(late.clause, "AUT-5");
  EXPECT_NE(late.detail.find("was revoked at entry"), std::string::npos) << late;
  UnitsCancelled domestic = scene::cancellation({{4'008, 4'100}});
  domestic.account = "XBA-FUND-XHA";
  domestic.party = "XHA";
  domestic.purpose = UnitsCancelled::Reason::domestic;
  ledger.given(domestic, {"XBA-FUND", "XHA-CMO"}).given(scene::use({{1, 3'726}}), scene::user());
  EXPECT_EQ(test_support::imbalance(ledger.state()), "");
}

TEST(Revocation, OfTheAcquirersEndsAcquisitionAlone) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  ledger.given(settle_more(), scene::seller()).given(scene::revocation("XBA-AUT-1"), scene::both());
  EXPECT_EQ(ledger.send(scene::transfer({{4'008, 4'100}}), scene::three()).clause, "AUT-5");
  EXPECT_TRUE(ledger.send(scene::use({{1, 3'726}}), scene::user()).admitted());
}

TEST(Revocation, WhoseTermsReachNoIssuedUnitsEndsIssuanceAlone) {
  AuthorizationGranted host = scene::host_grant();
  host.change_terms.until = Until::issuance;
  LedgerBuilder ledger = LedgerBuilder::after("agreed");
  ledger.given("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"})
      .given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller())
      .given("2028-11-20T09:55:00.000Z", scene::settlement(), scene::seller())
      .given(scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_TRUE(ledger.send(scene::transfer({{1, 100}}), scene::three()).admitted());
  UnitsIssued more = scene::issuance();
  more.lots = {{15'001, 15'100, 2026, {}}};
  more.quantity = 100;
  EXPECT_EQ(ledger.send(more, scene::seller()).clause, "AUT-5");
}

TEST(Revocation, AndChangesAreToldInFull) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  test_support::Mirror mirror(ledger.state());
  const std::vector<std::pair<Body, scene::Signers>> acts{
      {narrowed(), scene::both()},
      {settle_more(), scene::seller()},
      {scene::transfer({{4'008, 4'100}}), scene::three()},
      {scene::revocation("XHA-AUT-1"), scene::both()}};
  for (const auto& [body, signers] : acts) {
    const Answer answer = ledger.send(body, signers);
    ASSERT_TRUE(answer.admitted()) << answer;
    mirror.fold(*answer.effects);
    EXPECT_EQ(mirror.difference(ledger.state()), "");
  }
}

}  // namespace
