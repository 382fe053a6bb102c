// The structured summary: the worked example of two Parties over five years, to the unit, by both
// series and both kinds of method.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"
#include "tests/support/worked_example.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;
using ledger::Fraction;
using replay::Summary;
using replay::SummaryYear;
using testing::ElementsAre;
using testing::HasSubstr;

// The books of the worked example.
class WorkedExample {
 public:
  explicit WorkedExample(const scene::WorkedExample& declared) {
    scene::tell_worked_example(declared,
                               [&](std::string_view time, Body body, scene::Signers signers) {
                                 walked_.given(time, std::move(body), std::move(signers));
                               });
  }
  [[nodiscard]] Summary summary(const Id& party, Year year = 2030) const {
    const auto made = replay::make_summary(walked_.books(), party, year, {"ledger.example", true});
    EXPECT_TRUE(made);
    return made.value_or(Summary{});
  }
  [[nodiscard]] const std::vector<Effects>& effects() const { return walked_.effects(); }

 private:
  Walked walked_{"opened"};
};

template <class Member>
std::vector<std::remove_cvref_t<decltype(std::declval<SummaryYear>().*std::declval<Member>())>>
column(const Summary& summary, Member member) {
  std::vector<std::remove_cvref_t<decltype(std::declval<SummaryYear>().*member)>> out;
  for (const SummaryYear& year : summary.years) out.push_back(year.*member);
  return out;
}

struct Example : testing::Test {
  static const WorkedExample& trajectory() {
    static const WorkedExample example({NdcType::multi_year, Method::trajectory});
    return example;
  }
  static const WorkedExample& averaging() {
    static const WorkedExample example({NdcType::single_year, Method::averaging});
    return example;
  }
};

