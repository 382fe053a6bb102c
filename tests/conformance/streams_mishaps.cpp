// Scenario D, things go wrong: a wrong account, a verification restated, a finding, a revocation; a
// restatement below what was sold; a reversal of removals.
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

AuthorizationGranted capped(AuthorizationGranted grant) {
  grant.cap = 20'000;
  grant.entities.clear();
  return grant;
}

ApproachRules rules_without_deductions() {
  ApproachRules body = scene::rules_of_the_cycle();
  body.deductions.clear();
  return body;
}

// The setup's acts, with other rules and caps.
void begin_the_cycle(Stream& stream) {
  stream.begin("enrolled");
  for (const char* name : {"agreed_cycle", "proposed", "designed", "validated", "registered"}) {
    const scene::Setup& setup = scene::setup(name);
    stream.say(setup.about + (std::string(name) == "agreed_cycle" ? "; no deductions" : ""));
    for (story::Act act : setup.acts) {
      if (auto* rules = std::get_if<ApproachRules>(&act.event.body)) {
        *rules = rules_without_deductions();
      }
      if (auto* grant = std::get_if<AuthorizationGranted>(&act.event.body)) *grant = capped(*grant);
      stream.sends(act);
    }
  }
}

MonitoringVerified verified(std::int64_t version, std::int64_t quantity) {
  MonitoringVerified body = scene::verification();
  body.version = version;
  body.verified = {{2027, quantity}};
  return body;
}

