// The check before submission, cell by cell: what is empty, out of form, or at odds with its row.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/replay/aef_faults.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using replay::Aef;
using replay::AefCheck;
using replay::AefProfile;
using replay::AefTable;
using replay::Cell;
using replay::CheckMark;

struct PrecheckCells : testing::TestWithParam<AefProfile> {
  const Aef host = aef_of(ordinary_books(), "XHA", 2028, GetParam());
  Aef buyer = aef_of(ordinary_books(), "XBA", 2029, GetParam());
};

// A cell, and what must not stand in it.
struct BadCell {
  AefTable table;
  const char* header;
  const char* value;
};

TEST_P(PrecheckCells, FindsEveryMandatoryCellThatIsEmpty) {
  const std::pair<AefTable, std::vector<const char*>> mandatory[] = {
      {AefTable::submission,
       {"Party", "Version", "Reported year", "Date of submission",
        "First year of the NDC implementation period",
        "Last year of the NDC implementation period"}},
      {AefTable::authorizations,
       {"Authorization ID", "Date of authorization", "Cooperative approach ID",
        "Version of the authorization", "Metric", "Sector(s)", "Purposes for authorization"}},
      {AefTable::actions,
       {"Action date", "Action type", "Cooperative approach ID", "Authorization ID",
        "First transferring participating Party ID", "Party ITMO registry ID", "First ID",
        "Last ID", "Metric", "Mitigation type", "Vintage"}},
      {AefTable::holdings,
       {"Cooperative approach ID", "Authorization ID", "First transferring participating Party ID",
        "Party ITMO registry ID", "First ID", "Last ID", "Metric", "Mitigation type", "Vintage"}},
      {AefTable::entities,
       {"Date of the authorization", "Name", "Country of incorporation", "Identification number",
        "Cooperative approach ID"}}};
  for (const auto& [table, headers] : mandatory) {
    for (const char* header : headers) {
      Aef empty = buyer;
      at(empty, table, 0, header) = Cell();
      const AefCheck check = replay::check_aef(empty);
      EXPECT_TRUE(has_finding(check, "C01", "\"" + std::string(header) + "\" is empty.")) << header;
    }
  }
}

TEST_P(PrecheckCells, FindsEveryCellThatTheProfileCannotTake) {
  const bool checker = GetParam() == AefProfile::carp_checker;
  const BadCell cells[] = {
      {AefTable::submission, "Version", "0.1"},
      {AefTable::submission, "Reported year", "28"},
      {AefTable::submission, "Date of submission", "31/02/2029"},
      {AefTable::submission, "First year of the NDC implementation period", "year 1"},
      {AefTable::submission, "Last year of the NDC implementation period", "0030"},
      {AefTable::authorizations, "Authorization ID", "XHA_1"},
      {AefTable::authorizations, "Date of authorization", "2027-01-10"},
      {AefTable::authorizations, "Cooperative approach ID", "CA99"},
      {AefTable::authorizations, "Version of the authorization", "first"},
      {AefTable::authorizations, "Version of the authorization", "0"},
      {AefTable::authorizations, "Authorized quantity", "20,000"},
      {AefTable::authorizations, "Metric", checker ? "Non-GHG" : "non-GHG"},
      {AefTable::authorizations, "Purposes for authorization", "Trade"},
      {AefTable::authorizations, "Authorized Party(ies) ID", "XBA, X1A"},
      {AefTable::authorizations, "Authorized timeframe", "2026"},
      {AefTable::authorizations, "Authorized timeframe",
       checker ? "Occurred: from 2026" : "2026-2030"},
      {AefTable::authorizations, "Authorized timeframe",
       checker ? "Use: from 31/02/2027 to 2031" : "2026 - 203x"},
      {AefTable::authorizations, "Authorized timeframe",
       checker ? "Occurred: from 2026 to 2029. Then until 2031" : "Occurred: from 2026 to 2030"},
      {AefTable::authorizations, "First transfer definition for OIMP",
       checker ? "Authorisation" : "Authorization"},
      {AefTable::actions, "Action date", checker ? "2029-03-01T10:00:00.000Z" : "01/03/2029"},
      {AefTable::actions, "Action date", checker ? "29/02/2029" : "2029-02-29T10:00:00.000Z"},
      {AefTable::actions, "Cooperative approach ID", "9901"},
      {AefTable::actions, "First transferring participating Party ID", "Host"},
      {AefTable::actions, "Party ITMO registry ID", "XBA"},
      {AefTable::actions, "First ID", checker ? "1" : "CA9901-XHA99-XHA-1-2026"},
      {AefTable::actions, "First unit ID", "GS-1"},
      {AefTable::actions, "Metric", "Non-GHG"},
      {AefTable::actions, "Quantity (t CO2 eq)", "3 726"},
      {AefTable::actions, "Mitigation type", "Avoidance"},
      {AefTable::actions, "Vintage", "26"},
      {AefTable::actions, "Using/cancelling participating Party ID", "Buyer"},
      {AefTable::actions, "Calendar year for which the ITMOs are used towards the Party's NDC",
       "27"},
      {AefTable::holdings, "Party ITMO registry ID", "xba99"},
      {AefTable::entities, "Date of the authorization", "10.01.2027"},
      {AefTable::entities, "Cooperative approach ID", "CA9901A"},
  };
  for (const BadCell& cell : cells) {
    Aef damaged = buyer;
    at(damaged, cell.table, 0, cell.header) = text(cell.value);
    const AefCheck check = replay::check_aef(damaged);
    const std::string sentence = "\"" + std::string(cell.header) + "\" reads \"" + cell.value +
                                 "\", which profile " + std::string(replay::name_of(GetParam())) +
                                 " does not take.";
    EXPECT_TRUE(has_finding(check, "C02", sentence)) << cell.header << ": " << cell.value;
  }
}

