#include "api/story_cycle.hpp"

namespace api::story {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

constexpr const char* stoves = "XHA-STOVES";

RoleGranted role(const Id& id, std::vector<Id> parties, const Id& participant, Organ organ) {
  RoleGranted body;
  body.id = id;
  body.parties = std::move(parties);
  body.participant = participant;
  body.role = organ;
  body.approaches = {"XHA-XBA"};
  body.from = at("2026-12-12T08:00:00.000Z");
  return body;
}

ActivityProposed idea() {
  return {stoves,
          "XHA-XBA",
          "XHA-DEV",
          1,
          "Fictional cookstoves",
          "Three districts of XHA",
          "Energy generation",
          {document("idea note", "idea note")}};
}

DesignSubmitted design() {
  return {stoves,
          1,
          {},
          on("2026-01-01"),
          on("2030-12-31"),
          "Synthetic cookstove methodology 1.0",
          "Energy Efficiency households",
          Mitigation::reductions,
          {{2026, 9'000}, {2027, 6'000}, {2028, 6'000}},
          {document("design 1", "design document")}};
}

ActivityRegistered registration() {
  return {stoves, 1, {"XHA-AUT-1", "XBA-AUT-1"}, on("2026-01-01"), on("2030-12-31")};
}

MonitoringSubmitted report() {
  return {"XHA-MON-1",
          stoves,
          {},
          on("2026-01-01"),
          on("2027-12-31"),
          {{2026, 9'000}, {2027, 6'100}},
          {document("monitoring 1", "monitoring report")}};
}

MonitoringVerified verification() {
  return {"XHA-MON-1",
          1,
          "VERIFIER-B",
          {{2026, 9'000}, {2027, 6'000}},
          {document("verification 1", "verification report")}};
}

ReviewDecided review(Stage stage, const Id& party) {
  ReviewDecided body;
  body.stage = stage;
  body.activity = stoves;
  body.version = 1;
  body.party = party;
  if (stage == Stage::verification) body.monitoring = "XHA-MON-1";
  return body;
}

}  // namespace

CycleRules cycle_rules() {
  return {{CycleStep::idea, CycleStep::registration, CycleStep::verification},
          {{Stage::idea, 1, Reviewer::host, {}},
           {Stage::validation, 1, Reviewer::host, 28},
           {Stage::validation, 2, Reviewer::buyer, 28},
           {Stage::verification, 1, Reviewer::host, {}},
           {Stage::verification, 1, Reviewer::buyer, 28}},
          true};
}

void tell_idea(Writer& w, Cast& cast) {
  w.write("2026-12-12T08:00:00.000Z",
          entity(cast, "XHA-DEV", {"Fictional Stove Company", "XHA", "XHA-400"}, "XHA"),
          {"XHA-CMO", "XHA-DEV"}, "XHA admits a developer");
  w.write("2026-12-12T08:05:00.000Z",
          entity(cast, "VERIFIER-A", {"Fictional Assessors", "XBA", "XBA-500"}, "XBA"),
          {"XBA", "VERIFIER-A"}, "XBA admits a verifier");
  w.write("2026-12-12T08:10:00.000Z",
          entity(cast, "VERIFIER-B", {"Fictional Auditors", "XBA", "XBA-600"}, "XBA"),
          {"XBA", "VERIFIER-B"}, "XBA admits another");
  w.write("2026-12-12T09:00:00.000Z", role("XHA-DEV-1", {"XHA"}, "XHA-DEV", Organ::developer),
          {"XHA"}, "XHA appoints the developer");
  w.write("2026-12-12T09:05:00.000Z",
          role("VER-A-1", {"XBA", "XHA"}, "VERIFIER-A", Organ::verifier), {"XHA", "XBA"},
          "Both Parties appoint the first verifier");
  w.write("2026-12-12T09:10:00.000Z",
          role("VER-B-1", {"XBA", "XHA"}, "VERIFIER-B", Organ::verifier), {"XHA", "XBA"},
          "Both Parties appoint the second");
  w.write("2026-12-14T09:00:00.000Z", idea(), {"XHA-DEV"}, "The developer proposes cookstoves");
  w.write("2026-12-20T09:00:00.000Z", review(Stage::idea, "XHA"), {"XHA-CMO"},
          "XHA approves the idea");
}

void tell_design(Writer& w) {
  w.write("2027-01-15T09:00:00.000Z", design(), {"XHA-DEV"}, "The developer submits the design");
}

void tell_registration(Writer& w) {
  ActivityValidated validated{stoves,
                              1,
                              "VERIFIER-A",
                              ActivityValidated::Opinion::positive,
                              {document("validation 1", "validation report")}};
  w.write("2027-01-29T09:00:00.000Z", validated, {"VERIFIER-A"},
          "The first verifier validates the design");
  w.write("2027-02-05T09:00:00.000Z", review(Stage::validation, "XHA"), {"XHA-CMO"},
          "XHA approves the validation");
  w.write("2027-02-08T09:00:00.000Z", review(Stage::validation, "XBA"), {"XBA"},
          "XBA approves it after XHA, as the rules have it");
  w.write("2027-02-20T09:00:00.000Z", registration(), {"XHA-CMO"},
          "XHA would register the activity before XBA's authorization is in effect")
      .refused_by = "AUT-5";
  w.write("2027-03-01T08:00:00.000Z", registration(), {"XHA-CMO"}, "XHA registers the activity");
}

void tell_verification(Writer& w) {
  w.write("2028-02-01T09:00:00.000Z", report(), {"XHA-DEV"},
          "The developer reports 15,100 t for 2026 and 2027");
  MonitoringVerified by_the_validator = verification();
  by_the_validator.verifier = "VERIFIER-A";
  w.write("2028-03-30T09:00:00.000Z", by_the_validator, {"VERIFIER-A"},
          "The first verifier would verify what it validated")
      .refused_by = "MON-8";
  w.write("2028-04-01T09:00:00.000Z", verification(), {"VERIFIER-B"},
          "The second verifier verifies 15,000 t");
  ReviewDecided approved = review(Stage::verification, "XHA");
  approved.quantities = {{2026, 9'000}, {2027, 6'000}};
  w.write("2028-04-10T09:00:00.000Z", approved, {"XHA-CMO"}, "XHA approves the verification");
  ReviewDecided deemed = review(Stage::verification, "XBA");
  deemed.decision = ReviewDecided::Decision::deemed;
  w.write("2028-04-28T09:00:00.000Z", deemed, {"XHA-CMO"},
          "XHA would deem XBA's approval given before its 28 days are over")
      .refused_by = "REV-6";
  w.write("2028-05-02T09:00:00.000Z", deemed, {"XHA-CMO"},
          "XBA let its 28 days pass: its approval is deemed given");
}

}  // namespace api::story
