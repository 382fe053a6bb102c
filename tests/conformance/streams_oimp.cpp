// Scenario C, other international mitigation purposes: one history under each definition of the
// first transfer, and an authorization for everything. And the figures of a real series.
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

const scene::Signers airline{"XBA-AIR", "XHA"};
constexpr const char* airlines = "AIR-XHA";

ApproachRules rules_of(Definition definition) {
  ApproachRules body = scene::rules_for_oimp();
  body.first_transfer = {{"XHA", definition}};
  body.both_authorize = false;
  return body;
}

AuthorizationGranted for_oimp_only() {
  AuthorizationGranted body = scene::host_grant();
  body.entities = {{"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}}};
  body.purposes = {Purpose::imp, Purpose::op};
  body.oimp = "CORSIA; voluntary market";
  body.ndc_periods.clear();
  return body;
}

UnitsIssued issued_of(Year vintage, Serial first, std::int64_t quantity) {
  UnitsIssued body = scene::issuance();
  body.account = airlines;
  body.holder = "XBA-AIR";
  body.authorization = {"XHA-AUT-1", std::nullopt};
  body.period_from = make_date(vintage, 1, 1);
  body.period_to = make_date(vintage, 12, 31);
  body.quantity = quantity;
  body.lots = {{first, first + quantity - 1, vintage, {}}};
  return body;
}

void enrol_the_airline(Stream& stream, std::string_view time) {
  stream.say("XBA admits an airline, which opens an account in XHA's section");
  stream.admits(time, scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
  stream.admits(time, story::account(airlines, "XBA-AIR", "XHA99"), {"XHA-CMO", "XBA-AIR"});
}

Stream under(Definition definition, const std::string& name, Json figures) {
  Stream stream("scenario-c-" + name,
                "3,000 outcomes of 2028, authorized for other international mitigation purposes "
                "only; the definition of the first transfer is " +
                    name + ".");
  const bool at_use = definition == Definition::use_or_cancellation;
  stream.begin("enrolled");
  enrol_the_airline(stream, "2028-04-01T09:00:00.000Z");
  stream.say("An approach, its rules and an authorization for IMP and OP");
  stream.admits("2028-04-01T09:10:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"),
                scene::both());
  stream.admits("2028-05-01T09:00:00.000Z", rules_of(definition), scene::both());
  stream.admits("2028-06-01T09:00:00.000Z", for_oimp_only(), {"XHA"});
  stream.say("XHA issues 3,000 units");
  stream.admits("2029-03-01T09:00:00.000Z", issued_of(2028, 1, 3'000), scene::seller());
  stream.say("The airline uses 2,000");
  stream.admits("2029-09-15T09:00:00.000Z",
                scene::use_for_imp({{1, 2'000}}, at_use, airlines, "XBA-AIR"), airline);
  UnitsCancelled cancel = scene::cancellation({{2'001, 2'400}});
  cancel.account = airlines;
  cancel.party = "XHA";
  cancel.purpose = UnitsCancelled::Reason::op;
  cancel.first_transfer = at_use;
  stream.say("400 are cancelled for the voluntary market");
  stream.admits("2030-02-01T09:00:00.000Z", cancel, airline);
  UnitsUsed for_ndc = scene::use_for_imp({{2'401, 2'500}}, false, airlines, "XBA-AIR");
  for_ndc.purpose = Purpose::ndc;
  for_ndc.year = 2028;
  stream.say("They serve no NDC: that is not authorized");
  stream.refuses("AUT-7", "2030-02-02T09:00:00.000Z", for_ndc, airline);
  stream.stands("The end of 2030: nobody subtracts", std::move(figures));
  return std::move(stream.reports("XHA", 2029).reports("XHA", 2030));
}

Json oimp_figures(std::int64_t first_transferred) {
  Json figures = R"({"accounts": {"AIR-XHA": 600},
      "activities": {"XHA-STOVES": {"2028": {"issued": 3000, "held": 600, "used": 2000,
                                             "cancelled": 400}}}})"_json;
  figures["activities"]["XHA-STOVES"]["2028"]["first_transferred"] = first_transferred;
  figures["parties"] = {{"XHA", {{"first_transferred", {{"2028", first_transferred}}}}}};
  return figures;
}

AuthorizationGranted for_everything(AuthorizationGranted grant) {
  grant = scene::for_every_purpose(std::move(grant));
  grant.entities.insert(
      grant.entities.begin(),
      {"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}});
  return grant;
}

// 700 to XBA, of which its airline uses 200 and XBA 500; 100 used and 50 given at home.
Stream mixed() {
  Stream stream("scenario-c-mixed",
                "1,000 outcomes authorized for NDC, IMP and OP, the definition being use or "
                "cancellation: whatever comes first is the first transfer, and nothing is twice.");
  stream.begin("agreed_oimp");
  enrol_the_airline(stream, "2026-12-20T09:00:00.000Z");
  stream.admits("2026-12-20T09:05:00.000Z", story::account("AIR-XBA", "XBA-AIR", "XBA99"),
                {"XBA", "XBA-AIR"});
  stream.say("Both Parties authorize NDC use, IMP and OP");
  stream.admits("2027-01-10T10:00:00.000Z", for_everything(scene::host_grant()), {"XHA"});
  stream.admits("2027-01-25T10:00:00.000Z", for_everything(scene::buyer_grant()), {"XBA"});
  UnitsIssued issued = scene::issuance();
  issued.lots = {{1, 1'000, 2027, {}}};
  issued.quantity = 1'000;
  stream.say("XHA issues 1,000 units");
  stream.admits("2028-06-01T09:30:00.000Z", issued, scene::seller());
  stream.say("700 go to XBA, 200 of them to its airline");
  stream.admits("2028-11-20T10:00:00.000Z", scene::transfer({{1, 700}}, 2027), scene::three());
  UnitsTransferred onward = scene::transfer({{501, 700}}, 2027);
  onward.from = onward.to;
  onward.to = {"AIR-XBA", "XBA", "XBA-AIR", "Fictional XBA-AIR"};
  stream.admits("2028-11-21T10:00:00.000Z", onward, {"XBA-FUND", "XBA"});
  UnitsUsed flown = scene::use_for_imp({{501, 700}}, false, "AIR-XBA", "XBA-AIR");
  flown.party = "XBA";
  stream.say("The airline uses its 200 for CORSIA: no first transfer, they had theirs");
  stream.admits("2028-12-01T10:00:00.000Z", flown, {"XBA-AIR", "XBA"});
  stream.say("100 are used for CORSIA from the host's section: their first transfer");
  stream.admits("2028-12-02T10:00:00.000Z", scene::use_for_imp({{701, 800}}, true),
                {"XBA-FUND", "XHA"});
  UnitsTransferred gift = scene::transfer({{801, 850}}, 2027);
  gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  stream.say("50 go to the Adaptation Fund: their first transfer");
  stream.admits("2028-12-03T10:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});
  stream.say("XBA uses 500 for its NDC");
  stream.admits("2029-03-01T10:00:00.000Z", scene::use({{1, 500}}), scene::user());
  stream.stands("850 first transferred less 500 used are 350 = 200 + 100 + 50", R"({
      "accounts": {"AF-ACC": 50, "XBA-FUND-XHA": 150},
      "activities": {"XHA-STOVES": {"2027": {"issued": 1000, "held": 200, "used": 800,
                                             "cancelled": 0, "first_transferred": 850}}},
      "parties": {"XHA": {"first_transferred": {"2027": 850}}, "XBA": {"used": {"2027": 500}}},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 850, "acquired": 0},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 700}}})"_json);
  return stream;
}

}  // namespace

std::vector<Stream> scenario_c() {
  std::vector<Stream> all;
  all.push_back(under(Definition::authorization, "authorization", oimp_figures(3'000)));
  all.push_back(under(Definition::issuance, "issuance", oimp_figures(3'000)));
  all.push_back(under(Definition::use_or_cancellation, "use-or-cancellation", oimp_figures(2'400)));
  all.push_back(mixed());
  return all;
}

// Vintages 2022 to 2024, first transferred in 2025 and 2026 (the tool of Gold Standard and Verra,
// data of 14 August 2026; approach CA0047). Everything but the figures is synthetic, and so is the
// share of vintage 2023 in each year, which makes the sums of both series come out.
Stream tanzania() {
  Stream stream("tanzania-series",
                "The figures of a real series for other purposes: 323,371 units of vintages 2022 "
                "to 2024, first transferred, by issuance, in 2025 and 2026. Parties, identifiers "
                "and the split of vintage 2023 are synthetic.");
  stream.say("Three Parties open the ledger; XHA stands in the place of the series' host");
  stream.admits("2024-11-23T08:00:00.000Z", scene::opening(),
                {"operator", "XBA", "XCA", "XCA-2", "XHA"});
  stream.say("An airline and its account, the host's NDC, and an approach of definition issuance");
  stream.admits("2024-11-24T08:00:00.000Z", scene::newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
  stream.admits("2024-11-24T08:05:00.000Z", story::account(airlines, "XBA-AIR", "XHA99"),
                {"XHA", "XBA-AIR"});
  stream.admits("2024-11-24T08:10:00.000Z", story::ndc("XHA", 2021, 2030), {"XHA"});
  stream.admits("2024-11-24T08:15:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"),
                scene::both());
  stream.admits("2024-11-24T08:20:00.000Z", rules_of(Definition::issuance), scene::both());
  AuthorizationGranted grant = for_oimp_only();
  grant.cap.reset();
  grant.vintage_from = 2022;
  grant.activities[0].crediting_from = story::on("2022-01-01");
  stream.admits("2024-11-25T08:00:00.000Z", grant, {"XHA"});
  stream.say("Issued in 2025: all of 2022 and part of 2023");
  stream.admits("2025-03-01T09:00:00.000Z", issued_of(2022, 1, 67'497), {"XHA"});
  stream.admits("2025-09-01T09:00:00.000Z", issued_of(2023, 67'498, 113'370), {"XHA"});
  stream.stands("The end of 2025: 180,867 first transferred in it", R"({
      "activities": {"XHA-STOVES": {
        "2022": {"issued": 67497, "held": 67497, "used": 0, "cancelled": 0,
                 "first_transferred": 67497},
        "2023": {"issued": 113370, "held": 113370, "used": 0, "cancelled": 0,
                 "first_transferred": 113370}}}})"_json);
  stream.say("Issued in 2026: the rest of 2023, and 2024");
  stream.admits("2026-03-01T09:00:00.000Z", issued_of(2023, 180'868, 116'756), {"XHA"});
  stream.admits("2026-09-01T09:00:00.000Z", issued_of(2024, 297'624, 25'748), {"XHA"});
  stream.stands("By vintage 67,497 + 230,126 + 25,748; by year 180,867 + 142,504", R"({
      "accounts": {"AIR-XHA": 323371},
      "parties": {"XHA": {"first_transferred": {"2022": 67497, "2023": 230126, "2024": 25748}}},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 323371, "acquired": 0}}})"_json);
  return std::move(stream.reports("XHA", 2025).reports("XHA", 2026));
}

}  // namespace conformance