TEST_P(PrecheckCells, TakesTheOtherFormsThatTheSourcesHave) {
  const bool checker = GetParam() == AefProfile::carp_checker;
  const BadCell cells[] = {
      {AefTable::submission, "Version", "2.13"},
      {AefTable::authorizations, "Authorized timeframe",
       checker ? "Use: from 02/2027 to 31/12/2031" : "2021 - 2030"},
      {AefTable::authorizations, "Authorized timeframe",
       checker ? "Occurred: from 2026 to 12/2029. Use: from 2027 to 2031" : "2026 - 2026"},
      {AefTable::authorizations, "Authorized quantity", "0"},
      {AefTable::actions, "Mitigation type",
       checker ? "Removals" : "Emission reductions and removals"},
  };
  for (const BadCell& cell : cells) {
    Aef other = buyer;
    at(other, cell.table, 0, cell.header) = text(cell.value);
    for (const auto& finding : replay::check_aef(other).findings) {
      EXPECT_NE(finding.check, "C02") << finding.sentence;
    }
  }
}

// What is right by the decision, or on an official list, though a pattern has no such signs.
TEST_P(PrecheckCells, OnlyRemarksOnNamesThatAPatternLeavesOut) {
  const bool checker = GetParam() == AefProfile::carp_checker;
  const BadCell cells[] = {
      {AefTable::submission, "Party", "Côte d'Ivoire"},
      {AefTable::entities, "Country of incorporation", "Guinea-Bissau"},
      {AefTable::authorizations, "Sector(s)", "Agriculture; Energy, other"},
      {AefTable::authorizations, "Activity type(s)", "Coal bed/mine methane & others"},
      {AefTable::authorizations, "Authorized entity(ies) ID", "HRB 1/2"},
      {AefTable::actions, "Underlying unit registry ID", "A registry of tomorrow"},
  };
  for (const BadCell& cell : cells) {
    Aef named = host;
    at(named, cell.table, 0, cell.header) = text(cell.value);
    const AefCheck check = replay::check_aef(named);
    const std::string_view header = cell.header;
    const bool code = !checker && (header == "Party" || header == "Country of incorporation");
    const bool silent = (checker && header == "Underlying unit registry ID") ||
                        (!checker && header == "Authorized entity(ies) ID");
    EXPECT_EQ(check.mark, code ? CheckMark::inconsistent : CheckMark::consistent) << header;
    ASSERT_EQ(check.findings.size(), silent ? 0u : 1u) << header;
    if (silent) continue;
    EXPECT_EQ(check.findings[0].remark, !code) << header;
  }
}

