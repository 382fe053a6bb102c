// The agreed electronic format: what each Party reports of the ordinary year and of outcomes for
// other purposes, cell by cell where a reader of the tables would look.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/aef.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Aef;
using replay::AefProfile;
using replay::AefTable;
using testing::HasSubstr;

constexpr const char* quantity = "Quantity (t CO2 eq)";
constexpr const char* type = "Action type";
constexpr const char* subtype = "Action subtype";
constexpr const char* mark = "DEMONSTRATION – not a record of any government";

std::string action(const Aef& aef, std::size_t row, std::string_view header) {
  return text_at(aef, AefTable::actions, row, header);
}

// Scenario A: six first transfers, 10,467, of which 10,246 to another Party.
TEST(Aef, TheHostReports2028InSixFirstTransfers) {
  const Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  EXPECT_EQ(aef.rows(AefTable::actions).size(), 6u);
  EXPECT_EQ(count_of(aef, AefTable::actions, type, "First transfer"), 6u);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity), 10'467);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity, subtype, "First transfer to another Party"),
            10'246);
  EXPECT_EQ(
      sum_of(aef, AefTable::actions, quantity, subtype, "Mandatory cancellation to deliver OMGE"),
      221);
  EXPECT_TRUE(aef.rows(AefTable::holdings).empty()) << "what is retained or unsold is no ITMO";
}

TEST(Aef, TheBuyerReports2028InThreeAcquisitionsAndHoldsThem) {
  const Aef aef = aef_of(ordinary_books(), "XBA", 2028);
  EXPECT_EQ(aef.rows(AefTable::actions).size(), 3u);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity, type, "Acquisition"), 10'246);
  EXPECT_EQ(sum_of(aef, AefTable::holdings, quantity), 10'246);
}

TEST(Aef, UsesAndHoldingsOf2029AreTheBuyers) {
  const Aef aef = aef_of(ordinary_books(), "XBA", 2029);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity, type, "Use"), 10'000);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity,
                   "Calendar year for which the ITMOs are used towards the Party's NDC", "2027"),
            10'000);
  EXPECT_EQ(sum_of(aef, AefTable::actions, quantity, type, "Acquisition"), 930);
  ASSERT_EQ(aef.rows(AefTable::holdings).size(), 2u);
  EXPECT_EQ(text_at(aef, AefTable::holdings, 0, "First ID"), "CA9901-XHA99-XHA-10631-2027");
  EXPECT_EQ(text_at(aef, AefTable::holdings, 0, "Last ID"), "CA9901-XHA99-XHA-10876-2027");
  EXPECT_EQ(text_at(aef, AefTable::holdings, 1, "First ID"), "CA9901-XHA99-XHA-11018-2027");
  EXPECT_EQ(sum_of(aef, AefTable::holdings, quantity), 1'176);
}

TEST(Aef, EachPartyPrintsItsOwnAuthorizationRegistryAndCounterpart) {
  const Aef host = aef_of(ordinary_books(), "XHA", 2028);
  const Aef buyer = aef_of(ordinary_books(), "XBA", 2028);
  EXPECT_EQ(action(host, 1, "First ID"), "CA9901-XHA99-XHA-1-2026");
  EXPECT_EQ(action(host, 1, "Last ID"), "CA9901-XHA99-XHA-3726-2026");
  EXPECT_EQ(action(host, 1, "Authorization ID"), "XHA-AUT-1");
  EXPECT_EQ(action(host, 1, "Party ITMO registry ID"), "XHA99");
  EXPECT_EQ(action(host, 1, "Acquiring participating Party ID"), "XBA");
  EXPECT_EQ(action(host, 1, "Transferring participating Party ID"), "");
  EXPECT_EQ(action(buyer, 0, "First ID"), "CA9901-XHA99-XHA-1-2026");
  EXPECT_EQ(action(buyer, 0, "Authorization ID"), "XBA-AUT-1");
  EXPECT_EQ(action(buyer, 0, "Party ITMO registry ID"), "XBA99");
  EXPECT_EQ(action(buyer, 0, "Transferring participating Party ID"), "XHA");
  EXPECT_EQ(action(buyer, 0, "Acquiring participating Party ID"), "");
  EXPECT_EQ(action(buyer, 0, "First transferring participating Party ID"), "XHA");
  EXPECT_EQ(action(buyer, 0, "Action date"), "20/11/2028");
  EXPECT_EQ(action(buyer, 0, "Mitigation type"), "Emission reductions");
  EXPECT_EQ(text_at(buyer, AefTable::holdings, 0, "Authorization ID"), "XBA-AUT-1");
}

