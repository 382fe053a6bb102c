// The reviews that wait for a Party, and how far a year's adjustment has come.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/due.hpp"
#include "replay/due_reviews.hpp"
#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;
using replay::Calendar;
using replay::DueItem;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<DueItem> waiting(const Walked& walked, const Id& party) {
  return replay::reviews_due(walked.books(), *walked.books().find(party));
}

// ---- reviews ----

TEST(DueReviews, AnIdeaWaitsForTheHostAloneWithoutAClock) {
  Walked walked("agreed_cycle");
  EXPECT_THAT(waiting(walked, "XHA"), IsEmpty());
  walked.given("2026-12-14T09:00:00.000Z", scene::proposal(), {"XHA-DEV"});
  EXPECT_THAT(waiting(walked, "XBA"), IsEmpty());
  const auto of_host = waiting(walked, "XHA");
  ASSERT_EQ(of_host.size(), 1U);
  EXPECT_EQ(of_host[0].id, "review-idea-XHA-STOVES-version-1");
  EXPECT_FALSE(of_host[0].date);
  EXPECT_THAT(of_host[0].what, HasSubstr("Decide on the idea of XHA-STOVES, version 1"));
  walked.given("2026-12-20T09:00:00.000Z", scene::review(Stage::idea, "XHA"), {"XHA-CMO"});
  EXPECT_THAT(waiting(walked, "XHA"), IsEmpty());
}

Walked validated() {
  Walked walked("designed");
  walked.given("2027-02-01T09:00:00.000Z", scene::validation(), {"VERIFIER-1"});
  return walked;
}

TEST(DueReviews, TheClockOfASecondReviewBeginsWithTheFirstDecision) {
  Walked walked = validated();
  EXPECT_THAT(waiting(walked, "XBA"), IsEmpty()) << "it is not its turn";
  ASSERT_EQ(waiting(walked, "XHA").size(), 1U);
  EXPECT_EQ(waiting(walked, "XHA")[0].date, scene::story::on("2027-03-01"));
  walked.given("2027-02-05T09:00:00.000Z", scene::review(Stage::validation, "XHA"), {"XHA-CMO"});
  EXPECT_THAT(waiting(walked, "XHA"), IsEmpty());
  ASSERT_EQ(waiting(walked, "XBA").size(), 1U);
  EXPECT_EQ(waiting(walked, "XBA")[0].date, scene::story::on("2027-03-05"));
}

TEST(DueReviews, AClockThatHasRunLeavesTheDecisionOpen) {
  Walked walked = validated();
  walked.given("2027-03-01T09:00:00.000Z",
               scene::story::account("XHA-OTHER-2", "XHA-OTHER", "XHA99"),
               {"XHA-CMO", "XHA-OTHER"});
  const auto of_host = waiting(walked, "XHA");
  ASSERT_EQ(of_host.size(), 1U);
  EXPECT_FALSE(of_host[0].date);
  EXPECT_THAT(of_host[0].what,
              HasSubstr("since 2027-03-01T09:00:00.000Z it may be deemed approved."));
}

TEST(DueReviews, AnObjectionStopsTheClockAndWhatWasSentBackWaitsForNobody) {
  Walked objected = validated();
  ReviewDecided against = scene::review(Stage::validation, "XHA");
  against.decision = ReviewDecided::Decision::objection;
  objected.given("2027-02-05T09:00:00.000Z", against, {"XHA-CMO"});
  ASSERT_EQ(waiting(objected, "XHA").size(), 1U);
  EXPECT_THAT(waiting(objected, "XHA")[0].what, HasSubstr("or it was spoken against before."));
  Walked returned = validated();
  against.decision = ReviewDecided::Decision::returned;
  returned.given("2027-02-05T09:00:00.000Z", against, {"XHA-CMO"});
  EXPECT_THAT(waiting(returned, "XHA"), IsEmpty());
}

TEST(DueReviews, AVerificationWaitsForBothAndStandsInTheList) {
  const Walked walked("verified");
  const auto of_buyer = waiting(walked, "XBA");
  ASSERT_EQ(of_buyer.size(), 1U);
  EXPECT_EQ(of_buyer[0].id, "review-verification-XHA-MON-1-version-1");
  EXPECT_EQ(of_buyer[0].date, scene::story::on("2028-04-29"));
  const auto list =
      replay::make_due_list(walked.books(), "XBA", scene::story::on("2028-12-31"), {});
  ASSERT_TRUE(list);
  EXPECT_THAT(replay::describe(*list),
              HasSubstr("2028-04-29  Decide on the verification of XHA-MON-1, version 1; from "
                        "2028-04-29T09:00:00.000Z it may be deemed approved.\n"));
}

// ---- how far an adjustment has come ----

