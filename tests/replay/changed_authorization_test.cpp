// Authorizations that change and end: what each report says of them then, and of what came before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/authorization_summary.hpp"
#include "replay/due.hpp"
#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;
using replay::Aef;
using replay::AefProfile;
using replay::AefTable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string authorization(const Aef& aef, std::size_t row, std::string_view header) {
  return text_at(aef, AefTable::authorizations, row, header);
}
std::string told(const Aef& aef, std::size_t row) {
  return authorization(aef, row, "Additional explanatory information");
}

replay::AuthorizationLine line_of(const Walked& walked, const Id& party) {
  const auto made = replay::make_authorization_summary(walked.books(), party, {});
  EXPECT_TRUE(made);
  EXPECT_EQ(made->lines.size(), 1u);
  return made->lines.at(0);
}
std::string described(const Walked& walked, const Id& party) {
  return replay::describe(*replay::make_authorization_summary(walked.books(), party, {}),
                          walked.books());
}

std::vector<std::string> due_of(const Walked& walked, const Id& party) {
  const auto made =
      replay::make_due_list(walked.books(), party, scene::story::on("2035-01-01"), {});
  EXPECT_TRUE(made);
  std::vector<std::string> ids;
  for (const replay::DueItem& item : made->items) {
    if (!item.id.starts_with("aef-")) ids.push_back(item.id);
  }
  return ids;
}

AuthorizationGranted lowered() {
  AuthorizationGranted next = scene::host_grant();
  next.cap = 8'000;
  return next;
}

// The host's grant with 30 days of notice.
Walked with_notice() {
  Walked walked("agreed");
  AuthorizationGranted grant = scene::host_grant();
  grant.change_terms.notice_days = 30;
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  return walked;
}
AuthorizationChanged noticed(ChangeStage stage) {
  AuthorizationGranted next = lowered();
  next.change_terms.notice_days = 30;
  AuthorizationChanged change = scene::change(next);
  change.stage = stage;
  return change;
}

// ---- the tables of a year ----

TEST(ChangedAuthorization, IsARowMoreFromItsYearOnAndInEffectFromItsOwnEntry) {
  Walked walked("authorized");
  walked.given("2028-03-01T10:00:00.000Z", scene::change(lowered()), scene::both());
  EXPECT_EQ(aef_of(walked.books(), "XHA", 2027).rows(AefTable::authorizations).size(), 1u);
  const Aef aef = aef_of(walked.books(), "XHA", 2028);
  ASSERT_EQ(aef.rows(AefTable::authorizations).size(), 2u);
  EXPECT_EQ(authorization(aef, 0, "Version of the authorization"), "1");
  EXPECT_EQ(authorization(aef, 0, "Authorized quantity"), "10000");
  EXPECT_EQ(authorization(aef, 0, "Authorized timeframe"),
            "Occurred: from 2026 to 2029. Use: from 09/02/2027 to 31/12/2031");
  EXPECT_EQ(authorization(aef, 1, "Version of the authorization"), "2");
  EXPECT_EQ(authorization(aef, 1, "Date of authorization"), "01/03/2028");
  EXPECT_EQ(authorization(aef, 1, "Authorized quantity"), "8000");
  EXPECT_EQ(authorization(aef, 1, "Authorized timeframe"),
            "Occurred: from 2026 to 2029. Use: from 01/03/2028 to 31/12/2031");
  EXPECT_THAT(told(aef, 0), HasSubstr("Effective from 09/02/2027."));
  EXPECT_THAT(told(aef, 1), HasSubstr("Effective from 01/03/2028."));
  EXPECT_EQ(aef.rows(AefTable::entities).size(), 1u) << "what it may do is the same";
}

TEST(ChangedAuthorization, IsNotInEffectBeforeTheGrantIs) {
  Walked walked("agreed");
  walked.given("2027-01-10T10:00:00.000Z", scene::host_grant(), {"XHA"});
  walked.given("2027-01-15T10:00:00.000Z", scene::change(lowered()), scene::both());
  EXPECT_THAT(told(aef_of(walked.books(), "XHA", 2027), 1),
              HasSubstr("Effective from 09/02/2027."));
}

