#include "tests/support/scene.hpp"

#include <algorithm>

#include "api/story_cycle.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"

namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

using Deduction = ApproachRules::Deduction;

story::Cast& cast() {
  static story::Cast all = story::Cast::derived();
  return all;
}

std::vector<crypto::PublicKey> keys_of(const Signers& names) {
  std::vector<crypto::PublicKey> keys;
  for (const std::string& name : names) keys.push_back(cast().public_key(name));
  std::sort(keys.begin(), keys.end());
  return keys;
}

Signers seller() {
  return {"XHA-CMO"};
}
Signers both() {
  return {"XHA", "XBA"};
}
Signers three() {
  return {"XBA-FUND", "XHA-CMO", "XBA"};
}
Signers user() {
  return {"XBA-FUND", "XBA"};
}

// ---- bodies ----

LedgerOpened opening() {
  LedgerOpened body = story::opening(cast(), origin, {"XBA", "XCA", "XHA"});
  for (auto& party : body.parties) {
    if (party.id != "XCA") continue;
    party.keys = keys_of({"XCA", "XCA-2"});
    party.thresholds = {1, 2, 2};
  }
  body.migration = {story::on("2028-01-01"), story::on("2028-12-31")};
  return body;
}

LogKeyAnnounced announcement(const std::string& actor) {
  return {crypto::format_vkey(crypto::make_verifier_key(origin, cast().public_key(actor)))};
}

ParticipantAdmitted newcomer(const Id& id, const Id& sponsor) {
  return story::entity(cast(), id, {"Fictional " + id, sponsor, sponsor + "-" + id}, sponsor);
}

namespace {

Deduction line(const Id& name, Moment moment, Deduction::Sort kind, std::int64_t rate_bp,
               Deduction::Rounding rounding) {
  Deduction out;
  out.name = name;
  out.moment = moment;
  out.by = moment == Moment::acquisition ? Deduction::By::acquirer : Deduction::By::host;
  out.kind = kind;
  out.rate_bp = rate_bp;
  out.rounding = rounding;
  if (kind == Deduction::Sort::retained) {
    out.account = moment == Moment::acquisition ? "XBA-SHARE" : "XHA-SHARE";
  }
  if (kind == Deduction::Sort::fund) out.account = "AF-ACC";
  return out;
}

ApproachRules rules_with(std::vector<Deduction> deductions) {
  ApproachRules body;
  body.approach = "XHA-XBA";
  body.version = 1;
  body.carp = "CA9901";
  body.both_authorize = true;
  body.host_first = true;
  body.objection_days = 30;
  body.deductions = std::move(deductions);
  return body;
}

AuthorizationGranted grant(const Id& id, const Id& party, const std::string& registry) {
  AuthorizationGranted body;
  body.id = id;
  body.approach = "XHA-XBA";
  body.party = party;
  body.metric = "GHG";
  body.gwp = "AR5";
  body.purposes = {Purpose::ndc};
  body.parties = {"XBA"};
  body.entities = {{"XBA-FUND", {Act::transfer, Act::acquire, Act::use}}};
  body.vintage_from = 2026;
  body.vintage_to = 2029;
  body.issue_until = story::on("2030-12-31");
  body.use_until = story::on("2031-12-31");
  body.ndc_periods = {{2026, 2027}};
  body.standards = {"Synthetic cookstove methodology 1.0"};
  body.tracking_registry = registry;
  body.underlying_registries = {"GS"};
  body.change_terms.consent = {"XBA", "XHA"};
  body.documents = {story::document("letter " + id, "letter of authorization")};
  return body;
}

}  // namespace

ApproachRules rules() {
  return rules_with(
      {line("omge", Moment::transfer, Deduction::Sort::omge, 200, Deduction::Rounding::ceil),
       line("retained", Moment::transfer, Deduction::Sort::retained, 500,
            Deduction::Rounding::floor)});
}

ApproachRules rules_of_every_moment() {
  return rules_with(
      {line("first", Moment::issuance, Deduction::Sort::omge, 200, Deduction::Rounding::ceil),
       line("second", Moment::transfer, Deduction::Sort::fund, 500, Deduction::Rounding::half_up),
       line("third", Moment::acquisition, Deduction::Sort::retained, 100,
            Deduction::Rounding::floor)});
}

ApproachRules rules_for_oimp() {
  ApproachRules body = rules_with({});
  body.first_transfer = {{"XHA", Definition::use_or_cancellation}};
  return body;
}

RoleGranted secretariat() {
  RoleGranted body;
  body.id = "XHA-SEC-1";
  body.parties = {"XHA"};
  body.participant = "XHA-CMO";
  body.role = Organ::secretariat;
  body.from = story::at("2026-12-01T08:00:00.000Z");
  return body;
}

