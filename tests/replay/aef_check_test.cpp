// The check before submission: the ledger's own tables are consistent, and every fault put into
// them is found by its check, alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "tests/replay/aef_faults.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

using replay::Aef;
using replay::AefCheck;
using replay::AefProfile;
using replay::AefTable;
using replay::Cell;
using replay::CheckMark;
using testing::HasSubstr;

struct Precheck : testing::TestWithParam<AefProfile> {
  Aef host = aef_of(ordinary_books(), "XHA", 2028, GetParam());
  Aef buyer = aef_of(ordinary_books(), "XBA", 2029, GetParam());
};

TEST_P(Precheck, FindsNothingInWhatTheLedgerMade) {
  for (const char* party : {"XHA", "XBA"}) {
    for (const ledger::Year year : {2027, 2028, 2029}) {
      if (year == 2029) continue;  // the log ends in December
      const AefCheck check = replay::check_aef(aef_of(ordinary_books(), party, year, GetParam()));
      EXPECT_EQ(check.mark, CheckMark::consistent);
      for (const auto& finding : check.findings) ADD_FAILURE() << finding.sentence;
    }
  }
}

TEST_P(Precheck, SaysThatTheYearIsNotOver) {
  const AefCheck check = replay::check_aef(buyer);
  EXPECT_EQ(check.mark, CheckMark::inconsistent);
  EXPECT_EQ(checks_of(check), std::set<std::string>{"C14"});
  EXPECT_EQ(check.findings.front().number, 1);
}

