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

ApproachRules defined_later(Definition definition) {
  ApproachRules body = scene::rules();
  body.version = 2;
  body.first_transfer = {{"XHA", definition}};
  return body;
}

// Units that are older than the definition: their use for IMP is their first transfer all the same.
TEST(Change, ThatAddsImpMakesTheUseOfOlderUnitsTheirFirstTransfer) {
  LedgerBuilder ledger = LedgerBuilder::after("settled");
  ledger.given(defined_later(Definition::use_or_cancellation), scene::both())
      .given(scene::change(scene::for_every_purpose(scene::host_grant())), scene::both());
  const scene::Signers at_home{"XBA-FUND", "XHA"};
  EXPECT_EQ(ledger.send(scene::use_for_imp({{1, 100}}, false), at_home).clause, "USE-9");
  UnitsCancelled for_op = scene::cancellation({{101, 200}});
  for_op.account = "XBA-FUND-XHA";
  for_op.party = "XHA";
  for_op.purpose = UnitsCancelled::Reason::op;
  EXPECT_EQ(ledger.send(for_op, at_home).clause, "CAN-4");
  for_op.first_transfer = true;
  ledger.given(scene::use_for_imp({{1, 100}}, true), at_home).given(for_op, at_home);
  EXPECT_EQ(host_of(ledger).first_transferred, 81 + 200);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 81 + 200);
}

// By issuance: units that the change does not reach keep what they are.
TEST(Change, AddsImpForWhatIsToComeWhereItReachesNoIssuedUnits) {
  AuthorizationGranted host = scene::host_grant();
  host.change_terms.until = Until::issuance;
  LedgerBuilder ledger = LedgerBuilder::after("agreed");
  ledger.given("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"})
      .given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller())
      .given(defined_later(Definition::issuance), scene::both())
      .given(scene::change(scene::for_every_purpose(host)), scene::both());
  EXPECT_EQ(host_of(ledger).first_transferred, 0);
  const scene::Signers at_home{"XBA-FUND", "XHA"};
  EXPECT_EQ(ledger.send(scene::use_for_imp({{1, 100}}, false), at_home).clause, "AUT-7");
  UnitsIssued more = scene::issuance();
  more.lots = {{15'001, 15'100, 2026, {}}};
  more.quantity = 100;
  ledger.given(more, scene::seller());
  EXPECT_EQ(host_of(ledger).first_transferred, 100);
}

TEST(Change, KeepsAFinalDateThatIsPastAndMovesNoneThere) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  AuthorizationChanged body = scene::change(scene::host_grant());
  body.terms.cap = 20'000;
  LedgerBuilder moved = ledger;
  ledger.given("2031-06-01T09:00:00.000Z", body, scene::both());
  body.terms.issue_until = story::on("2030-06-30");
  EXPECT_EQ(moved.send("2031-06-01T09:00:00.000Z", body, scene::both()).clause, "AUT-27");
}

TEST(Change, OfACapSaysWhatItLeavesWithoutFirstTransfer) {
  LedgerBuilder ledger = LedgerBuilder::after("transferred");
  AuthorizationChanged body = scene::change(scene::host_grant());
  body.terms.cap = 3'000;
  const Answer below = ledger.send(body, scene::both());
  EXPECT_EQ(below.clause, "AUT-35");
  EXPECT_NE(below.detail.find("15,000 units rest on it"), std::string::npos) << below;
  body.terms.cap = 3'850;
  ledger.given(body, scene::both()).given(settle_more(), scene::seller());
  const Answer more = ledger.send(scene::transfer({{4'008, 4'100}}), scene::three());
  EXPECT_EQ(more.clause, "AUT-4");
  EXPECT_NE(more.detail.find("11,150 units more than it lets be first transferred"),
            std::string::npos)
      << more;
}