TEST(ChangedAuthorization, IsRevokedInTheYearOfTheRevocationAndNotBefore) {
  Walked walked("authorized");
  walked.given("2028-03-01T10:00:00.000Z", scene::change(lowered()), scene::both());
  const auto before = aef_of(walked.books(), "XHA", 2028).tables;
  walked.given("2029-02-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  Aef then = aef_of(walked.books(), "XHA", 2028);
  then.tables[0] = before[0];  // the day of submission
  EXPECT_EQ(then.tables, before);
  const Aef now = aef_of(walked.books(), "XHA", 2029);
  EXPECT_THAT(told(now, 0), Not(HasSubstr("Revoked")));
  EXPECT_THAT(told(now, 1), HasSubstr(" Revoked on 01/02/2029."));
  EXPECT_EQ(now.rows(AefTable::authorizations)[1].entries,
            (std::vector<Seq>{walked.books().size() - 2, walked.books().size() - 1}));
}

TEST(ChangedAuthorization, IsAnnouncedUntilTheChangeTakesEffect) {
  Walked walked = with_notice();
  walked.given("2027-12-20T10:00:00.000Z", noticed(ChangeStage::notice), {"XHA"});
  EXPECT_THAT(told(aef_of(walked.books(), "XHA", 2027), 0),
              HasSubstr("Notice of a change given on 20/12/2027."));
  walked.given("2028-01-20T10:00:00.000Z", noticed(ChangeStage::effect), scene::both());
  EXPECT_THAT(told(aef_of(walked.books(), "XHA", 2027), 0),
              HasSubstr("Notice of a change given on 20/12/2027."));
  const Aef after = aef_of(walked.books(), "XHA", 2028);
  EXPECT_THAT(told(after, 0), Not(HasSubstr("Notice")));
  EXPECT_THAT(told(after, 1), Not(HasSubstr("Notice")));
}

TEST(ChangedAuthorization, DropsAnEntityAndTakesItBack) {
  Walked walked("authorized");
  AuthorizationGranted without = scene::host_grant();
  without.entities = {{"XHA-CMO", {Act::transfer}}};
  AuthorizationGranted again = scene::host_grant();
  again.entities.insert(again.entities.end(), {"XHA-CMO", {Act::transfer}});
  walked.given("2028-03-01T10:00:00.000Z", scene::change(without, 2), scene::both());
  walked.given("2028-04-01T10:00:00.000Z", scene::change(again, 3), scene::both());
  const Aef aef = aef_of(walked.books(), "XHA", 2028);
  std::vector<std::string> rows;
  for (std::size_t row = 0; row < aef.rows(AefTable::entities).size(); ++row) {
    rows.push_back(text_at(aef, AefTable::entities, row, "Date of the authorization") + " " +
                   text_at(aef, AefTable::entities, row, "Name") + ": " +
                   text_at(aef, AefTable::entities, row, "Conditions"));
  }
  EXPECT_THAT(rows, ElementsAre("10/01/2027 Fictional XBA-FUND: May transfer, acquire and use.",
                                "01/03/2028 Fictional XHA-CMO: May transfer.",
                                "01/03/2028 Fictional XBA-FUND: No longer authorized.",
                                "01/04/2028 Fictional XBA-FUND: May transfer, acquire and use."));
}

TEST(ChangedAuthorization, SaysWhatAnEntityMayDoFromThenOn) {
  Walked walked("authorized");
  AuthorizationGranted next = scene::host_grant();
  next.entities = {{"XBA-FUND", {Act::use}}};
  walked.given("2028-03-01T10:00:00.000Z", scene::change(next), scene::both());
  const Aef aef = aef_of(walked.books(), "XHA", 2028);
  ASSERT_EQ(aef.rows(AefTable::entities).size(), 2u);
  EXPECT_EQ(text_at(aef, AefTable::entities, 1, "Date of the authorization"), "01/03/2028");
  EXPECT_EQ(text_at(aef, AefTable::entities, 1, "Conditions"), "May use.");
}

TEST(ChangedAuthorization, LeavesWhatWasUsedUnderAnEarlierVersionAsItWas) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::use_for_imp({{701, 800}}, true),
               {"XBA-FUND", "XHA"});
  AuthorizationGranted next = scene::for_every_purpose(scene::host_grant());
  next.oimp = "CORSIA";
  walked.given("2029-03-01T10:00:00.000Z", scene::change(next), scene::both());
  EXPECT_EQ(text_at(aef_of(walked.books(), "XHA", 2028), AefTable::actions, 0,
                    "Purpose for which the ITMO has been used towards or cancelled for OIMP"),
            "IMP: CORSIA; voluntary market");
  walked.given("2029-07-01T09:00:00.000Z", scene::use_for_imp({{801, 900}}, true),
               {"XBA-FUND", "XHA"});
  EXPECT_EQ(text_at(aef_of(walked.books(), "XHA", 2029), AefTable::actions, 0,
                    "Purpose for which the ITMO has been used towards or cancelled for OIMP"),
            "IMP: CORSIA");
}