TEST(Aef, ARowNamesTheEntryThatItComesFrom) {
  const replay::Books books = ordinary_books();
  const Aef aef = aef_of(books, "XBA", 2028);
  const auto& rows = aef.rows(AefTable::actions);
  for (const replay::AefRow& row : rows) ASSERT_EQ(row.entries.size(), 1u);
  EXPECT_EQ(rows[1].entries, rows[2].entries) << "two vintages of one transfer";
  EXPECT_LT(rows[0].entries, rows[1].entries);
  EXPECT_EQ(aef.rows(AefTable::holdings)[0].entries, rows[0].entries);
}

TEST(Aef, TheSubmissionSaysYearsVersionAndWhatThePlatformFillsIn) {
  replay::AefRequest request{"XHA", 2028, "1.2", scene::story::on("2029-04-15"), {}};
  const Aef aef = replay::make_aef(ordinary_books(), request, {"ledger.example/story", false});
  const auto cell = [&](std::string_view header) {
    return text_at(aef, AefTable::submission, 0, header);
  };
  EXPECT_EQ(cell("Party"), "Government of XHA");
  EXPECT_EQ(cell("Version"), "1.2");
  EXPECT_EQ(cell("Reported year"), "2028");
  EXPECT_EQ(cell("Date of submission"), "15/04/2029");
  EXPECT_EQ(cell("First year of the NDC implementation period"), "2026");
  EXPECT_EQ(cell("Last year of the NDC implementation period"), "2030");
  EXPECT_EQ(cell("Review status of the initial report"),
            "{Information in this field is populated by the CARP}");
  EXPECT_EQ(cell("Reference to the Article 6 technical expert review report of the initial report"),
            "{Link to be produced by the CARP}");
}

TEST(Aef, AuthorizationsAndEntitiesAreThePartysOwn) {
  const Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  ASSERT_EQ(aef.rows(AefTable::authorizations).size(), 1u);
  const auto cell = [&](std::string_view header) {
    return text_at(aef, AefTable::authorizations, 0, header);
  };
  EXPECT_EQ(cell("Authorization ID"), "XHA-AUT-1");
  EXPECT_EQ(cell("Date of authorization"), "10/01/2027");
  EXPECT_EQ(cell("Cooperative approach ID"), "CA9901");
  EXPECT_EQ(cell("Authorized quantity"), "20000");
  EXPECT_EQ(cell("Sector(s)"), "Energy generation");
  EXPECT_EQ(cell("Activity type(s)"), "Energy Efficiency households");
  EXPECT_EQ(cell("Purposes for authorization"), "NDC");
  EXPECT_EQ(cell("Authorized Party(ies) ID"), "XBA");
  EXPECT_EQ(cell("Authorized entity(ies) ID"), "XBA-100");
  EXPECT_EQ(cell("Authorized timeframe"), "Occurred: from 2026 to 2030");
  EXPECT_EQ(cell("First transfer definition for OIMP"), "NA");
  EXPECT_EQ(cell("Authorization terms and conditions"), "Changes until first transfer.");
  EXPECT_THAT(cell("Additional explanatory information"), HasSubstr("Effective from 09/02/2027."));
  EXPECT_THAT(cell("Additional explanatory information"), HasSubstr(mark));
  ASSERT_EQ(aef.rows(AefTable::entities).size(), 1u);
  EXPECT_EQ(text_at(aef, AefTable::entities, 0, "Name"), "Fictional Climate Fund");
  EXPECT_EQ(text_at(aef, AefTable::entities, 0, "Identification number"), "XBA-100");
  EXPECT_EQ(text_at(aef, AefTable::entities, 0, "Conditions"), "May transfer, acquire and use.");
}

TEST(Aef, WhatCameLaterChangesNoTableOfTheYear) {
  replay::AefRequest request{"XHA", 2028, "1.0", scene::story::on("2029-04-15"), {}};
  const auto then = ordinary_books(entries_before("2029-04-15T00:00:00.000Z"));
  const auto now = ordinary_books();
  ASSERT_LT(then.size(), now.size());
  for (const char* party : {"XHA", "XBA"}) {
    request.party = party;
    EXPECT_EQ(replay::make_aef(then, request, {}).tables,
              replay::make_aef(now, request, {}).tables);
  }
}

