// The authorizations of a Party: every version, and what remains of the newest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/authorization_summary.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

using replay::AuthorizationSummary;
using testing::HasSubstr;

AuthorizationSummary summary_of(const replay::Books& books, const ledger::Id& party) {
  const auto made = replay::make_authorization_summary(books, party, {story_origin, true});
  EXPECT_TRUE(made);
  return made.value_or(AuthorizationSummary{});
}

TEST(AuthorizationSummary, CountsWhatIsLeftAtTheEntry) {
  const auto then = ordinary_books(entries_before("2029-01-01T00:00:00.000Z"));
  const AuthorizationSummary host = summary_of(then, "XHA"), buyer = summary_of(then, "XBA");
  ASSERT_EQ(host.lines.size(), 1u);
  EXPECT_EQ(host.lines[0].count.first_transferred, 10'467);
  EXPECT_EQ(host.lines[0].remaining, 9'533);
  EXPECT_EQ(host.lines[0].issued, 15'000);
  EXPECT_EQ(host.lines[0].outstanding, 3'983 + 550);
  ASSERT_EQ(buyer.lines.size(), 1u);
  EXPECT_EQ(buyer.lines[0].count.acquired, 10'246);
  EXPECT_EQ(buyer.lines[0].remaining, 9'754);
  EXPECT_EQ(summary_of(ordinary_books(), "XHA").lines[0].remaining, 20'000 - 10'467 - 950);
}

TEST(AuthorizationSummary, SaysTheTermsOfEachVersion) {
  const replay::Books books = ordinary_books();
  const std::string text = replay::describe(summary_of(books, "XHA"), books);
  EXPECT_THAT(text, testing::StartsWith("DEMONSTRATION"));
  EXPECT_THAT(text, HasSubstr("  XHA-AUT-1, cooperative approach CA9901\n"));
  EXPECT_THAT(text, HasSubstr("version 1, 2027-01-10, entry "));
  EXPECT_THAT(text,
              HasSubstr("up to 20,000 units, for NDC, vintages 2026 to 2030, for use by XBA\n"));
  EXPECT_THAT(text, HasSubstr("effective from 2027-02-09T10:00:00.000Z"));
  EXPECT_THAT(text, HasSubstr("Fictional Climate Fund (XBA-FUND): May transfer, acquire and use."));
  EXPECT_THAT(text, HasSubstr("Changes until first transfer."));
}

TEST(AuthorizationSummary, OfNobodyIsNone) {
  const replay::Books books = ordinary_books();
  EXPECT_FALSE(replay::make_authorization_summary(books, "XBA-FUND", {}));
}

}  // namespace
}  // namespace replay_test