TEST(ChangedAuthorization, WithoutActivitiesHasThoseOfTheYear) {
  Walked walked("authorized");
  AuthorizationGranted second = scene::host_grant();
  second.id = "XHA-AUT-2";
  second.activities = {{"XHA-BUSES", scene::story::on("2026-01-01"), scene::story::on("2030-12-31"),
                        "Transportation", "Transport", Mitigation::reductions}};
  walked.given("2029-01-10T10:00:00.000Z", second, {"XHA"});
  EXPECT_EQ(authorization(aef_of(walked.books(), "XBA", 2028), 0, "Sector(s)"),
            "Energy generation");
  EXPECT_EQ(authorization(aef_of(walked.books(), "XBA", 2029), 0, "Sector(s)"),
            "Energy generation and Transportation");
}

// ---- the structured summary ----

replay::SummaryYear year_of(const Walked& walked, Year year) {
  const auto summary = replay::make_summary(walked.books(), "XHA", year, {});
  EXPECT_TRUE(summary);
  for (const replay::SummaryYear& row : summary->years) {
    if (row.year == year) return row;
  }
  ADD_FAILURE() << "no year " << year;
  return {};
}

TEST(ChangedAuthorization, CountsFirstTransfersByTheVersionThatTheyRestOn) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
  walked.given("2028-08-01T09:00:00.000Z", scene::use_for_imp({{701, 800}}, true),
               {"XBA-FUND", "XHA"});
  AuthorizationGranted next = scene::for_every_purpose(scene::host_grant());
  next.purposes = {Purpose::imp, Purpose::op};
  next.ndc_periods.clear();
  walked.given("2028-09-01T10:00:00.000Z", scene::change(next), scene::both());
  EXPECT_EQ(year_of(walked, 2026).first_transferred, 700) << "for an NDC, whatever came later";
  EXPECT_EQ(year_of(walked, 2026).oimp_first_transferred, 100);
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 100 + 8'200);
  EXPECT_EQ(year_of(walked, 2027).oimp_authorized, 6'000);
  walked.given("2028-10-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_EQ(year_of(walked, 2026).first_transferred, 700);
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 100) << "the rest was released";
  EXPECT_EQ(year_of(walked, 2027).oimp_authorized, 0);
  EXPECT_TRUE(replay::make_summary(walked.books(), "XHA", 2026, {})->oimp_entities.empty());
}

TEST(ChangedAuthorization, LeavesOutWhatEndedForNobodysPurpose) {
  Walked walked("issued_oimp");
  UnitsCancelled cancel = scene::cancellation({{1, 10}});
  cancel.account = "XBA-FUND-XHA";
  cancel.party = "XHA";
  cancel.purpose = UnitsCancelled::Reason::domestic;
  walked.given("2028-07-01T09:00:00.000Z", cancel, {"XBA-FUND", "XHA"});
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 8'990);
  EXPECT_EQ(year_of(walked, 2026).oimp_first_transferred, 0);
  cancel.units = scene::units({{11, 30}});
  cancel.quantity = 20;
  cancel.purpose = UnitsCancelled::Reason::op;
  cancel.first_transfer = true;
  walked.given("2028-07-02T09:00:00.000Z", cancel, {"XBA-FUND", "XHA"});
  EXPECT_EQ(year_of(walked, 2026).oimp_first_transferred, 20);
  EXPECT_EQ(year_of(walked, 2026).first_transferred, 0);
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 8'990);
}

