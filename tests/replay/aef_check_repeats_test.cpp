// The check before submission: rows that are there twice, and units that only look the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/replay/aef_faults.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Aef;
using replay::AefCheck;
using replay::AefProfile;
using replay::AefTable;
using replay::Cell;
using replay::CheckMark;
using testing::HasSubstr;
struct PrecheckRepeats : testing::TestWithParam<AefProfile> {
  const Aef host = aef_of(ordinary_books(), "XHA", 2028, GetParam());
  Aef buyer = aef_of(ordinary_books(), "XBA", 2029, GetParam());
};

TEST_P(PrecheckRepeats, FindsEveryRowThatIsThereTwice) {
  for (Aef aef : {host, buyer}) {
    aef.time = replay::end_of(2029);
    for (const AefTable table :
         {AefTable::submission, AefTable::authorizations, AefTable::actions, AefTable::entities}) {
      for (std::size_t row = 0; row < aef.rows(table).size(); ++row) {
        Aef twice = aef;
        auto& rows = twice.tables[static_cast<std::size_t>(table)];
        rows.push_back(rows[row]);
        const AefCheck check = replay::check_aef(twice);
        EXPECT_THAT(checks_of(check), testing::Contains("C15"));
        const std::string place =
            std::string(replay::sheet_of(table).name) + ", row " + std::to_string(rows.size());
        EXPECT_TRUE(std::any_of(check.findings.begin(), check.findings.end(), [&](const auto& f) {
          return f.check == "C15" && f.place == place;
        })) << place;
      }
    }
  }
}

TEST_P(PrecheckRepeats, LetsUnitsComeBackAndGoAgain) {
  Walked walked("transferred");
  const auto there = scene::transfer({{1, 10}});
  ledger::UnitsTransferred back = there;
  std::swap(back.from, back.to);
  back.authorization.buyer.reset();
  walked.given("2028-12-01T09:00:00.000Z", back, {"XBA-FUND", "XBA", "XHA-CMO"});
  walked.given("2028-12-02T09:00:00.000Z", there, scene::three());
  Aef from = aef_of(walked.books(), "XHA", 2028, GetParam());
  Aef to = aef_of(walked.books(), "XBA", 2028, GetParam());
  from.time = to.time = replay::end_of(2028);
  EXPECT_THAT(checks_of(replay::check_aef(from)), testing::IsEmpty());
  EXPECT_THAT(checks_of(replay::check_aef(to)), testing::IsEmpty());
  EXPECT_EQ(replay::check_across(from, to).mark, CheckMark::consistent);
  // The second of the two acquisitions is missed although the same units were acquired before.
  to.tables[static_cast<std::size_t>(AefTable::actions)].pop_back();
  const AefCheck check = replay::check_across(from, to);
  ASSERT_EQ(check.findings.size(), 1u);
  EXPECT_THAT(check.findings[0].sentence,
              HasSubstr("10 units: XHA reports that XBA acquired them"));
}

// ---- two registries that count alike ----

// Out of a fund of its own registry the host's ITMOs come by no action of it.
TEST_P(PrecheckRepeats, LetsTheHostsItmosGoIntoItsFundAgain) {
  Walked walked("issued_oimp");
  ledger::UnitsTransferred gift = scene::transfer({{1, 50}});
  gift.to = {"XHA-FUND", "XHA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  ledger::UnitsTransferred back = gift;
  std::swap(back.from, back.to);
  walked.given("2028-06-02T09:00:00.000Z",
               scene::story::account("XHA-FUND", "AF", "XHA99", ledger::AccountKind::fund),
               {"XHA-CMO", "AF"});
  walked.given("2028-07-01T09:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO"});
  walked.given("2028-07-02T09:00:00.000Z", back, {"AF", "XHA-CMO"});
  walked.given("2028-07-03T09:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO"});
  walked.given("2028-07-04T09:00:00.000Z", back, {"AF", "XHA-CMO"});
  walked.given("2028-07-05T09:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO"});
  Aef aef = aef_of(walked.books(), "XHA", 2028, GetParam());
  aef.time = replay::end_of(2028);
  EXPECT_EQ(aef.rows(AefTable::actions).size(), 3u);
  EXPECT_THAT(checks_of(replay::check_aef(aef)), testing::IsEmpty());
}

TEST_P(PrecheckRepeats, KeepsEqualSerialsOfTwoRegistriesApart) {
  Walked walked("transferred");
  ledger::UnitsIssued other = scene::issuance();
  other.scope = "XHA98";
  other.account = "XBA-FUND-XHA98";
  other.authorization = {"XHA-AUT-2", "XBA-AUT-1"};
  other.lots.pop_back();
  other.lots[0].last = 1'000;
  other.lots[0].underlying.reset();
  other.quantity = 1'000;
  ledger::AuthorizationGranted grant = scene::host_grant();
  grant.id = "XHA-AUT-2";
  grant.tracking_registry = "XHA98";
  ledger::ProceedsDeducted settlement = scene::settlement();
  settlement.gross = {"XHA98", scene::story::ranges({{1, 1'000}})};
  settlement.account = "XBA-FUND-XHA98";
  settlement.quantity = 1'000;
  settlement.taken = {scene::taken("omge", 2026, 931, 950),
                      scene::taken("retained", 2026, 951, 1'000, "XHA-SHARE")};
  ledger::UnitsTransferred transfer = scene::transfer({{1, 900}});
  transfer.from.account = "XBA-FUND-XHA98";
  transfer.units.scope = "XHA98";
  transfer.authorization.host = "XHA-AUT-2";
  walked.given("2028-11-20T11:00:00.000Z",
               scene::story::account("XBA-FUND-XHA98", "XBA-FUND", "XHA98"),
               {"XHA-CMO", "XBA-FUND"});
  walked.given("2028-11-20T11:01:00.000Z", grant, {"XHA"});
  walked.given("2028-12-21T11:02:00.000Z", other, scene::seller());
  walked.given("2028-12-21T11:03:00.000Z", settlement, scene::seller());
  walked.given("2028-12-21T11:04:00.000Z", transfer, scene::three());
  Aef from = aef_of(walked.books(), "XHA", 2028, GetParam());
  Aef to = aef_of(walked.books(), "XBA", 2028, GetParam());
  ASSERT_EQ(to.rows(AefTable::holdings).size(), 2u);
  from.time = to.time = replay::end_of(2028);
  EXPECT_THAT(checks_of(replay::check_aef(from)), testing::IsEmpty());
  EXPECT_THAT(checks_of(replay::check_aef(to)), testing::IsEmpty());
  EXPECT_EQ(replay::check_across(from, to).mark, CheckMark::consistent);
  to.tables[static_cast<std::size_t>(AefTable::actions)].pop_back();
  const AefCheck check = replay::check_across(from, to);
  ASSERT_EQ(check.findings.size(), 1u);
  EXPECT_THAT(check.findings[0].place, HasSubstr("serials 1 to 900 of XHA98"));
}

INSTANTIATE_TEST_SUITE_P(Profile, PrecheckRepeats,
                         testing::Values(AefProfile::carp_checker, AefProfile::nomenclature_2026));

}  // namespace
}  // namespace replay_test