TEST(Aef, AYearWithoutActionsStillHolds) {
  const Aef aef = aef_of(ordinary_books(), "XBA", 2035);
  EXPECT_TRUE(aef.rows(AefTable::actions).empty());
  EXPECT_EQ(sum_of(aef, AefTable::holdings, quantity), 1'176);
  EXPECT_EQ(text_at(aef, AefTable::submission, 0, "First year of the NDC implementation period"),
            "");
}

TEST(Aef, TheNomenclatureProfileWritesCodesMomentsAndSerials) {
  const Aef aef = aef_of(ordinary_books(), "XHA", 2028, AefProfile::nomenclature_2026);
  EXPECT_EQ(text_at(aef, AefTable::submission, 0, "Party"), "XHA");
  EXPECT_EQ(action(aef, 1, "Action date"), "2028-11-20T10:00:00.000Z");
  EXPECT_EQ(action(aef, 1, "First ID"), "1");
  EXPECT_EQ(action(aef, 1, "Last ID"), "3726");
  EXPECT_EQ(text_at(aef, AefTable::authorizations, 0, "Authorized timeframe"), "2026 - 2030");
  EXPECT_EQ(text_at(aef, AefTable::entities, 0, "Country of incorporation"), "XBA");
}

TEST(Aef, TheCheckerReadsOfficialNamesOfCountries) {
  Walked walked("agreed");
  ledger::ParticipantAdmitted company = scene::newcomer("ACME", "XHA");
  company.identity.country = "CHE";
  walked.given("2027-01-01T08:00:00.000Z", company, {"XHA-CMO", "ACME"});
  ledger::AuthorizationGranted grant = scene::host_grant();
  grant.entities.insert(grant.entities.begin(), {"ACME", {ledger::Act::transfer}});
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  const Aef checker = aef_of(walked.books(), "XHA", 2027);
  EXPECT_EQ(text_at(checker, AefTable::entities, 0, "Country of incorporation"), "Switzerland");
  EXPECT_EQ(text_at(checker, AefTable::entities, 0, "Conditions"), "May transfer.");
  EXPECT_EQ(text_at(checker, AefTable::authorizations, 0, "Authorization terms and conditions"),
            "Changes until first transfer, with the consent of XBA and XHA.");
  EXPECT_EQ(text_at(checker, AefTable::authorizations, 0, "Authorized timeframe"),
            "Occurred: from 2026 to 2029. Use: from 09/02/2027 to 31/12/2031");
  const Aef codes = aef_of(walked.books(), "XHA", 2027, AefProfile::nomenclature_2026);
  EXPECT_EQ(text_at(codes, AefTable::entities, 0, "Country of incorporation"), "CHE");
}

// ---- underlying units, other purposes, funds ----

TEST(Aef, UnderlyingUnitsFollowTheBlock) {
  Walked walked("issued");
  walked.given("2028-11-20T09:55:00.000Z", scene::settlement(), scene::seller())
      .given("2028-11-20T10:00:00.000Z", scene::transfer({{11, 20}}), scene::three());
  const Aef aef = aef_of(walked.books(), "XBA", 2028);
  ASSERT_EQ(aef.rows(AefTable::actions).size(), 1u);
  EXPECT_EQ(action(aef, 0, "Underlying unit registry ID"), "GS");
  EXPECT_EQ(action(aef, 0, "First unit ID"), "100011");
  EXPECT_EQ(action(aef, 0, "Last unit ID"), "100020");
}

TEST(Aef, AMovementOfAnEarlierDaySaysSo) {
  Walked walked("settled");
  ledger::UnitsTransferred migrated = scene::transfer({{1, 10}});
  migrated.executed_on = scene::story::on("2028-11-19");
  walked.given("2028-11-20T10:00:00.000Z", migrated, scene::three());
  const Aef aef = aef_of(walked.books(), "XBA", 2028);
  EXPECT_EQ(action(aef, 0, "Action date"), "20/11/2028");
  EXPECT_THAT(action(aef, 0, "Additional explanatory information"),
              HasSubstr("Executed on 19/11/2028, before the ledger recorded it."));
}

TEST(Aef, AUseForCorsiaAtHomeIsTheHostsFirstTransferAndNobodysAcquisition) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::use_for_imp({{101, 200}}, true),
               {"XBA-FUND", "XHA"});
  const Aef host = aef_of(walked.books(), "XHA", 2028);
  ASSERT_EQ(host.rows(AefTable::actions).size(), 1u);
  EXPECT_EQ(action(host, 0, type), "First transfer");
  EXPECT_EQ(action(host, 0, subtype), "Use or cancellation");
  EXPECT_EQ(action(host, 0, "Acquiring participating Party ID"), "");
  EXPECT_EQ(
      action(host, 0, "Purpose for which the ITMO has been used towards or cancelled for OIMP"),
      "IMP: CORSIA; voluntary market");
  EXPECT_EQ(action(host, 0, "Using/cancelling participating Party ID"), "");
  EXPECT_EQ(action(host, 0, "Using/cancelling authorized entity ID"),
            walked.books().participants()[*walked.books().find("XBA-FUND")].identity.number);
  EXPECT_EQ(text_at(host, AefTable::authorizations, 0, "First transfer definition for OIMP"),
            "Use of cancellation");
  EXPECT_EQ(text_at(host, AefTable::authorizations, 0, "Purposes for authorization"),
            "NDC and OIMP");
  EXPECT_TRUE(aef_of(walked.books(), "XBA", 2028).rows(AefTable::actions).empty());
  const Aef codes = aef_of(walked.books(), "XHA", 2028, AefProfile::nomenclature_2026);
  EXPECT_EQ(text_at(codes, AefTable::authorizations, 0, "First transfer definition for OIMP"),
            "Use or Cancellation");
}

