// Ten errors that public code and tools were found to make, each with the test that shows it absent
// here: from signed bytes to the figure, the row or the refusal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "ledger/codec.hpp"
#include "replay/answers.hpp"
#include "replay/summary.hpp"
#include "tests/conformance/walk.hpp"

namespace conformance {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using testing::HasSubstr;

// The text of a cell of an annual report, by the header of its column.
std::string cell(const replay::Aef& aef, replay::AefTable table, std::size_t row,
                 std::string_view header) {
  const auto columns = replay::sheet_of(table).columns;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].header == header) return replay::text_of(aef.rows(table).at(row).cells[i]);
  }
  return "no such column";
}

std::vector<std::string> action_types(const replay::Aef& aef) {
  std::vector<std::string> types;
  for (std::size_t row = 0; row < aef.rows(replay::AefTable::actions).size(); ++row) {
    types.push_back(cell(aef, replay::AefTable::actions, row, "Action type"));
  }
  return types;
}

AdjustmentApplied statement(const Walk& walk, const Id& party, Year year, std::int64_t first,
                            std::int64_t used, std::int64_t amount) {
  AdjustmentApplied body =
      scene::adjustment(party, year, 1, first, used, walk.machine().size() - 1);
  body.amount_num = amount;
  return body;
}

// T1: "first transferred - acquired + used".
TEST(Traps, T1_AnAdjustmentAddsWhatIsFirstTransferredAndSubtractsWhatIsUsed) {
  Walk walk = Walk::after("transferred");
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 3'807);
  EXPECT_EQ(walk.year("XBA", 2026), PartyYear{}) << "an acquisition adjusts nothing";
  EXPECT_EQ(walk.send(statement(walk, "XBA", 2026, 0, 3'726, -3'726), {"XBA"}).clause, "ADJ-5");
  walk.given("2029-03-01T10:00:00.000Z", scene::use({{1, 1'000}}), scene::user());
  EXPECT_EQ(walk.send(statement(walk, "XBA", 2027, 0, 1'000, 1'000), {"XBA"}).clause, "ADJ-6");
  EXPECT_EQ(walk.send(statement(walk, "XHA", 2026, 3'807, 0, -3'807), {"XHA"}).clause, "ADJ-6");
  walk.given(statement(walk, "XBA", 2027, 0, 1'000, -1'000), {"XBA"})
      .given(statement(walk, "XHA", 2026, 3'807, 0, 3'807), {"XHA"});
}

InventoryReported emissions(const Id& party, Year year, std::int64_t value) {
  InventoryReported body;
  body.party = party;
  body.year = year;
  body.version = 1;
  body.metric = "GHG";
  body.value = value;
  body.documents = {story::document("inventory " + party, "inventory report")};
  return body;
}

// T2: "emissions - total adjustment".
TEST(Traps, T2_ABalanceIsEmissionsPlusTheSignedAdjustment) {
  Walk walk = Walk::after("used");
  walk.given(emissions("XHA", 2026, 1'000'000), {"XHA"})
      .given(emissions("XBA", 2027, 500'000), {"XBA"});
  const auto balance = [&](const Id& party, Year year) {
    const auto summary = replay::make_summary(walk.books(), party, year, {});
    for (const replay::SummaryYear& each : summary->years) {
      if (each.year == year) return text_of(*each.balance);
    }
    return std::string("none");
  };
  EXPECT_EQ(balance("XHA", 2026), "1003807");
  EXPECT_EQ(balance("XBA", 2027), "499000");
}

std::int64_t first_transferred_by(const Answer& answer) {
  std::int64_t sum = 0;
  for (const UnitEffect& unit : answer.effects->units) {
    if (unit.first_transfer) sum += unit.range.quantity();
  }
  return sum;
}

// T3: the part that stays is taken for "already transferred".
TEST(Traps, T3_APartialTransferKeepsTheFirstTransferOfTheRest) {
  Walk walk = Walk::after("settled");
  EXPECT_EQ(first_transferred_by(walk.send(scene::transfer({{1, 1'500}}), scene::three())), 1'500);
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 81 + 1'500);
  EXPECT_EQ(first_transferred_by(walk.send(scene::transfer({{1'501, 3'726}}), scene::three())),
            2'226);
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 81 + 3'726);
}

// T4: contributions to OMGE and the Adaptation Fund never make an adjustment due.
TEST(Traps, T4_CancellingForOmgeAndGivingToTheFundAreFirstTransfers) {
  Walk walk = Walk::after("issued_oimp");
  UnitsCancelled omge = scene::cancellation({{1, 200}});
  omge.account = "XBA-FUND-XHA";
  omge.party = "XHA";
  omge.purpose = UnitsCancelled::Reason::omge;
  omge.first_transfer = true;
  walk.given(omge, {"XBA-FUND", "XHA-CMO"});
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 200);
  UnitsTransferred gift = scene::transfer({{201, 700}});
  gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  walk.given(gift, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 700);
  // Once is enough: what was first transferred before is not so again.
  walk.given(scene::transfer({{701, 800}}), scene::three());
  UnitsCancelled later = scene::cancellation({{701, 800}});
  later.purpose = UnitsCancelled::Reason::omge;
  walk.given(later, scene::user());
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 800);
}

// T5: 5 % and 2 % are taken whatever the Parties agreed.
TEST(Traps, T5_NoDeductionIsMadeThatTheRulesDoNotAsk) {
  Walk walk = Walk::after("issued_oimp");
  EXPECT_TRUE(walk.state().approaches.lookup("XHA-XBA")->rules.back().deductions.empty());
  EXPECT_TRUE(walk.send(scene::transfer({{1, 1'000}}), scene::three()).admitted());
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 1'000);
  EXPECT_TRUE(walk.state().deductions.empty());
}

AuthorizationGranted for_imp_under(const Id& id, const Id& approach) {
  AuthorizationGranted body = scene::host_grant();
  body.id = id;
  body.approach = approach;
  body.activities[0].id = "OF-" + approach;
  body.purposes = {Purpose::imp};
  body.oimp = "CORSIA";
  body.ndc_periods.clear();
  body.parties.clear();
  body.entities.clear();
  body.change_terms.consent.clear();
  return body;
}

UnitsIssued issued_under(const Id& grant, const Id& approach, Serial first) {
  UnitsIssued body = scene::issuance();
  body.activity = "OF-" + approach;
  body.authorization = {grant, {}};
  body.quantity = 100;
  body.lots = {{first, first + 99, 2026, {}}};
  return body;
}

// T6: one definition of the first transfer for everything.
TEST(Traps, T6_EachApproachHasItsOwnDefinitionOfTheFirstTransfer) {
  Walk walk = Walk::after("enrolled");
  const auto agree = [&](const Id& approach, const std::string& buyer, const std::string& carp,
                         Definition definition) {
    ApproachRules rules = scene::rules_for_oimp();
    rules.approach = approach;
    rules.carp = carp;
    rules.both_authorize = false;
    rules.first_transfer = {{"XHA", definition}};
    walk.given(story::approach(approach, "XHA", buyer), {"XHA", buyer})
        .given(rules, {"XHA", buyer})
        .given(for_imp_under("GRANT-" + approach, approach), {"XHA"});
  };
  agree("XHA-XBA", "XBA", "CA9901", Definition::issuance);
  agree("XHA-XCA", "XCA", "CA9902", Definition::use_or_cancellation);
  walk.given("2028-06-01T09:30:00.000Z", issued_under("GRANT-XHA-XBA", "XHA-XBA", 1),
             scene::seller());
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 100) << "by issuance";
  walk.given(issued_under("GRANT-XHA-XCA", "XHA-XCA", 101), scene::seller());
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 100) << "not yet";
  walk.given(scene::use_for_imp({{101, 150}}, true), {"XBA-FUND", "XHA"});
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 150) << "by use";
  ApproachRules other = scene::rules_for_oimp();
  other.version = 2;
  other.both_authorize = false;
  EXPECT_EQ(walk.send(other, scene::both()).clause, "RUL-5") << "inside an approach it stays";
}

// T7: an identifier without the originating registry, with alpha-2 codes.
TEST(Traps, T7_AnIdentifierHasTheFiveParts) {
  EXPECT_FALSE(replay::parse_unit_name("CA0004-VU-CH-356-1-3000-2023"));
  EXPECT_FALSE(replay::parse_unit_name("CA9901-XHA-1-2026"));
  const Walk walk = Walk::after("transferred");
  const std::string first = cell(walk.aef("XHA", 2028), replay::AefTable::actions, 0, "First ID");
  EXPECT_EQ(first, "CA9901-XHA99-XHA-3727-2026");
  const auto name = replay::parse_unit_name(first);
  ASSERT_TRUE(name);
  EXPECT_EQ(*name, (replay::UnitName{"CA9901", "XHA99", "XHA", 3'727, 2026}));
}

std::string purposes_reported(std::vector<Purpose> purposes) {
  Walk walk = Walk::after("agreed_oimp");
  AuthorizationGranted grant = scene::host_grant();
  const auto has = [&](Purpose purpose) {
    return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
  };
  if (has(Purpose::imp) || has(Purpose::op)) grant.oimp = "CORSIA";
  if (!has(Purpose::ndc)) grant.ndc_periods.clear();
  grant.purposes = std::move(purposes);
  const Answer answer = walk.send("2027-01-10T10:00:00.000Z", grant, {"XHA"});
  EXPECT_TRUE(answer.admitted()) << answer;
  return cell(walk.aef("XHA", 2027), replay::AefTable::authorizations, 0,
              "Purposes for authorization");
}

// T8: one purpose and no combinations.
TEST(Traps, T8_PurposesCombine) {
  const Purpose ndc = Purpose::ndc, imp = Purpose::imp, op = Purpose::op;
  std::set<std::string> words;
  for (const auto& purposes : std::vector<std::vector<Purpose>>{
           {ndc}, {imp}, {op}, {imp, op}, {ndc, imp}, {ndc, op}, {ndc, imp, op}}) {
    words.insert(purposes_reported(purposes));
  }
  EXPECT_EQ(words, (std::set<std::string>{"NDC", "IMP", "OP", "OIMP", "NDC and IMP", "NDC and OP",
                                          "NDC and OIMP"}));
}

// T9: an unknown definition counts no first transfer, while the adjustment is counted.
TEST(Traps, T9_AnUnknownDefinitionIsRefusedByName) {
  ApproachRules rules = scene::rules_for_oimp();
  const story::Act act =
      scene::act("rules", story::at("2026-12-11T09:00:00.000Z"), rules, scene::both());
  std::string text = story::submission_of(act, scene::cast(), true);
  const std::string known = "use_or_cancellation";
  ASSERT_NE(text.find(known), std::string::npos);
  text.replace(text.find(known), known.size(), "sale");
  Walk walk = Walk::after("enrolled");
  const Answer answer = walk.submit(text);
  EXPECT_EQ(answer.clause, "FMT-13");
  EXPECT_THAT(answer.detail, HasSubstr("sale"));
}

std::string noun_of_unit(const Walk& walk, Serial serial) {
  replay::UnitState state;
  walk.state().scopes.lookup("XHA99")->units.for_each([&](const ledger::Run& run) {
    if (run.range.first <= serial && serial < run.range.end) {
      state.first_transferred = run.standing.first_transferred;
    }
  });
  return std::string(replay::noun_of(state));
}

// T10: what is authorized, contracted or issued counts as "transferred".
TEST(Traps, T10_OnlyAFirstTransferMakesAnAdjustmentDue) {
  Walk walk = Walk::after("authorized");
  EXPECT_TRUE(walk.state().party_years.empty()) << "by authorization";
  walk = Walk::after("settled");
  EXPECT_EQ(walk.year("XHA", 2027), PartyYear{}) << "by issuance";
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 81) << "OMGE alone";
  EXPECT_EQ(noun_of_unit(walk, 1), "mitigation outcome");
  const UnitsLocked contract = scene::reservation("LOCK-1", {{1, 3'726}}, {});
  walk.given("2028-11-20T09:56:00.000Z", contract, {"XBA-FUND"});
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 81) << "by a contract";
  EXPECT_THAT(action_types(walk.aef("XHA", 2028)), testing::ElementsAre("First transfer"));
  walk = Walk::after("transferred");
  EXPECT_EQ(walk.year("XHA", 2026).first_transferred, 3'807);
  EXPECT_EQ(noun_of_unit(walk, 1), "ITMO");
  EXPECT_THAT(action_types(walk.aef("XHA", 2028)),
              testing::ElementsAre("First transfer", "First transfer"));
}

}  // namespace
}  // namespace conformance