TEST_P(PrecheckCells, FindsColumnsThatDoNotGoTogether) {
  using Fault = std::pair<const char*, std::function<void(Aef&)>>;
  const auto set = [](AefTable table, std::size_t row, const char* header, const char* value) {
    return [=](Aef& a) {
      at(a, table, row, header) = value == nullptr ? Cell() : Cell(std::string(value));
    };
  };
  const auto of_host = {
      Fault{"A first transfer has a subtype.",
            set(AefTable::actions, 1, "Action subtype", nullptr)},
      Fault{"A first transfer by Issuance has no acquiring Party.",
            set(AefTable::actions, 1, "Action subtype", "Issuance")},
      Fault{"Only XBA can first transfer its outcomes.",
            set(AefTable::actions, 1, "First transferring participating Party ID", "XBA")},
      Fault{"names the reporting Party itself.",
            set(AefTable::actions, 1, "Acquiring participating Party ID", "XHA")},
      Fault{"is filled; the subtype is First transfer to another Party.",
            set(AefTable::actions, 1,
                "Purpose for which the ITMO has been used towards or cancelled for OIMP", "IMP")},
      Fault{"is empty; the subtype is Mandatory cancellation to deliver OMGE.",
            set(AefTable::actions, 0,
                "Purpose for which the ITMO has been used towards or cancelled for OIMP", "NA")},
      Fault{"\"Quantity (t CO2 eq)\" is empty; the metric is GHG.",
            set(AefTable::actions, 1, "Quantity (t CO2 eq)", nullptr)},
      Fault{"\"Applicable GWP value(s)\" is empty; the metric is GHG.",
            set(AefTable::actions, 1, "Applicable GWP value(s)", "NA")},
      Fault{"\"Quantity (in non-GHG metric)\" is filled; the metric is GHG.",
            set(AefTable::actions, 1, "Quantity (in non-GHG metric)", "3726")},
      Fault{"\"Applicable non-GHG metric\" is filled; the metric is GHG.",
            set(AefTable::actions, 1, "Applicable non-GHG metric", "MWh")},
      Fault{"\"Applicable GWP value(s)\" is empty; the metric is GHG.",
            set(AefTable::authorizations, 0, "Applicable GWP value(s)", nullptr)},
      Fault{"\"Applicable non-GHG metric\" is filled; the metric is GHG.",
            set(AefTable::authorizations, 0, "Applicable non-GHG metric", "MWh")},
      Fault{"\"OIMP authorized by the Party\" is filled; the purposes are NDC.",
            set(AefTable::authorizations, 0, "OIMP authorized by the Party", "CORSIA")},
      Fault{"\"OIMP authorized by the Party\" is empty; the purposes are NDC and OIMP.",
            set(AefTable::authorizations, 0, "Purposes for authorization", "NDC and OIMP")},
      Fault{"\"First transfer definition for OIMP\" is filled; the purposes are NDC.",
            set(AefTable::authorizations, 0, "First transfer definition for OIMP", "Issuance")},
  };
  const auto expect = [](Aef damaged, const Fault& fault) {
    fault.second(damaged);
    const AefCheck check = replay::check_aef(damaged);
    EXPECT_TRUE(has_finding(check, "C09", fault.first)) << fault.first;
  };
  for (const Fault& fault : of_host) expect(host, fault);
  std::size_t use = 0;  // the first of the buyer's uses
  while (at(buyer, AefTable::actions, use, "Action type") != text("Use")) ++use;
  const char* year = "Calendar year for which the ITMOs are used towards the Party's NDC";
  const char* purpose = "Purpose for which the ITMO has been used towards or cancelled for OIMP";
  const char* either = "A use is either towards an NDC, for a year, or for another purpose.";
  expect(buyer, {either, set(AefTable::actions, use, year, nullptr)});
  expect(buyer, {either, set(AefTable::actions, use, purpose, "IMP")});
  expect(buyer, {"\"Issuance\" is no subtype of Use.",
                 set(AefTable::actions, use, "Action subtype", "Issuance")});
}

TEST_P(PrecheckCells, KnowsVoluntaryCancellationsWhereTheNomenclatureDoes) {
  Walked walked("transferred");
  walked.given("2028-12-01T09:00:00.000Z", scene::cancellation({{1, 10}}), scene::user());
  Aef aef = aef_of(walked.books(), "XBA", 2028, GetParam());
  aef.time = replay::end_of(2028);
  EXPECT_EQ(replay::check_aef(aef).mark, CheckMark::consistent);
  const bool checker = GetParam() == AefProfile::carp_checker;
  EXPECT_EQ(at(aef, AefTable::actions, 1, "Action type"),
            text(checker ? "Cancellation" : "Voluntary Cancellation"));
  at(aef, AefTable::actions, 1, "Action type") = text("Voluntary Cancellation");
  EXPECT_EQ(replay::check_aef(aef).mark, checker ? CheckMark::inconsistent : CheckMark::consistent);
}

INSTANTIATE_TEST_SUITE_P(Profile, PrecheckCells,
                         testing::Values(AefProfile::carp_checker, AefProfile::nomenclature_2026));

}  // namespace
}  // namespace replay_test
