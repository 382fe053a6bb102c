// What each kind of entry writes into the tables: the rows of spec/aef.md, section 3, one by one,
// and every column of every table once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
namespace story = scene::story;
using namespace ledger;
using replay::Aef;
using replay::AefProfile;
using replay::AefTable;
using testing::ElementsAre;
using Cells = std::vector<std::string>;

constexpr AefProfile checker = AefProfile::carp_checker;
constexpr AefProfile codes = AefProfile::nomenclature_2026;

// Of an ordinary ledger, submitted on a day of its own.
Aef report(const Walked& walked, const Id& party, Year year, AefProfile profile) {
  return replay::make_aef(walked.books(), {party, year, "1.0", story::on("2030-04-15"), profile},
                          {"ledger.example", false});
}

std::vector<Cells> rows_of(const Aef& aef, AefTable table) {
  std::vector<Cells> out;
  for (const replay::AefRow& row : aef.rows(table)) {
    Cells& cells = out.emplace_back();
    for (const replay::Cell& cell : row.cells) cells.push_back(replay::text_of(cell));
  }
  return out;
}

// ---- every column ----

TEST(AefRows, OfTheSubmission) {
  const Walked walked("transferred");
  const std::string carp = "{Information in this field is populated by the CARP}";
  const std::string link = "{Link to be produced by the CARP}";
  EXPECT_THAT(rows_of(report(walked, "XHA", 2028, checker), AefTable::submission),
              ElementsAre(Cells{"Government of XHA", "1.0", "2028", "15/04/2030", carp, carp,
                                "2026", "2029", link}));
  EXPECT_THAT(
      rows_of(report(walked, "XBA", 2028, codes), AefTable::submission),
      ElementsAre(Cells{"XBA", "1.0", "2028", "15/04/2030", carp, carp, "2026", "2028", link}));
  EXPECT_THAT(rows_of(report(walked, "XBA", 2029, codes), AefTable::submission),
              ElementsAre(Cells{"XBA", "1.0", "2029", "15/04/2030", carp, carp, "", "", link}));
}

Walked with_entities() {
  Walked walked("agreed_oimp");
  AuthorizationGranted grant = scene::for_every_purpose(scene::host_grant());
  grant.entities.insert(grant.entities.end(), {"XHA-CMO", {Act::transfer}});
  grant.parties = {"XBA", "XCA"};
  grant.activities.insert(grant.activities.begin(),
                          {"XHA-BUSES", story::on("2026-01-01"), story::on("2030-12-31"),
                           "Transportation", "Transport", Mitigation::reductions});
  grant.change_terms.notice_days = 30;
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  return walked;
}

TEST(AefRows, OfAuthorizations) {
  const Walked walked = with_entities();
  const auto row = [](const char* sectors, const char* types, const char* timeframe,
                      const char* definition) {
    return Cells{
        "XHA-AUT-1",
        "10/01/2027",
        "CA9901",
        "1",
        "10000",
        "GHG",
        "AR5",
        "NA",
        sectors,
        types,
        "NDC and OIMP",
        "XBA, XCA",
        "XBA-XBA-FUND, XHA-XHA-CMO",
        "CORSIA; voluntary market",
        timeframe,
        "Changes until first transfer, with the consent of XBA and XHA and 30 days' notice.",
        "{Link to be produced by the CARP}",
        definition,
        "Effective from 09/02/2027. Standards: Synthetic cookstove methodology 1.0."};
  };
  EXPECT_THAT(rows_of(report(walked, "XHA", 2027, checker), AefTable::authorizations),
              ElementsAre(row("Transportation and Energy generation",
                              "Transport + Energy Efficiency households",
                              "Occurred: from 2026 to 2029. Use: from 09/02/2027 to 31/12/2031",
                              "Use of cancellation")));
  EXPECT_THAT(rows_of(report(walked, "XHA", 2027, codes), AefTable::authorizations),
              ElementsAre(row("Transportation, Energy generation",
                              "Transport, Energy Efficiency households", "2026 - 2029",
                              "Use or Cancellation")));
}

