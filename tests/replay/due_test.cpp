// What a Party has to do: by day, as text and as a calendar.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "replay/due.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::DueList;
using testing::ElementsAre;
using testing::HasSubstr;

DueList due_of(const replay::Books& books, const ledger::Id& party, std::string_view until) {
  const auto made =
      replay::make_due_list(books, party, scene::story::on(until), {story_origin, true});
  EXPECT_TRUE(made);
  return made.value_or(DueList{});
}

std::vector<std::string> ids_of(const DueList& list) {
  std::vector<std::string> ids;
  for (const replay::DueItem& item : list.items) ids.push_back(item.id);
  return ids;
}

TEST(Due, AnAdjustmentIsOpenUntilItIsRecordedAsTheLogSays) {
  const auto at = [](std::string_view moment) {
    return due_of(ordinary_books(entries_before(moment)), "XHA", "2029-12-31");
  };
  const DueList unrecorded = at("2029-01-01T00:00:00.000Z");
  EXPECT_THAT(ids_of(unrecorded), ElementsAre("adjustment-2026", "adjustment-2027", "aef-2028"));
  EXPECT_EQ(
      unrecorded.items[0].what,
      "Record the adjustment of 2026: first transferred 8,550 units, used 0 units; nothing is "
      "recorded.");
  EXPECT_FALSE(unrecorded.items[0].date);
  EXPECT_TRUE(ids_of(at("2029-11-01T00:00:00.000Z")).empty());
  const DueList again = at("2029-11-16T00:00:00.000Z");
  ASSERT_THAT(ids_of(again), ElementsAre("adjustment-2027"));
  EXPECT_THAT(again.items[0].what, HasSubstr("version 1 says 1,917 units and 0 units."));
  EXPECT_TRUE(ids_of(at("2030-01-01T00:00:00.000Z")).empty());
}

