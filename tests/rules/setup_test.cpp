// The setups that all vectors stand on are themselves admitted, every event of them.
#include <gtest/gtest.h>

#include "tests/support/ledger_builder.hpp"

namespace {

using namespace test_support;

TEST(Setups, EveryEventOfEverySetupIsAdmitted) {
  for (const scene::Setup& setup : scene::setups()) {
    const LedgerBuilder ledger = LedgerBuilder::after(setup.name);
    EXPECT_GE(ledger.machine().size(), setup.acts.size()) << setup.name;
  }
}

TEST(Setups, TheFiguresOfTheOrdinaryOneAreKnown) {
  const LedgerBuilder ledger = LedgerBuilder::after("used");
  EXPECT_EQ(ledger.held_in("XBA-FUND-XBA"), 2'726);
  EXPECT_EQ(ledger.held_in("XHA-SHARE"), 200);
  EXPECT_EQ(ledger.held_in("XBA-FUND-XHA"), 10'993);
  EXPECT_EQ(ledger.units_that_are(ledger::UnitStatus::used), 1'000);
  EXPECT_EQ(ledger.units_that_are(ledger::UnitStatus::cancelled), 81);
  EXPECT_EQ(ledger.year("XHA", 2026).first_transferred, 3'807);
  EXPECT_EQ(ledger.year("XBA", 2027).used, 1'000);
}

}  // namespace