TEST(AefRows, OfEntities) {
  const Walked walked = with_entities();
  const auto row = [](const char* name, const char* country, const char* number, const char* may) {
    return Cells{
        "10/01/2027",
        name,
        country,
        number,
        "CA9901",
        may,
        "Changes until first transfer, with the consent of XBA and XHA and 30 days' notice.",
        "Authorization XHA-AUT-1, version 1."};
  };
  EXPECT_THAT(
      rows_of(report(walked, "XHA", 2027, checker), AefTable::entities),
      ElementsAre(row("Fictional XBA-FUND", "Government of XBA", "XBA-XBA-FUND",
                      "May transfer, acquire and use."),
                  row("Fictional XHA-CMO", "Government of XHA", "XHA-XHA-CMO", "May transfer.")));
  EXPECT_EQ(rows_of(report(walked, "XHA", 2027, codes), AefTable::entities).at(1).at(2), "XHA");
}

TEST(AefRows, OfActions) {
  const Walked walked("transferred");
  const std::string carp = "{Information in this field is populated by the CARP}";
  EXPECT_EQ(rows_of(report(walked, "XHA", 2028, checker), AefTable::actions).at(1),
            (Cells{"20/11/2028",
                   "First transfer",
                   "First transfer to another Party",
                   "CA9901",
                   "XHA-AUT-1",
                   "XHA",
                   "XHA99",
                   "CA9901-XHA99-XHA-1-2026",
                   "CA9901-XHA99-XHA-3726-2026",
                   "GS",
                   "100001",
                   "103726",
                   "GHG",
                   "AR5",
                   "NA",
                   "3726",
                   "",
                   "Emission reductions",
                   "2026",
                   "",
                   "XBA",
                   "NA",
                   "",
                   "NA",
                   "",
                   carp,
                   "NA"}));
  EXPECT_THAT(rows_of(report(walked, "XBA", 2028, codes), AefTable::actions),
              ElementsAre(Cells{"2028-11-20T10:00:00.000Z",
                                "Acquisition",
                                "NA",
                                "CA9901",
                                "XBA-AUT-1",
                                "XHA",
                                "XBA99",
                                "1",
                                "3726",
                                "GS",
                                "100001",
                                "103726",
                                "GHG",
                                "AR5",
                                "NA",
                                "3726",
                                "",
                                "Emission reductions",
                                "2026",
                                "XHA",
                                "",
                                "NA",
                                "",
                                "NA",
                                "",
                                carp,
                                "NA"}));
}

TEST(AefRows, OfHoldings) {
  Walked walked("used");
  const auto row = [](const char* first, const char* last) {
    return Cells{"CA9901", "XBA-AUT-1", "XHA",    "XBA99",  first,
                 last,     "GS",        "101001", "103726", "GHG",
                 "AR5",    "NA",        "2726",   "",       "Emission reductions",
                 "2026"};
  };
  EXPECT_THAT(rows_of(report(walked, "XBA", 2029, checker), AefTable::holdings),
              ElementsAre(row("CA9901-XHA99-XHA-1001-2026", "CA9901-XHA99-XHA-3726-2026")));
  EXPECT_THAT(rows_of(report(walked, "XBA", 2029, codes), AefTable::holdings),
              ElementsAre(row("1001", "3726")));
}

TEST(AefRows, OfRemovalsWithoutUnderlyingUnits) {
  Walked walked("agreed");
  AuthorizationGranted grant = scene::host_grant();
  grant.activities.front().mitigation = Mitigation::removals;
  UnitsIssued issuance = scene::issuance();
  issuance.mitigation = Mitigation::removals;
  issuance.lots[0].underlying.reset();
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  walked.given("2028-06-01T09:30:00.000Z", issuance, scene::seller());
  walked.given("2028-11-20T09:55:00.000Z", scene::settlement(), scene::seller());
  walked.given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 10}}), scene::three());
  const Cells row = rows_of(report(walked, "XBA", 2028, checker), AefTable::holdings).at(0);
  EXPECT_EQ(Cells(row.begin() + 6, row.begin() + 9), (Cells{"NA", "", ""}));
  EXPECT_EQ(row[14], "Removals");
}