TEST(Change, IsNoneOfAnEndedApproachAndARevocationIs) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  ledger.given(
      "2028-12-01T09:00:00.000Z",
      ApproachEnded{"XHA-XBA", story::at("2028-12-01T09:00:00.000Z"), {"XBA", "XHA"}, "fulfilled"},
      scene::both());
  EXPECT_EQ(ledger.send(narrowed(), scene::both()).clause, "APR-8");
  UnitsCancelled left = scene::cancellation({{1, 100}});  // and nothing is due of them
  left.account = "XBA-FUND-XHA";
  left.party = "XHA";
  ledger.given(left, {"XBA-FUND", "XHA-CMO"}).given(scene::revocation("XHA-AUT-1"), scene::both());
}

TEST(Change, AsksForNoLongerNoticeThanTenYears) {
  LedgerBuilder ledger = LedgerBuilder::after("agreed");
  AuthorizationGranted host = scene::host_grant();
  for (const std::int64_t days : {std::int64_t{3'651}, max_serial}) {
    host.change_terms.notice_days = days;
    EXPECT_EQ(ledger.send(host, {"XHA"}).clause, "AUT-37");
  }
  host.change_terms.notice_days = 3'650;
  host.issue_until.reset();
  host.use_until.reset();
  ledger.given("9998-01-01T00:00:00.000Z", host, {"XHA"});
  AuthorizationChanged body = scene::change(host);
  body.stage = ChangeStage::notice;
  ledger.given("9999-01-01T00:00:00.000Z", body, {"XHA"});
  body.stage = ChangeStage::effect;
  const Answer early = ledger.send("9999-06-01T00:00:00.000Z", body, scene::both());
  EXPECT_EQ(early.clause, "AUT-34");
  EXPECT_NE(early.detail.find("9999-12-31T23:59:59.999Z"), std::string::npos) << early;
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

// The share at transfer is settled of none of them.
TEST(Revocation, LeavesNothingDueOfUnitsThatBecomeNoItmos) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  const auto ended = [](UnitsCancelled::Reason purpose, scene::Closed closed) {
    UnitsCancelled body = scene::cancellation(std::move(closed));
    body.account = "XBA-FUND-XHA";
    body.party = "XHA";
    body.purpose = purpose;
    body.first_transfer = purpose == UnitsCancelled::Reason::omge;
    return body;
  };
  const scene::Signers at_home{"XBA-FUND", "XHA-CMO"};
  using Reason = UnitsCancelled::Reason;
  EXPECT_EQ(ledger.send(ended(Reason::voluntary, {{1, 100}}), at_home).clause, "PRO-8");
  ledger.given(scene::revocation("XHA-AUT-1"), scene::both());
  const Answer omge = ledger.send(ended(Reason::omge, {{1, 100}}), at_home);
  EXPECT_EQ(omge.clause, "AUT-5");
  EXPECT_NE(omge.detail.find("cancel them for a domestic"), std::string::npos) << omge;
  EXPECT_EQ(ledger.send(scene::transfer({{1, 100}}), scene::three()).clause, "AUT-5");
  ledger.given(ended(Reason::voluntary, {{1, 100}}), at_home)
      .given(ended(Reason::domestic, {{101, 200}}), at_home)
      .given(ended(Reason::administrative, {{201, 300}}), {"XHA"});
}

TEST(Revocation, LetsUnitsMoveInsideTheirSectionWithoutTheShareAtIssuance) {
  LedgerBuilder ledger = LedgerBuilder::after("issued_moments");
  ledger.given(story::account("FUND-2", "XBA-FUND", "XHA99"), {"XHA-CMO", "XBA-FUND"});
  UnitsTransferred inside = scene::transfer({{1, 100}});
  inside.to = {"FUND-2", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
  inside.authorization.buyer.reset();
  EXPECT_EQ(ledger.send(inside, {"XBA-FUND", "XHA-CMO"}).clause, "PRO-8");
  ledger.given(scene::revocation("XHA-AUT-1"), scene::both())
      .given(inside, {"XBA-FUND", "XHA-CMO"});
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
    for (const RowEffect& effect : answer.effects->rows) {
      const auto* told = std::get_if<AuthorizationEffect>(&effect);
      EXPECT_TRUE(told == nullptr || told->row.earlier.empty()) << "each version is told once";
    }
    mirror.fold(*answer.effects);
    EXPECT_EQ(mirror.difference(ledger.state()), "");
  }
}

}  // namespace
