// The structured summary: the worked example of two Parties over five years, to the unit, by both
// series and both kinds of method.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
namespace story = scene::story;
using namespace ledger;
using ledger::Fraction;
using replay::Summary;
using replay::SummaryYear;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* home = "XBA-FUND-XHA";

// Host XHA and buyer XBA, both with an NDC of 2026 to 2030, and the eight blocks of the example.
class WorkedExample {
 public:
  using Periods = std::vector<std::pair<Year, Year>>;
  explicit WorkedExample(NdcType type, const Periods& of_host = {{2026, 2030}}) {
    tell_beginnings(type, of_host);
    tell_agreement();
    tell_blocks();
    tell_uses();
    tell_inventories("XHA", {58'400'000, 58'100'000, 57'600'000, 57'000'000, 56'300'000});
    tell_inventories("XBA", {41'000'000, 40'200'000, 39'500'000, 38'600'000, 37'900'000});
  }
  [[nodiscard]] Summary summary(const Id& party, Year year = 2030) const {
    const auto made = replay::make_summary(walked_.books(), party, year, {"ledger.example", true});
    EXPECT_TRUE(made);
    return made.value_or(Summary{});
  }
  [[nodiscard]] const std::vector<Effects>& effects() const { return walked_.effects(); }
  // The same where both Parties had declared averaging.
  [[nodiscard]] Summary averaged(const Id& party) const {
    replay::Books books;
    for (Effects effects : walked_.effects()) {
      for (RowEffect& row : effects.rows) {
        if (auto* ndc = std::get_if<NdcEffect>(&row)) ndc->row.method = Method::averaging;
      }
      books.take(effects);
    }
    const auto made = replay::make_summary(books, party, 2030, {"ledger.example", true});
    EXPECT_TRUE(made);
    return made.value_or(Summary{});
  }

 private:
  void tell_beginnings(NdcType type, const Periods& of_host) {
    walked_.given("2026-12-01T08:00:00.000Z", scene::newcomer("XBA-FUND", "XBA"),
                  {"XBA", "XBA-FUND"});
    walked_.given("2026-12-01T08:01:00.000Z", scene::newcomer("XBA-AIR", "XBA"),
                  {"XBA", "XBA-AIR"});
    walked_.given("2026-12-01T08:02:00.000Z", scene::newcomer("AF", "XCA"), {"XCA", "XCA-2", "AF"});
    const auto open = [&](const AccountOpened& account, scene::Signers signers) {
      walked_.given("2026-12-01T09:00:00.000Z", account, std::move(signers));
    };
    open(story::account(home, "XBA-FUND", "XHA99"), {"XHA", "XBA-FUND"});
    open(story::account("XBA-FUND-XBA", "XBA-FUND", "XBA99"), {"XBA", "XBA-FUND"});
    open(story::account("AIR-XHA", "XBA-AIR", "XHA99"), {"XHA", "XBA-AIR"});
    open(story::account("AF-ACC", "AF", "XCA99", AccountKind::fund), {"XCA", "XCA-2", "AF"});
    const auto declare = [&](const char* party, const std::pair<Year, Year>& period) {
      NdcDeclared ndc = story::ndc(party, period.first, period.second);
      ndc.type = type;
      walked_.given("2026-12-01T10:00:00.000Z", ndc, {party});
    };
    for (const auto& period : of_host) declare("XHA", period);
    declare("XBA", {2026, 2030});
  }