// A MWh stands for 582 kg: 400 of them for 232.8 t.
TEST(AefRows, OfAnotherMetric) {
  const Walked walked("measured");
  const std::string metric = scene::megawatt_hours;
  for (const AefProfile profile : {checker, codes}) {
    const Cells terms =
        rows_of(report(walked, "XCA", 2027, profile), AefTable::authorizations).at(0);
    EXPECT_EQ(Cells(terms.begin() + 5, terms.begin() + 8),
              (Cells{profile == checker ? "non-GHG" : "Non-GHG", "NA", metric}));
    const Aef aef = report(walked, "XBA", 2030, profile);
    const Cells action = rows_of(aef, AefTable::actions).at(0);
    EXPECT_EQ(Cells(action.begin() + 12, action.begin() + 17),
              (Cells{"non-GHG", "NA", metric, "232", "400"}));
    const Cells holding = rows_of(aef, AefTable::holdings).at(0);
    EXPECT_EQ(Cells(holding.begin() + 9, holding.begin() + 14),
              (Cells{"non-GHG", "NA", metric, "232", "400"}));
  }
}

// The buyer's authorization names no activities: those of its approach, each word once.
TEST(AefRows, OfAnAuthorizationOfEveryActivity) {
  Walked walked("agreed");
  walked.given("2026-12-12T09:00:00.000Z",
               [] {
                 ApproachRules rules = scene::rules_for_oimp();
                 rules.approach = "XHA-XCA";
                 rules.carp = "CA9902";
                 return rules;
               }(),
               {"XHA", "XCA", "XCA-2"});
  AuthorizationGranted host = scene::host_grant();
  host.activities.insert(host.activities.begin(), host.activities.front());
  host.activities.front().id = "XHA-LAMPS";
  AuthorizationGranted elsewhere = scene::host_grant();
  elsewhere.id = "XHA-AUT-2";
  elsewhere.approach = "XHA-XCA";
  elsewhere.parties = {"XCA"};
  elsewhere.activities.front().id = "XHA-BUSES";
  elsewhere.activities.front().sector = "Transportation";
  elsewhere.activities.front().type = "Transport";
  elsewhere.change_terms.consent = {"XCA", "XHA"};
  elsewhere.entities.clear();
  walked.given("2027-01-10T10:00:00.000Z", host, {"XHA"});
  walked.given("2027-01-11T10:00:00.000Z", elsewhere, {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  const Cells row = rows_of(report(walked, "XBA", 2027, checker), AefTable::authorizations).at(0);
  EXPECT_EQ(row[8], "Energy generation");
  EXPECT_EQ(row[9], "Energy Efficiency households");
}

TEST(AefRows, OfTheMomentsAtTheEndsOfAYear) {
  Walked walked("settled");
  walked.given("2028-12-31T23:59:59.999Z", scene::transfer({{1, 10}}), scene::three());
  walked.given("2029-01-01T00:00:00.000Z", scene::transfer({{11, 20}}), scene::three());
  const auto rows = [&](Year year, AefTable table) {
    return report(walked, "XBA", year, checker).rows(table).size();
  };
  EXPECT_EQ(rows(2028, AefTable::actions), 1u);
  EXPECT_EQ(rows(2029, AefTable::actions), 1u);
  EXPECT_EQ(rows_of(report(walked, "XBA", 2028, checker), AefTable::holdings).at(0).at(12), "10");
  EXPECT_EQ(rows_of(report(walked, "XBA", 2029, checker), AefTable::holdings).at(0).at(12), "20");
}

// ---- every row of the table of actions ----

// Type, subtype, authorization, registry, quantity, transferring and acquiring Party, purpose,
// using Party and entity, year of use, explanation.
std::vector<Cells> told(const Walked& walked, const Id& party, Year year,
                        AefProfile profile = checker) {
  std::vector<Cells> out;
  for (const Cells& row : rows_of(report(walked, party, year, profile), AefTable::actions)) {
    out.push_back({row[1], row[2], row[4], row[6], row[15], row[19], row[20], row[21], row[22],
                   row[23], row[24], row[26]});
  }
  return out;
}
// Those of the entry last told.
std::vector<Cells> last_told(const Walked& walked, const Id& party, Year year,
                             AefProfile profile = checker) {
  const Aef aef = report(walked, party, year, profile);
  std::vector<Cells> all = told(walked, party, year, profile), out;
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (aef.rows(AefTable::actions)[row].entries.back() == walked.books().size() - 1) {
      out.push_back(all[row]);
    }
  }
  return out;
}

UnitsTransferred between(const char* from, const char* to, scene::Closed closed) {
  UnitsTransferred body = scene::transfer(std::move(closed));
  const auto side = [](std::string_view account) -> ledger::Side {
    if (account == "AF-ACC") return {"AF-ACC", "XCA", "AF", "Fictional AF"};
    if (account == "XCA-ACC") return {"XCA-ACC", "XCA", "XCA", "Government of XCA"};
    if (account == "XHA-FUND") return {"XHA-FUND", "XHA", "AF", "Fictional AF"};
    if (account == "XBA-FUND-XBA") {
      return {"XBA-FUND-XBA", "XBA", "XBA-FUND", "Fictional XBA-FUND"};
    }
    return {"XBA-FUND-XHA", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
  };
  body.from = side(from);
  body.to = side(to);
  if (std::string_view(to) != "XBA-FUND-XBA") body.authorization.buyer.reset();
  return body;
}

TEST(AefRows, OfAMoveIntoAnotherSection) {
  Walked walked("settled");
  walked.given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 10}}), scene::three());
  EXPECT_THAT(last_told(walked, "XHA", 2028),
              ElementsAre(Cells{"First transfer", "First transfer to another Party", "XHA-AUT-1",
                                "XHA99", "10", "", "XBA", "NA", "", "NA", "", "NA"}));
  EXPECT_THAT(last_told(walked, "XBA", 2028),
              ElementsAre(Cells{"Acquisition", "NA", "XBA-AUT-1", "XBA99", "10", "XHA", "", "NA",
                                "", "NA", "", "NA"}));
  walked.given("2028-12-01T10:00:00.000Z", between("XBA-FUND-XBA", "XBA-FUND-XHA", {{1, 10}}),
               {"XBA-FUND", "XBA", "XHA-CMO"});
  EXPECT_THAT(last_told(walked, "XBA", 2028),
              ElementsAre(Cells{"Transfer", "NA", "XBA-AUT-1", "XBA99", "10", "", "XHA", "NA", "",
                                "NA", "", "NA"}));
  EXPECT_THAT(last_told(walked, "XHA", 2028),
              ElementsAre(Cells{"Acquisition", "NA", "XHA-AUT-1", "XHA99", "10", "XBA", "", "NA",
                                "", "NA", "", "NA"}));
  EXPECT_THAT(last_told(walked, "XCA", 2028), ElementsAre());
}