// With averaging every year that has begun has an amount, and earlier years move it.
TEST(Due, AnAverageIsDueOfEveryYearSinceThePeriodBegan) {
  replay::Books books;
  const Walked walked("transferred");
  for (ledger::Effects effects : walked.effects()) {
    for (ledger::RowEffect& row : effects.rows) {
      if (auto* ndc = std::get_if<ledger::NdcEffect>(&row)) {
        ndc->row.method = ledger::Method::averaging;
      }
    }
    books.take(effects);
  }
  const auto open_of = [](const replay::Books& at) {
    std::vector<std::string> out;
    for (const auto& item : due_of(at, "XHA", "2028-12-31").items) {
      if (!item.date) out.push_back(item.what);
    }
    return out;
  };
  const std::string of_2026 =
      "Record the adjustment of 2026: first transferred 3,807 units, used 0 units, average 3807; "
      "nothing "
      "is recorded.";
  EXPECT_THAT(
      open_of(books),
      ElementsAre(of_2026,
                  "Record the adjustment of 2027: first transferred 0 units, used 0 units, average "
                  "3807/2; nothing is recorded.",
                  "Record the adjustment of 2028: first transferred 0 units, used 0 units, average "
                  "1269; nothing is recorded."));
  ledger::Effects recorded;
  recorded.seq = books.size();
  recorded.time = books.time();
  const auto record = [&](ledger::Year year, std::int64_t num, std::int64_t den) {
    recorded.rows.emplace_back(ledger::AdjustmentEffect{*books.find("XHA"), year, 1, 0, 0, num, den,
                                                        ledger::Method::averaging, 0});
  };
  record(2027, 3'807, 2);
  record(2028, 3'807, 2);
  books.take(recorded);
  EXPECT_THAT(
      open_of(books),
      ElementsAre(of_2026,
                  "Record the adjustment of 2028: first transferred 0 units, used 0 units, average "
                  "1269; version 1 says 0 units and 0 units, average 3807/2."));
}

TEST(Due, AnnualReportsAreDueOn15AprilFromTheFirstAuthorizationOn) {
  const DueList list = due_of(ordinary_books(), "XBA", "2032-04-15");
  EXPECT_THAT(ids_of(list), ElementsAre("aef-2029", "aef-2030", "aef-2031"));
  EXPECT_EQ(list.items[0].date, scene::story::on("2030-04-15"));
  EXPECT_TRUE(due_of(Walked("agreed").books(), "XHA", "2032-04-15").items.empty());
}

// XCA authorized nothing; its fund holds ITMOs since November 2028.
TEST(Due, AnnualReportsAreDueOfWhoeverHasItmos) {
  const DueList list = due_of(Walked("transferred_moments").books(), "XCA", "2030-04-15");
  EXPECT_THAT(ids_of(list), ElementsAre("aef-2028", "aef-2029"));
  EXPECT_TRUE(due_of(Walked("issued_moments").books(), "XCA", "2030-04-15").items.empty());
}

TEST(Due, AuthorizationsTakeEffectAndEnd) {
  const DueList list = due_of(Walked("authorized").books(), "XBA", "2031-12-31");
  EXPECT_THAT(ids_of(list), ElementsAre("effective-XBA-AUT-1", "aef-2027", "aef-2028", "aef-2029",
                                        "issue-until-XBA-AUT-1", "aef-2030", "use-until-XBA-AUT-1"))
      << replay::describe(list);
}

TEST(Due, RolesEndAndOtherPurposesAreCutOff) {
  Walked walked("authorized_oimp");
  ledger::RoleGranted role = scene::secretariat();
  role.id = "XHA-INV-1";
  role.role = ledger::Organ::inventory;
  role.until = scene::story::at("2028-06-30T12:00:00.000Z");
  walked.given("2027-02-01T10:00:00.000Z", role, {"XHA"});
  const std::string text = replay::describe(due_of(walked.books(), "XHA", "2031-12-30"));
  EXPECT_THAT(text, testing::StartsWith("DEMONSTRATION"));
  EXPECT_THAT(text, HasSubstr("2028-06-30  The role of XHA-CMO as inventory team ends "
                              "(XHA-INV-1).\n"));
  // The period ends with 2029: data up to 2030 come with the report of 2032.
  EXPECT_THAT(text, testing::Not(HasSubstr("other international mitigation purposes")));
  EXPECT_THAT(replay::describe(due_of(walked.books(), "XHA", "2031-12-31")),
              HasSubstr("2031-12-31  Last day to record first transfers for other"));
}

TEST(Due, ARoleThatEndedEndsNoMore) {
  Walked walked("enrolled");
  ledger::RoleGranted role = scene::secretariat();
  role.id = "XHA-INV-1";
  role.role = ledger::Organ::inventory;
  role.until = scene::story::at("2028-06-30T12:00:00.000Z");
  walked.given("2027-02-01T10:00:00.000Z", role, {"XHA"});
  EXPECT_THAT(ids_of(due_of(walked.books(), "XHA", "2028-12-31")), ElementsAre("grant-XHA-INV-1"));
  EXPECT_TRUE(due_of(walked.books(), "XBA", "2028-12-31").items.empty());
  ledger::RoleEnded ended;
  ended.grant = "XHA-INV-1";
  walked.given("2027-03-01T10:00:00.000Z", ended, {"XHA"});
  EXPECT_TRUE(due_of(walked.books(), "XHA", "2028-12-31").items.empty());
}

TEST(Due, TheCalendarIsFoldedEscapedAndTheSameEveryTime) {
  const DueList list =
      due_of(ordinary_books(entries_before("2029-01-01T00:00:00.000Z")), "XHA", "2029-12-31");
  const std::string calendar = replay::to_icalendar(list);
  EXPECT_EQ(calendar, replay::to_icalendar(list));
  EXPECT_THAT(calendar, testing::StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_THAT(calendar, testing::EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
  EXPECT_THAT(calendar, HasSubstr("UID:aef-2028-XHA@ledger.example/story\r\n"));
  EXPECT_THAT(calendar, HasSubstr("DTSTAMP:20281231T221500Z\r\nDTSTART;VALUE=DATE:20290415\r\n"));
  std::istringstream lines(calendar);
  std::string unfolded;
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(line.ends_with('\r'));
    line.pop_back();
    EXPECT_LE(line.size(), 75u);
    unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
  }
  EXPECT_THAT(unfolded,
              HasSubstr("\nSUMMARY:XHA: Record the adjustment of 2026: first transferred "
                        "8\\,550 units\\, used 0 units\\; nothing is recorded. DEMONSTRATION – not "
                        "a record of any government\n"));
}

TEST(Due, OfNobodyIsNone) {
  EXPECT_FALSE(replay::make_due_list(ordinary_books(), "XBA-FUND", {}, {}));
}

}  // namespace
}  // namespace replay_test