ReviewDecided approval(const Id& party) {
  ReviewDecided body = scene::review(Stage::verification, party);
  body.quantities = {{2027, 15'000}};
  return body;
}

// 15,000 of 2027 verified and issued; 6,000 first transferred, 2,000 of them used for 2027.
void begin_sold(Stream& stream) {
  begin_the_cycle(stream);
  MonitoringSubmitted report = scene::monitoring();
  report.claims = {{2027, 15'000}};
  stream.say("15,000 outcomes of 2027 are reported, verified, approved and issued");
  stream.admits("2028-02-01T09:00:00.000Z", report, {"XHA-DEV"});
  stream.admits("2028-04-01T09:00:00.000Z", verified(1, 15'000), {"VERIFIER-2"});
  stream.admits("2028-04-10T09:00:00.000Z", approval("XHA"), {"XHA-CMO"});
  stream.admits("2028-04-20T09:00:00.000Z", approval("XBA"), {"XBA"});
  UnitsIssued issued = scene::verified_issuance();
  issued.lots = {{1, 15'000, 2027, {}}};
  stream.admits("2028-06-01T09:30:00.000Z", issued, scene::seller());
  stream.say("6,000 are sold");
  stream.admits("2028-11-20T10:00:00.000Z", scene::transfer({{1, 6'000}}, 2027), scene::three());
}

void use_two_thousand(Stream& stream) {
  stream.say("XBA uses 2,000 for 2027");
  stream.admits("2029-03-01T10:00:00.000Z", scene::use({{1, 2'000}}), scene::user());
}

FindingRecorded excess(const Id& id, std::int64_t quantity) {
  FindingRecorded body = scene::finding(id, {});
  body.units.reset();
  body.quantity.reset();
  body.balance = false;
  body.excess = FindingRecorded::Excess{"XHA-STOVES", 2027, quantity};
  return body;
}

UnitsCancelled cancelled_at_home(UnitsCancelled::Reason purpose, scene::Closed closed,
                                 const Id& account = "XBA-FUND-XHA") {
  UnitsCancelled body = scene::cancellation(std::move(closed));
  body.account = account;
  body.party = "XHA";
  body.purpose = purpose;
  body.reason = "correction";
  return body;
}

// ---- (1) ----

void tell_the_wrong_account(Stream& stream) {
  stream.say("Somebody else of XBA opens an account");
  stream.admits("2028-12-01T08:00:00.000Z", scene::newcomer("WRONG", "XBA"), {"XBA", "WRONG"});
  stream.admits("2028-12-01T08:05:00.000Z", story::account("WRONG-XBA", "WRONG", "XBA99"),
                {"XBA", "WRONG"});
  UnitsTransferred transfer = scene::transfer({{6'001, 7'000}}, 2027);
  transfer.to = {"WRONG-XBA", "XBA", "WRONG", "Fictional WRONG"};
  stream.say("(1) 1,000 units reach the wrong account");
  stream.admits("2028-12-20T10:00:00.000Z", transfer, scene::three());
  const Seq wrong = stream.last();
  use_two_thousand(stream);
  ReportFiled initial = scene::report("XHA-INI-1", ReportFiled::Sort::initial);
  ReportFiled aef = scene::report("XHA-AEF-2028", ReportFiled::Sort::aef);
  initial.as_of = aef.as_of = wrong;
  stream.say("XHA files its initial report, and its annual report of 2028 with 7,000");
  stream.admits("2029-04-01T10:00:00.000Z", initial, {"XHA"});
  stream.admits("2029-04-01T10:05:00.000Z", aef, {"XHA"});
  stream.stands("7,000 first transferred", R"({
      "accounts": {"WRONG-XBA": 1000, "XBA-FUND-XBA": 4000, "XBA-FUND-XHA": 8000},
      "parties": {"XHA": {"first_transferred": {"2027": 7000}}, "XBA": {"used": {"2027": 2000}}},
      "differing_reports": []})"_json);
  const EntryCorrected undone = scene::voided(wrong, "units.transferred", {{6'001, 7'000}});
  stream.say("(1) Without the wrong holder nobody undoes it");
  stream.refuses("ID-7", "2029-05-09T10:00:00.000Z", undone, scene::three());
  stream.say("(1) Holder, both Parties and the wrong holder undo it");
  stream.admits("2029-05-10T10:00:00.000Z", undone, {"XBA-FUND", "XHA-CMO", "XBA", "WRONG"});
  stream.stands("As if it never happened; the filed report is listed as differing", R"({
      "accounts": {"XBA-FUND-XBA": 4000, "XBA-FUND-XHA": 9000},
      "parties": {"XHA": {"first_transferred": {"2027": 6000}}, "XBA": {"used": {"2027": 2000}}},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 6000, "acquired": 0},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 6000}},
      "differing_reports": ["XHA-AEF-2028"]})"_json);
}

// ---- (2) ----

void tell_the_restatement(Stream& stream) {
  stream.say("(2) The verification is restated to 14,400, and 600 are found to be too many");
  stream.admits("2029-06-01T09:00:00.000Z", verified(2, 14'400), {"VERIFIER-2"});
  stream.admits("2029-06-02T09:00:00.000Z", excess("RESTATED", 600), {"XHA"});
  stream.stands("600 to cancel",
                R"({"findings": {"RESTATED": {"open": true, "excess": 600}}})"_json);
  stream.say("(2) An administrative cancellation resolves it");
  stream.admits("2029-06-03T09:00:00.000Z",
                cancelled_at_home(UnitsCancelled::Reason::administrative, {{14'401, 15'000}}),
                {"XHA"});
  stream.stands("First transfers are what they were", R"({
      "accounts": {"XBA-FUND-XBA": 4000, "XBA-FUND-XHA": 8400},
      "activities": {"XHA-STOVES": {"2027": {"issued": 15000, "held": 12400, "used": 2000,
                                             "cancelled": 600, "first_transferred": 6000}}},
      "findings": {"RESTATED": {"open": false, "excess": 0}}})"_json);
}

// ---- (3), (4) ----

void tell_the_finding(Stream& stream) {
  stream.say("(3) A finding that affects the balance covers 2,001 to 3,000");
  stream.admits("2029-07-01T09:00:00.000Z", scene::finding("REVIEW-1", {{2'001, 3'000}}), {"XHA"});
  stream.say("(3) They serve no NDC while it is open");
  stream.refuses("USE-11", "2029-07-02T09:00:00.000Z", scene::use({{2'901, 3'100}}), scene::user());
  stream.say("(3) It is resolved");
  stream.admits("2029-07-03T09:00:00.000Z", scene::resolution("REVIEW-1"), {"XBA"});
}

void tell_the_revocation(Stream& stream) {
  story::Act draft = stream.act("2029-08-02T09:00:00.000Z", scene::transfer({{7'001, 8'000}}, 2027),
                                scene::three());
  draft.event.date = story::on("2029-08-01");
  draft.refused_by = "AUT-5";
  draft.caption = "(4) A draft that was complete the day before is refused";
  stream.say("(4) The authorization is revoked");
  stream.admits("2029-08-02T08:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  stream.sends(draft);
  stream.stands("8,400 are unauthorized", R"({
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 6000, "acquired": 0, "revoked": true,
                      "released": 8400},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 6000}}})"_json);
  stream.say("(4) XBA still uses its 4,000");
  stream.admits("2029-08-03T08:00:00.000Z", scene::use({{2'001, 6'000}}), scene::user());
  stream.stands("At the end", R"({
      "accounts": {"XBA-FUND-XHA": 8400},
      "activities": {"XHA-STOVES": {"2027": {"issued": 15000, "held": 8400, "used": 6000,
                                             "cancelled": 600, "first_transferred": 6000}}},
      "parties": {"XHA": {"first_transferred": {"2027": 6000}}, "XBA": {"used": {"2027": 6000}}},
      "findings": {"RESTATED": {"open": false, "excess": 0}, "REVIEW-1": {"open": false}}})"_json);
}

Stream mishaps() {
  Stream stream("scenario-d",
                "A transfer to the wrong account is undone, a verification is restated, a finding "
                "stops uses, an authorization is revoked.");
  begin_sold(stream);
  tell_the_wrong_account(stream);
  tell_the_restatement(stream);
  tell_the_finding(stream);
  tell_the_revocation(stream);
  return std::move(stream.reports("XHA", 2028).reports("XHA", 2029));
}

// ---- more was sold than is left ----

Stream restated_below_sales() {
  Stream stream("scenario-d-excess",
                "A verification is restated below what was sold: what is at home is cancelled, 500 "
                "stay open until the Parties settle them.");
  begin_sold(stream);
  use_two_thousand(stream);
  stream.say("The verification is restated to 5,500: 9,500 too many");
  stream.admits("2029-05-01T09:00:00.000Z", verified(2, 5'500), {"VERIFIER-2"});
  stream.say("Nobody finds more than was issued");
  stream.refuses("FND-7", "2029-05-02T09:00:00.000Z", excess("RESTATED", 15'001), {"XHA"});
  stream.admits("2029-05-02T09:05:00.000Z", excess("RESTATED", 9'500), {"XHA"});
  stream.say("What is at home is cancelled");
  stream.admits("2029-05-03T09:00:00.000Z",
                cancelled_at_home(UnitsCancelled::Reason::administrative, {{6'001, 15'000}}),
                {"XHA"});
  stream.stands("500 stay open, and first transfers are what they were", R"({
      "accounts": {"XBA-FUND-XBA": 4000},
      "activities": {"XHA-STOVES": {"2027": {"issued": 15000, "held": 4000, "used": 2000,
                                             "cancelled": 9000, "first_transferred": 6000}}},
      "parties": {"XHA": {"first_transferred": {"2027": 6000}}, "XBA": {"used": {"2027": 2000}}},
      "findings": {"RESTATED": {"open": true, "excess": 500}}})"_json);
  stream.say("The Parties settle it otherwise");
  stream.admits("2029-06-01T09:00:00.000Z", scene::resolution("RESTATED"), {"XBA"});
  stream.stands("It is resolved, and says what was never cancelled",
                R"({"findings": {"RESTATED": {"open": false, "excess": 500}}})"_json);
  return stream;
}

// ---- (5) ----

void begin_the_forest(Stream& stream) {
  stream.begin("agreed_oimp");
  stream.say("A verifier, a buffer account and both authorizations for a forest");
  stream.admits("2026-12-14T09:00:00.000Z", scene::newcomer("XCA-VVB", "XCA"),
                {"XCA", "XCA-2", "XCA-VVB"});
  stream.admits("2026-12-14T09:05:00.000Z", scene::verifier("XCA-VVB"), scene::both());
  stream.admits("2026-12-14T09:10:00.000Z",
                story::account("XHA-BUFFER", "XHA", "XHA99", AccountKind::buffer),
                {"XHA-CMO", "XHA"});
  stream.admits("2027-01-10T10:00:00.000Z", scene::removal_grant(), {"XHA"});
  stream.admits("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  stream.say("10,000 removals are issued, 1,000 go to the buffer, 6,000 are sold, 5,000 used");
  stream.admits("2028-06-01T09:30:00.000Z", scene::removal_issuance(10'000), scene::seller());
  stream.admits("2028-11-20T10:00:00.000Z", scene::to_buffer({{9'001, 10'000}}),
                {"XBA-FUND", "XHA-CMO"});
  stream.admits("2028-11-20T11:00:00.000Z", scene::transfer({{1, 6'000}}), scene::three());
  stream.admits("2029-03-01T10:00:00.000Z", scene::use({{1, 5'000}}), scene::user());
}

Stream reversal() {
  const auto made_good = UnitsCancelled::Reason::reversal;
  Stream stream(
      "scenario-d-reversal",
      "1,400 removals are lost again; buffer and unsold units are cancelled for them, and "
      "until then nothing more is sold.");
  begin_the_forest(stream);
  stream.say("(5) 1,400 are lost again");
  stream.admits("2029-05-01T10:00:00.000Z", scene::reversal(1'400), {"XHA-CMO", "XCA-VVB"});
  stream.say("(5) While it is open nothing is first transferred");
  stream.refuses("RVS-6", "2029-05-02T10:00:00.000Z", scene::transfer({{6'001, 6'100}}),
                 scene::three());
  stream.say("(5) The buffer is cancelled");
  stream.admits("2029-05-03T10:00:00.000Z",
                cancelled_at_home(made_good, {{9'001, 10'000}}, "XHA-BUFFER"), {"XHA"});
  stream.stands("400 are open",
                R"({"reversals": {"XHA-FOREST": {"recorded": 1400, "open": 400}}})"_json);
  stream.say("(5) Not more than is open");
  stream.refuses("RVS-7", "2029-05-04T10:00:00.000Z",
                 cancelled_at_home(made_good, {{8'600, 9'000}}), {"XBA-FUND", "XHA-CMO"});
  stream.say("(5) 400 unsold units are cancelled");
  stream.admits("2029-05-04T11:00:00.000Z", cancelled_at_home(made_good, {{8'601, 9'000}}),
                {"XBA-FUND", "XHA-CMO"});
  stream.stands("Nothing is open; what was first transferred stays so", R"({
      "accounts": {"XBA-FUND-XBA": 1000, "XBA-FUND-XHA": 2600},
      "activities": {"XHA-FOREST": {"2026": {"issued": 10000, "held": 3600, "used": 5000,
                                             "cancelled": 1400, "first_transferred": 6000}}},
      "parties": {"XHA": {"first_transferred": {"2026": 6000}}, "XBA": {"used": {"2027": 5000}}},
      "reversals": {"XHA-FOREST": {"recorded": 1400, "open": 0}}})"_json);
  stream.say("(5) And more may be sold");
  stream.admits("2029-05-05T10:00:00.000Z", scene::transfer({{6'001, 6'100}}), scene::three());
  return stream;
}

}  // namespace

std::vector<Stream> scenario_d() {
  std::vector<Stream> all;
  all.push_back(mishaps());
  all.push_back(restated_below_sales());
  all.push_back(reversal());
  return all;
}

}  // namespace conformance
