// Scenario D, (1): a transfer reached the wrong account and is voided, as if it never happened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using test_support::LedgerBuilder;
using testing::HasSubstr;
namespace scene = test_support::scene;
namespace story = scene::story;

AuthorizationGranted capped(AuthorizationGranted grant) {
  grant.cap = 20'000;
  grant.entities.clear();
  return grant;
}

UnitsIssued issued() {
  UnitsIssued body = scene::issuance();
  body.lots = {{1, 15'000, 2027, {}}};
  return body;
}

UnitsTransferred to_the_wrong_account(scene::Closed closed) {
  UnitsTransferred body = scene::transfer(std::move(closed), 2027);
  body.to = {"WRONG-XBA", "XBA", "WRONG", "Fictional WRONG"};
  return body;
}

// 6,000 first transferred to the right account, 1,000 to the wrong one; the AEF of 2028 is filed.
class AWrongTransfer : public testing::Test {
 protected:
  AWrongTransfer() : ledger(LedgerBuilder::after("agreed_oimp")) {
    ledger.given(scene::newcomer("WRONG", "XBA"), {"XBA", "WRONG"})
        .given(story::account("WRONG-XBA", "WRONG", "XBA99"), {"XBA", "WRONG"})
        .given("2027-01-10T10:00:00.000Z", capped(scene::host_grant()), {"XHA"})
        .given("2027-01-25T10:00:00.000Z", capped(scene::buyer_grant()), {"XBA"})
        .given("2028-06-01T09:30:00.000Z", issued(), scene::seller())
        .given("2028-11-20T10:00:00.000Z", scene::transfer({{1, 6'000}}, 2027), scene::three());
    before = ledger.state();
    ledger.given("2028-12-20T10:00:00.000Z", to_the_wrong_account({{6'001, 7'000}}),
                 scene::three());
    wrong = ledger.machine().size() - 1;
    ReportFiled initial = scene::report("XHA-INI-1", ReportFiled::Sort::initial);
    ReportFiled aef = scene::report("XHA-AEF-2028", ReportFiled::Sort::aef);
    initial.as_of = aef.as_of = wrong;
    ledger.given("2029-04-01T10:00:00.000Z", initial, {"XHA"}).given(aef, {"XHA"});
    aef_row = *ledger.state().reports.find("XHA-AEF-2028");
  }

  [[nodiscard]] EntryCorrected undone() const {
    return scene::voided(wrong, "units.transferred", {{6'001, 7'000}});
  }
  [[nodiscard]] const Authorization& grant(const Id& id) const {
    return *ledger.state().authorizations.lookup(id);
  }

  LedgerBuilder ledger;
  State before;
  Seq wrong = 0;
  Index aef_row = 0;
  const scene::Signers everyone{"XBA-FUND", "XHA-CMO", "XBA", "WRONG"};
};

TEST_F(AWrongTransfer, IsUndoneToTheUnit) {
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 7'000);
  const Answer answer = ledger.send("2029-05-10T10:00:00.000Z", undone(), everyone);
  ASSERT_TRUE(answer.admitted()) << answer;
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 6'000);
  EXPECT_EQ(grant("XHA-AUT-1").first_transferred, 6'000);
  EXPECT_EQ(grant("XBA-AUT-1").acquired, 6'000);
  EXPECT_EQ(ledger.held_in("WRONG-XBA"), 0);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 9'000);
  EXPECT_TRUE(ledger.state().scopes == before.scopes)
      << "every unit stands as if it never happened";
}

TEST_F(AWrongTransfer, ListsTheFiledReportThatNowDiffers) {
  const Answer answer = ledger.send("2029-05-10T10:00:00.000Z", undone(), everyone);
  std::vector<Index> differing;
  for (const RowEffect& row : answer.effects->rows) {
    if (const auto* each = std::get_if<DifferenceEffect>(&row)) differing.push_back(each->report);
  }
  EXPECT_EQ(differing, std::vector<Index>{aef_row});
  EXPECT_EQ(answer.effects->undoes->entry, wrong);
  EXPECT_EQ(year_of(date_of(answer.effects->undoes->time)), 2028);
}

TEST_F(AWrongTransfer, NeedsEveryoneWhoseBalanceChanges) {
  for (const std::string& absent : everyone) {
    scene::Signers others = everyone;
    std::erase(others, absent);
    const Answer answer = ledger.send("2029-05-10T10:00:00.000Z", undone(), others);
    EXPECT_EQ(answer.clause, "ID-7") << absent;
  }
}

TEST_F(AWrongTransfer, IsNotUndoneOnceAUnitMovedOn) {
  UnitsTransferred onwards = scene::transfer({{6'500, 6'500}}, 2027);
  onwards.from = {"WRONG-XBA", "XBA", "WRONG", "Fictional WRONG"};
  ledger.given("2029-05-01T10:00:00.000Z", onwards, {"WRONG", "XBA"});
  const std::string later = std::to_string(ledger.machine().size() - 1);
  const Machine machine = ledger.machine();
  const Answer answer = ledger.send("2029-05-10T10:00:00.000Z", undone(), everyone);
  EXPECT_EQ(answer.clause, "COR-4");
  EXPECT_THAT(answer.detail, HasSubstr("entry " + later + ","));
  EXPECT_TRUE(ledger.machine() == machine);
}

TEST_F(AWrongTransfer, EvenWhenTheUnitCameBack) {
  UnitsTransferred onwards = scene::transfer({{6'500, 6'500}}, 2027);
  onwards.from = {"WRONG-XBA", "XBA", "WRONG", "Fictional WRONG"};
  UnitsTransferred back = onwards;
  std::swap(back.from, back.to);
  ledger.given("2029-05-01T10:00:00.000Z", onwards, {"WRONG", "XBA"})
      .given(back, {"XBA-FUND", "XBA"});
  EXPECT_EQ(ledger.send(undone(), everyone).clause, "COR-4");
  const Seq last = ledger.machine().size() - 1;
  const scene::Closed one{{6'500, 6'500}};
  const scene::Signers both_holders{"WRONG", "XBA-FUND", "XBA"};
  ledger.given(scene::voided(last, "units.transferred", one), both_holders)
      .given(scene::voided(last - 1, "units.transferred", one), both_holders)
      .given(undone(), everyone);
  EXPECT_TRUE(ledger.state().scopes == before.scopes);
}

TEST_F(AWrongTransfer, MayBeSentAgainToTheRightAccount) {
  ledger.given("2029-05-10T10:00:00.000Z", undone(), everyone)
      .given(scene::transfer({{6'001, 7'000}}, 2027), scene::three());
  EXPECT_EQ(ledger.year("XHA", 2027).first_transferred, 7'000);
  EXPECT_EQ(grant("XHA-AUT-1").first_transferred, 7'000);
}

}  // namespace