TEST_P(Precheck, FindsEachFaultByItsCheck) {
  using Fault = std::pair<const char*, std::function<void(Aef&)>>;
  const std::vector<Fault> faults = {
      {"C01", [](Aef& a) { at(a, AefTable::authorizations, 0, "Sector(s)") = Cell(); }},
      {"C01", [](Aef& a) { at(a, AefTable::actions, 0, "Authorization ID") = text("NA"); }},
      {"C02",
       [](Aef& a) {
         at(a, AefTable::authorizations, 0, "Authorized Party(ies) ID") = text("XBA; XCA");
       }},
      {"C03", [](Aef& a) { at(a, AefTable::actions, 0, "Authorization ID") = text("OTHER-1"); }},
      {"C04",
       [](Aef& a) {
         at(a, AefTable::actions, 0, "Using/cancelling authorized entity ID") = text("UNKNOWN");
       }},
      {"C05",
       [](Aef& a) { at(a, AefTable::actions, 0, "Quantity (t CO2 eq)") = Cell(std::int64_t{1}); }},
      {"C05",
       [](Aef& a) {
         at(a, AefTable::actions, 0, "First ID") = at(a, AefTable::actions, 0, "Last ID");
       }},
      {"C09", [](Aef& a) { at(a, AefTable::actions, 0, "Action type") = text("Sale"); }},
      {"C09", [](Aef& a) { at(a, AefTable::actions, 1, "Action subtype") = text("Gift"); }},
      {"C09",
       [](Aef& a) { at(a, AefTable::actions, 1, "Acquiring participating Party ID") = Cell(); }},
      {"C09",
       [](Aef& a) {
         at(a, AefTable::actions, 1, "Transferring participating Party ID") = text("XBA");
       }},
      {"C10",
       [](Aef& a) {
         at(a, AefTable::submission, 0, "Review status of the initial report") =
             text("Review pending");
       }},
      {"C11",
       [](Aef& a) {
         at(a, AefTable::authorizations, 0, "Authorized quantity") = Cell(std::int64_t{10'466});
       }},
      {"C13",
       [](Aef& a) {
         at(a, AefTable::actions, 0, "Action date") = text(
             GetParam() == AefProfile::carp_checker ? "01/01/2029" : "2029-01-01T00:00:00.000Z");
       }},
  };
  for (const auto& [check, damage] : faults) {
    Aef damaged = host;
    damage(damaged);
    EXPECT_EQ(checks_of(replay::check_aef(damaged)), std::set<std::string>{check});
  }
}

TEST_P(Precheck, FindsWhatOnlyTheCheckerWantsFilledIn) {
  for (const char* header : {"Authorized quantity", "Activity type(s)", "Authorized Party(ies) ID",
                             "Authorized entity(ies) ID"}) {
    Aef open_to_any = host;
    at(open_to_any, AefTable::authorizations, 0, header) = Cell();
    const std::set<std::string> expected = GetParam() == AefProfile::carp_checker
                                               ? std::set<std::string>{"C02"}
                                               : std::set<std::string>{};
    const AefCheck check = replay::check_aef(open_to_any);
    EXPECT_EQ(checks_of(check), expected) << header;
    EXPECT_EQ(check.mark, CheckMark::consistent) << "a remark: the decision lets it be empty";
  }
}

TEST_P(Precheck, FindsWhatIsUsedAndHeldTheSame) {
  Aef both = buyer;
  both.time = replay::end_of(2029);
  auto& holdings = both.tables[static_cast<std::size_t>(AefTable::holdings)];
  ASSERT_EQ(replay::check_aef(both).mark, CheckMark::consistent);
  const auto kept = holdings;
  holdings.push_back(holdings.front());
  EXPECT_EQ(checks_of(replay::check_aef(both)), std::set<std::string>{"C06"});

  holdings = kept;
  at(both, AefTable::holdings, 0, "First ID") = at(both, AefTable::actions, 2, "First ID");
  at(both, AefTable::holdings, 0, "Last ID") = at(both, AefTable::actions, 2, "Last ID");
  at(both, AefTable::holdings, 0, "Quantity (t CO2 eq)") =
      at(both, AefTable::actions, 2, "Quantity (t CO2 eq)");
  EXPECT_EQ(checks_of(replay::check_aef(both)), std::set<std::string>{"C07"});
  at(both, AefTable::holdings, 0, "Mitigation type") = text("Removals");
  EXPECT_EQ(checks_of(replay::check_aef(both)), (std::set<std::string>{"C07", "C08"}));
}

TEST_P(Precheck, FindsAUseInAnotherNdcPeriodThanTheVintage) {
  Aef use = buyer;
  use.time = replay::end_of(2029);
  at(use, AefTable::actions, 0,
     "Calendar year for which the ITMOs are used towards the Party's NDC") =
      Cell(std::int64_t{2031});
  EXPECT_EQ(checks_of(replay::check_aef(use)), std::set<std::string>{"C12"});
}

TEST_P(Precheck, FindsAUseOfAVintageOfAnotherNdcPeriod) {
  Aef use = buyer;
  use.time = replay::end_of(2029);
  at(use, AefTable::submission, 0, "First year of the NDC implementation period") =
      Cell(std::int64_t{2027});
  EXPECT_EQ(checks_of(replay::check_aef(use)), std::set<std::string>{"C12"})
      << "vintage 2026, used for 2027";
}

TEST_P(Precheck, TakesFirstTransfersUpToTheAuthorizedQuantity) {
  at(host, AefTable::authorizations, 0, "Authorized quantity") = Cell(std::int64_t{10'467});
  EXPECT_EQ(replay::check_aef(host).mark, CheckMark::consistent);
}

// ---- across the two Parties ----

struct Across : testing::TestWithParam<AefProfile> {
  Aef host = aef_of(ordinary_books(), "XHA", 2028, GetParam());
  Aef buyer = aef_of(ordinary_books(), "XBA", 2028, GetParam());
};

TEST_P(Across, WhatWasTransferredIsWhatWasAcquired) {
  EXPECT_EQ(replay::check_across(host, buyer).mark, CheckMark::consistent);
  EXPECT_EQ(replay::check_across(buyer, host).mark, CheckMark::consistent);
}

TEST_P(Across, NamesTheUnitsThatOnlyOneReports) {
  Aef silent = buyer;
  silent.tables[static_cast<std::size_t>(AefTable::actions)].erase(
      silent.tables[static_cast<std::size_t>(AefTable::actions)].begin());
  const AefCheck check = replay::check_across(host, silent);
  EXPECT_EQ(check.mark, CheckMark::inconsistent);
  ASSERT_EQ(check.findings.size(), 1u);
  const replay::AefFinding& finding = check.findings.front();
  EXPECT_EQ(finding.check, "X01");
  EXPECT_EQ(finding.parties, (std::vector<ledger::Id>{"XHA", "XBA"}));
  EXPECT_EQ(finding.place,
            "CA9901, first transferred by XHA, vintage 2026, serials 1 to 3726 of XHA99");
  EXPECT_THAT(finding.sentence, HasSubstr("3,726 units: XHA reports that XBA acquired them"));
  EXPECT_EQ(finding.entries, host.rows(AefTable::actions)[1].entries);
}

TEST_P(Across, NamesTheUnitsThatOnlyTheBuyerReports) {
  Aef silent = host;
  at(silent, AefTable::actions, 1, "Acquiring participating Party ID") = text("XCA");
  const AefCheck check = replay::check_across(silent, buyer);
  ASSERT_EQ(check.findings.size(), 1u);
  EXPECT_THAT(check.findings.front().sentence, HasSubstr("XBA reports that it acquired them"));
}

TEST_P(Across, ComparesAttributesAndHoldings) {
  Aef other = buyer;
  at(other, AefTable::actions, 0, "Mitigation type") = text("Removals");
  EXPECT_EQ(checks_of(replay::check_across(host, other)), std::set<std::string>{"X02"});
  Aef holder = host;
  holder.tables[static_cast<std::size_t>(AefTable::holdings)] = {
      buyer.rows(AefTable::holdings).front()};
  EXPECT_EQ(checks_of(replay::check_across(holder, buyer)), std::set<std::string>{"X03"});
}

TEST_P(Across, SaysNothingOfPartiesWithoutACommonApproach) {
  Aef stranger = aef_of(ordinary_books(), "XBA", 2026, GetParam());
  ASSERT_TRUE(stranger.rows(AefTable::authorizations).empty());
  Aef silent = aef_of(ordinary_books(), "XHA", 2027, GetParam());
  EXPECT_EQ(replay::check_across(silent, stranger).mark, CheckMark::not_available);
}

TEST_P(Across, ChecksWhoeverActsWithoutAnAuthorizationOfItsOwn) {
  Aef without = buyer;
  without.tables[static_cast<std::size_t>(AefTable::authorizations)].clear();
  EXPECT_EQ(replay::check_across(host, without).mark, CheckMark::consistent);
  without.tables[static_cast<std::size_t>(AefTable::actions)].pop_back();
  EXPECT_EQ(replay::check_across(host, without).mark, CheckMark::inconsistent);
  without.tables[static_cast<std::size_t>(AefTable::actions)].clear();
  without.tables[static_cast<std::size_t>(AefTable::holdings)].clear();
  EXPECT_EQ(checks_of(replay::check_across(host, without)), std::set<std::string>{"X01"})
      << "the host names it";
  EXPECT_EQ(checks_of(replay::check_across(without, host)), std::set<std::string>{"X01"});
}

std::vector<std::string> partners_of(const replay::Books& books, const ledger::Id& party,
                                     ledger::Year year) {
  std::vector<std::string> out;
  for (const auto& each : replay::check_partners(books, aef_of(books, party, year))) {
    out.push_back(each.partner + ": " + std::string(replay::word_of(each.check.mark)));
  }
  return out;
}

TEST(Partners, AreThoseOfApproachesAndWhoeverHasOfTheSameUnits) {
  const Walked walked("transferred_moments");
  EXPECT_THAT(partners_of(walked.books(), "XHA", 2028),
              testing::ElementsAre("XBA: Checked, no inconsistencies identified",
                                   "XCA: Checked, no inconsistencies identified"));
  EXPECT_THAT(partners_of(walked.books(), "XBA", 2028),
              testing::ElementsAre("XCA: Checked, no inconsistencies identified",
                                   "XHA: Checked, no inconsistencies identified"))
      << "the fund in XCA holds units of the approach";
  EXPECT_THAT(partners_of(walked.books(), "XHA", 2027),
              testing::ElementsAre("XBA: Checked, no inconsistencies identified",
                                   "XCA: Null, information for check not available"));
  EXPECT_THAT(partners_of(walked.books(), "XBA", 2027),
              testing::ElementsAre("XHA: Checked, no inconsistencies identified"));
}

INSTANTIATE_TEST_SUITE_P(Profile, Precheck,
                         testing::Values(AefProfile::carp_checker, AefProfile::nomenclature_2026));
INSTANTIATE_TEST_SUITE_P(Profile, Across,
                         testing::Values(AefProfile::carp_checker, AefProfile::nomenclature_2026));

TEST(PrecheckWords, AreThoseOfTheDecision) {
  EXPECT_EQ(replay::word_of(CheckMark::consistent), "Checked, no inconsistencies identified");
  EXPECT_EQ(replay::word_of(CheckMark::inconsistent), "Checked, inconsistencies identified");
  EXPECT_EQ(replay::word_of(CheckMark::not_available), "Null, information for check not available");
}

}  // namespace
}  // namespace replay_test
