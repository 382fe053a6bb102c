// "OIMP" (spec/decisions/0006), through the HTTP API: 3,000 units of 2028, of which an airline uses
// 2,000 and 400 are cancelled, under each definition of the first transfer.
#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

namespace story = scene::story;

const std::vector<std::string> airline{"XBA-AIR", "XHA"};

ledger::ApproachRules rules_of(ledger::Definition definition) {
  ledger::ApproachRules body = scene::rules_for_oimp();
  body.first_transfer = {{"XHA", definition}};
  body.both_authorize = false;
  return body;
}

ledger::AuthorizationGranted for_oimp_only() {
  ledger::AuthorizationGranted body = scene::host_grant();
  body.entities = {{"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}}};
  body.purposes = {ledger::Purpose::imp, ledger::Purpose::op};
  body.oimp = "CORSIA; voluntary market";
  body.ndc_periods.clear();
  return body;
}

ledger::UnitsIssued issuance() {
  ledger::UnitsIssued body = scene::issuance();
  body.account = "AIR-XHA";
  body.holder = "XBA-AIR";
  body.authorization = {"XHA-AUT-1", std::nullopt};
  body.period_from = story::on("2028-01-01");
  body.period_to = story::on("2028-12-31");
  body.quantity = 3'000;
  body.lots = {{1, 3'000, 2028, {}}};
  return body;
}

ledger::UnitsUsed use(scene::Closed closed, bool first) {
  return scene::use_for_imp(std::move(closed), first, "AIR-XHA", "XBA-AIR");
}

struct ScenarioC : testing::Test {
  void SetUp() override {
    served.tell("enrolled");
    admit("2028-04-01T09:00:00.000Z", scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
    admit("2028-04-01T09:05:00.000Z", story::account("AIR-XHA", "XBA-AIR", "XHA99"),
          {"XHA-CMO", "XBA-AIR"});
    admit("2028-04-01T09:10:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  }
  Act next(std::string_view time, ledger::Body body, std::vector<std::string> signers) {
    return scene::act("c-" + std::to_string(++sent), story::at(time), std::move(body),
                      std::move(signers));
  }
  void admit(std::string_view time, ledger::Body body, std::vector<std::string> signers) {
    const api::Response response = served.send(next(time, std::move(body), std::move(signers)));
    ASSERT_EQ(response.status, 201) << response.body;
  }
  void refuse(std::string_view time, ledger::Body body, std::vector<std::string> signers,
              const std::string& clause) {
    const api::Response response = served.send(next(time, std::move(body), std::move(signers)));
    EXPECT_EQ(json_of(response).value("code", ""), clause) << response.body;
  }
  // The story until 2030, and what the host's answer then says.
  Json tell(ledger::Definition definition) {
    const bool at_use = definition == ledger::Definition::use_or_cancellation;
    admit("2028-05-01T09:00:00.000Z", rules_of(definition), scene::both());
    admit("2028-06-01T09:00:00.000Z", for_oimp_only(), {"XHA"});
    admit("2029-03-01T09:00:00.000Z", issuance(), scene::seller());
    admit("2029-09-15T09:00:00.000Z", use({{1, 2'000}}, at_use), airline);
    ledger::UnitsCancelled cancel = scene::cancellation({{2'001, 2'400}});
    cancel.account = "AIR-XHA";
    cancel.party = "XHA";
    cancel.purpose = ledger::UnitsCancelled::Reason::op;
    cancel.first_transfer = at_use;
    admit("2030-02-01T09:00:00.000Z", cancel, airline);
    ledger::UnitsUsed for_ndc = use({{2'401, 2'500}}, false);
    for_ndc.purpose = ledger::Purpose::ndc;
    for_ndc.year = 2028;
    refuse("2030-02-02T09:00:00.000Z", for_ndc, airline, "AUT-7");
    for (const char* party : {"XHA", "XBA"}) {
      const Json answer = served.get_json(std::string("/v1/parties/") + party);
      EXPECT_EQ(answer["used_for"], Json::object()) << "no Party subtracts";
    }
    return served.get_json("/v1/parties/XHA?at=2030-12-31T23:59:59.999Z");
  }

  Served served;
  int sent = 0;
};

TEST_F(ScenarioC, UnderIssuanceAllIsFirstTransferredWhenIssued) {
  const Json host = tell(ledger::Definition::issuance);
  EXPECT_EQ(host["first_transferred"], (Json{{"2028", 3'000}}));
  EXPECT_EQ(host["first_transferred_in"], (Json{{"2029", {{"2028", 3'000}}}}));
  EXPECT_EQ(host["first_transferred_by_authorization"], host["first_transferred_in"]);
}

TEST_F(ScenarioC, UnderUseOrCancellationWhatIsUsedOrCancelledCountsInItsYear) {
  const Json host = tell(ledger::Definition::use_or_cancellation);
  EXPECT_EQ(host["first_transferred"], (Json{{"2028", 2'400}}));
  EXPECT_EQ(host["first_transferred_in"],
            (Json{{"2029", {{"2028", 2'000}}}, {"2030", {{"2028", 400}}}}));
  EXPECT_EQ(host["first_transferred_by_authorization"], host["first_transferred_in"]);
}

TEST_F(ScenarioC, UnderAuthorizationTheLaterCountsAndTheOtherReadingStandsBesideIt) {
  const Json host = tell(ledger::Definition::authorization);
  EXPECT_EQ(host["first_transferred"], (Json{{"2028", 3'000}}));
  EXPECT_EQ(host["first_transferred_in"], (Json{{"2029", {{"2028", 3'000}}}}));
  EXPECT_EQ(host["first_transferred_by_authorization"], (Json{{"2028", {{"2028", 3'000}}}}));
}

TEST_F(ScenarioC, AnUnknownDefinitionIsRefusedByName) {
  const Act act =
      next("2028-05-01T09:00:00.000Z", rules_of(ledger::Definition::issuance), scene::both());
  std::string text = submission_of(act);
  const std::string known = "\"definition\":\"issuance\"";
  text.replace(text.find(known), known.size(), "\"definition\":\"payment\"");
  const Json problem = json_of(served.post(text));
  EXPECT_EQ(problem.value("code", ""), "FMT-13") << problem;
  EXPECT_NE(problem.value("detail", "").find("payment"), std::string::npos) << problem;
}

}  // namespace
