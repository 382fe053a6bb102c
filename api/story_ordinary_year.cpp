// The ordinary year of a host and a buyer, to the unit.
#include "api/story_cycle.hpp"

namespace api::story {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

constexpr const char* host_registry = "XHA99";
constexpr const char* buyer_registry = "XBA99";

Units units(const std::vector<std::pair<Serial, Serial>>& closed) {
  return {host_registry, ranges(closed)};
}

ApproachRules rules() {
  ApproachRules body;
  body.approach = "XHA-XBA";
  body.version = 1;
  body.carp = "CA9901";
  body.both_authorize = true;
  body.host_first = true;
  body.objection_days = 30;
  body.clocks = ApproachRules::Clocks{180};
  body.cycle = cycle_rules();
  ApproachRules::Deduction omge;
  omge.name = "omge";
  omge.kind = ApproachRules::Deduction::Sort::omge;
  omge.rate_bp = 200;
  omge.rounding = ApproachRules::Deduction::Rounding::ceil;
  ApproachRules::Deduction retained;
  retained.name = "retained";
  retained.kind = ApproachRules::Deduction::Sort::retained;
  retained.rate_bp = 500;
  retained.rounding = ApproachRules::Deduction::Rounding::floor;
  retained.account = "XHA-SHARE";
  body.deductions = {omge, retained};
  return body;
}

AuthorizationGranted grant(const Id& id, const Id& party) {
  AuthorizationGranted body;
  body.id = id;
  body.approach = "XHA-XBA";
  body.party = party;
  body.cap = 20'000;
  body.metric = "GHG";
  body.gwp = "AR5";
  body.purposes = {Purpose::ndc};
  body.parties = {"XBA"};
  body.entities = {{"XBA-FUND", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}}};
  body.vintage_from = 2026;
  body.vintage_to = 2030;
  body.ndc_periods = {{2026, 2030}};
  body.standards = {"Synthetic cookstove methodology 1.0"};
  body.tracking_registry = party == "XHA" ? host_registry : buyer_registry;
  if (party == "XHA") {
    body.activities = {{"XHA-STOVES", on("2026-01-01"), on("2030-12-31"), "Energy generation",
                        "Energy Efficiency households", Mitigation::reductions}};
  }
  body.documents = {document("letter " + id, "letter of authorization")};
  return body;
}