TEST(AefRows, OfAMoveIntoAFundAndOutOfIt) {
  Walked walked("enrolled");
  ApproachRules rules = scene::rules_for_oimp();
  rules.both_authorize = false;
  walked.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  walked.given("2026-12-11T09:00:00.000Z", rules, scene::both());
  AuthorizationGranted grant = scene::for_every_purpose(scene::host_grant());
  grant.parties = {"XBA", "XCA"};
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::for_every_purpose(scene::buyer_grant()), {"XBA"});
  walked.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  walked.given("2028-06-02T09:00:00.000Z", story::account("XCA-ACC", "XCA", "XCA99"),
               {"XCA", "XCA-2"});
  walked.given("2028-07-01T09:00:00.000Z", between("XBA-FUND-XHA", "AF-ACC", {{1, 50}}),
               {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});
  EXPECT_THAT(last_told(walked, "XHA", 2028),
              ElementsAre(Cells{"First transfer", "Not yet defined", "XHA-AUT-1", "XHA99", "50", "",
                                "", "NA", "", "NA", "", "Contribution to the Adaptation Fund."}));
  EXPECT_THAT(last_told(walked, "XCA", 2028), ElementsAre());
  walked.given("2028-07-02T09:00:00.000Z", between("AF-ACC", "XCA-ACC", {{1, 50}}),
               {"AF", "XCA", "XCA-2"});
  EXPECT_THAT(last_told(walked, "XCA", 2028),
              ElementsAre(Cells{"Acquisition", "NA", "NA", "XCA99", "50", "", "", "NA", "", "NA",
                                "", "Received from a fund account in the same registry."}));
  EXPECT_THAT(last_told(walked, "XHA", 2028), ElementsAre());
  walked.given("2028-07-03T09:00:00.000Z", between("XCA-ACC", "AF-ACC", {{1, 20}}),
               {"XCA", "XCA-2"});
  EXPECT_THAT(last_told(walked, "XCA", 2028),
              ElementsAre(Cells{"Transfer", "Not yet defined", "NA", "XCA99", "20", "", "", "NA",
                                "", "NA", "", "Contribution to the Adaptation Fund."}));
}

