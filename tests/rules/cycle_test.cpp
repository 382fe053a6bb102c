// An activity may be authorized before its design or after it: both orders end in registration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"

namespace {

using namespace ledger;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;

const char* const day_of_registration = "2027-03-20T09:00:00.000Z";

LedgerBuilder& approved(LedgerBuilder& ledger) {
  return ledger.given(scene::validation(), {"VERIFIER-1"})
      .given(scene::review(Stage::validation, "XHA"), scene::seller())
      .given(scene::review(Stage::validation, "XBA"), {"XBA"});
}

TEST(Cycle, AuthorizationsMayComeBeforeTheDesign) {
  LedgerBuilder ledger = LedgerBuilder::after("proposed");
  ledger.given("2027-01-05T09:00:00.000Z", scene::host_grant(), {"XHA"})
      .given("2027-01-06T09:00:00.000Z", scene::buyer_grant(), {"XBA"})
      .given("2027-02-10T09:00:00.000Z", scene::design(), {"XHA-DEV"});
  EXPECT_EQ(ledger.send(scene::registration(), scene::seller()).clause, "ACT-15");
  approved(ledger);
  EXPECT_TRUE(ledger.send(day_of_registration, scene::registration(), scene::seller()).admitted());
}

TEST(Cycle, AuthorizationsMayComeAfterTheValidation) {
  LedgerBuilder ledger = LedgerBuilder::after("proposed");
  ledger.given("2027-01-05T09:00:00.000Z", scene::design(), {"XHA-DEV"});
  approved(ledger);
  EXPECT_EQ(ledger.send(scene::registration(), scene::seller()).clause, "AUT-8");
  ledger.given("2027-02-01T09:00:00.000Z", scene::host_grant(), {"XHA"})
      .given("2027-02-02T09:00:00.000Z", scene::buyer_grant(), {"XBA"});
  EXPECT_EQ(ledger.send("2027-03-04T08:59:59.999Z", scene::registration(), scene::seller()).clause,
            "AUT-5")
      << "the objection period of the buyer's is not over";
  EXPECT_TRUE(ledger.send(day_of_registration, scene::registration(), scene::seller()).admitted());
}

TEST(Cycle, ADesignInChangeLeavesTheRegisteredOneInForce) {
  LedgerBuilder ledger = LedgerBuilder::after("registered");
  DesignSubmitted second = scene::design();
  second.version = 2;
  second.components = {"north", "south"};
  ledger.given(second, {"XHA-DEV"});
  MonitoringSubmitted of_north = scene::monitoring();
  of_north.component = "north";
  const char* const day_of_report = "2028-02-01T09:00:00.000Z";
  EXPECT_EQ(ledger.send(day_of_report, of_north, {"XHA-DEV"}).clause, "MON-2");
  ActivityValidated validation = scene::validation();
  validation.version = 2;
  ledger.given(validation, {"VERIFIER-1"});
  for (const auto& [party, signer] : {std::pair{"XHA", "XHA-CMO"}, std::pair{"XBA", "XBA"}}) {
    ReviewDecided review = scene::review(Stage::validation, party);
    review.version = 2;
    ledger.given(review, {signer});
  }
  ActivityRegistered registration = scene::registration();
  registration.version = 2;
  ledger.given(registration, scene::seller());
  EXPECT_TRUE(ledger.send(day_of_report, of_north, {"XHA-DEV"}).admitted());
}

// Sends the body with a date that is not its entry's.
test_support::Answer send_dated(LedgerBuilder& ledger, std::string_view time, std::string_view date,
                                Body body, const scene::Signers& signers) {
  scene::story::Act act = scene::act("dated", scene::story::at(time), std::move(body), signers);
  act.event.date = scene::story::on(date);
  return ledger.send(act);
}

// What rests on an authorization is not older than the version of it that is in force.
TEST(Cycle, NothingIsOlderThanTheVersionThatItRestsOn) {
  const AuthorizationChanged second = scene::change(scene::host_grant());
  LedgerBuilder registering = LedgerBuilder::after("validated");
  registering.given("2027-03-05T09:00:00.000Z", second, scene::both());
  EXPECT_EQ(send_dated(registering, "2027-03-06T09:00:00.000Z", "2027-03-04", scene::registration(),
                       scene::seller())
                .clause,
            "ID-12");
  LedgerBuilder issuing = LedgerBuilder::after("authorized");
  issuing.given("2028-05-05T09:00:00.000Z", second, scene::both());
  EXPECT_EQ(send_dated(issuing, "2028-05-06T09:00:00.000Z", "2028-05-04", scene::issuance(),
                       scene::seller())
                .clause,
            "ID-12");
  LedgerBuilder transferring = LedgerBuilder::after("settled");
  transferring.given("2028-11-25T09:00:00.000Z", second, scene::both());
  EXPECT_EQ(send_dated(transferring, "2028-11-26T09:00:00.000Z", "2028-11-24",
                       scene::transfer({{1, 100}}), scene::three())
                .clause,
            "ID-12");
}

// No list of versions grows without an end.
TEST(Cycle, VersionsAreBounded) {
  LedgerBuilder ideas = LedgerBuilder::after("agreed_cycle");
  ActivityProposed proposal = scene::proposal();
  for (; proposal.version <= 1'023; ++proposal.version) ideas.given(proposal, {"XHA-DEV"});
  const test_support::Answer idea = ideas.send(proposal, {"XHA-DEV"});
  EXPECT_EQ(idea.clause, "ACT-3");
  EXPECT_THAT(idea.detail, testing::HasSubstr("1023 versions"));
  LedgerBuilder rules = LedgerBuilder::after("enrolled");
  rules.given(scene::story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  ApproachRules adopted = scene::rules();
  for (; adopted.version <= 1'023; ++adopted.version) rules.given(adopted, scene::both());
  EXPECT_EQ(rules.send(adopted, scene::both()).clause, "RUL-2");
  LedgerBuilder designs = LedgerBuilder::after("proposed");
  DesignSubmitted design = scene::design();
  ActivityValidated validation = scene::validation();
  for (; design.version <= 1'023; ++design.version, ++validation.version) {
    designs.given(design, {"XHA-DEV"}).given(validation, {"VERIFIER-1"});
  }
  EXPECT_EQ(designs.send(design, {"XHA-DEV"}).clause, "ACT-3");
}

// The third version of a design does not tell of the first two again.
TEST(Cycle, AStepTellsOfTheDesignThatItIsAbout) {
  LedgerBuilder ledger = LedgerBuilder::after("registered");
  DesignSubmitted second = scene::design();
  second.version = 2;
  const test_support::Answer answer = ledger.send(second, {"XHA-DEV"});
  ASSERT_TRUE(answer.admitted()) << answer;
  ASSERT_EQ(answer.effects->rows.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<DocumentEffect>(answer.effects->rows.back()));
  const auto& told = std::get<CycleEffect>(answer.effects->rows.front());
  EXPECT_EQ(told.row.registered, 1);
  ASSERT_TRUE(told.design);
  EXPECT_EQ(told.design->version, 2);
}

TEST(Cycle, RulesThatAskForNothingLeaveIssuanceToTheAuthorizations) {
  LedgerBuilder ledger = LedgerBuilder::after("authorized");
  EXPECT_TRUE(
      ledger.send("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller()).admitted());
}

TEST(Cycle, TighterRulesMeanWhatComesNext) {
  LedgerBuilder ledger = LedgerBuilder::after("authorized");
  ApproachRules tighter = scene::rules_of_the_cycle();
  tighter.version = 2;
  ledger.given(tighter, scene::both());
  EXPECT_EQ(ledger.send("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller()).clause,
            "MON-10");
}

TEST(Cycle, AReturnedIdeaStaysSoWhenItsReviewIsAskedNoMore) {
  LedgerBuilder ledger = LedgerBuilder::after("agreed_cycle");
  ReviewDecided back = scene::review(Stage::idea, "XHA");
  back.decision = ReviewDecided::Decision::returned;
  ledger.given(scene::proposal(), {"XHA-DEV"}).given(back, scene::seller());
  ApproachRules looser = scene::rules_of_the_cycle();
  looser.version = 2;
  std::erase_if(looser.cycle->reviews,
                [](const auto& review) { return review.stage == Stage::idea; });
  ledger.given(looser, scene::both());
  const auto refused = ledger.send(scene::design(), {"XHA-DEV"});
  EXPECT_EQ(refused.clause, "ACT-8");
  EXPECT_THAT(refused.detail, testing::HasSubstr("sent it back"));
  ActivityProposed again = scene::proposal();
  again.version = 2;
  ledger.given(again, {"XHA-DEV"});
  EXPECT_TRUE(ledger.send(scene::design(), {"XHA-DEV"}).admitted());
}

}  // namespace
