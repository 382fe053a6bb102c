// How blocks of units are numbered, split and reported (2/CMA.3 and 6/CMA.4, annex I, 4 to 6).
#include <gtest/gtest.h>

#include "tests/conformance/walk.hpp"

namespace conformance {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

UnitsIssued issued(std::vector<UnitsIssued::Lot> lots) {
  UnitsIssued body = scene::issuance();
  body.quantity = 0;
  for (const auto& lot : lots) body.quantity += lot.last - lot.first + 1;
  body.lots = std::move(lots);
  return body;
}

std::string answer_to(Walk walk, Body body, scene::Signers signers) {
  return walk.send(std::move(body), std::move(signers)).clause;
}

// The blocks in an account as [first, last], apart wherever one attribute differs.
std::vector<std::pair<Serial, Serial>> blocks_in(const Walk& walk, const Id& account) {
  std::vector<std::pair<Serial, Serial>> blocks;
  walk.state().scopes.lookup("XHA99")->units.for_each([&](const ledger::Run& run) {
    const bool here = run.standing.status == UnitStatus::held &&
                      walk.state().accounts[run.standing.account].id == account;
    if (here) blocks.emplace_back(run.range.first, run.range.last());
  });
  return blocks;
}
using Blocks = std::vector<std::pair<Serial, Serial>>;

TEST(BlockRules, TheQuantityIsLastLessFirstPlusOne) {
  UnitsIssued body = scene::issuance();
  body.quantity = 14'999;
  Walk walk = Walk::after("authorized");
  EXPECT_EQ(walk.send("2028-06-01T09:30:00.000Z", body, scene::seller()).clause, "ISS-6");
  UnitsTransferred transfer = scene::transfer({{1, 3'726}});
  transfer.quantity = 3'725;
  EXPECT_EQ(answer_to(Walk::after("settled"), transfer, scene::three()), "TRF-4");
}

TEST(BlockRules, ABlockHasOneVintage) {
  const Walk walk = Walk::after("issued");
  EXPECT_EQ(blocks_in(walk, "XBA-FUND-XHA"), (Blocks{{1, 9'000}, {9'001, 15'000}}));
}

// Of a transfer over two vintages a report has a row for each.
TEST(BlockRules, AnActionOverTwoVintagesIsTwoRows) {
  Walk walk = Walk::after("issued_oimp");
  UnitsTransferred body = scene::transfer({{8'001, 10'000}});
  body.vintages = {{2026, 1'000}, {2027, 1'000}};
  walk.given("2028-11-20T10:00:00.000Z", body, scene::three());
  EXPECT_EQ(walk.aef("XHA", 2028).rows(replay::AefTable::actions).size(), 2u);
  EXPECT_EQ(blocks_in(walk, "XBA-FUND-XBA"), (Blocks{{8'001, 9'000}, {9'001, 10'000}}));
}

// Nobody guesses which end is meant: what is named goes, what is not named stays.
TEST(BlockRules, ASplitMovesExactlyWhatIsNamed) {
  Walk walk = Walk::after("issued_oimp");
  walk.given(scene::transfer({{1, 100}, {201, 300}, {8'901, 9'000}}), scene::three());
  EXPECT_EQ(blocks_in(walk, "XBA-FUND-XBA"), (Blocks{{1, 100}, {201, 300}, {8'901, 9'000}}));
  EXPECT_EQ(blocks_in(walk, "XBA-FUND-XHA"), (Blocks{{101, 200}, {301, 8'900}, {9'001, 15'000}}));
}

TEST(BlockRules, BothPartsOfASplitKeepEveryOtherAttribute) {
  Walk walk = Walk::after("issued_oimp");
  const UnitMap before = walk.state().scopes.lookup("XHA99")->units;
  walk.given(scene::transfer({{101, 200}}), scene::three());
  UnitsTransferred home = scene::transfer({{101, 200}});
  std::swap(home.from, home.to);
  home.authorization.buyer.reset();
  walk.given(home, {"XBA-FUND", "XBA", "XHA-CMO"});
  EXPECT_EQ(blocks_in(walk, "XBA-FUND-XHA"),
            (Blocks{{1, 100}, {101, 200}, {201, 9'000}, {9'001, 15'000}}))
      << "101 to 200 are ITMOs now, and nothing else of them changed";
  walk.state().scopes.lookup("XHA99")->units.for_each([&](const ledger::Run& run) {
    EXPECT_EQ(run.standing.first_transferred, run.range.first == 101);
  });
}

TEST(BlockRules, IssuanceContinuesTheCounterAcrossVintages) {
  Walk walk = Walk::after("authorized");
  walk.given("2028-06-01T09:30:00.000Z", issued({{1, 3'000, 2026, {}}, {3'001, 5'000, 2027, {}}}),
             scene::seller());
  EXPECT_EQ(answer_to(walk, issued({{1, 100, 2028, {}}}), scene::seller()), "ISS-5") << "reset";
  EXPECT_EQ(answer_to(walk, issued({{5'002, 5'101, 2027, {}}}), scene::seller()), "ISS-5") << "gap";
  EXPECT_EQ(answer_to(walk, issued({{5'000, 5'099, 2027, {}}}), scene::seller()), "ISS-5")
      << "overlap";
  EXPECT_EQ(answer_to(walk, issued({{5'001, 5'100, 2027, {}}}), scene::seller()), "");
}

TEST(BlockRules, ASerialIsNeverUsedAgain) {
  Walk walk = Walk::after("issued_oimp");
  UnitsCancelled body = scene::cancellation({{14'001, 15'000}});
  body.account = "XBA-FUND-XHA";
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::administrative;
  walk.given(body, {"XHA"});
  EXPECT_EQ(answer_to(walk, issued({{14'001, 15'000, 2027, {}}}), scene::seller()), "ISS-5");
  EXPECT_EQ(answer_to(walk, issued({{15'001, 15'100, 2027, {}}}), scene::seller()), "");
}

}  // namespace
}  // namespace conformance