// For other purposes only, under rules that say what the first transfer is.
Walked issued_under(Definition definition) {
  Walked walked("enrolled");
  ApproachRules rules = scene::rules_for_oimp();
  rules.first_transfer = {{"XHA", definition}};
  walked.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  walked.given("2026-12-11T09:00:00.000Z", rules, scene::both());
  AuthorizationGranted grant = scene::for_every_purpose(scene::host_grant());
  grant.purposes = {Purpose::imp, Purpose::op};
  grant.ndc_periods.clear();
  grant.cap = 20'000;
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::for_every_purpose(scene::buyer_grant()), {"XBA"});
  UnitsIssued issuance = scene::issuance();
  issuance.lots.pop_back();
  issuance.quantity = 9'000;
  walked.given("2028-06-01T09:30:00.000Z", issuance, scene::seller());
  return walked;
}

TEST(AefRows, OfAnIssuanceThatIsTheFirstTransfer) {
  for (const auto& [definition, subtype] : {std::pair{Definition::issuance, "Issuance"},
                                            {Definition::authorization, "Authorization"}}) {
    const Walked walked = issued_under(definition);
    EXPECT_THAT(last_told(walked, "XHA", 2028),
                ElementsAre(Cells{"First transfer", subtype, "XHA-AUT-1", "XHA99", "9000", "", "",
                                  "NA", "", "NA", "", "NA"}));
    EXPECT_THAT(last_told(walked, "XBA", 2028), ElementsAre());
  }
  EXPECT_THAT(last_told(issued_under(Definition::use_or_cancellation), "XHA", 2028), ElementsAre());
}

TEST(AefRows, OfOtherPurposesThatAreTheFirstTransfer) {
  Walked walked("issued_oimp");
  const auto first = [](const char* quantity, const char* purpose, const char* party,
                        const char* entity, const char* explanation) {
    return Cells{"First transfer",
                 "Use or cancellation",
                 "XHA-AUT-1",
                 "XHA99",
                 quantity,
                 "",
                 "",
                 purpose,
                 party,
                 entity,
                 "",
                 explanation};
  };
  walked.given("2028-07-01T09:00:00.000Z", scene::use_for_imp({{1, 10}}, true),
               {"XBA-FUND", "XHA"});
  EXPECT_THAT(last_told(walked, "XHA", 2028),
              ElementsAre(first("10", "IMP: CORSIA; voluntary market", "", "XBA-XBA-FUND", "NA")));
  EXPECT_THAT(last_told(walked, "XBA", 2028), ElementsAre());
  UnitsCancelled op = scene::cancellation({{11, 30}});
  op.account = "XBA-FUND-XHA";
  op.party = "XHA";
  op.purpose = UnitsCancelled::Reason::op;
  op.first_transfer = true;
  op.beneficiary = "An airline";
  walked.given("2028-07-02T09:00:00.000Z", op, {"XBA-FUND", "XHA"});
  EXPECT_THAT(last_told(walked, "XHA", 2028),
              ElementsAre(first("20", "OP: CORSIA; voluntary market", "", "XBA-XBA-FUND",
                                "Beneficiary: An airline.")));
}

