// Over whole histories the tables add up to the state: first transfers by vintage, uses by year,
// holdings by what is held, and what one Party transferred to what the other acquired.
#include <gtest/gtest.h>

#include <map>

#include "replay/aef_check.hpp"
#include "replay/audit.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Aef;
using replay::AefTable;
using ByYear = std::map<ledger::Year, std::int64_t>;

constexpr ledger::Year first_year = 2026, last_year = 2031;

// How many units a row is of, in whichever metric.
std::int64_t units_of(const Aef& aef, AefTable table, std::size_t row) {
  const std::string in_metric = text_at(aef, table, row, "Quantity (in non-GHG metric)");
  return std::stoll(in_metric.empty() ? text_at(aef, table, row, "Quantity (t CO2 eq)")
                                      : in_metric);
}

std::int64_t holdings_of(const Aef& aef) {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < aef.rows(AefTable::holdings).size(); ++row) {
    sum += units_of(aef, AefTable::holdings, row);
  }
  return sum;
}

// The sums over all years of the rows of table 3 of that type, by a column of years.
ByYear sums_by(const replay::Books& books, const ledger::Id& party, std::string_view type,
               std::string_view column) {
  ByYear sums;
  for (ledger::Year year = first_year; year <= last_year; ++year) {
    const Aef aef = aef_of(books, party, year);
    for (std::size_t row = 0; row < aef.rows(AefTable::actions).size(); ++row) {
      if (text_at(aef, AefTable::actions, row, "Action type") != type) continue;
      const std::string key = text_at(aef, AefTable::actions, row, column);
      if (key.empty()) continue;
      sums[std::stoi(key)] += units_of(aef, AefTable::actions, row);
    }
  }
  return sums;
}

// ITMOs that stand in the section of the Party.
std::int64_t held_itmos(const ledger::State& state, const ledger::Id& party) {
  std::int64_t sum = 0;
  for (const ledger::Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const ledger::Run& run) {
      const ledger::Account& account = state.accounts[run.standing.account];
      const bool counts = run.standing.status == ledger::UnitStatus::held &&
                          run.standing.first_transferred &&
                          state.participants[account.party].id == party;
      if (counts) sum += run.range.quantity();
    });
  }
  return sum;
}

// What the check finds in the Party's own tables, but for what is no fault of them: that a year is
// not over, and that no NDC or authorization was asked for.
void expect_sound(const replay::Books& books, const ledger::Id& party) {
  for (const auto profile :
       {replay::AefProfile::carp_checker, replay::AefProfile::nomenclature_2026}) {
    for (ledger::Year year = first_year; year <= last_year; ++year) {
      for (const auto& finding : replay::check_aef(aef_of(books, party, year, profile)).findings) {
        if (finding.remark || finding.check == "C14") continue;
        const bool absent = finding.check == "C01" &&
                            (finding.sentence.find("NDC implementation") != std::string::npos ||
                             finding.sentence.starts_with("\"Authorization ID\""));
        EXPECT_TRUE(absent) << party << ", " << year << ": " << finding.check << " "
                            << finding.place << ": " << finding.sentence;
      }
    }
  }
}

void expect_agreement(const replay::Books& books, const ledger::State& state) {
  const replay::Totals totals = replay::totals_of(state);
  for (const replay::PartyTotal& party : totals.parties) expect_sound(books, party.id);
  for (const replay::PartyTotal& party : totals.parties) {
    EXPECT_EQ(sums_by(books, party.id, "First transfer", "Vintage"), party.first_transferred)
        << party.id;
    EXPECT_EQ(sums_by(books, party.id, "Use",
                      "Calendar year for which the ITMOs are used towards the Party's NDC"),
              party.used_for)
        << party.id;
    EXPECT_EQ(holdings_of(aef_of(books, party.id, last_year)), held_itmos(state, party.id))
        << party.id;
  }
  for (const auto& one : totals.parties) {
    for (const auto& other : totals.parties) {
      if (one.id == other.id) continue;
      for (ledger::Year year = first_year; year <= last_year; ++year) {
        const auto check =
            replay::check_across(aef_of(books, one.id, year), aef_of(books, other.id, year));
        EXPECT_TRUE(check.findings.empty()) << one.id << " and " << other.id << ", " << year;
      }
    }
  }
}

TEST(AefAgreement, OfTheOrdinaryYear) {
  expect_agreement(ordinary_books(), ordinary_year().machine().state());
}

TEST(AefAgreement, OfEverySetup) {
  for (const scene::Setup& setup : scene::setups()) {
    SCOPED_TRACE(setup.name);
    const Walked walked(setup.name);
    if (walked.books().size() > 0) expect_agreement(walked.books(), walked.machine().state());
  }
}

// Units for NDC and other purposes: sold, used at home, given to a fund, used by both sides.
TEST(AefAgreement, OfMixedPurposes) {
  Walked walked("issued_oimp");
  walked.given("2028-07-01T09:00:00.000Z", scene::transfer({{1, 700}}), scene::three());
  walked.given("2028-08-01T09:00:00.000Z", scene::use_for_imp({{701, 800}}, true),
               {"XBA-FUND", "XHA"});
  ledger::UnitsTransferred gift = scene::transfer({{801, 850}});
  gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  gift.authorization.buyer.reset();
  walked.given("2028-09-01T09:00:00.000Z", gift, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"});
  walked.given("2029-01-01T09:00:00.000Z", scene::use({{1, 500}}), scene::user());
  ledger::UnitsCancelled op = scene::cancellation({{501, 600}});
  op.purpose = ledger::UnitsCancelled::Reason::op;
  walked.given("2029-02-01T09:00:00.000Z", op, scene::user());
  expect_agreement(walked.books(), walked.machine().state());
  const Aef host = aef_of(walked.books(), "XHA", 2028);
  EXPECT_EQ(sum_of(host, AefTable::actions, "Quantity (t CO2 eq)"), 850);
  EXPECT_EQ(sum_of(aef_of(walked.books(), "XBA", 2029), AefTable::holdings, "Quantity (t CO2 eq)"),
            100);
}

}  // namespace
}  // namespace replay_test