AuthorizationGranted host_grant() {
  AuthorizationGranted body = grant("XHA-AUT-1", "XHA", "XHA99");
  body.cap = 10'000;
  body.activities = {{"XHA-STOVES", story::on("2026-01-01"), story::on("2030-12-31"),
                      "Energy generation", "Energy Efficiency households", Mitigation::reductions}};
  return body;
}

AuthorizationGranted buyer_grant() {
  AuthorizationGranted body = grant("XBA-AUT-1", "XBA", "XBA99");
  body.cap = 9'000;
  return body;
}

AuthorizationGranted for_every_purpose(AuthorizationGranted body) {
  body.purposes = {Purpose::ndc, Purpose::imp, Purpose::op};
  body.oimp = "CORSIA; voluntary market";
  return body;
}

AuthorizationChanged change(AuthorizationGranted next, std::int64_t version) {
  next.version = version;
  return {std::move(next), ChangeStage::effect};
}

AuthorizationRevoked revocation(const Id& authorization) {
  AuthorizationRevoked body;
  body.authorization = authorization;
  body.reason = "terms_broken";
  body.documents = {story::document("revocation " + authorization, "revocation")};
  return body;
}

UnitsIssued issuance() {
  UnitsIssued body;
  body.activity = "XHA-STOVES";
  body.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  body.period_from = story::on("2026-01-01");
  body.period_to = story::on("2027-12-31");
  body.metric = "GHG";
  body.gwp = "AR5";
  body.account = "XBA-FUND-XHA";
  body.holder = "XBA-FUND";
  body.quantity = 15'000;
  body.scope = "XHA99";
  body.documents = {story::document("certificate 1", "issuance certificate")};
  body.lots = {{1, 9'000, 2026, UnitsIssued::Underlying{"GS", 100'001, 109'000}},
               {9'001, 15'000, 2027, {}}};
  return body;
}

UnitsAssigned attachment(Closed closed) {
  UnitsAssigned body = release(std::move(closed));
  body.how = UnitsAssigned::How::attached;
  body.authorization = {"XHA-AUT-2", "XBA-AUT-1"};
  return body;
}

UnitsAssigned release(Closed closed) {
  UnitsAssigned body;
  body.account = "XBA-FUND-XHA";
  body.party = "XHA";
  body.units = units(std::move(closed));
  body.quantity = body.units.ranges.quantity();
  body.how = UnitsAssigned::How::released;
  body.authorization = {"XHA-AUT-1", {}};
  return body;
}

AuthorizationGranted second_grant() {
  AuthorizationGranted body = host_grant();
  body.id = "XHA-AUT-2";
  body.cap = 5'000;
  return body;
}

Units units(Closed closed) {
  return {"XHA99", story::ranges(std::move(closed))};
}

ProceedsDeducted::Taken taken(const Id& name, Year vintage, Serial first, Serial last,
                              std::string_view account) {
  ProceedsDeducted::Taken out{
      name, vintage, "XHA-STOVES", story::ranges({{first, last}}), last - first + 1, {}};
  if (!account.empty()) out.account = account;
  return out;
}

ProceedsDeducted settlement() {
  ProceedsDeducted body;
  body.approach = "XHA-XBA";
  body.rules = 1;
  body.moment = Moment::transfer;
  body.party = "XHA";
  body.account = "XBA-FUND-XHA";
  body.gross = units({{1, 4'007}});
  body.quantity = 4'007;
  body.taken = {taken("omge", 2026, 3'727, 3'807),
                taken("retained", 2026, 3'808, 4'007, "XHA-SHARE")};
  return body;
}

UnitsTransferred transfer(Closed closed, Year vintage) {
  UnitsTransferred body;
  body.from = {"XBA-FUND-XHA", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
  body.to = {"XBA-FUND-XBA", "XBA", "XBA-FUND", "Fictional XBA-FUND"};
  body.units = units(std::move(closed));
  body.quantity = body.units.ranges.quantity();
  body.vintages = {{vintage, body.quantity}};
  body.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  return body;
}

UnitsUsed use(Closed closed) {
  UnitsUsed body;
  body.account = "XBA-FUND-XBA";
  body.party = "XBA";
  body.units = units(std::move(closed));
  body.quantity = body.units.ranges.quantity();
  body.year = 2027;
  body.user = "XBA";
  body.user_name = "Government of XBA";
  return body;
}

UnitsUsed use_for_imp(Closed closed, bool first, const Id& account, const Id& user) {
  UnitsUsed body = use(std::move(closed));
  body.account = account;
  body.party = "XHA";
  body.purpose = Purpose::imp;
  body.year.reset();
  body.user = user;
  body.user_name = "Fictional " + user;
  body.first_transfer = first;
  return body;
}

UnitsCancelled cancellation(Closed closed) {
  UnitsCancelled body;
  body.account = "XBA-FUND-XBA";
  body.party = "XBA";
  body.units = units(std::move(closed));
  body.quantity = body.units.ranges.quantity();
  body.reason = "voluntary";
  return body;
}

UnitsLocked reservation(const Id& id, Closed closed, const crypto::Hash& event) {
  UnitsLocked body = freeze(id, std::move(closed));
  body.kind = UnitsLocked::Sort::reservation;
  body.event = event;
  body.until = story::at("2028-12-31T00:00:00.000Z");
  body.reason = "sale_pending";
  return body;
}

UnitsLocked freeze(const Id& id, Closed closed) {
  UnitsLocked body;
  body.id = id;
  body.kind = UnitsLocked::Sort::freeze;
  body.account = "XBA-FUND-XHA";
  if (!closed.empty()) {
    body.units = units(std::move(closed));
    body.quantity = body.units->ranges.quantity();
  }
  body.until = story::at("2029-12-31T00:00:00.000Z");
  body.reason = "under_review";
  return body;
}

AdjustmentApplied adjustment(const Id& party, Year year, std::int64_t version,
                             std::int64_t first_transferred, std::int64_t used, Seq as_of) {
  AdjustmentApplied body;
  body.party = party;
  body.year = year;
  body.version = version;
  body.first_transferred = first_transferred;
  body.used = used;
  body.amount_num = first_transferred - used;
  body.as_of = as_of;
  return body;
}

// ---- the cycle ----

ApproachRules rules_of_the_cycle() {
  ApproachRules body = rules();
  body.clocks = ApproachRules::Clocks{90};
  body.cycle = story::cycle_rules();
  return body;
}

RoleGranted verifier(const Id& participant) {
  return {participant + "-ROLE",
          {"XBA", "XHA"},
          participant,
          Organ::verifier,
          {"XHA-XBA"},
          story::at("2026-12-12T08:00:00.000Z"),
          story::at("2035-01-01T00:00:00.000Z")};
}

RoleGranted developer(const Id& participant) {
  return {participant + "-ROLE",
          {"XHA"},
          participant,
          Organ::developer,
          {"XHA-XBA"},
          story::at("2026-12-12T08:00:00.000Z"),
          {}};
}

ActivityProposed proposal() {
  return {"XHA-STOVES",
          "XHA-XBA",
          "XHA-DEV",
          1,
          "Synthetic cookstoves",
          "Districts of XHA",
          "Energy generation",
          {story::document("idea 1", "idea note")}};
}

DesignSubmitted design() {
  return {"XHA-STOVES",
          1,
          {},
          story::on("2026-01-01"),
          story::on("2030-12-31"),
          "Synthetic cookstove methodology 1.0",
          "Energy Efficiency households",
          Mitigation::reductions,
          {{2026, 9'000}, {2027, 9'000}},
          {story::document("design 1", "design document")}};
}

ActivityValidated validation() {
  return {"XHA-STOVES",
          1,
          "VERIFIER-1",
          ActivityValidated::Opinion::positive,
          {story::document("validation 1", "validation report")}};
}

ActivityRegistered registration() {
  return {"XHA-STOVES",
          1,
          {"XHA-AUT-1", "XBA-AUT-1"},
          story::on("2026-01-01"),
          story::on("2030-12-31")};
}

MonitoringSubmitted monitoring() {
  return {"XHA-MON-1",
          "XHA-STOVES",
          {},
          story::on("2026-01-01"),
          story::on("2027-12-31"),
          {{2026, 9'000}, {2027, 6'000}},
          {story::document("monitoring 1", "monitoring report")}};
}

MonitoringVerified verification() {
  return {"XHA-MON-1",
          1,
          "VERIFIER-2",
          {{2026, 9'000}, {2027, 6'000}},
          {story::document("verification 1", "verification report")}};
}

ReviewDecided review(Stage stage, const Id& party) {
  ReviewDecided body;
  body.stage = stage;
  body.activity = "XHA-STOVES";
  body.version = 1;
  body.party = party;
  if (stage != Stage::verification) return body;
  body.monitoring = "XHA-MON-1";
  body.quantities = {{2026, 9'000}, {2027, 6'000}};
  return body;
}

UnitsIssued verified_issuance() {
  UnitsIssued body = issuance();
  body.monitoring = "XHA-MON-1";
  return body;
}

}  // namespace test_support::scene