TEST(AefRows, OfUses) {
  Walked walked("transferred");
  walked.given("2029-03-01T10:00:00.000Z", scene::use({{1, 10}}), scene::user());
  EXPECT_THAT(last_told(walked, "XBA", 2029),
              ElementsAre(Cells{"Use", "NA", "XBA-AUT-1", "XBA99", "10", "", "", "NA", "", "NA",
                                "2027", "NA"}));
  EXPECT_THAT(last_told(walked, "XHA", 2029), ElementsAre());
  Walked oimp("issued_oimp");
  oimp.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
  UnitsUsed use = scene::use_for_imp({{1, 10}}, false, "XBA-FUND-XBA");
  use.party = "XBA";
  oimp.given("2028-07-02T09:00:00.000Z", use, scene::user());
  EXPECT_THAT(last_told(oimp, "XBA", 2028),
              ElementsAre(Cells{"Use", "NA", "XBA-AUT-1", "XBA99", "10", "", "",
                                "IMP: CORSIA; voluntary market", "", "XBA-XBA-FUND", "", "NA"}));
  EXPECT_THAT(last_told(oimp, "XHA", 2028), ElementsAre());
}

TEST(AefRows, OfOmge) {
  const Walked settled("settled");
  EXPECT_THAT(
      last_told(settled, "XHA", 2028),
      ElementsAre(Cells{"First transfer", "Mandatory cancellation to deliver OMGE", "XHA-AUT-1",
                        "XHA99", "81", "", "", "Overall mitigation in global emissions", "XHA",
                        "NA", "", "Deducted by the rules of the cooperative approach."}));
  Walked walked("issued_oimp");
  UnitsCancelled omge = scene::cancellation({{1, 10}});
  omge.account = "XBA-FUND-XHA";
  omge.party = "XHA";
  omge.purpose = UnitsCancelled::Reason::omge;
  omge.first_transfer = true;
  walked.given("2028-07-01T09:00:00.000Z", omge, {"XBA-FUND", "XHA"});
  EXPECT_THAT(
      last_told(walked, "XHA", 2028),
      ElementsAre(Cells{"First transfer", "Voluntary cancellation to deliver OMGE", "XHA-AUT-1",
                        "XHA99", "10", "", "", "Overall mitigation in global emissions", "",
                        "XBA-XBA-FUND", "", "NA"}));
}

