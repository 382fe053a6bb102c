// What holds in every history: random moves of units, each event the whole way through the Machine,
// beside a ledger that has a row for every unit.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <map>
#include <sstream>

#include "ledger/codec.hpp"
#include "tests/rules/random_registers.hpp"
#include "tests/support/conservation.hpp"
#include "tests/support/mirror.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::LedgerBuilder;
using test_support::ReferenceModel;
using test_support::UnitRow;
namespace story = api::story;

// ---- running a property ----

// Runs it `times` times from a seed that is always the same; fails the test with the smallest
// history that breaks it. RC_PARAMS="seed=…" tries others.
template <class Property>
void holds(int times, Property property, std::uint64_t seed = 62) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) params.seed = seed;
  params.maxSuccess = times;
  rc::detail::TestMetadata metadata;
  metadata.id = testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto result = rc::detail::checkTestable(std::move(property), metadata, params);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream words;
  rc::detail::printResultMessage(result, words);
  FAIL() << words.str();
}

// Of every kind from the first history on: only how many moves there are grows.
rc::Gen<Move> any_move() {
  const auto kind = rc::gen::map(rc::gen::inRange(0, kinds),
                                 [](int number) { return static_cast<Kind>(number); });
  return rc::gen::resize(
      rc::kNominalSize,
      rc::gen::build<Move>(rc::gen::set(&Move::kind, kind),
                           rc::gen::set(&Move::from, rc::gen::inRange(0, 1'000)),
                           rc::gen::set(&Move::length, rc::gen::inRange(1, 300)),
                           rc::gen::set(&Move::gaps, rc::gen::arbitrary<bool>())));
}

rc::Gen<std::vector<Move>> moves() {
  return rc::gen::container<std::vector<Move>>(any_move());
}

// ---- what must hold ----

const Id& authorization_of(const State& state, const Standing& standing) {
  return state.authorizations[state.lots[standing.lot].host_authorization].id;
}

void expect_agreement(const History& h) {
  const State& state = h.state();
  const UnitMap& map = state.scopes.lookup("XHA99")->units;
  RC_ASSERT(map.next() == static_cast<Serial>(h.model().units().size()) + 1);
  std::map<std::string, std::int64_t> held;
  map.for_each([&](const Run& run) {
    const Standing& standing = run.standing;
    const std::string& account = state.accounts[standing.account].id;
    if (standing.status == UnitStatus::held) held[account] += run.range.quantity();
    for (Serial serial = run.range.first; serial < run.range.end; ++serial) {
      const UnitRow& unit = h.model().units()[static_cast<std::size_t>(serial - 1)];
      const bool same = unit.account == account &&
                        unit.used == (standing.status == UnitStatus::used) &&
                        unit.cancelled == (standing.status == UnitStatus::cancelled) &&
                        unit.first_transferred == standing.first_transferred &&
                        unit.reserved_by.empty() != standing.reserved &&
                        unit.frozen_by.empty() == (standing.frozen == 0) &&
                        unit.vintage == state.lots[standing.lot].vintage &&
                        unit.released == state.lots[standing.lot].released &&
                        unit.authorization == authorization_of(state, standing);
      RC_ASSERT(same);
    }
  });
  RC_ASSERT(held == h.model().held_by_account());
}

void expect_equal_years(const History& h) {
  const State& state = h.state();
  std::map<ReferenceModel::PartyYear, std::int64_t> first_transferred, used;
  for (const auto& [key, year] : state.party_years) {
    const ReferenceModel::PartyYear name{state.participants[key.first].id, key.second};
    if (year.first_transferred > 0) first_transferred[name] = year.first_transferred;
    if (year.used > 0) used[name] = year.used;
  }
  RC_ASSERT(first_transferred == h.model().first_transferred());
  RC_ASSERT(used == h.model().used());
}

// What is brought up from commitment to commitment comes to what is made of the whole state at
// once.
void expect_state_root_made_anew(const History& h) {
  CommittedState anew = h.machine().committed().without_trees();
  RC_ASSERT(anew.bring_up(h.state()) == h.machine().state_root());
}

// After every entry of so many random histories: units, years, registers, and conservation.
void agrees_after_every_entry_of(const std::string& setup, int times = 20,
                                 std::uint64_t seed = 62) {
  const auto property = [&] {
    History h(setup);
    for (const Move& move : *moves()) {
      h.make(move);
      expect_agreement(h);
      expect_equal_years(h);
      expect_equal_registers(h);
      RC_ASSERT(test_support::broken_conservation(h.state()) == "");
      RC_ASSERT(test_support::imbalance(h.state()) == "");
      expect_state_root_made_anew(h);
    }
  };
  holds(times, property, seed);
}

TEST(Property, TheMachineAgreesWithARowForEveryUnitWhereTransferIsTaxed) {
  agrees_after_every_entry_of("issued");
}

TEST(Property, TheMachineAgreesWithARowForEveryUnitWhereEveryMomentIsTaxed) {
  agrees_after_every_entry_of("issued_moments");
}

TEST(Property, TheMachineAgreesWithARowForEveryUnitWhereUseForOimpIsATransfer) {
  agrees_after_every_entry_of("issued_oimp");
}

TEST(Property, TheMachineAgreesWithARowForEveryUnitWhereAttachingIsATransfer) {
  agrees_after_every_entry_of("issued_defined");
}

// Two thousand histories more, in pieces that run side by side.
struct Thousands : testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Histories, Thousands, testing::Range<std::uint64_t>(0, 20),
                         [](const auto& seed) { return "Seed" + std::to_string(seed.param); });

TEST_P(Thousands, TheMachineAgreesWithARowForEveryUnit) {
  for (const char* setup : {"issued", "issued_moments", "issued_oimp", "issued_defined"}) {
    agrees_after_every_entry_of(setup, 34, GetParam());
  }
}

// ---- that nothing is left out ----

// Every history begins with one, and none has a second.
constexpr std::string_view opening = "ledger.opened";

TEST(Property, EveryTypeOfEventIsDrawn) {
  std::set<std::string> drawn;
  for (const char* setup : {"issued", "issued_moments", "issued_oimp"}) {
    holds(5, [&] {
      History h(setup);
      for (const Move& move : *rc::gen::container<std::vector<Move>>(300, any_move())) h.make(move);
      drawn.insert(h.types().begin(), h.types().end());
    });
  }
  for (const std::string_view type : event_types()) {
    const std::string name(type);
    EXPECT_TRUE(type == opening || drawn.contains(name)) << name;
  }
}

// ---- splitting ----

// What an adjustment, a cap or a holder could ever see of units.
void expect_same_figures(const State& one, const State& other) {
  RC_ASSERT(one.scopes == other.scopes);
  RC_ASSERT(one.deductions == other.deductions);
  RC_ASSERT(one.authorizations == other.authorizations);
  RC_ASSERT(one.party_years.size() == other.party_years.size());
  for (const auto& [key, year] : one.party_years) {
    const PartyYear& same = other.party_years.at(key);
    RC_ASSERT(year.first_transferred == same.first_transferred && year.used == same.used);
  }
}

TEST(Property, ATransferInPiecesChangesNoTotal) {
  holds(20, [] {
    const Serial cut = *rc::gen::inRange(2, 3'727);
    LedgerBuilder whole = LedgerBuilder::after("settled"), pieces = whole;
    whole.given(scene::transfer({{1, 3'726}}), scene::three());
    pieces.given(scene::transfer({{1, cut - 1}}), scene::three())
        .given(scene::transfer({{cut, 3'726}}), scene::three());
    expect_same_figures(whole.state(), pieces.state());
  });
}

TEST(Property, AUseInPiecesChangesNoTotal) {
  holds(20, [] {
    const Serial cut = *rc::gen::inRange(2, 3'727);
    LedgerBuilder whole = LedgerBuilder::after("transferred"), pieces = whole;
    whole.given(scene::use({{1, 3'726}}), scene::user());
    pieces.given(scene::use({{cut, 3'726}}), scene::user())
        .given(scene::use({{1, cut - 1}}), scene::user());
    expect_same_figures(whole.state(), pieces.state());
  });
}

// ---- proceeds ----

using Deduction = ApproachRules::Deduction;

// Units issued under two lines of random rates, together at most half.
History taxed_at(std::int64_t omge, std::int64_t retained, Deduction::Rounding rounding) {
  ApproachRules rules = scene::rules();
  rules.deductions[0].rate_bp = omge;
  rules.deductions[0].rounding = rounding;
  rules.deductions[1].rate_bp = retained;
  rules.deductions[1].rounding = rounding;
  History h("enrolled");
  h.send(story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  h.send(rules, scene::both());
  h.send(scene::host_grant(), {"XHA"});
  h.send(scene::buyer_grant(), {"XBA"});
  h.send_at("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  return h;
}

std::map<Id, std::int64_t> taken_by_line(const State& state) {
  std::map<Id, std::int64_t> sums;
  for (const auto& [key, count] : state.deductions) sums[key.line] += count.taken;
  return sums;
}

// Pieces of at least four units never owe more than they have: half, and one for each rounding.
TEST(Property, ProceedsInPiecesAreTheProceedsAtOnce) {
  holds(15, [] {
    const std::int64_t omge = *rc::gen::inRange(0, 2'500), retained = *rc::gen::inRange(0, 2'500);
    const auto rounding = static_cast<Deduction::Rounding>(*rc::gen::inRange(0, 3));
    History whole = taxed_at(omge, retained, rounding), pieces = whole;
    Serial next = 1;
    for (int i = 0; i < 12; ++i) {
      const Serial length = *rc::gen::inRange(4, 60);
      pieces.settle(next, next + length - 1);
      next += length;
    }
    whole.settle(1, next - 1);
    RC_ASSERT(taken_by_line(whole.state()) == taken_by_line(pieces.state()));
  });
}

// One unit at a time, nobody escapes: after each the sum is what the rate makes of all so far.
TEST(Property, ProceedsOfSingleUnitsFollowTheRate) {
  holds(5, [] {
    const std::int64_t rate = *rc::gen::inRange(0, 10'001);
    History h = taxed_at(0, rate, Deduction::Rounding::floor);
    for (Serial serial = 1; serial <= 40; ++serial) {
      h.settle(serial, serial);
      RC_ASSERT(taken_by_line(h.state())["retained"] == serial * rate / 10'000);
    }
  });
}

}  // namespace
}  // namespace rules