TEST(ChangedAuthorization, AuthorizesForOtherPurposesWhatItReaches) {
  Walked walked("authorized");
  // The same units, for other purposes from version 2 on.
  walked.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 0);
  ApproachRules rules = scene::rules();
  rules.version = 2;
  rules.first_transfer = {{"XHA", Definition::use_or_cancellation}};
  walked.given("2028-07-01T09:00:00.000Z", rules, scene::both());
  walked.given("2028-08-01T10:00:00.000Z",
               scene::change(scene::for_every_purpose(scene::host_grant())), scene::both());
  EXPECT_EQ(year_of(walked, 2026).oimp_authorized, 9'000);
  EXPECT_EQ(year_of(walked, 2027).oimp_authorized, 6'000);
}

// ---- the authorizations of a Party ----

TEST(ChangedAuthorization, RemainsByTheNewestVersion) {
  Walked walked("transferred");
  walked.given("2029-03-01T10:00:00.000Z", scene::change(lowered()), scene::both());
  const replay::AuthorizationLine line = line_of(walked, "XHA");
  ASSERT_EQ(line.versions.size(), 2u);
  EXPECT_EQ(line.remaining, 8'000 - 3'726 - 81);
  const std::string text = described(walked, "XHA");
  EXPECT_THAT(text, HasSubstr("up to 10,000 units"));
  EXPECT_THAT(
      text, HasSubstr("version 2, 2029-03-01, entry " + std::to_string(walked.books().size() - 1)));
  EXPECT_THAT(text, HasSubstr("effective from 2029-03-01T10:00:00.000Z"));
}

TEST(ChangedAuthorization, ThatIsRevokedLeavesNothing) {
  Walked walked("transferred");
  const std::int64_t outstanding = line_of(walked, "XHA").outstanding;
  ASSERT_GT(outstanding, 0);
  walked.given("2029-03-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  const replay::AuthorizationLine line = line_of(walked, "XHA");
  EXPECT_EQ(line.remaining, 0);
  EXPECT_EQ(line.outstanding, 0);
  EXPECT_EQ(line.released, outstanding);
  EXPECT_THAT(described(walked, "XHA"),
              HasSubstr("    Revoked on 2029-03-01, entry " +
                        std::to_string(walked.books().size() - 1) + "\n"));
  EXPECT_THAT(described(walked, "XHA"), HasSubstr("released by the revocation"));
}

// Where changes reach no issued units, these are first transferred after it all the same.
TEST(ChangedAuthorization, ThatIsRevokedLeavesWhatItDoesNotReach) {
  Walked walked("agreed");
  AuthorizationGranted grant = scene::host_grant();
  grant.change_terms.until = AuthorizationGranted::ChangeTerms::Until::issuance;
  grant.cap = 20'000;
  walked.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  walked.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  walked.given("2029-03-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  const replay::AuthorizationLine line = line_of(walked, "XHA");
  EXPECT_EQ(line.remaining, 15'000);
  EXPECT_EQ(line.outstanding, 15'000);
  EXPECT_EQ(line.released, 0);
  EXPECT_THAT(due_of(walked, "XHA"), ElementsAre("use-until-XHA-AUT-1"));
}

// ---- what is due ----

TEST(ChangedAuthorization, ThatIsRevokedHasNoLastDays) {
  Walked walked("issued");
  EXPECT_THAT(due_of(walked, "XHA"), ElementsAre("issue-until-XHA-AUT-1", "use-until-XHA-AUT-1"));
  walked.given("2028-07-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_THAT(due_of(walked, "XHA"), ElementsAre());
}

TEST(ChangedAuthorization, ThatIsRevokedStillEndsTheUseOfItmos) {
  Walked walked("transferred");
  walked.given("2029-03-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_THAT(due_of(walked, "XHA"), testing::Contains("use-until-XHA-AUT-1"));
}

TEST(ChangedAuthorization, KeepsTheLastDayOfUnitsUnderAnEarlierVersion) {
  Walked walked("transferred");
  AuthorizationGranted next = lowered();
  next.use_until = scene::story::on("2032-12-31");
  walked.given("2029-03-01T10:00:00.000Z", scene::change(next), scene::both());
  EXPECT_THAT(due_of(walked, "XHA"),
              testing::IsSupersetOf({"use-until-XHA-AUT-1-version-1", "use-until-XHA-AUT-1"}));
}

TEST(ChangedAuthorization, IsDueWhenNoticeIsOver) {
  Walked walked = with_notice();
  walked.given("2027-12-20T10:00:00.000Z", noticed(ChangeStage::notice), {"XHA"});
  const auto list =
      replay::make_due_list(walked.books(), "XHA", scene::story::on("2028-12-31"), {});
  ASSERT_TRUE(list);
  ASSERT_FALSE(list->items.empty());
  EXPECT_EQ(list->items[0].id, "notice-XHA-AUT-1");
  EXPECT_EQ(list->items[0].date, scene::story::on("2028-01-19"));
  EXPECT_EQ(list->items[0].what,
            "First day on which the change of authorization XHA-AUT-1 that notice was given of can "
            "take effect.");
  AuthorizationRevoked revocation = scene::revocation("XHA-AUT-1");
  revocation.stage = ChangeStage::notice;
  walked.given("2027-12-22T10:00:00.000Z", revocation, {"XHA"});
  EXPECT_THAT(replay::make_due_list(walked.books(), "XHA", scene::story::on("2028-12-31"), {})
                  ->items[0]
                  .what,
              HasSubstr("the revocation of"));
  EXPECT_THAT(told(aef_of(walked.books(), "XHA", 2027), 0),
              HasSubstr("Notice of revocation given on 22/12/2027."));
}

TEST(ChangedAuthorization, EndsTheCutOffOfOtherPurposes) {
  Walked walked("issued_oimp");
  EXPECT_THAT(due_of(walked, "XHA"), testing::Contains("oimp-2029"));
  walked.given("2028-07-01T10:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  EXPECT_THAT(due_of(walked, "XHA"), Not(testing::Contains("oimp-2029")));
}

}  // namespace
}  // namespace replay_test