std::string standing_of_2026(const Walked& walked, const Calendar& calendar = {}) {
  const auto summary = replay::make_summary(walked.books(), "XHA", 2026, {}, calendar);
  EXPECT_TRUE(summary);
  const std::string text = replay::describe(*summary);
  const std::string label = "23(g)  standing of that adjustment\n    2026: ";
  const std::size_t at = text.find(label);
  EXPECT_NE(at, std::string::npos) << text;
  if (at == std::string::npos) return {};
  return text.substr(at + label.size(), text.find('\n', at + label.size()) - at - label.size());
}

TEST(Standing, AnAdjustmentIsDueThenRecordedThenReportedThenFinal) {
  Walked walked("used");
  const Calendar calendar{{{2029, scene::story::on("2030-06-01")}}, {}};
  EXPECT_EQ(standing_of_2026(walked), "due");
  const Seq as_of = walked.books().size() - 1;
  walked.given("2029-03-02T10:00:00.000Z", scene::adjustment("XHA", 2026, 1, 3'807, 0, as_of),
               {"XHA"});
  const std::string entry = std::to_string(as_of + 1);
  EXPECT_EQ(standing_of_2026(walked), "recorded (version 1, entry " + entry + ")");
  ReportFiled initial = scene::report("XHA-INITIAL", ReportFiled::Sort::initial);
  ReportFiled annex = scene::report("XHA-BTR-1", ReportFiled::Sort::btr_annex);
  annex.as_of = as_of;
  walked.given("2029-03-03T10:00:00.000Z", initial, {"XHA"})
      .given("2029-03-04T10:00:00.000Z", annex, {"XHA"});
  EXPECT_EQ(standing_of_2026(walked), "recorded (version 1, entry " + entry + ")")
      << "the annex shows the ledger before it";
  annex.id = "XHA-BTR-1b";
  annex.version = "1.1";
  annex.as_of = as_of + 1;
  walked.given("2029-03-05T10:00:00.000Z", annex, {"XHA"});
  EXPECT_EQ(standing_of_2026(walked, calendar),
            "reported in XHA-BTR-1b (version 1, entry " + entry + ")");
  walked.given("2030-06-01T10:00:00.000Z",
               scene::story::account("XHA-OTHER-2", "XHA-OTHER", "XHA99"),
               {"XHA-CMO", "XHA-OTHER"});
  EXPECT_EQ(standing_of_2026(walked, calendar),
            "final since 2030-06-01 (version 1, entry " + entry + ", reported in XHA-BTR-1b)");
  EXPECT_EQ(standing_of_2026(walked), "reported in XHA-BTR-1b (version 1, entry " + entry + ")")
      << "no date was set";
}

TEST(Standing, WhatTheLogGivesOtherwiseIsDueAgain) {
  Walked walked("transferred");
  walked.given("2028-12-01T10:00:00.000Z",
               scene::adjustment("XHA", 2026, 1, 3'807, 0, walked.books().size() - 1), {"XHA"});
  const std::string entry = std::to_string(walked.books().size() - 1);
  ProceedsDeducted more = scene::settlement();
  more.gross = scene::units({{4'008, 4'107}});
  more.quantity = 100;
  more.taken = {scene::taken("omge", 2026, 4'101, 4'102),
                scene::taken("retained", 2026, 4'103, 4'107, "XHA-SHARE")};
  walked.given("2028-12-02T10:00:00.000Z", more, scene::seller());
  EXPECT_EQ(standing_of_2026(walked), "due; recorded is 3807 (version 1, entry " + entry + ")");
  EXPECT_EQ(standing_of_2026(walked, {{{2029, scene::story::on("2028-12-01")}}, {}}),
            "due; recorded is 3807 (version 1, entry " + entry +
                "), though adjustments are final since 2028-12-01");
}

TEST(Standing, AYearWithoutAnythingHasNone) {
  EXPECT_EQ(standing_of_2026(Walked("issued")), "none");
}

TEST(Standing, TheCalendarMovesTheLastDayForOtherPurposesAndTellsTheFinalOne) {
  const Walked walked("authorized_oimp");
  const Calendar calendar{{{2029, scene::story::on("2031-05-01")}}, {{2029, 2031}}};
  const auto list =
      replay::make_due_list(walked.books(), "XHA", scene::story::on("2031-12-31"), {}, calendar);
  ASSERT_TRUE(list);
  const std::string text = replay::describe(*list);
  EXPECT_THAT(text, HasSubstr("2030-12-31  Last day to record first transfers for other"));
  EXPECT_THAT(text, HasSubstr("2031-05-01  The adjustments of the NDC period that ends with 2029 "
                              "become final.\n"));
}

}  // namespace
}  // namespace replay_test
