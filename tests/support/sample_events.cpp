#include "tests/support/sample_events.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "ledger/spec_number.hpp"

namespace sample {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

Date on(int year, int month, int day) {
  return make_date(year, month, day);
}

Timestamp at(std::string_view text) {
  const auto time = parse_timestamp(text);
  ENSURE(time, "a sample's moments are valid");
  return *time;
}

crypto::Hash hash(const std::string& of) {
  return crypto::sha256("sample " + of);
}

crypto::PublicKey key(const std::string& of) {
  return {hash("key " + of).bytes};
}

std::vector<crypto::PublicKey> keys(const std::vector<std::string>& names) {
  std::vector<crypto::PublicKey> out;
  for (const std::string& name : names) out.push_back(key(name));
  std::sort(out.begin(), out.end());
  return out;
}

RangeSet ranges(const std::vector<std::pair<Serial, Serial>>& closed) {
  RangeSet out;
  for (const auto& [first, last] : closed) out.join(make_range(first, last));
  return out;
}

Document open_document(const std::string& name) {
  Document out;
  out.sha256 = hash(name);
  out.size = 482'113;
  out.media = "application/pdf";
  out.kind = "letter of authorization";
  out.language = "en";
  out.title = hash("title of " + name);
  return out;
}

Document redacted_document(const std::string& name) {
  Document out = open_document(name);
  out.access = Access::redacted;
  out.redacted_copy = Document::Copy{hash("redacted " + name), 310'004};
  out.basis = "commercial terms, Data Act 2019, section 12";
  out.by = "Ministry of Environment of XHA";
  out.since = on(2027, 1, 4);
  return out;
}

Identity ministry(const Id& party) {
  return {"Ministry of Environment of " + party, party, party + "-GOV-1"};
}

Recovery recovery() {
  return {keys({"vault 1", "vault 2", "vault 3"}), 2, 7};
}

// ---- every member -------------------------------------------------------------------------------

LedgerOpened opening() {
  LedgerOpened out;
  out.mode = LedgerOpened::Mode::demonstration;
  out.spec = newest_spec;
  out.quorum = 2;
  out.log_key = crypto::format_vkey(crypto::make_verifier_key("ledger.example/a6", key("log")));
  out.service_key = key("service");
  out.operator_ = {{"Registry Services", "CHE", "CHE-123.456.789"}, keys({"operator"}), {}};
  out.parties = {{"XBA", ministry("XBA"), keys({"XBA 1", "XBA 2"}), {1, 2, 2}},
                 {"XHA", ministry("XHA"), keys({"XHA"}), {}}};
  out.migration = LedgerOpened::Migration{on(2021, 1, 1), on(2026, 12, 31)};
  return out;
}

ParticipantAdmitted admission() {
  ParticipantAdmitted out;
  out.id = "XHA-COOK";
  out.identity = {"Clean Cooking Ltd", "XHA", "C-4471"};
  out.sponsor = "XHA";
  out.keyset = {keys({"cook 1", "cook 2"}), recovery(), {1, 2, 2}};
  out.office = "Head of carbon accounting";
  return out;
}

KeysChanged keys_changed() {
  return {"XHA-COOK", KeysChanged::Route::recovery, keys({"cook 3", "cook 4"}), keys({"cook 1"}),
          recovery(), Thresholds{1, 1, 2}};
}

RoleGranted role_granted() {
  return {"XHA-ROL-1",
          {"XBA", "XHA"},
          "XHA-VER",
          Organ::verifier,
          {"CA9901", "CA9902"},
          at("2027-01-01T00:00:00.000Z"),
          at("2029-12-31T23:59:59.999Z")};
}

ApproachRules rules_adopted() {
  using Line = ApproachRules::Deduction;
  ApproachRules out;
  out.approach = "CA9901";
  out.version = 1;
  out.carp = "CA9901";
  out.first_transfer = {{"XBA", Definition::authorization}, {"XHA", Definition::issuance}};
  out.objection_days = 30;
  out.extra_signers = {{"units.transferred", "XHA", Organ::inventory},
                       {"units.used", "XBA", Organ::authority}};
  out.deductions = {
      {"OMGE", Moment::transfer, Line::By::host, Line::Sort::omge, 200, Line::Rounding::ceil, {}},
      {"share", Moment::transfer, Line::By::host, Line::Sort::retained, 500, Line::Rounding::floor,
       "XHA-SHARE"}};
  out.clocks = ApproachRules::Clocks{180};
  out.cycle = CycleRules{{CycleStep::idea, CycleStep::registration, CycleStep::verification},
                         {{Stage::idea, 1, Reviewer::host, 28},
                          {Stage::verification, 1, Reviewer::host, {}},
                          {Stage::verification, 2, Reviewer::buyer, 28}},
                         true};
  return out;
}

InventoryReported inventory() {
  return {"XHA", 2025, 2, "GHG", 41'500'000, {open_document("national inventory report")}};
}

// ---- the cycle of an activity ----

ActivityProposed proposal() {
  return {"XHA-ACT-1",
          "CA9901",
          "XHA-COOK",
          1,
          "Efficient cookstoves in three districts",
          "Northern districts of XHA",
          "Energy",
          {redacted_document("idea note")}};
}

DesignSubmitted design() {
  return {"XHA-ACT-1",
          2,
          {"district-1", "district-2"},
          on(2026, 1, 1),
          on(2030, 12, 31),
          "CA9901 methodology 1",
          "Clean cooking",
          Mitigation::reductions,
          {{2026, 9'000}, {2027, 9'000}},
          {redacted_document("design document")}};
}

ActivityValidated validation() {
  return {"XHA-ACT-1",
          2,
          "XHA-VER",
          ActivityValidated::Opinion::positive,
          {redacted_document("validation report")}};
}

ActivityRegistered registration() {
  return {"XHA-ACT-1", 2, {"XHA-AUT-1", "XBA-AUT-1"}, on(2026, 1, 1), on(2030, 12, 31)};
}

MonitoringSubmitted monitoring() {
  return {"XHA-MON-1",
          "XHA-ACT-1",
          "district-1",
          on(2026, 1, 1),
          on(2027, 12, 31),
          {{2026, 9'000}, {2027, 6'000}},
          {redacted_document("monitoring report")}};
}

MonitoringVerified verification() {
  return {"XHA-MON-1",
          1,
          "XHA-VER",
          {{2026, 9'000}, {2027, 6'000}},
          {redacted_document("verification report")}};
}

ReviewDecided review() {
  return {Stage::verification,
          "XHA-ACT-1",
          "XHA-MON-1",
          1,
          "XBA",
          ReviewDecided::Decision::approved,
          {{2026, 9'000}, {2027, 6'000}},
          {open_document("performance review")}};
}

AuthorizationGranted authorization() {
  AuthorizationGranted out;
  out.id = "XHA-AUT-1";
  out.approach = "CA9901";
  out.party = "XHA";
  out.cap = 20'000;
  out.metric = "GHG";
  out.gwp = "AR5";
  out.purposes = {Purpose::ndc, Purpose::imp, Purpose::op};
  out.oimp = "CORSIA";
  out.parties = {"XBA"};
  out.entities = {{"XBA-FUND", {Act::transfer, Act::acquire, Act::use}},
                  {"XHA-COOK", {Act::transfer}}};
  out.vintage_from = 2026;
  out.vintage_to = 2030;
  out.issue_until = on(2031, 12, 31);
  out.use_until = on(2032, 12, 31);
  out.ndc_periods = {{2021, 2030}};
  out.activities = {{"XHA-ACT-1", on(2026, 1, 1), on(2030, 12, 31), "Energy", "Clean cooking",
                     Mitigation::reductions}};
  out.standards = {"CA9901 methodology 1"};
  out.tracking_registry = "XHA99";
  out.underlying_registries = {"Gold Standard"};
  out.change_terms = {AuthorizationGranted::ChangeTerms::Until::first_transfer,
                      {"XBA", "XHA"},
                      90,
                      open_document("change terms")};
  out.documents = {redacted_document("letter")};
  return out;
}

UnitsIssued issuance() {
  UnitsIssued out;
  out.activity = "XHA-ACT-1";
  out.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  out.period_from = on(2026, 1, 1);
  out.period_to = on(2027, 12, 31);
  out.metric = "GHG";
  out.gwp = "AR5";
  out.account = "XBA-FUND-XHA";
  out.holder = "XBA-FUND";
  out.quantity = 15'000;
  out.scope = "XHA99";
  out.documents = {redacted_document("verification report")};
  out.lots = {{1, 9'000, 2026, UnitsIssued::Underlying{"Gold Standard", 700'001, 709'000}},
              {9'001, 15'000, 2027, UnitsIssued::Underlying{"Gold Standard", 709'001, 715'000}}};
  out.monitoring = "XHA-MON-1";
  return out;
}

UnitsAssigned assignment() {
  return {"XBA-FUND-XHA",
          "XHA",
          {"XHA99", ranges({{11'018, 12'017}})},
          1'000,
          UnitsAssigned::How::attached,
          {"XHA-AUT-2", "XBA-AUT-1"},
          false};
}

ProceedsDeducted proceeds() {
  ProceedsDeducted out;
  out.approach = "CA9901";
  out.rules = 1;
  out.moment = Moment::transfer;
  out.party = "XHA";
  out.account = "XBA-FUND-XHA";
  out.gross = {"XHA99", ranges({{1, 4'007}})};
  out.quantity = 4'007;
  out.taken = {{"OMGE", 2026, "XHA-ACT-1", ranges({{3'727, 3'807}}), 81, {}},
               {"share", 2026, "XHA-ACT-1", ranges({{3'808, 4'007}}), 200, "XHA-SHARE"}};
  return out;
}

UnitsTransferred transfer() {
  UnitsTransferred out;
  out.from = {"XBA-FUND-XHA", "XHA", "XBA-FUND", "Climate Fund of XBA"};
  out.to = {"XBA-FUND-XBA", "XBA", "XBA-FUND", "Climate Fund of XBA"};
  out.units = {"XHA99", ranges({{4'008, 8'651}, {9'001, 10'876}})};
  out.quantity = 6'520;
  out.vintages = {{2026, 4'644}, {2027, 1'876}};
  out.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  out.executed_on = on(2026, 12, 20);
  return out;
}

UnitsLocked lock() {
  return {"XHA-LCK-1",
          UnitsLocked::Sort::reservation,
          "XBA-FUND-XHA",
          Units{"XHA99", ranges({{4'008, 8'651}})},
          4'644,
          hash("draft"),
          at("2027-06-30T22:00:00.000Z"),
          "sale_pending"};
}

UnitsUsed use() {
  return {"XBA-FUND-XBA", "XBA",      {"XHA99", ranges({{1, 3'726}})}, 3'726, Purpose::ndc,
          2027,           "XBA-FUND", "Climate Fund of XBA",           false};
}

UnitsCancelled cancellation() {
  return {"XBA-AIR-XHA",
          "XHA",
          {"XHA99", ranges({{11, 410}})},
          400,
          UnitsCancelled::Reason::op,
          "Airline of XBA",
          "corsia_first_phase",
          true};
}

AdjustmentApplied adjustment() {
  return {"XBA", 2027, 1, 0, 10'000, -10'000, 1, Method::trajectory, 41};
}

ReversalRecorded reversal() {
  return {"XHA-FOR-1", on(2026, 7, 1), on(2026, 9, 30),
          1'400,       "XHA-VER",      open_document("report on a reversal")};
}

EntryCorrected correction() {
  EntryCorrected out;
  out.entry = 41;
  out.units = Units{"XHA99", ranges({{6'001, 7'000}})};
  out.quantity = 1'000;
  out.type = "units.transferred";
  out.reason = "wrong_account";
  return out;
}

DocumentDisclosed disclosure() {
  DocumentDisclosed out;
  out.entry = 41;
  out.sha256 = hash("agreement");
  out.how = DocumentDisclosed::How::redacted;
  out.basis = "request of a reviewer";
  out.redacted_copy = Document::Copy{hash("redacted agreement"), 290'118};
  return out;
}

AuditAttested attestation() {
  AuditAttested out;
  out.by = {"XHA-VVB"};
  out.checkpoint = {hash("root"), 42};
  out.party = "XHA";
  out.document = redacted_document("audit report");
  return out;
}

StateCommitted commitment() {
  return {42, 7, hash("state")};
}

ReportFiled report() {
  return {"XHA-AEF-2026",       "XHA", ReportFiled::Sort::aef,      2026, {}, "1.10",
          {"CA9901", "CA9902"}, 41,    open_document("AEF of 2026")};
}

// No kind has all members; the schema lets them stand together.
FindingRecorded finding() {
  FindingRecorded out;
  out.kind = FindingRecorded::Sort::review;
  out.parties = {"XBA", "XHA"};
  out.report = "XHA-INI-1";
  out.status = FindingRecorded::Status::significant_and_persistent;
  out.finding = "FIND-1";
  out.how = FindingRecorded::How::opens;
  out.balance = true;
  out.units = Units{"XHA99", ranges({{2'001, 3'000}})};
  out.quantity = 1'000;
  out.excess = FindingRecorded::Excess{"XHA-ACT-1", 2026, 600};
  out.document = open_document("review report");
  return out;
}

std::vector<Body> full_bodies() {
  return {opening(),
          SpecAdopted{2},
          LogKeyAnnounced{
              crypto::format_vkey(crypto::make_verifier_key("ledger.example/a6", key("next-log")))},
          admission(),
          keys_changed(),
          role_granted(),
          RoleEnded{"XHA-ROL-1", RoleEnded::How::suspended, RoleEnded::Reason::compromised},
          AccountOpened{"XHA-SHARE", "XHA", "XHA", "XHA99", AccountKind::national_share},
          ApproachEstablished{"CA9901", "XHA", "XBA", redacted_document("agreement")},
          rules_adopted(),
          ApproachEnded{"CA9901", at("2031-01-01T00:00:00.000Z"), {"XBA", "XHA"}, "fulfilled"},
          NdcDeclared{"XHA",
                      2021,
                      2030,
                      NdcType::multi_year,
                      Method::trajectory,
                      "GHG",
                      {"Energy", "Waste"},
                      {"CH4", "CO2"}},
          inventory(),
          proposal(),
          design(),
          validation(),
          registration(),
          ActivityClosed{"XHA-ACT-1", ActivityClosed::How::closed, "crediting_over"},
          monitoring(),
          verification(),
          review(),
          authorization(),
          AuthorizationChanged{authorization(), ChangeStage::notice},
          AuthorizationRevoked{
              "XHA-AUT-1", ChangeStage::effect, "terms_broken", {redacted_document("revocation")}},
          issuance(),
          assignment(),
          proceeds(),
          transfer(),
          lock(),
          UnitsUnlocked{"XHA-LCK-1", "sale_lapsed"},
          use(),
          cancellation(),
          reversal(),
          correction(),
          adjustment(),
          report(),
          finding(),
          SignatureWithdrawn{hash("draft"), "XHA-EVT-7"},
          disclosure(),
          attestation(),
          commitment()};
}

// ---- what can be left out -----------------------------------------------------------------------

void strip(LedgerOpened& v) {
  v.migration.reset();
}
void strip(SpecAdopted&) {}
void strip(LogKeyAnnounced&) {}
void strip(ParticipantAdmitted& v) {
  v.sponsor.reset();
  v.keyset.recovery.reset();
}
void strip(KeysChanged& v) {
  v.recovery.reset();
  v.thresholds.reset();
}
void strip(RoleGranted& v) {
  v.approaches.clear();
  v.until.reset();
}
void strip(ApproachEstablished& v) {
  v.agreement = open_document("agreement");
}
void strip(ApproachRules& v) {
  v.carp.reset();
  for (auto& line : v.deductions) line.account.reset();
  v.clocks.reset();
  v.cycle.reset();
}
void strip(AuthorizationGranted& v) {
  v.cap.reset();
  v.oimp.reset();
  v.issue_until.reset();
  v.use_until.reset();
  v.change_terms.document.reset();
  v.documents = {open_document("letter")};
}
void strip(ActivityProposed& v) {
  v.documents = {open_document("idea note")};
}
void strip(DesignSubmitted& v) {
  v.documents = {open_document("design document")};
}
void strip(ActivityValidated& v) {
  v.documents = {open_document("validation report")};
}
void strip(ActivityRegistered& v) {
  v.authorization.buyer.reset();
}
void strip(MonitoringSubmitted& v) {
  v.component.reset();
  v.documents = {open_document("monitoring report")};
}
void strip(MonitoringVerified& v) {
  v.documents = {open_document("verification report")};
}
void strip(ReviewDecided& v) {
  v.monitoring.reset();
}
void strip(AuthorizationChanged& v) {
  strip(v.terms);
}
void strip(AuthorizationRevoked& v) {
  v.documents = {open_document("revocation")};
}
void strip(UnitsIssued& v) {
  v.monitoring.reset();
  v.authorization.buyer.reset();
  v.documents = {open_document("verification report")};
  for (auto& lot : v.lots) lot.underlying.reset();
}
void strip(UnitsAssigned& v) {
  v.authorization.buyer.reset();
}
void strip(ProceedsDeducted& v) {
  for (auto& taken : v.taken) taken.account.reset();
}
void strip(UnitsTransferred& v) {
  v.authorization.buyer.reset();
  v.executed_on.reset();
}
void strip(UnitsLocked& v) {
  v.units.reset();
  v.quantity.reset();
  v.event.reset();
}
void strip(UnitsUsed& v) {
  v.year.reset();
}
void strip(UnitsCancelled& v) {
  v.beneficiary.reset();
}
void strip(EntryCorrected& v) {
  v.how = EntryCorrected::How::restated;
  v.restated = EntryCorrected::Restated{};
  v.units.reset();
  v.quantity.reset();
}
void strip(FindingRecorded& v) {
  v = FindingRecorded();
  v.kind = FindingRecorded::Sort::inconsistency;
  v.document = open_document("review report");
}
// These have no such member.
void strip(ReversalRecorded&) {}
void strip(ReportFiled&) {}
void strip(RoleEnded&) {}
void strip(AccountOpened&) {}
void strip(ApproachEnded&) {}
void strip(UnitsUnlocked&) {}
void strip(NdcDeclared&) {}
void strip(InventoryReported&) {}
void strip(ActivityClosed&) {}
void strip(AdjustmentApplied&) {}
void strip(SignatureWithdrawn&) {}
void strip(DocumentDisclosed& v) {
  v.how = DocumentDisclosed::How::published;
  v.redacted_copy.reset();
}
void strip(AuditAttested& v) {
  v.party.reset();
  v.document = open_document("report");
}

void strip(StateCommitted&) {}

std::vector<Event> make_fullest() {
  std::vector<Event> out;
  for (Body& body : full_bodies()) {
    const std::string id = "XHA-" + std::string(type_of(body));
    out.push_back({"ledger.example/a6", id, on(2027, 2, 20), at("2027-06-30T22:00:00.000Z"),
                   std::move(body)});
  }
  return out;
}

std::vector<Event> make_leanest() {
  std::vector<Event> out = fullest();
  for (Event& event : out) {
    event.expires.reset();
    std::visit([](auto& body) { strip(body); }, event.body);
  }
  return out;
}

}  // namespace

const std::vector<Event>& fullest() {
  static const std::vector<Event> all = make_fullest();
  return all;
}

const std::vector<Event>& leanest() {
  static const std::vector<Event> all = make_leanest();
  return all;
}

Event transfer_of(const RangeSet& ranges) {
  Event out{"ledger.example/a6", "XHA-units.transferred", on(2027, 2, 20), {}, transfer()};
  auto& body = std::get<UnitsTransferred>(out.body);
  body.units.ranges = ranges;
  body.quantity = ranges.quantity();
  body.vintages = {{2026, ranges.quantity()}};
  return out;
}

}  // namespace sample
