// What people read before they sign: every member of an event is said, and nothing twice as other
// than it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "api/itmo_sentences.hpp"
#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/codec.hpp"

namespace {

using namespace ledger;
namespace story = api::story;
using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* origin = "demonstration.example/itmo";

std::vector<std::string> said_of(const Event& event) {
  return api::itmo::sentences_of(event);
}

Event event_of(Body body) {
  Event event;
  event.ledger = origin;
  event.id = "test-1";
  event.date = story::on("2028-11-20");
  event.expires = story::at("2028-12-20T10:00:00.000Z");
  event.body = std::move(body);
  return event;
}

// ---- events that no story has ----

Document withheld() {
  Document doc = story::document("withheld", "validation report");
  doc.access = Access::redacted;
  doc.redacted_copy = {crypto::Hash{}, 10};
  doc.basis = "contract, clause 4";
  doc.by = "XHA authority";
  doc.since = story::on("2028-01-01");
  return doc;
}

Recovery recovery(story::Cast& cast) {
  Recovery out{{cast.public_key("r1"), cast.public_key("r2")}, 2, 9};
  std::sort(out.keys.begin(), out.keys.end());
  return out;
}

void add_cycle_events(std::vector<Event>& out) {
  out.push_back(event_of(ActivityProposed{
      "ACT-1", "XHA-XBA", "XHA-DEV", 1, "Cookstoves", "Two districts", "Energy", {withheld()}}));
  out.push_back(event_of(DesignSubmitted{"ACT-1",
                                         1,
                                         {"north", "south"},
                                         story::on("2026-01-01"),
                                         story::on("2030-12-31"),
                                         "Methodology 1",
                                         "Clean cooking",
                                         Mitigation::reductions,
                                         {{2026, 9'000}, {2027, 9'000}},
                                         {withheld()}}));
  out.push_back(event_of(ActivityValidated{
      "ACT-1", 1, "VERIFIER", ActivityValidated::Opinion::conditional, {withheld()}}));
  out.push_back(event_of(ActivityRegistered{
      "ACT-1", 1, {"XHA-AUT-1", "XBA-AUT-1"}, story::on("2026-01-01"), story::on("2030-12-31")}));
  out.push_back(event_of(ActivityClosed{"ACT-1", ActivityClosed::How::closed, "over"}));
  out.push_back(event_of(MonitoringSubmitted{"MON-1",
                                             "ACT-1",
                                             "north",
                                             story::on("2026-01-01"),
                                             story::on("2026-12-31"),
                                             {{2026, 9'000}},
                                             {withheld()}}));
  out.push_back(
      event_of(MonitoringVerified{"MON-1", 1, "VERIFIER", {{2026, 8'900}}, {withheld()}}));
  out.push_back(event_of(ReviewDecided{Stage::verification,
                                       "ACT-1",
                                       "MON-1",
                                       1,
                                       "XBA",
                                       ReviewDecided::Decision::approved,
                                       {{2026, 8'900}},
                                       {withheld()}}));
}

std::vector<Event> rare_events(story::Cast& cast) {
  std::vector<Event> out;
  KeysChanged keys{"XHA",
                   KeysChanged::Route::threshold,
                   {cast.public_key("new")},
                   {cast.public_key("old")},
                   recovery(cast),
                   Thresholds{1, 2, 3}};
  out.push_back(event_of(keys));
  out.push_back(event_of(SpecAdopted{2}));
  out.push_back(event_of(LogKeyAnnounced{crypto::format_vkey(
      crypto::make_verifier_key("ledger.example/a6", cast.public_key("new")))}));
  out.push_back(event_of(RoleEnded{"XHA-SEC-1", RoleEnded::How::suspended, {}}));
  RoleGranted verifier{"V-1",
                       {"XBA", "XHA"},
                       "VERIFIER",
                       Organ::verifier,
                       {"XHA-XBA"},
                       story::at("2028-01-01T00:00:00.000Z"),
                       story::at("2029-01-01T00:00:00.000Z")};
  out.push_back(event_of(verifier));
  ParticipantAdmitted newcomer =
      story::entity(cast, "NEW", story::identity("Newcomer", "XHA"), "XHA");
  newcomer.keyset.recovery = recovery(cast);
  out.push_back(event_of(newcomer));
  ApproachEstablished approach = story::approach("XHA-XBA", "XHA", "XBA");
  approach.agreement = withheld();
  out.push_back(event_of(approach));
  ApproachRules rules;
  rules.approach = "XHA-XBA";
  rules.version = 2;
  rules.first_transfer = {{"XHA", Definition::issuance}};
  rules.extra_signers = {{"units.issued", "XBA", Organ::authority}};
  rules.clocks = ApproachRules::Clocks{90};
  rules.cycle = CycleRules{
      {CycleStep::registration, CycleStep::verification},
      {{Stage::validation, 1, Reviewer::host, 28}, {Stage::verification, 2, Reviewer::buyer, {}}},
      true};
  out.push_back(event_of(rules));
  out.push_back(event_of(ApproachEnded{
      "XHA-XBA", story::at("2030-01-01T00:00:00.000Z"), {"XBA", "XHA"}, "fulfilled"}));
  out.push_back(event_of(InventoryReported{"XHA", 2026, 1, "GHG", 41'500'000, {withheld()}}));
  add_cycle_events(out);
  UnitsCancelled cancelled{"XBA-FUND-XHA",
                           "XHA",
                           {"XHA99", story::ranges({{1, 5}})},
                           5,
                           UnitsCancelled::Reason::op,
                           "A fund",
                           "corsia_offer",
                           true};
  out.push_back(event_of(cancelled));
  UnitsAssigned assigned{"XBA-FUND-XHA",
                         "XHA",
                         {"XHA99", story::ranges({{1, 5}})},
                         5,
                         UnitsAssigned::How::attached,
                         {"XHA-AUT-2", "XBA-AUT-1"},
                         true};
  out.push_back(event_of(assigned));
  assigned.how = UnitsAssigned::How::released;
  assigned.authorization.buyer.reset();
  assigned.first_transfer = false;
  out.push_back(event_of(assigned));
  out.push_back(event_of(SignatureWithdrawn{crypto::Hash{}, "test-0"}));
  out.push_back(event_of(DocumentDisclosed{41,
                                           {},
                                           DocumentDisclosed::How::opened,
                                           "request of a reviewer",
                                           {},
                                           DocumentDisclosed::Opening{{}, "Letter"}}));
  out.push_back(event_of(DocumentDisclosed{41,
                                           {},
                                           DocumentDisclosed::How::redacted,
                                           "request of a reviewer",
                                           Document::Copy{{}, 10},
                                           {}}));
  out.push_back(event_of(AuditAttested{
      {"XBA", "XHA"}, {{}, 40}, AuditAttested::Result::inconsistent, "XHA-ACC", {}, withheld()}));
  out.push_back(event_of(StateCommitted{40, 57, {}}));
  UnitsLocked kept{"LOCK-1",
                   UnitsLocked::Sort::reservation,
                   "XBA-FUND-XHA",
                   Units{"XHA99", story::ranges({{1, 5}})},
                   5,
                   crypto::Hash{},
                   story::at("2029-01-01T00:00:00.000Z"),
                   "sale_pending"};
  out.push_back(event_of(kept));
  kept.kind = UnitsLocked::Sort::freeze;
  kept.units.reset();
  kept.quantity.reset();
  kept.event.reset();
  out.push_back(event_of(kept));
  out.push_back(event_of(UnitsUnlocked{"LOCK-1", "sale_over"}));
  out.push_back(event_of(
      AuthorizationRevoked{"XHA-AUT-1", ChangeStage::notice, "terms_broken", {withheld()}}));
  out.push_back(event_of(ReversalRecorded{"XHA-FOREST", story::on("2028-01-01"),
                                          story::on("2028-02-02"), 1'400, "VERIFIER", withheld()}));
  for (const auto kind : {ReportFiled::Sort::aef, ReportFiled::Sort::btr_annex}) {
    ReportFiled report{"R-1", "XHA", kind, {}, {}, "1.0", {"XHA-XBA"}, 40, withheld()};
    if (kind == ReportFiled::Sort::aef) report.year = 2028;
    if (kind == ReportFiled::Sort::btr_annex) report.period = std::pair<Year, Year>{2026, 2028};
    out.push_back(event_of(report));
  }
  EntryCorrected voided{40, EntryCorrected::How::voided, {}, 5, {}, "units.used", "wrong_account"};
  voided.units = Units{"XHA99", story::ranges({{1, 5}})};
  out.push_back(event_of(voided));
  out.push_back(event_of(EntryCorrected{40,
                                        EntryCorrected::How::restated,
                                        EntryCorrected::Restated{"A fund", "clerical_error"},
                                        {},
                                        {},
                                        "units.cancelled",
                                        "clerical_error"}));
  FindingRecorded finding;
  finding.kind = FindingRecorded::Sort::grievance;
  finding.parties = {"XBA", "XHA"};
  finding.report = "R-1";
  finding.finding = "F-1";
  finding.how = FindingRecorded::How::opens;
  finding.balance = true;
  finding.units = Units{"XHA99", story::ranges({{1, 5}})};
  finding.quantity = 5;
  finding.excess = FindingRecorded::Excess{"XHA-STOVES", 2026, 600};
  finding.document = withheld();
  out.push_back(event_of(finding));
  finding.kind = FindingRecorded::Sort::consistency;
  finding.mark = FindingRecorded::Mark::consistent;
  out.push_back(event_of(finding));
  finding.kind = FindingRecorded::Sort::review;
  finding.mark.reset();
  finding.status = FindingRecorded::Status::pending;
  out.push_back(event_of(finding));
  LedgerOpened opened = story::opening(cast, origin, {"XHA", "XBA"});
  opened.migration = {story::on("2021-01-01"), story::on("2021-12-31")};
  out.push_back(event_of(opened));
  return out;
}

// Members that the stories leave out, put in.
void fill_optionals(Event& event) {
  if (auto* grant = std::get_if<AuthorizationGranted>(&event.body)) {
    grant->oimp = "CORSIA";
    grant->issue_until = story::on("2030-01-01");
    grant->use_until = story::on("2030-01-02");
    grant->underlying_registries = {"Gold Standard"};
    grant->change_terms.document = withheld();
    grant->change_terms.consent = {"XBA", "XHA"};
  }
  if (auto* issued = std::get_if<UnitsIssued>(&event.body)) {
    issued->monitoring = "MON-1";
    issued->lots.front().underlying = {"Gold Standard", 5, 5 + issued->lots.front().last};
  }
  if (auto* moved = std::get_if<UnitsTransferred>(&event.body)) {
    moved->executed_on = story::on("2021-05-05");
  }
}

std::vector<Event> many_events() {
  story::Cast cast = story::Cast::derived();
  std::vector<Event> out = rare_events(cast);
  std::map<std::string_view, int> seen;
  for (const story::Act& act : story::tell_everything(origin, cast)) {
    if (++seen[type_of(act.event.body)] > 2) continue;
    out.push_back(act.event);
    Event full = act.event;
    fill_optionals(full);
    if (const auto* grant = std::get_if<AuthorizationGranted>(&full.body)) {
      out.push_back(event_of(AuthorizationChanged{*grant, ChangeStage::effect}));
    }
    out.push_back(std::move(full));
  }
  return out;
}

// ---- small changes of a text ----

std::vector<Json> near(const Json& leaf) {
  if (leaf.is_boolean()) return {!leaf.get<bool>()};
  if (leaf.is_number()) return {leaf.get<std::int64_t>() + 1, leaf.get<std::int64_t>() - 1};
  const auto text = leaf.get<std::string>();
  std::vector<Json> out{text + "x"};
  for (const char c : {'0', '1', '2', '8', 'A', 'B'}) {
    std::string other = text;
    other.back() = c;
    out.emplace_back(other);
    if (text.size() > 10) {
      other = text;
      other[9] = c;
      out.emplace_back(other);
    }
  }
  for (const char* code : {"ordinary",
                           "demonstration",
                           "party",
                           "entity",
                           "threshold",
                           "recovery",
                           "sponsor",
                           "authority",
                           "secretariat",
                           "inventory",
                           "verifier",
                           "developer",
                           "suspended",
                           "ended",
                           "superseded",
                           "ceased",
                           "compromised",
                           "holding",
                           "national_share",
                           "fund",
                           "buffer",
                           "authorization",
                           "issuance",
                           "use_or_cancellation",
                           "transfer",
                           "acquisition",
                           "host",
                           "acquirer",
                           "retained",
                           "omge",
                           "money",
                           "floor",
                           "ceil",
                           "half_up",
                           "single_year",
                           "multi_year",
                           "trajectory",
                           "averaging",
                           "NDC",
                           "IMP",
                           "OP",
                           "acquire",
                           "use",
                           "first_transfer",
                           "attached",
                           "released",
                           "reservation",
                           "freeze",
                           "notice",
                           "effect",
                           "never",
                           "Emission reductions",
                           "Removals",
                           "voluntary",
                           "OMGE",
                           "domestic",
                           "administrative",
                           "reversal",
                           "public",
                           "redacted",
                           "confidential",
                           "initial",
                           "updated_initial",
                           "opens",
                           "resolves",
                           "inconsistency",
                           "grievance",
                           "Checked, inconsistencies identified",
                           "Null, information for check not available",
                           "Review finalized and no inconsistencies identified",
                           "Review finalized and inconsistencies identified",
                           "Review finalized and persistent inconsistencies identified",
                           "units.issued",
                           "units.used",
                           "idea",
                           "validation",
                           "verification",
                           "registration",
                           "buyer",
                           "positive",
                           "conditional",
                           "negative",
                           "closed",
                           "deregistered",
                           "approved",
                           "returned",
                           "rejected",
                           "objection",
                           "deemed"}) {
    out.emplace_back(code);
  }
  return out;
}

// Every text that differs from `event` in one leaf, one member or one element.
void each_change(const Json& event, const std::function<void(const Json&, std::string)>& visit) {
  const Json flat = event.flatten();
  for (const auto& [pointer, leaf] : flat.items()) {
    const Json::json_pointer at(pointer);
    if (leaf.is_structured() || leaf.is_null()) continue;  // empty lists and objects
    for (const Json& other : near(leaf)) {
      if (other == leaf) continue;
      Json changed = event;
      changed[at] = other;
      visit(changed, pointer + " = " + other.dump());
    }
    for (Json::json_pointer up = at; !up.empty(); up.pop_back()) {
      Json changed = event;
      Json& parent = changed[up.parent_pointer()];
      if (parent.is_array()) {
        parent.erase(std::stoul(up.back()));
      } else {
        parent.erase(up.back());
      }
      visit(changed, "without " + up.to_string());
    }
  }
}

TEST(Sentences, SayEveryMemberOfEveryEventAndTellEveryTwoApart) {
  std::size_t accepted = 0;
  for (const Event& event : many_events()) {
    const Json text = Json::parse(encode_event(event));
    const auto before = said_of(event);
    each_change(text, [&](const Json& changed, const std::string& what) {
      const Result<Event> other = decode_event(changed.dump());
      if (!other) return;
      ++accepted;
      EXPECT_NE(said_of(*other), before) << type_of(event.body) << ": " << what;
    });
  }
  EXPECT_GT(accepted, 3'000U) << "most changes leave an event of the schema";
}

// ---- golden sentences ----

const story::Act& act_of(const std::vector<story::Act>& acts, std::string_view caption) {
  for (const story::Act& act : acts) {
    if (act.caption.find(caption) != std::string::npos) return act;
  }
  ADD_FAILURE() << "no act is called " << caption;
  return acts.front();
}

TEST(Sentences, ShowATransferAsAMinistryReadsIt) {
  story::Cast cast = story::Cast::derived();
  const auto acts = story::tell_everything(origin, cast);
  Event event = act_of(acts, "First transfer T2").event;
  event.id = "T2";
  EXPECT_THAT(
      said_of(event),
      ElementsAre(
          "Transfer of 6,520 units of mitigation outcomes from XHA to XBA.",
          "From account XBA-FUND-XHA in the section of XHA, held by XBA-FUND, \"Fictional Climate "
          "Fund\".",
          "To account XBA-FUND-XBA in the section of XBA, held by XBA-FUND, \"Fictional Climate "
          "Fund\".",
          "The units: registry XHA99, serials 4,008 to 8,651; 9,001 to 10,876.",
          "Vintage 2026: 4,644 units.", "Vintage 2027: 1,876 units.",
          "Signing, XHA and XBA recognise this transfer; units not first transferred before become "
          "ITMOs by it.",
          "Resting on authorization XHA-AUT-1 of the host and XBA-AUT-1 of the buyer.",
          "Purpose: use towards an NDC (NDC); adjustment method: trajectory.", "",
          "Event T2 of type units.transferred, for ledger demonstration.example/itmo.",
          "Dated 2028-12-31. Expires 2029-01-30 22:15:00.000 UTC: not valid later."));
}

TEST(Sentences, CallUnitsItmosOnlyAfterFirstTransfer) {
  story::Cast cast = story::Cast::derived();
  const auto acts = story::tell_everything(origin, cast);
  const auto headline = [&](std::string_view caption) {
    return api::itmo::headline_of(act_of(acts, caption).event.body);
  };
  EXPECT_THAT(headline("XHA issues 15,000"), HasSubstr("15,000 units of mitigation outcomes"));
  EXPECT_THAT(headline("First transfer T1"), HasSubstr("3,726 units of mitigation outcomes"));
  EXPECT_THAT(headline("XBA uses 10,000"), HasSubstr("10,000 units of ITMOs"));
  UnitsTransferred onwards =
      std::get<UnitsTransferred>(act_of(acts, "First transfer T1").event.body);
  std::swap(onwards.from, onwards.to);
  EXPECT_THAT(api::itmo::headline_of(onwards), HasSubstr("3,726 units of ITMOs from XBA to XHA"));
}

TEST(Sentences, WarnWhereATotalIsNotThatOfItsUnits) {
  UnitsUsed body;
  body.units = {"XHA99", story::ranges({{1, 10}})};
  body.quantity = 11;
  const std::string warning = "ATTENTION: these are 10 units, but the text states 11 units.";
  EXPECT_THAT(said_of(event_of(body)), testing::Contains(warning));
  body.quantity = 10;
  EXPECT_THAT(said_of(event_of(body)), Not(testing::Contains(HasSubstr("ATTENTION"))));
}

TEST(Sentences, WriteNumbersAsPeopleReadThem) {
  EXPECT_EQ(api::itmo::number(0), "0");
  EXPECT_EQ(api::itmo::number(-1'234'567), "-1,234,567");
  EXPECT_EQ(api::itmo::number(999), "999");
  EXPECT_EQ(api::itmo::percent(205), "2.05 %");
  EXPECT_EQ(api::itmo::counted(1, "day"), "1 day");
  EXPECT_EQ(api::itmo::counted(6, "Party"), "6 Parties");
}

}  // namespace
