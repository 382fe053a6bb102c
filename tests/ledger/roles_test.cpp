// Who must sign, and who need not: roles, organs, thresholds, surplus, taking back.
#include "ledger/roles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
using testing::HasSubstr;
namespace scene = watched::scene;

RoleGranted grant(const Id& id, const Id& party, const Id& participant, Organ role) {
  RoleGranted body;
  body.id = id;
  body.parties = {party};
  body.participant = participant;
  body.role = role;
  body.from = scene::story::at("2026-12-01T00:00:00.000Z");
  return body;
}

RoleEnded ending(const Id& id, RoleEnded::How how = RoleEnded::How::ended) {
  return {id, how, RoleEnded::Reason::superseded};
}

AccountOpened account_of(const Id& id, const Id& holder) {
  return scene::story::account(id, holder, holder.substr(0, 3) + "99");
}

// ---- the three signatures under a transfer ----

TEST(Roles, TwoKeysOfOnePartyDoNotStandForTwoParties) {
  watched::Ledger ledger("settled");
  const auto answer = ledger.send(scene::transfer({{1, 1'500}}), {"XBA-FUND", "XHA-CMO", "XHA"});
  EXPECT_EQ(answer.clause, "ID-7");
  EXPECT_THAT(answer.detail, HasSubstr("XBA"));
  EXPECT_THAT(answer.detail, testing::Not(HasSubstr("XHA (")));
}

TEST(Roles, EverybodyWhoIsMissingIsNamedAtOnce) {
  watched::Ledger ledger("settled");
  const auto answer = ledger.send(scene::transfer({{1, 1'500}}), {"XBA"});
  EXPECT_EQ(answer.clause, "ID-7");
  EXPECT_THAT(answer.detail, HasSubstr("holder XBA-FUND"));
  EXPECT_THAT(answer.detail, HasSubstr("XHA (its secretariat or authority)"));
}

TEST(Roles, AuthorityOrSecretariatActsForThePartyInAMovement) {
  watched::Ledger ledger("settled");
  EXPECT_TRUE(ledger.send(scene::transfer({{1, 500}}), {"XBA-FUND", "XHA-CMO", "XBA"}).admitted());
  EXPECT_TRUE(ledger.send(scene::transfer({{501, 900}}), {"XBA-FUND", "XHA", "XBA"}).admitted());
}

TEST(Roles, BothOrgansOfOnePartyMaySignAndCountAsOne) {
  watched::Ledger ledger("settled");
  EXPECT_TRUE(
      ledger.send(scene::transfer({{1, 500}}), {"XBA-FUND", "XHA", "XHA-CMO", "XBA"}).admitted());
}

TEST(Roles, AHolderThatIsAlsoTheTransferringPartySignsOnce) {
  watched::Ledger ledger("transferred");
  AuthorizationGranted wide = scene::host_grant();
  UnitsTransferred body = scene::transfer({{3'808, 3'900}});
  body.from = {"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
  const auto answer = ledger.send(body, {"XHA", "XBA"});
  EXPECT_TRUE(answer.admitted()) << answer;
}

TEST(Roles, ASignatureOfOneWhoFillsNoRoleIsSurplus) {
  watched::Ledger ledger("settled");
  const auto answer =
      ledger.send(scene::transfer({{1, 500}}), {"XBA-FUND", "XHA-CMO", "XBA", "XHA-OTHER"});
  EXPECT_EQ(answer.clause, "ID-9");
  EXPECT_THAT(answer.detail, HasSubstr("XHA-OTHER"));
}

TEST(Roles, MissingIsSaidBeforeSurplus) {
  watched::Ledger ledger("settled");
  const auto answer = ledger.send(scene::transfer({{1, 500}}), {"XBA-FUND", "XHA-OTHER", "XBA"});
  EXPECT_EQ(answer.clause, "ID-7");
}

TEST(Roles, AThresholdCountsKeysOfOneParticipant) {
  watched::Ledger ledger("enrolled");
  const RoleGranted body = grant("XCA-SEC", "XCA", "AF", Organ::secretariat);
  const auto one = ledger.send(body, {"XCA"});
  EXPECT_EQ(one.clause, "ID-7");
  EXPECT_THAT(one.detail, HasSubstr("XCA signed with 1 of 2"));
  EXPECT_TRUE(ledger.send(body, {"XCA", "XCA-2"}).admitted());
}

TEST(Roles, MoreKeysOfANeededParticipantAreNoSurplus) {
  watched::Ledger ledger("enrolled");
  const auto answer = ledger.send(account_of("XCA-2-ACC", "XCA"), {"XCA", "XCA-2"});
  EXPECT_TRUE(answer.admitted()) << answer;
}

// ---- organs ----

TEST(Organs, TheFirstGrantEndsThePartysOwnHoldingAndTheLastEndingGivesItBack) {
  watched::Ledger ledger("enrolled");
  EXPECT_EQ(ledger.send(account_of("A-1", "XHA"), {"XHA"}).clause, "ID-7");
  ledger.given(account_of("A-1", "XHA"), {"XHA", "XHA-CMO"});
  ledger.given(grant("XHA-SEC-2", "XHA", "XHA-OTHER", Organ::secretariat), {"XHA"});
  ledger.given(account_of("A-2", "XHA"), {"XHA", "XHA-OTHER"});
  ledger.given(ending("XHA-SEC-1"), {"XHA"});
  EXPECT_EQ(ledger.send(account_of("A-3", "XHA"), {"XHA"}).clause, "ID-7");
  EXPECT_EQ(ledger.send(account_of("A-3", "XHA"), {"XHA", "XHA-CMO"}).clause, "ID-7");
  ledger.given(ending("XHA-SEC-2"), {"XHA-OTHER"});  // the holder may end it too
  EXPECT_TRUE(ledger.send(account_of("A-3", "XHA"), {"XHA"}).admitted());
}

TEST(Organs, ASuspendedGrantActsNoMoreAndCanOnlyEnd) {
  watched::Ledger ledger("enrolled");
  ledger.given(ending("XHA-SEC-1", RoleEnded::How::suspended), {"XHA"});
  EXPECT_TRUE(ledger.send(account_of("A-1", "XHA"), {"XHA"}).admitted());
  EXPECT_EQ(ledger.send(ending("XHA-SEC-1", RoleEnded::How::suspended), {"XHA"}).clause, "ROL-10");
  ledger.given(ending("XHA-SEC-1"), {"XHA"});
  EXPECT_EQ(ledger.send(ending("XHA-SEC-1"), {"XHA"}).clause, "ROL-10");
}

TEST(Organs, AGrantActsFromItsBeginningToItsEnd) {
  watched::Ledger ledger("enrolled");
  RoleGranted body = grant("XBA-SEC-1", "XBA", "XBA-FUND", Organ::secretariat);
  body.from = scene::story::at("2027-02-01T00:00:00.000Z");
  body.until = scene::story::at("2027-03-01T00:00:00.000Z");
  ledger.given("2027-01-01T00:00:00.000Z", body, {"XBA"});
  ledger.given("2027-01-31T23:59:59.999Z", account_of("A-1", "XBA"), {"XBA"});
  EXPECT_EQ(ledger.send("2027-02-01T00:00:00.000Z", account_of("A-2", "XBA"), {"XBA"}).clause,
            "ID-7");
  ledger.given("2027-02-28T23:59:59.999Z", account_of("A-2", "XBA"), {"XBA", "XBA-FUND"});
  ledger.given("2027-03-01T00:00:00.000Z", account_of("A-3", "XBA"), {"XBA"});
}

TEST(Organs, APartyTakesBackTheAuthorityThatItGaveAway) {
  watched::Ledger ledger("enrolled");
  ledger.given(grant("XHA-AUTH-1", "XHA", "XHA-OTHER", Organ::authority), {"XHA"});
  const RoleGranted next = grant("XHA-AUTH-2", "XHA", "XHA-CMO", Organ::authority);
  EXPECT_EQ(ledger.send(next, {"XHA"}).clause, "ID-7") << "it is the authority no more";
  ledger.given(ending("XHA-AUTH-1"), {"XHA"});
  EXPECT_TRUE(ledger.send(next, {"XHA"}).admitted());
}

TEST(Organs, AScopedGrantActsUnderItsApproachesOnly) {
  watched::Ledger ledger("transferred");
  RoleGranted body = grant("XBA-SEC-1", "XBA", "XBA-AGENCY", Organ::secretariat);
  body.approaches = {"XHA-XBA"};
  ledger.given(scene::newcomer("XBA-AGENCY", "XBA"), {"XBA", "XBA-AGENCY"});
  ledger.given(body, {"XBA"});
  ledger.given(account_of("A-1", "XBA"), {"XBA"});  // names no approach
  UnitsCancelled cancel = scene::cancellation({{1, 10}});
  EXPECT_TRUE(ledger.send(cancel, {"XBA-FUND", "XBA-AGENCY"}).admitted());
}

TEST(Organs, NobodyIsAnOrganOfTwoPartiesAtOneTime) {
  watched::Ledger ledger("enrolled");
  RoleGranted second = grant("XBA-INV-1", "XBA", "XHA-CMO", Organ::inventory);
  const auto answer = ledger.send(second, {"XBA"});
  EXPECT_EQ(answer.clause, "ROL-7");
  EXPECT_THAT(answer.detail, HasSubstr("XHA-SEC-1"));
  second.participant = "XHA";
  EXPECT_EQ(ledger.send(second, {"XBA"}).clause, "ROL-7");
  second.participant = "XBA";
  ledger.given(second, {"XBA"});
  RoleGranted other = grant("XHA-INV-1", "XHA", "XHA-CMO", Organ::inventory);
  ledger.given(other, {"XHA"});  // two organs of one Party are one Party
}

TEST(Organs, OneMayBecomeTheOrganOfAnotherPartyOnceItIsFree) {
  watched::Ledger ledger("enrolled");
  RoleGranted first = grant("XBA-INV-1", "XBA", "XHA-OTHER", Organ::inventory);
  first.until = scene::story::at("2027-06-01T00:00:00.000Z");
  ledger.given("2027-01-01T00:00:00.000Z", first, {"XBA"});
  RoleGranted second = grant("XHA-INV-1", "XHA", "XHA-OTHER", Organ::inventory);
  second.from = scene::story::at("2027-05-31T23:59:59.999Z");
  EXPECT_EQ(ledger.send(second, {"XHA"}).clause, "ROL-7");
  second.from = scene::story::at("2027-06-01T00:00:00.000Z");
  EXPECT_TRUE(ledger.send(second, {"XHA"}).admitted());
}

TEST(Organs, AVerifierIsAppointedByBothPartiesOfAnApproach) {
  watched::Ledger ledger("agreed");
  RoleGranted body = grant("VVB-1", "XHA", "XHA-OTHER", Organ::verifier);
  body.approaches = {"XHA-XBA"};
  EXPECT_EQ(ledger.send(body, {"XHA"}).clause, "ROL-5");
  body.parties = {"XBA", "XHA"};
  EXPECT_EQ(ledger.send(body, {"XHA"}).clause, "ID-7");
  ledger.given(body, {"XBA", "XHA"});
  EXPECT_TRUE(ledger.send(ending("VVB-1"), {"XBA"}).admitted()) << "either grantor ends it";
}

TEST(Organs, RulesMayAddSignersToTheEventsOfTheirApproach) {
  watched::Ledger ledger("authorized");
  ApproachRules rules = scene::rules();
  rules.version = 2;
  rules.extra_signers = {{"units.issued", "XBA", Organ::authority}};
  ledger.given(rules, {"XBA", "XHA"});
  EXPECT_EQ(ledger.send("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller()).clause,
            "ID-7");
  EXPECT_TRUE(
      ledger.send("2028-06-01T09:30:00.000Z", scene::issuance(), {"XHA-CMO", "XBA"}).admitted());
}

// ---- admission ----

TEST(Roles, APartyIsAdmittedByAQuorumOfTheFoundingParties) {
  watched::Ledger ledger("opened");
  ParticipantAdmitted body = scene::newcomer("XDA", "XDA");
  body.kind = ParticipantAdmitted::Sort::party;
  body.sponsor.reset();
  const auto answer = ledger.send(body, {"XHA", "XDA", "operator"});
  EXPECT_EQ(answer.clause, "ID-7");
  EXPECT_THAT(answer.detail, HasSubstr("1 of 2"));
  EXPECT_TRUE(ledger.send(body, {"XHA", "XBA", "XDA"}).admitted());
}

// ---- drafts ----

struct Draft : testing::Test {
  watched::Ledger ledger{"settled"};
  scene::story::Act act = ledger.next(scene::transfer({{1, 1'500}}), scene::three());

  SignatureWithdrawn taking_back() const {
    return {crypto::sha256(encode_event(act.event)), act.event.id};
  }
};

TEST_F(Draft, IsBarredForEverybodyOnceASignerTookItsSignatureBack) {
  ledger.given(taking_back(), {"XHA"});
  const Seq at = ledger.machine().size() - 1;
  const auto answer = ledger.send(act);
  EXPECT_EQ(answer.clause, "ID-4");
  EXPECT_THAT(answer.detail, HasSubstr("XHA took its signature"));
  EXPECT_THAT(answer.detail, HasSubstr("entry " + std::to_string(at)));
  act.event.id = "a-new-draft";
  act.time = ledger.machine().time();
  EXPECT_TRUE(ledger.send(act).admitted());
}

TEST_F(Draft, CannotBeTakenBackOnceItIsCommitted) {
  EXPECT_TRUE(ledger.send(act).admitted());
  EXPECT_EQ(ledger.send(taking_back(), {"XHA"}).clause, "WDR-1");
}

TEST_F(Draft, IsNotBarredByOneWhoNeedNotSignIt) {
  ledger.given(taking_back(), {"XHA-OTHER"});
  act.time = ledger.machine().time();
  EXPECT_TRUE(ledger.send(act).admitted());
}

TEST_F(Draft, IsTakenBackByEachInAnEventOfItsOwnAndOnce) {
  auto together = ledger.next(taking_back(), {"XHA", "XBA"});
  EXPECT_EQ(ledger.send(together).clause, "WDR-2");
  ledger.given(taking_back(), {"XBA"});
  EXPECT_EQ(ledger.send(taking_back(), {"XBA"}).clause, "WDR-3");
  EXPECT_TRUE(ledger.send(taking_back(), {"XHA-CMO"}).admitted());
}

TEST_F(Draft, IsRefusedAMillisecondAfterItExpired) {
  act.event.expires = scene::story::at("2029-06-30T00:00:00.000Z");
  act.time = scene::story::at("2029-06-30T00:00:00.001Z");
  EXPECT_EQ(ledger.send(act).clause, "ID-3");
  act.time = *act.event.expires;
  EXPECT_TRUE(ledger.send(act).admitted());
}

TEST_F(Draft, OfSeveralSignersStatesWhenItExpires) {
  act.event.expires.reset();
  EXPECT_EQ(ledger.send(act).clause, "ID-10");
}

}  // namespace