TEST(Aef, CancellingAcquiredItmosIsTheBuyersCancellation) {
  Walked walked("transferred");
  ledger::UnitsCancelled cancel = scene::cancellation({{1, 10}});
  cancel.beneficiary = "An airline";
  walked.given("2029-02-01T09:00:00.000Z", cancel, scene::user());
  ledger::UnitsCancelled omge = scene::cancellation({{11, 20}});
  omge.purpose = ledger::UnitsCancelled::Reason::omge;
  walked.given("2029-02-02T09:00:00.000Z", omge, scene::user());
  const Aef checker = aef_of(walked.books(), "XBA", 2029);
  ASSERT_EQ(checker.rows(AefTable::actions).size(), 2u);
  EXPECT_EQ(action(checker, 0, type), "Cancellation");
  EXPECT_EQ(action(checker, 0, subtype), "Other cancellations");
  EXPECT_THAT(action(checker, 0, "Additional explanatory information"),
              HasSubstr("Beneficiary: An airline."));
  EXPECT_EQ(action(checker, 1, subtype), "Voluntary cancellation to deliver OMGE");
  const Aef codes = aef_of(walked.books(), "XBA", 2029, AefProfile::nomenclature_2026);
  EXPECT_EQ(action(codes, 0, type), "Voluntary Cancellation");
  EXPECT_TRUE(aef_of(walked.books(), "XHA", 2029).rows(AefTable::actions).empty());
}

TEST(Aef, WhatEntersTheAdaptationFundIsFirstTransferredAndAcquiredByNoParty) {
  const Walked walked("transferred_moments");
  const Aef host = aef_of(walked.books(), "XHA", 2028);
  const auto& rows = host.rows(AefTable::actions);
  std::size_t fund = rows.size();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (action(host, row, subtype) == "Not yet defined") fund = row;
  }
  ASSERT_LT(fund, rows.size());
  EXPECT_EQ(action(host, fund, type), "First transfer");
  EXPECT_EQ(action(host, fund, quantity), "100");
  EXPECT_EQ(action(host, fund, "Acquiring participating Party ID"), "");
  EXPECT_THAT(action(host, fund, "Additional explanatory information"),
              HasSubstr("Contribution to the Adaptation Fund."));
  EXPECT_TRUE(aef_of(walked.books(), "XCA", 2028).rows(AefTable::actions).empty());
  EXPECT_EQ(sum_of(aef_of(walked.books(), "XCA", 2028), AefTable::holdings, quantity), 100);
}

TEST(Aef, ARequestThatCannotBeMetIsASentence) {
  const replay::Books books = ordinary_books();
  EXPECT_TRUE(replay::problem_of({}, {"XHA", 2028, "1.0", {}, {}}));
  EXPECT_TRUE(replay::problem_of(books, {"XZZ", 2028, "1.0", {}, {}}));
  EXPECT_TRUE(replay::problem_of(books, {"XBA-FUND", 2028, "1.0", {}, {}})) << "no Party";
  EXPECT_TRUE(replay::problem_of(books, {"XHA", 1990, "1.0", {}, {}}));
  EXPECT_TRUE(replay::problem_of(books, {"XHA", 2028, "0.1", {}, {}}));
  EXPECT_FALSE(replay::problem_of(books, {"XHA", 2028, "1.0", {}, {}}));
}

}  // namespace
}  // namespace replay_test
