// Three cooperations with Switzerland as public sources tell them. Countries, actors, quantities
// and the dates that captions state plainly are real; everything in brackets is not confirmed and
// made up here: approach and registry numbers, serials, vintages, remaining days, documents, keys.
// No deduction of units, since the real rates are not confirmed, and no adjustment is recorded.
#include "api/story.hpp"

namespace api::story {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

constexpr const char* klik_name = "Foundation for Climate Protection and Carbon Offset KliK";

// What one cooperation differs by.
struct Pair {
  Id host;
  std::string carp;
  Id activity;
  std::string sector, type;
  Id entity;  // that the authorizations name
};

const Pair ghana{
    "GHA", "CA9902", "GHA-COOKSTOVES", "Energy generation", "Energy Efficiency households", "KLIK"};
const Pair thailand{"THA", "CA9903", "THA-E-BUS", "Transportation", "Electric buses", "KLIK"};
const Pair vanuatu{"VUT", "CA9904", "VUT-RURAL-SOLAR", "Energy generation", "Solar", "VUT-UNDP"};

Id approach_of(const Pair& pair) {
  return pair.host + "-CHE";
}
std::string registry_of(const Id& party) {
  return party + "99";
}

ApproachRules rules(const Pair& pair) {
  ApproachRules body;
  body.approach = approach_of(pair);
  body.version = 1;
  body.carp = pair.carp;
  body.both_authorize = true;
  body.host_first = false;
  return body;
}

AuthorizationGranted grant(const Pair& pair, const Id& party) {
  AuthorizationGranted body;
  body.id = approach_of(pair) + "-BY-" + party;
  body.approach = approach_of(pair);
  body.party = party;
  body.metric = "GHG";
  body.gwp = "AR5";
  body.purposes = {Purpose::ndc};
  body.parties = {"CHE"};
  body.entities = {{pair.entity, {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}}};
  body.vintage_from = 2021;
  body.vintage_to = 2030;
  body.ndc_periods = {{2021, 2030}};
  body.standards = {"Methodology of the design document (not confirmed)"};
  body.tracking_registry = registry_of(party);
  if (party == pair.host) {
    body.activities = {{pair.activity, on("2021-01-01"), on("2030-12-31"), pair.sector, pair.type,
                        Mitigation::reductions}};
  }
  body.documents = {document("letter " + body.id, "letter of authorization")};
  return body;
}

UnitsIssued issuance(const Pair& pair, const std::string& certificate,
                     std::vector<UnitsIssued::Lot> lots) {
  UnitsIssued body;
  body.activity = pair.activity;
  body.authorization = {approach_of(pair) + "-BY-" + pair.host, approach_of(pair) + "-BY-CHE"};
  body.period_from = make_date(lots.front().vintage, 1, 1);
  body.period_to = make_date(lots.back().vintage, 12, 31);
  body.metric = "GHG";
  body.gwp = "AR5";
  body.account = "KLIK-" + pair.host;
  body.holder = "KLIK";
  body.scope = registry_of(pair.host);
  body.documents = {document(certificate, "issuance certificate")};
  for (const auto& lot : lots) body.quantity += lot.last - lot.first + 1;
  body.lots = std::move(lots);
  return body;
}

// The transfer of everything that an issuance made.
UnitsTransferred transfer(const Pair& pair, const UnitsIssued& issued) {
  UnitsTransferred body;
  body.from = {"KLIK-" + pair.host, pair.host, "KLIK", klik_name};
  body.to = {"KLIK-CHE", "CHE", "KLIK", klik_name};
  body.units = {issued.scope, ranges({{issued.lots.front().first, issued.lots.back().last}})};
  body.quantity = issued.quantity;
  for (const auto& lot : issued.lots) {
    body.vintages.push_back({lot.vintage, lot.last - lot.first + 1});
  }
  body.authorization = issued.authorization;
  return body;
}

void issue_and_transfer(Writer& w, const Pair& pair, const std::vector<std::string>& times,
                        const Id& secretariat, const UnitsIssued& issued,
                        const std::vector<std::string>& captions) {
  w.write(times[0], issued, {secretariat}, captions[0]);
  w.write(times[1], transfer(pair, issued), {"KLIK", secretariat, "CHE"}, captions[1]);
}

void tell_switzerland(Writer& w, Cast& cast) {
  w.write("2020-11-23T08:30:00.000Z",
          entity(cast, "KLIK", {klik_name, "CHE", "SYNTHETIC-KLIK"}, "CHE"), {"CHE", "KLIK"},
          "Switzerland admits KliK, the buyer of record (synthetic: date, number)");
  w.write("2020-11-23T08:35:00.000Z", account("KLIK-CHE", "KLIK", registry_of("CHE")),
          {"CHE", "KLIK"}, "KliK opens an account in Switzerland's section (synthetic)");
  w.write("2020-11-23T08:40:00.000Z", ndc("CHE", 2021, 2030), {"CHE"},
          "Switzerland declares its NDC of 2021 to 2030 (synthetic: date, method, scope)");
}

// An organ of Ghana: admitted by its secretariat, which is Ghana itself until it appoints one, and
// appointed by its authority.
struct Appointment {
  Id id;
  std::string name;
  Organ role;
  std::string hour;
  Id authority;
};

void appoint(Writer& w, Cast& cast, const Appointment& as, const std::string& what) {
  w.write(as.hour + ":00:00.000Z",
          entity(cast, as.id, {as.name, "GHA", "SYNTHETIC-" + as.id}, "GHA"), {"GHA", as.id},
          "Ghana admits its " + what + " (synthetic: date, number)");
  RoleGranted body;
  body.id = as.id + "-1";
  body.parties = {"GHA"};
  body.participant = as.id;
  body.role = as.role;
  body.from = at(as.hour + ":05:00.000Z");
  w.write(as.hour + ":05:00.000Z", body, {as.authority}, "Ghana appoints it (synthetic: date)");
}

void tell_ghana(Writer& w, Cast& cast) {
  w.write("2020-11-23T10:00:00.000Z", approach("GHA-CHE", "GHA", "CHE"), {"GHA", "CHE"},
          "Ghana and Switzerland conclude their agreement, 23 November 2020");
  appoint(w, cast,
          {"GHA-MESTI", "Ministry of Environment, Science, Technology and Innovation",
           Organ::authority, "2020-11-24T09", "GHA"},
          "Ministry of Environment, Science, Technology and Innovation, the authorizing entity");
  appoint(w, cast,
          {"GHA-EPA", "Environmental Protection Agency", Organ::secretariat, "2020-11-24T10",
           "GHA-MESTI"},
          "Environmental Protection Agency, the transferring entity");
  w.write("2020-11-24T11:00:00.000Z", account("KLIK-GHA", "KLIK", registry_of("GHA")),
          {"GHA-EPA", "KLIK"}, "KliK opens an account in Ghana's section (synthetic)");
  w.write("2020-11-24T11:05:00.000Z", ndc("GHA", 2021, 2030), {"GHA-MESTI", "GHA"},
          "Ghana declares its NDC of 2021 to 2030 (synthetic: date, method, scope)");
  w.write("2020-11-24T11:10:00.000Z", rules(ghana), {"GHA-MESTI", "CHE"},
          "Ghana and Switzerland adopt the rules of their approach (synthetic: number CA9902, all "
          "terms)");
  w.write("2024-01-15T09:00:00.000Z", grant(ghana, "GHA"), {"GHA-MESTI"},
          "Ghana authorizes the Transformative Cookstove Activity in Rural Ghana (synthetic: date, "
          "terms)");
  w.write("2024-01-15T10:00:00.000Z", grant(ghana, "CHE"), {"CHE"},
          "Switzerland authorizes it too (synthetic: date, terms)");
  issue_and_transfer(
      w, ghana, {"2025-07-07T09:00:00.000Z", "2025-07-08T10:00:00.000Z"}, "GHA-EPA",
      issuance(ghana, "certificate GHA 1", {{1, 11'733, 2024, {}}}),
      {"Ghana issues 11,733 units, 7 July 2025 (synthetic: serials, vintage)",
       "First transfer of 11,733, credited to KliK in Switzerland, 8 July 2025 (synthetic: time)"});
}

void tell_thailand(Writer& w, Cast&) {
  w.write(
      "2022-06-24T09:00:00.000Z", approach("THA-CHE", "THA", "CHE"), {"THA", "CHE"},
      "Thailand and Switzerland establish their approach (synthetic: date, that of the purchase "
      "agreement of Energy Absolute and KliK, 24 June 2022)");
  w.write("2022-06-24T09:10:00.000Z", account("KLIK-THA", "KLIK", registry_of("THA")),
          {"THA", "KLIK"}, "KliK opens an account in Thailand's section (synthetic)");
  w.write("2022-06-24T09:20:00.000Z", ndc("THA", 2021, 2030), {"THA"},
          "Thailand declares its NDC of 2021 to 2030 (synthetic: date, method, scope)");
  w.write("2022-06-24T09:30:00.000Z", rules(thailand), {"THA", "CHE"},
          "Thailand and Switzerland adopt the rules of their approach (synthetic: number CA9903, "
          "all terms)");
  w.write("2023-02-15T09:00:00.000Z", grant(thailand, "THA"), {"THA"},
          "Thailand authorizes the Bangkok E-Bus Programme, February 2023 (synthetic: day, terms)");
  w.write("2023-02-15T10:00:00.000Z", grant(thailand, "CHE"), {"CHE"},
          "Switzerland authorizes it too, February 2023 (synthetic: day, terms)");
  issue_and_transfer(
      w, thailand, {"2023-12-15T09:00:00.000Z", "2024-01-08T10:00:00.000Z"}, "THA",
      issuance(thailand, "certificate THA 1", {{1, 1'916, 2022, {}}}),
      {"Thailand issues 1,916 units, December 2023 (synthetic: day, serials, vintage)",
       "First transfer of 1,916 to KliK, announced 8 January 2024 (synthetic: time)"});
  issue_and_transfer(
      w, thailand, {"2026-04-02T09:00:00.000Z", "2026-04-02T10:00:00.000Z"}, "THA",
      issuance(thailand, "certificate THA 2",
               {{1'917, 21'916, 2023, {}}, {21'917, 51'633, 2024, {}}}),
      {"Thailand issues 49,717 units of 2023 and 2024, 2 April 2026 (synthetic: serials, the split "
       "into 20,000 and 29,717)",
       "First transfer of 49,717 to KliK, 2 April 2026 (synthetic: time)"});
}

void tell_vanuatu(Writer& w, Cast& cast) {
  w.write("2021-11-11T09:00:00.000Z", approach("VUT-CHE", "VUT", "CHE"), {"VUT", "CHE"},
          "Vanuatu and Switzerland conclude their agreement, 2021 (synthetic: day)");
  w.write("2021-11-11T09:10:00.000Z", ndc("VUT", 2021, 2030), {"VUT"},
          "Vanuatu declares its NDC of 2021 to 2030 (synthetic: date, method, scope)");
  w.write("2021-11-11T09:20:00.000Z", rules(vanuatu), {"VUT", "CHE"},
          "Vanuatu and Switzerland adopt the rules of their approach (synthetic: number CA9904, "
          "all terms)");
  w.write("2023-05-02T08:50:00.000Z",
          entity(cast, "VUT-UNDP",
                 {"United Nations Development Programme, Vanuatu", "VUT", "SYNTHETIC-UNDP"}, "VUT"),
          {"VUT", "VUT-UNDP"}, "Vanuatu admits UNDP (synthetic: date, number)");
  w.write(
      "2023-05-02T09:00:00.000Z", grant(vanuatu, "VUT"), {"VUT"},
      "Vanuatu authorizes rural solar electrification with UNDP as authorized entity, announced "
      "2 May 2023 (synthetic: time, terms)");
  w.write("2023-05-02T10:00:00.000Z", grant(vanuatu, "CHE"), {"CHE"},
          "Switzerland authorizes it too; nothing has been issued so far (synthetic: time, terms)");
}

}  // namespace

void tell_real_pairs(Writer& writer, Cast& cast) {
  tell_switzerland(writer, cast);
  tell_ghana(writer, cast);
  tell_vanuatu(writer, cast);
  tell_thailand(writer, cast);
}

}  // namespace api::story
