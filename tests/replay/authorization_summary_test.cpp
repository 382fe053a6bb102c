// The authorizations of a Party: every version, and what remains of the newest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/authorization_summary.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

using replay::AuthorizationSummary;
namespace scene = test_support::scene;
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
  EXPECT_THAT(text, HasSubstr("up to 20,000 t, for NDC, vintages 2026 to 2030, for use by XBA\n"));
  EXPECT_THAT(text, HasSubstr("effective from 2027-02-09T10:00:00.000Z"));
  EXPECT_THAT(text, HasSubstr("Fictional Climate Fund (XBA-FUND): May transfer, acquire and use."));
  EXPECT_THAT(text, HasSubstr("Changes until first transfer."));
}

// A later version of the same authorization, as a change of it tells one.
TEST(AuthorizationSummary, KeepsEveryVersionAndJudgesByTheNewest) {
  replay::Books books = ordinary_books();
  ledger::AuthorizationEffect change;
  for (std::size_t i = 0; i < books.authorizations().size(); ++i) {
    if (books.authorizations()[i].back().row.id != "XHA-AUT-1") continue;
    change = {static_cast<ledger::Index>(i), books.authorizations()[i].back().row};
  }
  change.row.version = 2;
  change.row.cap = 12'000;
  ledger::Effects effects;
  effects.seq = books.size();
  effects.time = scene::story::at("2030-01-02T00:00:00.000Z");
  effects.rows = {change};
  books.take(effects);
  const AuthorizationSummary summary = summary_of(books, "XHA");
  ASSERT_EQ(summary.lines.size(), 1u);
  ASSERT_EQ(summary.lines[0].versions.size(), 2u);
  EXPECT_EQ(summary.lines[0].remaining, 12'000 - 11'417);
  const std::string text = replay::describe(summary, books);
  EXPECT_THAT(text, HasSubstr("up to 20,000 t"));
  EXPECT_THAT(text, HasSubstr("version 2, 2030-01-02, entry " + std::to_string(effects.seq)));

  // Each version is a row of the AEF from its own year on.
  EXPECT_EQ(aef_of(books, "XHA", 2029).rows(replay::AefTable::authorizations).size(), 1u);
  const replay::Aef later = aef_of(books, "XHA", 2030);
  ASSERT_EQ(later.rows(replay::AefTable::authorizations).size(), 2u);
  EXPECT_EQ(text_at(later, replay::AefTable::authorizations, 1, "Version of the authorization"),
            "2");
  EXPECT_EQ(text_at(later, replay::AefTable::authorizations, 1, "Authorized quantity"), "12000");
  EXPECT_EQ(later.rows(replay::AefTable::entities).size(), 1u) << "what it may do is the same";
}

TEST(AuthorizationSummary, OfNobodyIsNone) {
  const replay::Books books = ordinary_books();
  EXPECT_FALSE(replay::make_authorization_summary(books, "XBA-FUND", {}));
}

}  // namespace
}  // namespace replay_test