UnitsIssued issuance() {
  UnitsIssued body;
  body.activity = "XHA-STOVES";
  body.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  body.period_from = on("2026-01-01");
  body.period_to = on("2027-12-31");
  body.metric = "GHG";
  body.gwp = "AR5";
  body.account = "XBA-FUND-XHA";
  body.holder = "XBA-FUND";
  body.quantity = 15'000;
  body.scope = host_registry;
  body.documents = {document("certificate 1", "issuance certificate")};
  body.lots = {{1, 9'000, 2026, {}}, {9'001, 15'000, 2027, {}}};
  body.monitoring = "XHA-MON-1";
  return body;
}

using Taken = ProceedsDeducted::Taken;

Taken taken(const Id& line, Year vintage, Serial first, Serial last) {
  Taken out{line, vintage, "XHA-STOVES", ranges({{first, last}}), last - first + 1, {}};
  if (line == "retained") out.account = "XHA-SHARE";
  return out;
}

ProceedsDeducted proceeds(Serial first, Serial last, std::vector<Taken> taken) {
  ProceedsDeducted body;
  body.approach = "XHA-XBA";
  body.rules = 1;
  body.moment = Moment::transfer;
  body.party = "XHA";
  body.account = "XBA-FUND-XHA";
  body.gross = units({{first, last}});
  body.quantity = last - first + 1;
  body.taken = std::move(taken);
  return body;
}

UnitsTransferred transfer(const std::vector<std::pair<Serial, Serial>>& closed,
                          std::vector<VintageQuantity> vintages) {
  UnitsTransferred body;
  body.from = {"XBA-FUND-XHA", "XHA", "XBA-FUND", "Fictional Climate Fund"};
  body.to = {"XBA-FUND-XBA", "XBA", "XBA-FUND", "Fictional Climate Fund"};
  body.units = units(closed);
  body.quantity = body.units.ranges.quantity();
  body.vintages = std::move(vintages);
  body.authorization = {"XHA-AUT-1", "XBA-AUT-1"};
  return body;
}

AdjustmentApplied adjustment(const Id& party, Year year, std::int64_t version,
                             std::pair<std::int64_t, std::int64_t> figures) {
  AdjustmentApplied body;
  body.party = party;
  body.year = year;
  body.version = version;
  body.first_transferred = figures.first;
  body.used = figures.second;
  body.amount_num = figures.first - figures.second;
  return body;
}

void tell_beginnings(Writer& w, Cast& cast) {
  w.write("2026-12-01T08:00:00.000Z",
          entity(cast, "XBA-FUND", {"Fictional Climate Fund", "XBA", "XBA-100"}, "XBA"),
          {"XBA", "XBA-FUND"}, "XBA admits the buying entity");
  w.write("2026-12-01T08:05:00.000Z",
          entity(cast, "XHA-CMO", {"Fictional Carbon Market Office", "XHA", "XHA-200"}, "XHA"),
          {"XHA", "XHA-CMO"}, "XHA admits its carbon market office");
  RoleGranted role;
  role.id = "XHA-SEC-1";
  role.parties = {"XHA"};
  role.participant = "XHA-CMO";
  role.role = Organ::secretariat;
  role.from = at("2026-12-01T08:10:00.000Z");
  w.write("2026-12-01T08:10:00.000Z", role, {"XHA"}, "XHA appoints it as its secretariat");
  w.write("2026-12-01T09:00:00.000Z", account("XBA-FUND-XHA", "XBA-FUND", host_registry),
          {"XHA-CMO", "XBA-FUND"}, "The buying entity opens an account in XHA's section");
  w.write("2026-12-01T09:05:00.000Z", account("XBA-FUND-XBA", "XBA-FUND", buyer_registry),
          {"XBA", "XBA-FUND"}, "The buying entity opens an account in XBA's section");
  w.write("2026-12-01T09:10:00.000Z",
          account("XHA-SHARE", "XHA", host_registry, AccountKind::national_share),
          {"XHA-CMO", "XHA"}, "XHA opens its national share account");
  w.write("2026-12-01T10:00:00.000Z", ndc("XHA", 2026, 2030), {"XHA"}, "XHA declares its NDC");
  w.write("2026-12-01T10:05:00.000Z", ndc("XBA", 2026, 2030), {"XBA"}, "XBA declares its NDC");
  w.write("2026-12-10T09:00:00.000Z", approach("XHA-XBA", "XHA", "XBA"), {"XHA", "XBA"},
          "XHA and XBA establish a cooperative approach");
  w.write("2026-12-11T09:00:00.000Z", rules(), {"XHA", "XBA"},
          "XHA and XBA adopt its rules: the whole cycle asked, 2 % OMGE, 5 % retained");
  tell_idea(w, cast);
  w.write("2027-01-10T10:00:00.000Z", grant("XHA-AUT-1", "XHA"), {"XHA"},
          "XHA authorizes up to 20,000 t");
  tell_design(w);
  w.write("2027-01-25T10:00:00.000Z", grant("XBA-AUT-1", "XBA"), {"XBA"},
          "XBA authorizes up to 20,000 t");
  tell_registration(w);
}

void tell_issuance(Writer& w, Cast& cast) {
  w.write("2027-03-01T09:00:00.000Z",
          entity(cast, "XHA-OTHER", {"Fictional Trading House", "XHA", "XHA-300"}, "XHA"),
          {"XHA-CMO", "XHA-OTHER"}, "XHA admits a trading house");
  w.write("2027-03-01T09:05:00.000Z", account("XHA-OTHER-XHA", "XHA-OTHER", host_registry),
          {"XHA-CMO", "XHA-OTHER"}, "The trading house opens an account");
  w.write("2027-04-01T09:00:00.000Z", issuance(), {"XHA-CMO"},
          "XHA would issue what nobody reported or verified")
      .refused_by = "MON-11";
  tell_verification(w);
  UnitsIssued elsewhere = issuance();
  elsewhere.account = "XHA-OTHER-XHA";
  elsewhere.holder = "XHA-OTHER";
  w.write("2028-06-01T09:00:00.000Z", elsewhere, {"XHA-CMO"},
          "XHA issues to a holder that no authorization names")
      .refused_by = "AUT-6";
  w.write("2028-06-01T09:30:00.000Z", issuance(), {"XHA-CMO"}, "XHA issues 15,000 units");
}

void tell_transfers(Writer& w) {
  const std::vector<std::string> three{"XBA-FUND", "XHA-CMO", "XBA"};
  w.write("2028-11-20T09:55:00.000Z",
          proceeds(1, 4'007,
                   {taken("omge", 2026, 3'727, 3'807), taken("retained", 2026, 3'808, 4'007)}),
          {"XHA-CMO"}, "XHA settles the proceeds of the first transfer");
  w.write("2028-11-20T09:57:00.000Z", transfer({{1, 3'726}}, {{2026, 3'726}}),
          {"XBA-FUND", "XHA-CMO"}, "The transfer is sent without XBA's signature")
      .refused_by = "ID-7";
  w.write("2028-11-20T10:00:00.000Z", transfer({{1, 3'726}}, {{2026, 3'726}}), three,
          "First transfer T1: 3,726 units, signed by holder and both Parties");
  w.write("2028-12-31T22:10:00.000Z",
          proceeds(4'008, 11'017,
                   {taken("omge", 2026, 8'652, 8'750), taken("retained", 2026, 8'751, 9'000),
                    taken("omge", 2027, 10'877, 10'917), taken("retained", 2027, 10'918, 11'017)}),
          {"XHA-CMO"}, "XHA settles the proceeds of the second transfer, over two vintages");
  w.write("2028-12-31T22:15:00.000Z",
          transfer({{4'008, 8'651}, {9'001, 10'876}}, {{2026, 4'644}, {2027, 1'876}}), three,
          "First transfer T2, minutes before the year ends");
}

void tell_use_and_adjustments(Writer& w) {
  UnitsUsed use;
  use.account = "XBA-FUND-XBA";
  use.party = "XBA";
  use.units = units({{1, 3'726}, {4'008, 8'651}, {9'001, 10'630}});
  use.quantity = 10'000;
  use.year = 2027;
  use.user = "XBA";
  use.user_name = "Government of XBA";
  w.write("2029-03-01T10:00:00.000Z", use, {"XBA-FUND", "XBA"},
          "XBA uses 10,000 ITMOs towards its NDC, for 2027");
  w.write("2029-10-01T09:00:00.000Z", adjustment("XHA", 2026, 1, {8'550, 0}), {"XHA"},
          "XHA records its adjustment of 2026");
  w.write("2029-10-01T09:05:00.000Z", adjustment("XHA", 2027, 1, {1'917, 0}), {"XHA"},
          "XHA records its adjustment of 2027");
  w.write("2029-10-01T09:10:00.000Z", adjustment("XBA", 2027, 1, {0, 10'000}), {"XBA"},
          "XBA records its adjustment of 2027");
  w.write("2029-11-15T09:55:00.000Z",
          proceeds(11'018, 12'017,
                   {taken("omge", 2027, 11'948, 11'967), taken("retained", 2027, 11'968, 12'017)}),
          {"XHA-CMO"}, "XHA settles the proceeds of the third transfer");
  w.write("2029-11-15T10:00:00.000Z", transfer({{11'018, 11'947}}, {{2027, 930}}),
          {"XBA-FUND", "XHA-CMO", "XBA"}, "First transfer T3: XHA's 2027 is due anew");
  w.write("2029-12-01T09:00:00.000Z", adjustment("XHA", 2027, 2, {2'867, 0}), {"XHA"},
          "XHA records version 2 for 2027; version 1 stays readable");
}

}  // namespace

void tell_ordinary_year(Writer& writer, Cast& cast) {
  const std::size_t before = writer.acts().size();
  tell_beginnings(writer, cast);
  tell_issuance(writer, cast);
  tell_transfers(writer);
  tell_use_and_adjustments(writer);
  for (std::size_t i = before; i < writer.acts().size(); ++i) {
    writer.acts()[i].caption += " (fictional)";
  }
}

}  // namespace api::story
