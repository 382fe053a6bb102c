// Units authorized for other international mitigation purposes: an airline uses them, some are
// cancelled for another purpose, and no Party subtracts (scenario C of spec/decisions/0006).
#include "api/story.hpp"

namespace api::story {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

constexpr const char* registry = "XCA99";
constexpr const char* airline_name = "Fictional Airline";

ApproachRules rules() {
  ApproachRules body;
  body.approach = "XCA-XBA";
  body.version = 1;
  body.carp = "CA9905";
  body.both_authorize = false;
  body.first_transfer = {{"XCA", Definition::use_or_cancellation}};
  return body;
}

AuthorizationGranted grant() {
  AuthorizationGranted body;
  body.id = "XCA-AUT-1";
  body.approach = "XCA-XBA";
  body.party = "XCA";
  body.cap = 3'000;
  body.metric = "GHG";
  body.gwp = "AR5";
  body.purposes = {Purpose::imp, Purpose::op};
  body.oimp = "CORSIA; voluntary market";
  body.entities = {{"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}}};
  body.vintage_from = 2028;
  body.vintage_to = 2030;
  body.standards = {"Synthetic landfill methodology 1.0"};
  body.tracking_registry = registry;
  body.activities = {{"XCA-LANDFILL", on("2028-01-01"), on("2030-12-31"), "Waste management",
                      "Landfill gas", Mitigation::reductions}};
  body.documents = {document("letter XCA-AUT-1", "letter of authorization")};
  return body;
}

UnitsIssued issuance() {
  UnitsIssued body;
  body.activity = "XCA-LANDFILL";
  body.authorization = {"XCA-AUT-1", std::nullopt};
  body.period_from = on("2028-01-01");
  body.period_to = on("2028-12-31");
  body.metric = "GHG";
  body.gwp = "AR5";
  body.account = "XBA-AIR-XCA";
  body.holder = "XBA-AIR";
  body.quantity = 3'000;
  body.scope = registry;
  body.documents = {document("certificate XCA 1", "issuance certificate")};
  body.lots = {{1, 3'000, 2028, {}}};
  return body;
}

UnitsUsed use(Serial first, Serial last) {
  UnitsUsed body;
  body.account = "XBA-AIR-XCA";
  body.party = "XCA";
  body.units = {registry, ranges({{first, last}})};
  body.quantity = last - first + 1;
  body.purpose = Purpose::imp;
  body.user = "XBA-AIR";
  body.user_name = airline_name;
  body.first_transfer = true;
  return body;
}

UnitsCancelled cancellation(Serial first, Serial last) {
  UnitsCancelled body;
  body.account = "XBA-AIR-XCA";
  body.party = "XCA";
  body.units = {registry, ranges({{first, last}})};
  body.quantity = last - first + 1;
  body.purpose = UnitsCancelled::Reason::op;
  body.beneficiary = "Fictional Buyer of Offsets";
  body.reason = "voluntary_market";
  body.first_transfer = true;
  return body;
}

}  // namespace

void tell_airline(Writer& w, Cast& cast) {
  const std::size_t before = w.acts().size();
  const std::vector<std::string> holder_and_host{"XBA-AIR", "XCA"};
  w.write("2028-04-01T09:00:00.000Z",
          entity(cast, "XBA-AIR", {airline_name, "XBA", "XBA-400"}, "XBA"), {"XBA", "XBA-AIR"},
          "XBA admits an airline");
  w.write("2028-04-01T09:05:00.000Z", account("XBA-AIR-XCA", "XBA-AIR", registry),
          {"XCA", "XBA-AIR"}, "The airline opens an account in XCA's section");
  w.write("2028-04-01T09:10:00.000Z", ndc("XCA", 2026, 2030), {"XCA"}, "XCA declares its NDC");
  w.write("2028-04-15T09:00:00.000Z", approach("XCA-XBA", "XCA", "XBA"), {"XCA", "XBA"},
          "XCA and XBA establish a cooperative approach");
  w.write("2028-05-01T09:00:00.000Z", rules(), {"XCA", "XBA"},
          "XCA and XBA adopt its rules: first transfer is use or cancellation");
  w.write("2028-06-01T09:15:00.000Z", grant(), {"XCA"},
          "XCA authorizes up to 3,000 t for other purposes than an NDC");
  w.write("2029-03-01T11:00:00.000Z", issuance(), {"XCA"}, "XCA issues 3,000 units of 2028");
  w.write("2029-09-15T09:00:00.000Z", use(1, 2'000), holder_and_host,
          "The airline uses 2,000 units for CORSIA: their first transfer");
  UnitsUsed for_ndc = use(2'001, 2'100);
  for_ndc.purpose = Purpose::ndc;
  for_ndc.year = 2028;
  for_ndc.first_transfer = false;
  w.write("2029-09-15T09:05:00.000Z", for_ndc, holder_and_host,
          "It would use some towards an NDC, which nobody authorized")
      .refused_by = "AUT-7";
  w.write("2030-02-01T09:00:00.000Z", cancellation(2'001, 2'400), holder_and_host,
          "400 units are cancelled for the voluntary market: their first transfer");
  AdjustmentApplied adjustment;
  adjustment.party = "XCA";
  adjustment.year = 2028;
  adjustment.version = 1;
  adjustment.first_transferred = 2'400;
  adjustment.amount_num = 2'400;
  w.write("2031-01-10T09:00:00.000Z", adjustment, {"XCA"},
          "XCA adds 2,400 t of 2028 to its balance; no Party subtracts them");
  for (std::size_t i = before; i < w.acts().size(); ++i) w.acts()[i].caption += " (fictional)";
}

}  // namespace api::story
