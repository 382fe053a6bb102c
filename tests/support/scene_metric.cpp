// Outcomes in another metric than tonnes: XCA's wind parks, in MWh, under approach XCA-XBA.
#include "tests/support/scene.hpp"

namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

NdcDeclared wind_ndc(const Id& party) {
  NdcDeclared body = story::ndc(party, 2029, 2033);
  body.metric = megawatt_hours;
  body.sectors = {"Energy generation"};
  body.gases = {};
  return body;
}

AccountOpened wind_account(const Id& holder, const std::string& registry) {
  AccountOpened body = story::account(holder + "-MWH-" + registry.substr(0, 3), holder, registry);
  body.metric = megawatt_hours;
  return body;
}

ApproachRules wind_rules() {
  ApproachRules body = rules_for_oimp();
  body.approach = "XCA-XBA";
  body.carp = "CA9903";
  body.both_authorize = false;
  body.objection_days = 0;
  body.first_transfer = {};
  return body;
}

AuthorizationGranted wind_grant() {
  AuthorizationGranted body = host_grant();
  body.id = "XCA-AUT-1";
  body.approach = "XCA-XBA";
  body.party = "XCA";
  body.cap.reset();
  body.metric = megawatt_hours;
  body.gwp = "NA";
  body.conversion = 582'000;
  body.parties.clear();
  body.entities.clear();
  body.vintage_from = 2029;
  body.vintage_to = 2033;
  body.issue_until = story::on("2035-12-31");
  body.use_until = story::on("2036-12-31");
  body.ndc_periods = {{2029, 2033}};
  body.activities = {{"XCA-WIND", story::on("2029-01-01"), story::on("2033-12-31"),
                      "Energy generation", "Wind", Mitigation::reductions}};
  body.standards = {"Synthetic wind methodology 1.0"};
  body.tracking_registry = "XCA99";
  body.change_terms.consent = {};
  body.documents = {story::document("letter XCA-AUT-1", "letter of authorization")};
  return body;
}

UnitsIssued wind_issuance() {
  UnitsIssued body = issuance();
  body.activity = "XCA-WIND";
  body.authorization = {"XCA-AUT-1", {}};
  body.period_from = story::on("2029-01-01");
  body.period_to = story::on("2029-12-31");
  body.metric = megawatt_hours;
  body.gwp = "NA";
  body.account = "XCA-MWH-XCA";
  body.holder = "XCA";
  body.quantity = 1'000;
  body.scope = "XCA99";
  body.lots = {{1, 1'000, 2029, {}}};
  return body;
}

UnitsTransferred wind_transfer(Closed closed, const Id& to) {
  UnitsTransferred body = transfer(std::move(closed), 2029);
  body.units.scope = "XCA99";
  body.from = {"XCA-MWH-XCA", "XCA", "XCA", "Government of XCA"};
  body.to = {to + "-MWH-" + to, to, to, "Government of " + to};
  body.authorization = {"XCA-AUT-1", {}};
  return body;
}

UnitsUsed wind_use(Closed closed, const Id& party) {
  UnitsUsed body = use(std::move(closed));
  body.units.scope = "XCA99";
  body.account = party + "-MWH-" + party;
  body.party = body.user = party;
  body.user_name = "Government of " + party;
  body.year = 2029;
  return body;
}

}  // namespace test_support::scene