  void tell_agreement() {
    walked_.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"),
                  scene::both());
    ApproachRules rules = scene::rules_for_oimp();
    rules.first_transfer = {{"XHA", Definition::issuance}};
    rules.both_authorize = false;
    walked_.given("2026-12-11T09:00:00.000Z", rules, scene::both());
    AuthorizationGranted grant = scene::host_grant();
    grant.cap.reset();
    grant.entities.insert(
        grant.entities.begin(),
        {"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}});
    grant.vintage_to = 2030;
    grant.issue_until = story::on("2032-12-31");
    grant.use_until = story::on("2033-12-31");
    grant.ndc_periods = {{2026, 2030}};
    walked_.given("2027-01-10T10:00:00.000Z", grant, {"XHA"});
    grant.id = "XHA-OIMP-1";
    grant.purposes = {Purpose::imp, Purpose::op};
    grant.oimp = "CORSIA";
    grant.ndc_periods.clear();
    walked_.given("2027-01-11T10:00:00.000Z", grant, {"XHA"});
  }

  void issue(std::string_view time, Year vintage, std::int64_t quantity, bool oimp = false) {
    UnitsIssued body = scene::issuance();
    body.authorization = {oimp ? "XHA-OIMP-1" : "XHA-AUT-1", std::nullopt};
    body.account = oimp ? "AIR-XHA" : home;
    body.holder = oimp ? "XBA-AIR" : "XBA-FUND";
    body.period_from = make_date(vintage, 1, 1);
    body.period_to = make_date(vintage, 12, 31);
    body.quantity = quantity;
    body.lots = {{issued_ + 1, issued_ + quantity, vintage, {}}};
    issued_ += quantity;
    walked_.given(time, body, {"XHA"});
  }

  void transfer(std::string_view time, scene::Closed closed, Year vintage) {
    UnitsTransferred body = scene::transfer(std::move(closed), vintage);
    body.authorization.buyer.reset();
    walked_.given(time, body, {"XBA-FUND", "XHA", "XBA"});
  }

  void use(std::string_view time, scene::Closed closed, Year year) {
    UnitsUsed body = scene::use(std::move(closed));
    body.year = year;
    walked_.given(time, body, scene::user());
  }

  void tell_blocks() {
    issue("2027-05-09T09:00:00.000Z", 2026, 10'000);
    transfer("2027-05-10T09:00:00.000Z", {{1, 10'000}}, 2026);
    issue("2028-06-01T09:00:00.000Z", 2027, 12'000);
    transfer("2028-06-02T09:00:00.000Z", {{10'001, 22'000}}, 2027);
    issue("2029-02-28T09:00:00.000Z", 2028, 14'000);
    issue("2029-03-01T09:00:00.000Z", 2028, 3'000, true);
    transfer("2029-04-18T09:00:00.000Z", {{22'001, 36'000}}, 2028);
    issue("2030-07-08T09:00:00.000Z", 2029, 20'000);
    transfer("2030-07-09T09:00:00.000Z", {{39'001, 59'000}}, 2029);
    issue("2031-03-14T09:00:00.000Z", 2030, 17'120);
    transfer("2031-03-15T09:00:00.000Z", {{59'001, 75'000}}, 2030);
    UnitsCancelled omge = scene::cancellation({{75'001, 75'320}});
    omge.account = home;
    omge.party = "XHA";
    omge.purpose = UnitsCancelled::Reason::omge;
    omge.first_transfer = true;
    walked_.given("2031-03-15T10:00:00.000Z", omge, {"XBA-FUND", "XHA"});
    UnitsTransferred gift = scene::transfer({{75'321, 76'120}}, 2030);
    gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
    gift.authorization.buyer.reset();
    walked_.given("2031-03-15T11:00:00.000Z", gift, {"XBA-FUND", "XHA", "XCA", "XCA-2"});
  }

  void tell_uses() {
    use("2031-06-01T09:00:00.000Z", {{1, 10'000}}, 2028);
    use("2031-06-01T10:00:00.000Z", {{10'001, 22'000}}, 2029);
    use("2031-06-01T11:00:00.000Z", {{22'001, 36'000}, {39'001, 57'500}, {59'001, 74'000}}, 2030);
  }

  void tell_inventories(const Id& party, const std::vector<std::int64_t>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      InventoryReported body;
      body.party = party;
      body.year = 2026 + static_cast<Year>(i);
      body.version = 1;
      body.metric = "GHG";
      body.value = values[i];
      body.documents = {story::document("inventory " + party, "inventory report")};
      walked_.given("2032-06-01T09:00:00.000Z", body, {party});
    }
  }

  Walked walked_{"opened"};
  Serial issued_ = 0;
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
    static const WorkedExample example(NdcType::multi_year);
    return example;
  }
  static const WorkedExample& averaging() {
    static const WorkedExample example(NdcType::single_year);
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
  const WorkedExample two_periods(NdcType::multi_year, {{2026, 2028}, {2029, 2030}});
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
  EXPECT_THAT(column(averaging().averaged("XHA"), &SummaryYear::adjustment),
              ElementsAre(Fraction{10'000, 1}, Fraction{11'000, 1}, Fraction{13'000, 1},
                          Fraction{14'750, 1}, Fraction{15'224, 1}));
  EXPECT_THAT(column(averaging().averaged("XBA"), &SummaryYear::adjustment),
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
  EXPECT_EQ(balances(averaging().averaged("XHA")).back(), "56315224");
  EXPECT_EQ(balances(averaging().averaged("XBA")).back(), "37886100");
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
  const std::string average = replay::describe(averaging().averaged("XBA"));
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
