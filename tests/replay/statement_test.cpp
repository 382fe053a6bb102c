// The statement of account: what the holder of the ordinary year reads, in three forms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "replay/statement.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Statement;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Statement statement_of(const ledger::Id& participant, bool demonstration = true) {
  const auto made =
      replay::make_statement(ordinary_books(), participant, {story_origin, demonstration});
  EXPECT_TRUE(made);
  return made.value_or(Statement{});
}

TEST(Statement, EveryBalanceIsTheSumOfItsMovesAndOfItsBlocks) {
  const Statement statement = statement_of("XBA-FUND");
  ASSERT_EQ(statement.accounts.size(), 2u);
  for (const replay::StatementAccount& account : statement.accounts) {
    std::int64_t moved = 0, held = 0;
    for (const auto& move : account.moves) {
      moved += move.change;
      EXPECT_EQ(move.balance, moved);
    }
    for (const auto& block : account.blocks) held += block.quantity;
    EXPECT_EQ(account.balance, moved);
    EXPECT_EQ(account.balance, held);
  }
  EXPECT_EQ(statement.accounts[0].balance, 2'983);
  EXPECT_EQ(statement.accounts[1].balance, 1'176);
}

TEST(Statement, KeepsTheLineOfWhatWasUndoneBesideThatOfItsUndoing) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
  const ledger::Seq sale = walked.machine().size() - 1;
  walked.given("2028-07-02T09:00:00.000Z", scene::transfer({{701, 1'000}}), scene::three());
  walked.given("2029-05-01T09:00:00.000Z", scene::voided(sale, "units.transferred", {{1, 700}}),
               scene::three());
  const ledger::Seq undoing = walked.machine().size() - 1;
  const auto statement = replay::make_statement(walked.books(), "XBA-FUND", {story_origin, true});
  ASSERT_TRUE(statement);
  const auto& buyer = statement->accounts.at(1);
  ASSERT_EQ(buyer.moves.size(), 3u);
  EXPECT_EQ(buyer.moves[0].what,
            "received from XBA-FUND-XHA (XHA), first transfer, undone by entry " +
                std::to_string(undoing));
  EXPECT_EQ(buyer.moves[0].balance, 700);
  EXPECT_EQ(buyer.moves[1].balance, 1'000);
  EXPECT_EQ(buyer.moves[2].what, "undone: entry " + std::to_string(sale));
  EXPECT_EQ(buyer.moves[2].entry, undoing);
  EXPECT_EQ(buyer.moves[2].noun, "mitigation outcome");
  EXPECT_EQ(buyer.moves[2].balance, 300);
  EXPECT_EQ(buyer.balance, 300);
  const auto& seller = statement->accounts.at(0);
  EXPECT_EQ(seller.balance, 15'000 - 300);
  EXPECT_EQ(seller.moves.back().change, 700);
}

TEST(Statement, SaysWhatCameAndWentByWhichEntry) {
  const auto buyer = statement_of("XBA-FUND").accounts.at(1);
  ASSERT_EQ(buyer.moves.size(), 7u);  // three ranges came, three were used, one came
  EXPECT_EQ(buyer.moves[0].what, "received from XBA-FUND-XHA (XHA), first transfer");
  EXPECT_EQ(buyer.moves[0].first_id, "CA9901-XHA99-XHA-1-2026");
  EXPECT_EQ(buyer.moves[0].last_id, "CA9901-XHA99-XHA-3726-2026");
  EXPECT_EQ(buyer.moves[0].change, 3'726);
  EXPECT_EQ(buyer.moves[3].what, "used towards the NDC for 2027");
  EXPECT_EQ(buyer.moves[3].change, -3'726);
  ASSERT_EQ(buyer.blocks.size(), 2u);
  EXPECT_EQ(buyer.blocks[0].first_id, "CA9901-XHA99-XHA-10631-2027");
  EXPECT_EQ(buyer.blocks[0].quantity, 246);
  EXPECT_EQ(buyer.blocks[0].since, buyer.moves[2].entry);
}

TEST(Statement, CallsUnitsMitigationOutcomesUntilFirstTransfer) {
  const auto seller = statement_of("XBA-FUND").accounts.at(0);
  EXPECT_EQ(seller.moves[0].what, "issued");
  EXPECT_EQ(seller.moves[0].noun, "mitigation outcome");
  EXPECT_EQ(seller.blocks[0].noun, "mitigation outcome");
  const auto cancelled = std::find_if(seller.moves.begin(), seller.moves.end(),
                                      [](const auto& m) { return m.what == "cancelled for OMGE"; });
  ASSERT_NE(cancelled, seller.moves.end());
  EXPECT_EQ(cancelled->noun, "ITMO");
  const auto share = statement_of("XHA").accounts.at(0);
  EXPECT_EQ(share.moves[0].what, "received from XBA-FUND-XHA (XHA), share of proceeds");
  EXPECT_EQ(share.balance, 600);
}

TEST(Statement, AsTextNamesLedgerEntryAndRanges) {
  const std::string text = replay::to_text(statement_of("XBA-FUND"));
  EXPECT_THAT(text, StartsWith("DEMONSTRATION"));
  EXPECT_THAT(text, HasSubstr("Statement of account of Fictional Climate Fund (XBA-FUND)\n"));
  EXPECT_THAT(text, HasSubstr("Ledger ledger.example/story, as of entry "));
  EXPECT_THAT(text, HasSubstr("+3,726, balance 3,726 units\n"));
  EXPECT_THAT(text, HasSubstr("2,983 mitigation outcomes: CA9901-XHA99-XHA-12018-2027 to "));
  EXPECT_THAT(text, HasSubstr("246 ITMOs: CA9901-XHA99-XHA-10631-2027 to "
                              "CA9901-XHA99-XHA-10876-2027, since entry "));
  EXPECT_THAT(replay::to_text(statement_of("XBA-FUND", false)), Not(HasSubstr("DEMONSTRATION")));
  EXPECT_THAT(replay::to_text(statement_of("XHA-CMO")), HasSubstr("No account."));
}

TEST(Statement, AsCsvHasALineAMove) {
  const Statement statement = statement_of("XBA-FUND");
  const std::string csv = replay::to_csv(statement);
  const auto lines = static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n'));
  EXPECT_EQ(lines, 1 + statement.accounts[0].moves.size() + statement.accounts[1].moves.size());
  EXPECT_THAT(csv, HasSubstr("\r\nXBA-FUND-XBA,XBA,XBA99,"));
  EXPECT_THAT(csv, HasSubstr(",\"received from XBA-FUND-XHA (XHA), first transfer\",ITMO,"
                             "CA9901-XHA99-XHA-1-2026,CA9901-XHA99-XHA-3726-2026,3726,3726,"
                             "DEMONSTRATION"));
}

TEST(Statement, AsHtmlShowsNamesAsTheyAreWritten) {
  Statement statement = statement_of("XBA-FUND");
  statement.participant.identity.name = "Fund <b>& \"Sons\"";
  const std::string html = replay::to_html(statement);
  EXPECT_THAT(html, StartsWith("<!doctype html>"));
  EXPECT_THAT(html, HasSubstr("of Fund &lt;b&gt;&amp; &quot;Sons&quot; (XBA-FUND)</h1>"));
  EXPECT_THAT(html, HasSubstr("<p class=\"mark\">DEMONSTRATION"));
  EXPECT_THAT(html, HasSubstr("<td class=\"n\">+3,726</td>"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
}

TEST(Statement, SaysWhatStandsStill) {
  const Walked walked("locked");
  const auto fund = replay::make_statement(walked.books(), "XBA-FUND", {});
  ASSERT_TRUE(fund);
  const auto& blocks = fund->accounts.at(0).blocks;
  ASSERT_GE(blocks.size(), 3u);
  EXPECT_EQ(blocks[0].quantity, 1'000);
  EXPECT_EQ(blocks[0].stopped, "reserved");
  EXPECT_EQ(blocks[1].quantity, 1'000);
  EXPECT_EQ(blocks[1].stopped, "frozen");
  EXPECT_EQ(blocks[2].stopped, "");
  const std::string text = replay::to_text(*fund);
  EXPECT_THAT(text, HasSubstr("1,000 mitigation outcomes: CA9901-XHA99-XHA-1-2026 to "
                              "CA9901-XHA99-XHA-1000-2026, reserved, since entry "));
  EXPECT_THAT(text, HasSubstr("  LOCK-1, entry " + std::to_string(walked.books().size() - 3) +
                              ": reserves 1 to 1000 of XHA99 until 2028-12-31T00:00:00.000Z, "
                              "sale_pending\n"));
  EXPECT_THAT(text, HasSubstr(": freezes 1001 to 2000 of XHA99 until "));
  EXPECT_THAT(replay::to_html(*fund), HasSubstr(": freezes 1001 to 2000 of XHA99 until "));
  const auto host = replay::make_statement(walked.books(), "XHA", {});
  ASSERT_TRUE(host);
  EXPECT_THAT(replay::to_text(*host), HasSubstr(": freezes the whole account until "));
}

TEST(Statement, LeavesOutALockThatEnded) {
  Walked walked("locked");
  ledger::UnitsUnlocked free;
  free.lock = "LOCK-2";
  free.reason = "order_lifted";
  walked.given("2028-11-21T10:00:00.000Z", free, {"XHA"});
  const auto fund = replay::make_statement(walked.books(), "XBA-FUND", {});
  ASSERT_TRUE(fund);
  ASSERT_EQ(fund->accounts.at(0).locks.size(), 1u);
  EXPECT_EQ(fund->accounts[0].locks[0].lock.id, "LOCK-1");
}

TEST(Statement, SaysOfWhichDayAMovementIsThatWasTakenOver) {
  Walked walked("settled");
  ledger::UnitsTransferred migrated = test_support::scene::transfer({{1, 10}});
  migrated.executed_on = test_support::scene::story::on("2028-11-19");
  walked.given("2028-11-20T10:00:00.000Z", migrated, test_support::scene::three());
  const auto fund = replay::make_statement(walked.books(), "XBA-FUND", {});
  ASSERT_TRUE(fund);
  constexpr const char* there =
      "sent to XBA-FUND-XBA (XBA), first transfer, executed on 2028-11-19";
  EXPECT_THAT(replay::to_text(*fund), HasSubstr(there));
  EXPECT_THAT(replay::to_csv(*fund), HasSubstr(there));
  EXPECT_THAT(replay::to_html(*fund), HasSubstr(there));
  EXPECT_THAT(replay::to_text(*fund), Not(HasSubstr("issued, executed")));
}

TEST(Statement, OfSomebodyUnknownIsNone) {
  EXPECT_FALSE(replay::make_statement(ordinary_books(), "NOBODY", {}));
}

}  // namespace
}  // namespace replay_test
