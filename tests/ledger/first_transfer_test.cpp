// When a mitigation outcome becomes an ITMO: the three definitions, whichever comes first, OMGE and
// the Adaptation Fund; and that it happens once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "ledger/codec.hpp"
#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
using testing::HasSubstr;
namespace scene = watched::scene;
using ByYear = std::map<int, std::int64_t>;
using watched::Answer;

const scene::Signers airline_at_home{"XBA-AIR", "XHA"};
const scene::Signers fund_at_home{"XBA-FUND", "XHA"};

// A ledger with an airline, and a count of first transfers by the year of the entry.
struct Oimp {
  watched::Ledger ledger{"enrolled"};
  ByYear first_transfers;

  Oimp() {
    ledger.given(scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
    ledger.given(scene::story::account("AIR-XHA", "XBA-AIR", "XHA99"), {"XHA-CMO", "XBA-AIR"});
    ledger.given(scene::story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  }

  Answer send(std::string_view time, Body body, const scene::Signers& signers) {
    Answer answer = ledger.send(time, std::move(body), signers);
    if (!answer.admitted()) return answer;
    for (const UnitEffect& unit : answer.effects->units) {
      if (!unit.first_transfer) continue;
      first_transfers[year_of(date_of(answer.effects->time))] += unit.range.quantity();
    }
    return answer;
  }
  void given(std::string_view time, Body body, const scene::Signers& signers) {
    const Answer answer = send(time, std::move(body), signers);
    EXPECT_TRUE(answer.admitted()) << answer;
  }

  std::int64_t recorded(const Id& party, Year year) const {
    return ledger.builder().year(party, year).first_transferred;
  }
};

ApproachRules rules_of(Definition definition, bool both_authorize) {
  ApproachRules body = scene::rules_for_oimp();
  body.first_transfer = {{"XHA", definition}};
  body.both_authorize = both_authorize;
  return body;
}

AuthorizationGranted with_airline(AuthorizationGranted body) {
  body.entities = {{"XBA-AIR", {Act::transfer, Act::acquire, Act::use}},
                   {"XBA-FUND", {Act::transfer, Act::acquire, Act::use}}};
  body.ndc_periods = {{2026, 2030}};
  return body;
}

AuthorizationGranted for_oimp_only() {
  AuthorizationGranted body = with_airline(scene::host_grant());
  body.purposes = {Purpose::imp, Purpose::op};
  body.oimp = "CORSIA; voluntary market";
  body.ndc_periods.clear();
  return body;
}

// Units of vintage 2028, from serial 1.
UnitsIssued issuance_of(std::int64_t quantity, const Id& account, const Id& holder) {
  UnitsIssued body = scene::issuance();
  body.account = account;
  body.holder = holder;
  body.period_from = scene::story::on("2028-01-01");
  body.period_to = scene::story::on("2028-12-31");
  body.quantity = quantity;
  body.lots = {{1, quantity, 2028, {}}};
  return body;
}

// 3,000 units of 2028; the airline uses 2,000 in 2029, and 400 are cancelled for OP in 2030.
ByYear tell_oimp(Definition definition, Oimp& play) {
  play.given("2028-05-01T09:00:00.000Z", rules_of(definition, false), scene::both());
  play.given("2028-06-01T09:00:00.000Z", for_oimp_only(), {"XHA"});
  UnitsIssued issued = issuance_of(3'000, "AIR-XHA", "XBA-AIR");
  issued.authorization = {"XHA-AUT-1", std::nullopt};
  play.given("2029-03-01T09:00:00.000Z", issued, scene::seller());
  const bool at_use = definition == Definition::use_or_cancellation;

  UnitsUsed use = scene::use_for_imp({{1, 2'000}}, at_use, "AIR-XHA", "XBA-AIR");
  UnitsUsed wrong = use;
  wrong.first_transfer = !at_use;
  EXPECT_EQ(play.send("2029-09-15T09:00:00.000Z", wrong, airline_at_home).clause, "USE-9");
  play.given("2029-09-15T09:00:00.000Z", use, airline_at_home);

  UnitsCancelled cancel = scene::cancellation({{2'001, 2'400}});
  cancel.account = "AIR-XHA";
  cancel.party = "XHA";
  cancel.purpose = UnitsCancelled::Reason::op;
  cancel.first_transfer = !at_use;
  EXPECT_EQ(play.send("2030-02-01T09:00:00.000Z", cancel, airline_at_home).clause, "CAN-4");
  cancel.first_transfer = at_use;
  play.given("2030-02-01T09:00:00.000Z", cancel, airline_at_home);

  UnitsUsed for_ndc = scene::use_for_imp({{2'401, 2'500}}, false, "AIR-XHA", "XBA-AIR");
  for_ndc.purpose = Purpose::ndc;
  for_ndc.year = 2028;
  EXPECT_EQ(play.send("2030-02-02T09:00:00.000Z", for_ndc, airline_at_home).clause, "AUT-7");
  EXPECT_EQ(play.ledger.builder().year("XHA", 2028).used, 0);
  return play.first_transfers;
}

TEST(Oimp, UnderIssuanceAllIsFirstTransferredWhenIssued) {
  Oimp play;
  EXPECT_EQ(tell_oimp(Definition::issuance, play), (ByYear{{2029, 3'000}}));
  EXPECT_EQ(play.recorded("XHA", 2028), 3'000);
}

TEST(Oimp, UnderUseOrCancellationWhatIsUsedOrCancelledCountsInItsYear) {
  Oimp play;
  EXPECT_EQ(tell_oimp(Definition::use_or_cancellation, play), (ByYear{{2029, 2'000}, {2030, 400}}));
  EXPECT_EQ(play.recorded("XHA", 2028), 2'400);
}

TEST(Oimp, UnderAuthorizationTheLaterOfEffectAndIssuanceCounts) {
  Oimp play;
  EXPECT_EQ(tell_oimp(Definition::authorization, play), (ByYear{{2029, 3'000}}));
  EXPECT_EQ(play.recorded("XHA", 2028), 3'000);
}

TEST(Oimp, AnUnknownDefinitionIsRefusedByName) {
  Oimp play;
  const auto act = play.ledger.next(rules_of(Definition::issuance, true), scene::both());
  std::string bytes = encode_event(act.event);
  const std::string known = "\"definition\":\"issuance\"";
  bytes.replace(bytes.find(known), known.size(), "\"definition\":\"payment\"");
  const Result<Event> event = decode_event(bytes);
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().clause->id, "FMT-13");
  EXPECT_THAT(event.error().detail, HasSubstr("payment"));
  EXPECT_THAT(event.error().detail, HasSubstr("use_or_cancellation"));
}

// NDC and OIMP on the same 1,000 units: whichever comes first, nothing twice.
TEST(Oimp, TogetherWithNdcWhicheverComesFirstCountsOnce) {
  Oimp play;
  play.given("2028-05-01T09:00:00.000Z", rules_of(Definition::use_or_cancellation, true),
             scene::both());
  play.given("2028-06-01T09:00:00.000Z",
             with_airline(scene::for_every_purpose(scene::host_grant())), {"XHA"});
  play.given("2028-06-02T09:00:00.000Z",
             with_airline(scene::for_every_purpose(scene::buyer_grant())), {"XBA"});
  play.given("2029-03-01T09:00:00.000Z", issuance_of(1'000, "XBA-FUND-XHA", "XBA-FUND"),
             scene::seller());
  play.given("2029-04-01T09:00:00.000Z", scene::transfer({{1, 700}}, 2028), scene::three());

  UnitsUsed airline = scene::use_for_imp({{1, 200}}, false, "XBA-FUND-XBA", "XBA-AIR");
  airline.party = "XBA";
  play.given("2029-09-15T09:00:00.000Z", airline, scene::user());
  play.given("2029-09-16T09:00:00.000Z",
             scene::use_for_imp({{701, 800}}, true, "XBA-FUND-XHA", "XBA-AIR"), fund_at_home);

  UnitsTransferred gift = scene::transfer({{801, 850}}, 2028);
  gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  play.given("2029-10-01T09:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});

  UnitsUsed ndc = scene::use({{201, 700}});
  ndc.year = 2028;
  play.given("2030-01-15T09:00:00.000Z", ndc, scene::user());

  EXPECT_EQ(play.recorded("XHA", 2028), 850);
  EXPECT_EQ(play.ledger.builder().year("XBA", 2028).used, 500);
  EXPECT_EQ(play.ledger.builder().held_in("XBA-FUND-XHA"), 150);
  EXPECT_EQ(play.ledger.builder().held_in("AF-ACC"), 50);
  EXPECT_EQ(play.ledger.state().authorizations.lookup("XHA-AUT-1")->first_transferred, 850);
  EXPECT_EQ(play.ledger.state().authorizations.lookup("XBA-AUT-1")->acquired, 700);
}

TEST(Oimp, LeavingTheHostIsNoFirstTransferWhereNdcUseIsNotAuthorized) {
  Oimp play;
  play.given("2028-05-01T09:00:00.000Z", rules_of(Definition::use_or_cancellation, false),
             scene::both());
  play.given("2028-06-01T09:00:00.000Z", for_oimp_only(), {"XHA"});
  UnitsIssued issued = issuance_of(1'000, "XBA-FUND-XHA", "XBA-FUND");
  issued.authorization.buyer.reset();
  play.given("2029-03-01T09:00:00.000Z", issued, scene::seller());
  UnitsTransferred away = scene::transfer({{1, 700}}, 2028);
  away.authorization.buyer.reset();
  away.purpose = Purpose::imp;
  play.given("2029-04-01T09:00:00.000Z", away, scene::three());
  EXPECT_EQ(play.recorded("XHA", 2028), 0);
  UnitsUsed use = scene::use_for_imp({{1, 300}}, true, "XBA-FUND-XBA", "XBA-AIR");
  use.party = "XBA";
  play.given("2029-09-15T09:00:00.000Z", use, scene::user());
  EXPECT_EQ(play.recorded("XHA", 2028), 300);
}

// They may become ITMOs abroad, so they leave only while the host's authorization would let them.
TEST(Oimp, UnitsLeaveTheHostOnlyWhileTheyMayBecomeItmos) {
  Oimp play;
  play.given("2028-05-01T09:00:00.000Z", rules_of(Definition::use_or_cancellation, false),
             scene::both());
  play.given("2028-06-01T09:00:00.000Z", for_oimp_only(), {"XHA"});
  UnitsIssued issued = issuance_of(1'000, "XBA-FUND-XHA", "XBA-FUND");
  issued.authorization.buyer.reset();
  play.given("2029-03-01T09:00:00.000Z", issued, scene::seller());
  const auto moved = [](scene::Closed closed) {
    UnitsTransferred body = scene::transfer(std::move(closed), 2028);
    body.authorization.buyer.reset();
    body.purpose = Purpose::imp;
    return body;
  };
  play.given("2029-04-01T09:00:00.000Z", moved({{1, 100}}), scene::three());
  const auto revoked = scene::revocation("XHA-AUT-1");
  play.given("2029-05-01T09:00:00.000Z", revoked, scene::both());
  const Answer away = play.send("2029-06-01T09:00:00.000Z", moved({{101, 200}}), scene::three());
  EXPECT_EQ(away.clause, "AUT-5") << away;
  UnitsTransferred home = moved({{1, 100}});
  std::swap(home.from, home.to);
  play.given("2029-06-02T09:00:00.000Z", home, scene::three());
  EXPECT_EQ(play.recorded("XHA", 2028), 0);
}

// ---- NDC only ----

TEST(FirstTransfer, IsTheFirstMoveAbroadAndNoSecondOne) {
  watched::Ledger ledger("issued_oimp");
  const auto figure = [&] { return ledger.builder().year("XHA", 2026).first_transferred; };
  ledger.given("2028-07-01T00:00:00.000Z", scene::story::account("FUND-2", "XBA-FUND", "XHA99"),
               {"XHA-CMO", "XBA-FUND"});
  UnitsTransferred inside = scene::transfer({{1, 100}});
  inside.to = {"FUND-2", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
  inside.authorization.buyer.reset();
  ledger.given(inside, {"XBA-FUND", "XHA-CMO"});
  EXPECT_EQ(figure(), 0) << "a move inside the host's section is none";

  UnitsTransferred away = scene::transfer({{1, 100}});
  away.from = inside.to;
  ledger.given(away, scene::three());
  EXPECT_EQ(figure(), 100);

  UnitsTransferred home = scene::transfer({{1, 100}});
  home.from = away.to;
  home.to = inside.from;
  home.authorization.buyer.reset();
  ledger.given(home, scene::three());
  ledger.given(scene::transfer({{1, 100}}), scene::three());
  EXPECT_EQ(figure(), 100) << "there and back and there again is one first transfer";
  const State& state = ledger.state();
  EXPECT_EQ(state.authorizations.lookup("XHA-AUT-1")->first_transferred, 100);
  EXPECT_EQ(state.authorizations.lookup("XBA-AUT-1")->acquired, 200);
}

TEST(FirstTransfer, IsACancellationForOmgeAtHomeAndNotAbroad) {
  watched::Ledger ledger("transferred");
  UnitsCancelled omge = scene::cancellation({{3'727 - 1'000, 3'726}});
  omge.purpose = UnitsCancelled::Reason::omge;
  ledger.given(omge, scene::user());
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 3'807);

  UnitsCancelled at_home = scene::cancellation({{3'808, 3'907}});
  at_home.purpose = UnitsCancelled::Reason::omge;
  at_home.account = "XHA-SHARE";
  at_home.party = "XHA";
  EXPECT_EQ(ledger.send(at_home, {"XHA"}).clause, "CAN-4");
  at_home.first_transfer = true;
  ledger.given(at_home, {"XHA"});
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 3'907);
}

TEST(FirstTransfer, IsAMoveIntoAFundInTheHostsOwnSectionToo) {
  watched::Ledger ledger("issued_oimp");
  ledger.given(scene::story::account("AF-XHA", "AF", "XHA99", AccountKind::fund),
               {"XHA-CMO", "AF"});
  UnitsTransferred gift = scene::transfer({{1, 50}});
  gift.to = {"AF-XHA", "XHA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  ledger.given(gift, {"XBA-FUND", "XHA-CMO"});
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 50);
  EXPECT_EQ(ledger.state().authorizations.lookup("XHA-AUT-1")->first_transferred, 50);
}

TEST(FirstTransfer, IsNoneWithoutAnAuthorizationInEffect) {
  watched::Ledger ledger("issued_oimp");
  const auto late =
      ledger.send("2032-01-01T00:00:00.000Z", scene::transfer({{1, 100}}), scene::three());
  EXPECT_EQ(late.clause, "AUT-5");
  EXPECT_TRUE(ledger.send("2031-12-31T23:59:59.999Z", scene::transfer({{1, 100}}), scene::three())
                  .admitted());
  UnitsCancelled omge = scene::cancellation({{101, 200}});
  omge.account = "XBA-FUND-XHA";
  omge.party = "XHA";
  omge.purpose = UnitsCancelled::Reason::omge;
  omge.first_transfer = true;
  EXPECT_EQ(ledger.send("2032-01-01T00:00:00.000Z", omge, fund_at_home).clause, "AUT-5");
}

}  // namespace
