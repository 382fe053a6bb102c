// Proceeds: what is due, from which units, cumulatively; against a bookkeeper that counts unit by
// unit. Rules of the setup: at transfer OMGE 2 % ceil and retained 5 % floor.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
using testing::HasSubstr;
namespace scene = watched::scene;

// The formula of the spec, one serial after the other.
class Bookkeeper {
 public:
  // What a settlement of these serials takes.
  ProceedsDeducted settle(const scene::Closed& closed) {
    ProceedsDeducted body = scene::settlement();
    body.gross = scene::units(closed);
    body.quantity = body.gross.ranges.quantity();
    body.taken.clear();
    for (const Year vintage : {2026, 2027}) {
      std::vector<Serial> serials;
      for (const auto& [first, last] : closed) {
        for (Serial serial = first; serial <= last; ++serial) {
          if (vintage_of(serial) == vintage) serials.push_back(serial);
        }
      }
      if (!serials.empty()) settle(vintage, serials, body);
    }
    return body;
  }
  std::int64_t taken(Year vintage, const Id& line) { return counts_[{vintage, line}].second; }

 private:
  static Year vintage_of(Serial serial) { return serial <= 9'000 ? 2026 : 2027; }

  void settle(Year vintage, const std::vector<Serial>& serials, ProceedsDeducted& body) {
    const auto gross = static_cast<std::int64_t>(serials.size());
    const std::int64_t omge = due(vintage, "omge", gross, gross);
    const std::int64_t retained = due(vintage, "retained", gross, gross - omge);
    const auto tail = serials.end() - (omge + retained);
    take(vintage, "omge", {tail, tail + omge}, body);
    take(vintage, "retained", {tail + omge, serials.end()}, body);
  }
  std::int64_t due(Year vintage, const Id& line, std::int64_t gross, std::int64_t left) {
    auto& [base, taken] = counts_[{vintage, line}];
    base += gross;
    const std::int64_t share = line == "omge" ? (base * 200 + 9'999) / 10'000 : base * 500 / 10'000;
    const std::int64_t amount = std::min(left, std::max<std::int64_t>(0, share - taken));
    taken += amount;
    return amount;
  }
  static void take(Year vintage, const Id& line, const std::vector<Serial>& serials,
                   ProceedsDeducted& body) {
    if (serials.empty()) return;
    ProceedsDeducted::Taken taken{line, vintage, "XHA-STOVES", {}, 0, {}};
    for (const Serial serial : serials) taken.ranges.join(make_range(serial, serial));
    taken.quantity = taken.ranges.quantity();
    if (line == "retained") taken.account = "XHA-SHARE";
    body.taken.push_back(taken);
  }

  std::map<std::pair<Year, Id>, std::pair<std::int64_t, std::int64_t>> counts_;  // base, taken
};

struct Proceeds : testing::Test {
  watched::Ledger ledger{"issued"};
  Bookkeeper bookkeeper;

  void settle(const scene::Closed& closed) {
    const auto answer = ledger.send(bookkeeper.settle(closed), scene::seller());
    ASSERT_TRUE(answer.admitted()) << answer;
  }
  std::int64_t cancelled() const { return ledger.builder().units_that_are(UnitStatus::cancelled); }
};

TEST_F(Proceeds, AreTheFiguresOfTheOrdinaryYear) {
  settle({{1, 4'007}});
  EXPECT_EQ(cancelled(), 81);
  EXPECT_EQ(ledger.builder().held_in("XHA-SHARE"), 200);
  settle({{4'008, 11'017}});
  EXPECT_EQ(cancelled(), 81 + 99 + 41);
  EXPECT_EQ(ledger.builder().held_in("XHA-SHARE"), 200 + 250 + 100);
}

TEST_F(Proceeds, SplittingAvoidsNothing) {
  Serial at = 1;
  for (std::int64_t size : {1, 1, 7, 7, 7, 13, 49, 50, 51, 99, 333, 1'000, 2'389}) {
    settle({{at, at + size - 1}});
    at += size;
  }
  ASSERT_EQ(at, 4'008);
  EXPECT_EQ(bookkeeper.taken(2026, "omge"), 81);
  EXPECT_EQ(bookkeeper.taken(2026, "retained"), 200);
  EXPECT_EQ(cancelled(), 81);
  EXPECT_EQ(ledger.builder().held_in("XHA-SHARE"), 200);
}

TEST_F(Proceeds, OfManyRangesOverTwoVintagesComeFromTheHighestSerialsOfEach) {
  scene::Closed closed;
  for (Serial serial = 6'000; serial < 11'000; serial += 2) closed.push_back({serial, serial});
  settle(closed);
  EXPECT_EQ(cancelled(), 31 + 20);
  EXPECT_EQ(ledger.builder().held_in("XHA-SHARE"), 75 + 49);
  scene::Closed gaps;
  for (Serial serial = 6'001; serial < 11'000; serial += 2) gaps.push_back({serial, serial});
  settle(gaps);
  EXPECT_EQ(cancelled(), 61 + 40);
  EXPECT_EQ(ledger.builder().held_in("XHA-SHARE"), 150 + 99);
}

TEST_F(Proceeds, AnythingElseIsRefusedInFewWords) {
  ProceedsDeducted body = scene::settlement();
  body.taken[0] = scene::taken("omge", 2026, 3'727, 3'806);
  const auto less = ledger.send(body, scene::seller());
  EXPECT_EQ(less.clause, "PRO-7");
  EXPECT_THAT(less.detail, HasSubstr("81 units, serials 3727 to 3807"));

  scene::Closed closed;
  for (Serial serial = 1; serial < 5'000; serial += 2) closed.push_back({serial, serial});
  ProceedsDeducted many = bookkeeper.settle(closed);
  many.taken.pop_back();
  const auto answer = ledger.send(many, scene::seller());
  EXPECT_EQ(answer.clause, "PRO-7");
  EXPECT_LT(answer.detail.size(), 400U);
  EXPECT_THAT(answer.detail, HasSubstr("more ranges"));
}

TEST_F(Proceeds, ASettlementThatLapsedStandsAndIsNeverTakenTwice) {
  settle({{1, 4'007}});
  const auto again = ledger.send(bookkeeper.settle({{1, 100}}), scene::seller());
  EXPECT_EQ(again.clause, "PRO-5");
  EXPECT_TRUE(ledger.send("2029-06-01T00:00:00.000Z", scene::transfer({{1, 3'726}}), scene::three())
                  .admitted());
}

TEST_F(Proceeds, IsNotDatedBeforeTheRulesItNames) {
  auto act = ledger.next(scene::settlement(), scene::seller());
  act.event.date = scene::story::on("2026-12-10");
  EXPECT_EQ(ledger.send(act).clause, "ID-12");
}

// ---- every moment ----

ProceedsDeducted settlement_at_acquisition() {
  ProceedsDeducted body = scene::settlement();
  body.moment = Moment::acquisition;
  body.party = "XBA";
  body.account = "XBA-FUND-XBA";
  body.gross = scene::units({{1, 1'900}});
  body.quantity = 1'900;
  body.taken = {scene::taken("third", 2026, 1'882, 1'900, "XBA-SHARE")};
  return body;
}

TEST(Moments, TheBuyerSettlesBeforeUseAndBeforeTheUnitsGoOn) {
  watched::Ledger ledger("transferred_moments");
  EXPECT_EQ(ledger.send(scene::use({{1, 100}}), scene::user()).clause, "PRO-8");
  UnitsTransferred home = scene::transfer({{1, 100}});
  std::swap(home.from, home.to);
  home.authorization.buyer.reset();
  EXPECT_EQ(ledger.send(home, scene::three()).clause, "PRO-8");
  ledger.given(settlement_at_acquisition(), {"XBA"});
  EXPECT_EQ(ledger.builder().held_in("XBA-SHARE"), 19);
  EXPECT_EQ(ledger.builder().year("XHA", 2026).first_transferred, 180 + 100 + 1'900)
      << "OMGE at issuance, the fund's share at transfer, the transfer; not the buyer's share";
  ledger.given(scene::use({{1, 100}}), scene::user());
  home.units = scene::units({{101, 200}});
  EXPECT_TRUE(ledger.send(home, scene::three()).admitted());
}

TEST(Moments, IssuanceIsSettledBeforeAnyOtherMove) {
  watched::Ledger ledger("issued_moments");
  ledger.given(scene::story::account("FUND-2", "XBA-FUND", "XHA99"), {"XHA-CMO", "XBA-FUND"});
  UnitsTransferred inside = scene::transfer({{1, 100}});
  inside.to = {"FUND-2", "XHA", "XBA-FUND", "Fictional XBA-FUND"};
  inside.authorization.buyer.reset();
  EXPECT_EQ(ledger.send(inside, {"XBA-FUND", "XHA-CMO"}).clause, "PRO-8");
}

}  // namespace
