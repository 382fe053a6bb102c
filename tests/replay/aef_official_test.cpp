// The headers, technical names and sheets of the five tables, as 4/CMA.6, annex II, and the common
// nomenclatures list them; the same in both profiles and in every format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "replay/aef_files.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using replay::Aef;
using replay::AefFormat;
using replay::AefProfile;
using replay::AefTable;
using Column = std::pair<std::string, std::string>;  // header, technical name

const std::vector<std::vector<Column>> official = {
    {{"Party", "ParticipatingParty"},
     {"Version", "SubmissionVersion"},
     {"Reported year", "ReportedYear"},
     {"Date of submission", "DateOfSubmission"},
     {"Review status of the initial report", "ReviewStatusOfInitialReport"},
     {"Result of the consistency check of this AEF submission", "ResultOfConsistencyCheck"},
     {"First year of the NDC implementation period", "FirstYearOfNDCPeriod"},
     {"Last year of the NDC implementation period", "LastYearOfNDCPeriod"},
     {"Reference to the Article 6 technical expert review report of the initial report",
      "ReferenceToTerReport"}},
    {{"Authorization ID", "AuthorizationID"},
     {"Date of authorization", "DateOfAuthorization"},
     {"Cooperative approach ID", "CooperativeApproachID"},
     {"Version of the authorization", "AuthorizationVersion"},
     {"Authorized quantity", "AuthorizedQuantity"},
     {"Metric", "Metric"},
     {"Applicable GWP value(s)", "GWPValues"},
     {"Applicable non-GHG metric", "Non-GHGMetric"},
     {"Sector(s)", "Sectors"},
     {"Activity type(s)", "ActivityType"},
     {"Purposes for authorization", "PurposeForAuthorization"},
     {"Authorized Party(ies) ID", "AuthorizedPartyIDs"},
     {"Authorized entity(ies) ID", "AuthorizedEntityIDs"},
     {"OIMP authorized by the Party", "OIMPAuthorized"},
     {"Authorized timeframe", "AuthorizedTimeframe"},
     {"Authorization terms and conditions", "AuthorizationT&Cs"},
     {"Authorization documentation", "AuthorizationDocumentation"},
     {"First transfer definition for OIMP", "FirstTransferDefnForOIMP"},
     {"Additional explanatory information", "AdditionalExplanatoryInformation"}},
    {{"Action date", "ActionDateTime"},
     {"Action type", "ActionType"},
     {"Action subtype", "ActionSubtype"},
     {"Cooperative approach ID", "CooperativeApproachID"},
     {"Authorization ID", "AuthorizationID"},
     {"First transferring participating Party ID", "FirstTransferringPartyID"},
     {"Party ITMO registry ID", "PartyITMORegistryID"},
     {"First ID", "FirstID"},
     {"Last ID", "LastID"},
     {"Underlying unit registry ID", "UnderlyingUnitRegistryID"},
     {"First unit ID", "UnderlyingUnitFirstUnitID"},
     {"Last unit ID", "UnderlyingUnitLastUnitID"},
     {"Metric", "Metric"},
     {"Applicable GWP value(s)", "GWPValues"},
     {"Applicable non-GHG metric", "Non-GHGMetric"},
     {"Quantity (t CO2 eq)", "QuantityCO2"},
     {"Quantity (in non-GHG metric)", "QuantityNon-GHG"},
     {"Mitigation type", "MitigationType"},
     {"Vintage", "Vintage"},
     {"Transferring participating Party ID", "TransferringPartyID"},
     {"Acquiring participating Party ID", "AcquiringPartyID"},
     {"Purpose for which the ITMO has been used towards or cancelled for OIMP",
      "PurposeITMOUsedForOIMP"},
     {"Using/cancelling participating Party ID", "Using/cancellingPartyID"},
     {"Using/cancelling authorized entity ID", "Using/cancellingEntityID"},
     {"Calendar year for which the ITMOs are used towards the Party's NDC",
      "YearITMOUsedTowardsNDC"},
     {"Result of the consistency checks", "ResultOfConsistencyCheck"},
     {"Additional explanatory information", "AdditionalExplanatoryInformation"}},
    {{"Cooperative approach ID", "CooperativeApproachID"},
     {"Authorization ID", "AuthorizationID"},
     {"First transferring participating Party ID", "FirstTransferringPartyID"},
     {"Party ITMO registry ID", "PartyITMORegistryID"},
     {"First ID", "FirstID"},
     {"Last ID", "LastID"},
     {"Underlying unit registry ID", "UnderlyingUnitRegistryID"},
     {"First unit ID", "UnderlyingUnitFirstUnitID"},
     {"Last unit ID", "UnderlyingUnitLastUnitID"},
     {"Metric", "Metric"},
     {"Applicable GWP value(s)", "GWPValues"},
     {"Applicable non-GHG metric", "Non-GHGMetric"},
     {"Quantity (t CO2 eq)", "QuantityCO2"},
     {"Quantity (in non-GHG metric)", "QuantityNon-GHG"},
     {"Mitigation type", "MitigationType"},
     {"Vintage", "Vintage"}},
    {{"Date of the authorization", "DateOfAuthorization"},
     {"Name", "AuthorizedEntityName"},
     {"Country of incorporation", "AuthorizedEntityCountryOfIncorporation"},
     {"Identification number", "AuthorizedEntityID"},
     {"Cooperative approach ID", "CooperativeApproachID"},
     {"Conditions", "AuthorizedEntityConditions"},
     {"Change and revocation conditions", "AuthorizedEntityChangeConditions"},
     {"Additional explanatory information", "AdditionalExplanatoryInformation"}},
};
const std::vector<std::pair<std::string, std::string>> sheets = {
    {"Table 1 Submission", "Table 1: Submission"},
    {"Table 2 Authorizations", "Table 2: Authorizations"},
    {"Table 3 Actions", "Table 3: Actions"},
    {"Table 4 Holdings", "Table 4: Holdings"},
    {"Table 5 Auth. entities", "Table 5: Authorized entities"}};