TEST_F(Example, TheHostAddsByVintageWhateverThePurpose) {
  const Summary host = trajectory().summary("XHA");
  EXPECT_THAT(column(host, &SummaryYear::first_transferred),
              ElementsAre(10'000, 12'000, 14'000, 20'000, 17'120));
  EXPECT_THAT(column(host, &SummaryYear::oimp_first_transferred), ElementsAre(0, 0, 3'000, 0, 0));
  EXPECT_THAT(column(host, &SummaryYear::oimp_authorized), ElementsAre(0, 0, 3'000, 0, 0));
  EXPECT_THAT(column(host, &SummaryYear::net), ElementsAre(10'000, 12'000, 17'000, 20'000, 17'120));
  EXPECT_THAT(column(host, &SummaryYear::cumulative),
              ElementsAre(10'000, 22'000, 39'000, 59'000, 76'120));
  EXPECT_EQ(host.years[2].adjustment, (Fraction{17'000, 1}));
  EXPECT_THAT(host.oimp_entities, ElementsAre("Fictional XBA-AIR", "Fictional XBA-FUND"));
}

TEST_F(Example, TheSameFirstTransfersByTheYearOfTheEvent) {
  const Summary host = trajectory().summary("XHA");
  std::map<Year, std::int64_t> sums;
  for (const auto& [year, event] : host.by_event) {
    sums[year] = event.first_transferred + event.oimp_first_transferred;
  }
  EXPECT_EQ(sums,
            (std::map<Year, std::int64_t>{
                {2027, 10'000}, {2028, 12'000}, {2029, 17'000}, {2030, 20'000}, {2031, 17'120}}));
  EXPECT_EQ(host.by_event.at(2029).oimp_first_transferred, 3'000);
}

TEST_F(Example, TheSeriesByTheYearOfTheEventIsOfThePeriodToo) {
  const WorkedExample two_periods(
      {NdcType::multi_year, Method::trajectory, {{2026, 2028}, {2029, 2030}}});
  const auto sums_of = [&](Year year) {
    std::map<Year, std::int64_t> sums;
    for (const auto& [in, event] : two_periods.summary("XHA", year).by_event) {
      sums[in] = event.first_transferred + event.oimp_first_transferred;
    }
    return sums;
  };
  EXPECT_EQ(sums_of(2027),
            (std::map<Year, std::int64_t>{{2027, 10'000}, {2028, 12'000}, {2029, 17'000}}));
  EXPECT_EQ(sums_of(2030), (std::map<Year, std::int64_t>{{2030, 20'000}, {2031, 17'120}}));
}

TEST_F(Example, TheBuyerSubtractsInTheYearThatItUsesFor) {
  const Summary buyer = trajectory().summary("XBA");
  EXPECT_THAT(column(buyer, &SummaryYear::used), ElementsAre(0, 0, 10'000, 12'000, 47'500));
  EXPECT_THAT(column(buyer, &SummaryYear::net), ElementsAre(0, 0, -10'000, -12'000, -47'500));
  EXPECT_EQ(buyer.years.back().cumulative, -69'500);
  EXPECT_TRUE(buyer.by_event.empty());
  const Summary host = trajectory().summary("XHA");
  EXPECT_EQ(host.years.back().cumulative + buyer.years.back().cumulative, 6'620)
      << "additions cover subtractions: 1,500 and 1,000 held, 3,000 OIMP, 320 OMGE, 800 Fund";
}

TEST_F(Example, AveragesAreExactFractions) {
  EXPECT_THAT(column(averaging().summary("XHA"), &SummaryYear::adjustment),
              ElementsAre(Fraction{10'000, 1}, Fraction{11'000, 1}, Fraction{13'000, 1},
                          Fraction{14'750, 1}, Fraction{15'224, 1}));
  EXPECT_THAT(column(averaging().summary("XBA"), &SummaryYear::adjustment),
              ElementsAre(Fraction{0, 1}, Fraction{0, 1}, Fraction{-10'000, 3}, Fraction{-5'500, 1},
                          Fraction{-13'900, 1}));
}

std::vector<std::string> balances(const Summary& summary) {
  std::vector<std::string> out;
  for (const SummaryYear& year : summary.years) {
    out.push_back(year.balance ? ledger::text_of(*year.balance) : "none");
  }
  return out;
}

TEST_F(Example, EmissionsAndAdjustmentMakeTheBalance) {
  EXPECT_THAT(balances(trajectory().summary("XHA")),
              ElementsAre("58410000", "58112000", "57617000", "57020000", "56317120"));
  EXPECT_THAT(balances(trajectory().summary("XBA")),
              ElementsAre("41000000", "40200000", "39490000", "38588000", "37852500"));
  EXPECT_EQ(balances(averaging().summary("XHA")).back(), "56315224");
  EXPECT_EQ(balances(averaging().summary("XBA")).back(), "37886100");
}

// The host's indicator falls by what it sold, the buyer's rises by what it used.
TEST_F(Example, AnIndicatorOfAnotherMetricHasTheSignsReversed) {
  const auto other_metric = [](const Id& party) {
    replay::Books books;
    for (Effects effects : trajectory().effects()) {
      for (RowEffect& row : effects.rows) {
        if (auto* ndc = std::get_if<NdcEffect>(&row)) ndc->row.metric = "MWh";
      }
      books.take(effects);
    }
    return *replay::make_summary(books, party, 2030, {});
  };
  EXPECT_EQ(balances(other_metric("XHA")).front(), std::to_string(58'400'000 - 10'000));
  EXPECT_EQ(balances(other_metric("XBA")).back(), std::to_string(37'900'000 + 47'500));
  EXPECT_THAT(replay::describe(other_metric("XBA")), HasSubstr("23(k)(ii)  adjusted indicator\n"));
}

TEST_F(Example, BothSeriesAndTheMethodAreLabelled) {
  const std::string text = replay::describe(trajectory().summary("XHA"));
  EXPECT_THAT(text, testing::StartsWith("DEMONSTRATION"));
  EXPECT_THAT(text, HasSubstr("Method: multi-year, adjusted annually and cumulatively: 7(b)\n"));
  EXPECT_THAT(text, HasSubstr("23(c)  ITMOs first transferred, by vintage\n    2026: 10000\n"));
  EXPECT_THAT(text, HasSubstr("23(c)  ITMOs first transferred, by year of first transfer\n"
                              "    2027: 10000\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("7(a)(ii)")));
  const std::string average = replay::describe(averaging().summary("XBA"));
  EXPECT_THAT(average, HasSubstr("Method: single-year, averaging: 7(a)(ii)\n"));
  EXPECT_THAT(average, HasSubstr("    2028: -10000/3\n"));
  const std::string csv = replay::to_csv(trajectory().summary("XHA"));
  EXPECT_THAT(csv, testing::StartsWith("Row,Series,2026,2027,2028,2029,2030,2031,Mark\r\n"));
  EXPECT_THAT(csv, HasSubstr("23(g),corresponding adjustment for the year,10000,12000,17000,"
                             "20000,17120,,DEMONSTRATION"));
}

TEST(SummaryOf, AMetricIsTextOfTheTableWhateverItIs) {
  auto summary = replay::make_summary(ordinary_books(), "XHA", 2028, {});
  ASSERT_TRUE(summary);
  summary->ndc.metric = "MWh, \"net\"";
  EXPECT_THAT(replay::to_csv(*summary),
              HasSubstr("\r\n23(i),\"indicator of the NDC in MWh, \"\"net\"\", as reported\","));
}

TEST(SummaryOf, YearsAfterTheEntryAreNotYetThere) {
  const auto summary = replay::make_summary(
      ordinary_books(entries_before("2029-01-01T00:00:00.000Z")), "XHA", 2030, {});
  ASSERT_TRUE(summary);
  EXPECT_THAT(column(*summary, &SummaryYear::first_transferred), ElementsAre(8'550, 1'917, 0));
}

TEST(SummaryOf, NobodyWithoutAnNdcPeriodIsNone) {
  EXPECT_FALSE(replay::make_summary(ordinary_books(), "XHA", 2035, {}));
  EXPECT_FALSE(replay::make_summary(ordinary_books(), "XZZ", 2030, {}));
}

}  // namespace
}  // namespace replay_test