TEST(AefRows, OfOmgeThatRulesTakeOfAcquiredItmos) {
  Walked walked("enrolled");
  ApproachRules rules = scene::rules_of_every_moment();
  ApproachRules::Deduction line = rules.deductions.at(2);
  line.kind = ApproachRules::Deduction::Sort::omge;
  line.account.reset();
  rules.deductions = {line};
  walked.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  walked.given("2026-12-11T09:00:00.000Z", rules, scene::both());
  walked.given("2027-01-10T10:00:00.000Z", scene::host_grant(), {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  walked.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  walked.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 1'000}}), scene::three());
  ProceedsDeducted settlement = scene::settlement();
  settlement.moment = Moment::acquisition;
  settlement.party = "XBA";
  settlement.account = "XBA-FUND-XBA";
  settlement.gross = scene::units({{1, 1'000}});
  settlement.quantity = 1'000;
  settlement.taken = {scene::taken(line.name, 2026, 991, 1'000)};
  walked.given("2028-07-02T09:00:00.000Z", settlement, {"XBA"});
  EXPECT_THAT(
      last_told(walked, "XBA", 2028, codes),
      ElementsAre(Cells{"Cancellation", "Mandatory cancellation to deliver OMGE", "XBA-AUT-1",
                        "XBA99", "10", "", "", "Overall mitigation in global emissions", "XBA",
                        "NA", "", "Deducted by the rules of the cooperative approach."}));
}

TEST(AefRows, OfCancellationsOfItmos) {
  using Reason = UnitsCancelled::Reason;
  struct Case {
    Reason reason;
    const char* type_of_codes;
    const char* subtype;
    const char* purpose;
    const char* entity;
  };
  const Case cases[] = {
      {Reason::omge, "Voluntary Cancellation", "Voluntary cancellation to deliver OMGE",
       "Overall mitigation in global emissions", "XBA-XBA-FUND"},
      {Reason::op, "Cancellation", "Other cancellations", "OP: CORSIA; voluntary market",
       "XBA-XBA-FUND"},
      {Reason::voluntary, "Voluntary Cancellation", "Other cancellations", "Voluntary cancellation",
       "XBA-XBA-FUND"},
      {Reason::administrative, "Cancellation", "Other cancellations", "NA", "NA"},
      {Reason::reversal, "Cancellation", "Other cancellations", "NA", "NA"},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.type_of_codes + std::string(each.purpose));
    const bool reversed = each.reason == Reason::reversal;
    Walked walked(reversed ? "removed" : "issued_oimp");
    walked.given("2028-11-21T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
    if (reversed) {
      walked.given("2028-11-22T09:00:00.000Z", scene::reversal(10), {"XHA-CMO", "XCA-VVB"});
    }
    UnitsCancelled body = scene::cancellation({{1, 10}});
    body.purpose = each.reason;
    const bool by_authority = each.reason == Reason::administrative;
    walked.given("2028-12-01T09:00:00.000Z", body,
                 by_authority ? scene::Signers{"XBA"} : scene::user());
    const auto row = [&](const char* type) {
      return Cells{type, each.subtype, "XBA-AUT-1", "XBA99",     "10", "",
                   "",   each.purpose, "",          each.entity, "",   "NA"};
    };
    EXPECT_THAT(last_told(walked, "XBA", 2028), ElementsAre(row("Cancellation")));
    EXPECT_THAT(last_told(walked, "XBA", 2028, codes), ElementsAre(row(each.type_of_codes)));
    EXPECT_THAT(last_told(walked, "XHA", 2028), ElementsAre());
  }
}

// Reports made from then on do not print what a void undid; those of earlier entries still do.
TEST(AefRows, OfWhatWasVoidedAreNone) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
  const ledger::Seq sale = walked.machine().size() - 1;
  const std::vector<ledger::Effects> until_then = walked.effects();
  walked.given("2029-05-01T09:00:00.000Z", scene::voided(sale, "units.transferred", {{1, 700}}),
               scene::three());
  for (const char* party : {"XHA", "XBA"}) {
    EXPECT_THAT(told(walked, party, 2028), ElementsAre()) << party;
    EXPECT_EQ(aef_of(walked.books(), party, 2028).rows(AefTable::holdings).size(), 0U) << party;
  }
  replay::Books before;
  for (const ledger::Effects& effects : until_then) before.take(effects);
  EXPECT_EQ(aef_of(before, "XBA", 2028).rows(AefTable::holdings).size(), 1U);
}

TEST(AefRows, OfWhatIsNoItmoAreNone) {
  Walked walked("issued_oimp");
  UnitsCancelled domestic = scene::cancellation({{1, 10}});
  domestic.account = "XBA-FUND-XHA";
  domestic.party = "XHA";
  domestic.purpose = UnitsCancelled::Reason::domestic;
  walked.given("2028-07-01T09:00:00.000Z", domestic, {"XBA-FUND", "XHA"});
  EXPECT_THAT(last_told(walked, "XHA", 2028), ElementsAre());
  walked.given("2028-07-02T09:00:00.000Z", scene::freeze("LOCK-9", {{21, 30}}), {"XHA"});
  EXPECT_THAT(last_told(walked, "XHA", 2028), ElementsAre());
  // OMGE of the settlement alone: what the host retains is no ITMO.
  EXPECT_EQ(last_told(Walked("settled"), "XHA", 2028).size(), 1u);
}

TEST(AefRows, JoinNeighboursOfOneIssuanceAlone) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::use_for_imp({{1, 10}, {12, 20}}, true),
               {"XBA-FUND", "XHA"});
  EXPECT_EQ(last_told(walked, "XHA", 2028).size(), 2u) << "11 lies between";
  UnitsTransferred both = scene::transfer({{8'991, 9'010}});
  both.vintages = {{2026, 10}, {2027, 10}};
  walked.given("2028-07-02T09:00:00.000Z", both, scene::three());
  EXPECT_EQ(last_told(walked, "XHA", 2028).size(), 2u) << "two vintages are two issuances";
}

}  // namespace
}  // namespace replay_test