// Behind which headers the official sheets have an empty column.
const std::vector<std::vector<std::string>> groups = {
    {},
    {"Version of the authorization"},
    {"Last ID", "Last unit ID", "Quantity (in non-GHG metric)", "Vintage",
     "Acquiring participating Party ID",
     "Calendar year for which the ITMOs are used towards the Party's NDC"},
    {"Last ID", "Last unit ID", "Quantity (in non-GHG metric)"},
    {}};

TEST(AefOfficial, TablesHaveTheirSheetsHeadersAndNames) {
  for (const AefTable table : replay::all_aef_tables) {
    const auto i = static_cast<std::size_t>(table);
    const replay::AefSheet& sheet = replay::sheet_of(table);
    EXPECT_EQ(sheet.name, sheets[i].first);
    EXPECT_EQ(sheet.heading, sheets[i].second);
    std::vector<Column> columns;
    std::vector<std::string> closing;
    for (const replay::AefColumn& column : sheet.columns) {
      columns.emplace_back(column.header, column.name);
      if (column.closes_group) closing.emplace_back(column.header);
    }
    EXPECT_EQ(columns, official[i]);
    EXPECT_EQ(closing, groups[i]);
  }
}

struct AefOfficialFiles : testing::TestWithParam<AefProfile> {
  const Aef aef = aef_of(ordinary_books(), "XBA", 2028, GetParam());
};

TEST_P(AefOfficialFiles, BeginEveryCsvWithTheHeaders) {
  for (const AefTable table : replay::all_aef_tables) {
    std::string line;
    for (const auto& [header, name] : official[static_cast<std::size_t>(table)]) {
      line += (line.empty() ? "" : ",") + header;
    }
    EXPECT_THAT(replay::to_csv(aef, table), testing::StartsWith(line + "\r\n"));
  }
}

TEST_P(AefOfficialFiles, NameEverySheetAndColumnInTheJson) {
  const auto json = nlohmann::json::parse(replay::to_json(aef));
  EXPECT_EQ(json["profile"], replay::name_of(GetParam()));
  ASSERT_EQ(json["tables"].size(), official.size());
  for (std::size_t i = 0; i < official.size(); ++i) {
    std::vector<std::string> names;
    for (const auto& [header, name] : official[i]) names.push_back(name);
    EXPECT_EQ(json["tables"][i]["sheet"], sheets[i].first);
    EXPECT_EQ(json["tables"][i]["columns"], names);
    for (const auto& row : json["tables"][i]["rows"]) EXPECT_EQ(row["cells"].size(), names.size());
  }
}

// Every text of each sheet, a sheet a line.
constexpr const char* read_sheets = R"py(
import html, re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
text = lambda name: z.read(name).decode()
print('|'.join(re.findall(r'<sheet name="([^"]*)"', text('xl/workbook.xml'))))
shared = [html.unescape(t) for t in re.findall(r'<t[^>]*>([^<]*)</t>', text('xl/sharedStrings.xml'))]
for number in range(1, 7):
    sheet = text('xl/worksheets/sheet%d.xml' % number)
    print('|'.join(shared[int(i)] for i in re.findall(r't="s"><v>(\d+)</v>', sheet)))
)py";

TEST_P(AefOfficialFiles, HaveTheHeadersInOrderOnEverySheetOfTheWorkbook) {
  const test_support::ScratchFolder scratch;
  std::string problem;
  const auto bytes = replay::bytes_of(aef, replay::files_of(aef, AefFormat::xlsx)[0], problem);
  ASSERT_TRUE(bytes) << problem;
  scratch.write("book.xlsx", *bytes);
  scratch.write("read.py", read_sheets);
  const auto read = scratch.run("python3 read.py book.xlsx");
  ASSERT_EQ(read.status, 0) << read.output;
  std::vector<std::string> lines;
  std::istringstream in(read.output);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "|");
  ASSERT_EQ(lines.size(), 7u);
  std::string names = "Summary information|";
  for (const auto& [name, heading] : sheets) names += name + "|";
  EXPECT_EQ(lines[0], names);
  for (std::size_t i = 0; i < official.size(); ++i) {
    std::size_t summary = 0, own = 0;
    EXPECT_THAT(lines[1], testing::HasSubstr(sheets[i].second + "|"));
    for (const auto& [header, name] : official[i]) {
      summary = lines[1].find(header + "|", summary);
      ASSERT_NE(summary, std::string::npos) << header;
      own = lines[i + 2].find(header + "|", own);
      ASSERT_NE(own, std::string::npos) << header << " in " << lines[i + 2];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Profile, AefOfficialFiles,
                         testing::Values(AefProfile::carp_checker, AefProfile::nomenclature_2026));

}  // namespace
}  // namespace replay_test
