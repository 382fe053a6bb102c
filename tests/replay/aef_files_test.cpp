// The AEF as files: names that say what they are, the same bytes every time, and the audit that
// makes a published file again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "replay/aef_compare.hpp"
#include "replay/aef_files.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using replay::Aef;
using replay::AefFile;
using replay::AefFormat;
using replay::AefProfile;
using replay::AefTable;
using testing::HasSubstr;
using testing::StartsWith;

std::string bytes_of(const Aef& aef, const AefFile& file) {
  std::string problem;
  const auto bytes = replay::bytes_of(aef, file, problem);
  EXPECT_TRUE(bytes) << problem;
  return bytes.value_or("");
}

std::vector<AefFile> all_files(const Aef& aef) {
  std::vector<AefFile> files;
  for (const AefFormat format : {AefFormat::json, AefFormat::csv, AefFormat::xlsx}) {
    for (const AefFile& file : replay::files_of(aef, format)) files.push_back(file);
  }
  return files;
}

TEST(AefFiles, ANameSaysEverythingThatTheBytesDependOn) {
  const Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  const std::string entry = std::to_string(ordinary_year().entries().size() - 1);
  std::vector<std::string> names;
  for (const AefFile& file : all_files(aef)) names.push_back(replay::file_name(file));
  ASSERT_EQ(names.size(), 7u);
  const std::string stem =
      "DEMONSTRATION-AEF-XHA-2028-v1.0-entry-" + entry + "-2029-12-01-carp-checker";
  EXPECT_EQ(names[0], stem + ".json");
  EXPECT_EQ(names[3], stem + "-table-3.csv");
  EXPECT_EQ(names[6], stem + ".xlsx");
  for (const std::string& name : names) {
    const auto file = replay::parse_file_name(name);
    ASSERT_TRUE(file) << name;
    EXPECT_EQ(replay::file_name(*file), name);
  }
}

TEST(AefFiles, OtherNamesAreNone) {
  const std::string good = "AEF-XHA-2028-v1.0-entry-57-2029-04-15-carp-checker.json";
  ASSERT_TRUE(replay::parse_file_name(good));
  const std::pair<const char*, const char*> faults[] = {
      {"AEF-", ""},         {"2028", "28x"},
      {"v1.0", "1.0"},      {"57", "057"},
      {"-entry", ""},       {"04-15", "02-30"},
      {"checker", "x"},     {".json", ".pdf"},
      {".json", ".csv"},    {".json", "-table-6.csv"},
      {".json", ""},        {"57", "99999999999999999999"},
      {"2028", "2028-2029"}};
  for (const auto& [what, instead] : faults) {
    std::string name = good;
    name.replace(name.find(what), std::string(what).size(), instead);
    EXPECT_FALSE(replay::parse_file_name(name)) << name;
  }
  EXPECT_FALSE(replay::parse_file_name(""));
}

TEST(AefFiles, TheSameBooksGiveTheSameBytes) {
  for (const AefProfile profile : {AefProfile::carp_checker, AefProfile::nomenclature_2026}) {
    for (const char* party : {"XHA", "XBA"}) {
      const Aef once = aef_of(ordinary_books(), party, 2029, profile);
      const Aef again = aef_of(ordinary_books(), party, 2029, profile);
      for (const AefFile& file : all_files(once)) {
        EXPECT_EQ(bytes_of(once, file), bytes_of(again, file)) << replay::file_name(file);
      }
    }
  }
}

TEST(AefFiles, TheJsonHasEveryCellEveryEntryAndTheMark) {
  const Aef aef = aef_of(ordinary_books(), "XBA", 2028);
  const auto json = nlohmann::json::parse(replay::to_json(aef));
  EXPECT_EQ(json["ledger"], story_origin);
  EXPECT_EQ(json["party"], "XBA");
  EXPECT_EQ(json["year"], 2028);
  EXPECT_EQ(json["as_of"]["entry"], aef.entry);
  EXPECT_THAT(std::string(json["demonstration"]), StartsWith("DEMONSTRATION"));
  ASSERT_EQ(json["tables"].size(), 5u);
  EXPECT_EQ(json["tables"][2]["sheet"], "Table 3 Actions");
  EXPECT_EQ(json["tables"][2]["columns"][1], "ActionType");
  const auto& row = json["tables"][2]["rows"][0];
  EXPECT_EQ(row["cells"][1], "Acquisition");
  EXPECT_EQ(row["cells"][15], 3'726);
  EXPECT_EQ(row["entries"], nlohmann::json(aef.rows(AefTable::actions)[0].entries));
  EXPECT_THAT(std::string(row["demonstration"]), StartsWith("DEMONSTRATION"));
  EXPECT_EQ(json.dump() + "\n", replay::to_json(aef)) << "canonical: sorted, without white space";
}

TEST(AefFiles, TheCsvHasTheHeadersAndQuotesWhatNeedsIt) {
  Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  const std::string table = replay::to_csv(aef, AefTable::entities);
  EXPECT_THAT(table, StartsWith("Date of the authorization,Name,Country of incorporation,"
                                "Identification number,Cooperative approach ID,Conditions,"
                                "Change and revocation conditions,Additional explanatory "
                                "information\r\n10/01/2027,Fictional Climate Fund,"));
  EXPECT_THAT(table, HasSubstr(",\"May transfer, acquire and use.\","));
  EXPECT_THAT(table, HasSubstr(",\"Authorization XHA-AUT-1, version 1. DEMONSTRATION"));
  aef.tables[4][0].cells[1] = replay::Cell(std::string("\"Fund\"\nof two lines"));
  EXPECT_THAT(replay::to_csv(aef, AefTable::entities),
              HasSubstr(",\"\"\"Fund\"\"\nof two lines\","));
}

// What a reader has of a table: fields by RFC 4180, each without one leading apostrophe.
std::vector<std::vector<std::string>> read_csv(const std::string& bytes) {
  std::vector<std::vector<std::string>> lines{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    std::string& field = lines.back().back();
    if (c == '"' && quoted && i + 1 < bytes.size() && bytes[i + 1] == '"') {
      field += bytes[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      lines.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      field.pop_back();  // the carriage return
      lines.push_back({""});
    } else {
      field += c;
    }
  }
  lines.pop_back();  // behind the last line
  for (auto& line : lines) {
    for (std::string& field : line) {
      if (field.starts_with('\'')) field.erase(0, 1);
    }
  }
  return lines;
}

TEST(AefFiles, NoFieldOfTheCsvIsAFormulaAndAReaderHasEveryTextBack) {
  Aef aef = aef_of(ordinary_books(), "XHA", 2028);
  auto& cells = aef.tables[4][0].cells;
  for (const std::string text :
       {"=1+1", "+41 Ltd", "-2 Ltd", "@SUM(A1)", "\t=1", "\r=1", "'t Fund", "=\"a\",b", "a=b"}) {
    cells[1] = replay::Cell(text);
    const std::string table = replay::to_csv(aef, AefTable::entities);
    EXPECT_EQ(read_csv(table).at(1).at(1), text);
    for (const char begin : {'=', '+', '-', '@', '\t', '\r'}) {
      EXPECT_THAT(table, testing::Not(HasSubstr(std::string(",") + begin)));
      EXPECT_THAT(table, testing::Not(HasSubstr(std::string(",\"") + begin)));
    }
  }
  cells[1] = replay::Cell(std::string("=1"));
  EXPECT_THAT(replay::to_csv(aef, AefTable::entities), HasSubstr(",'=1,"));
}

TEST(AefFiles, TheCsvHasEveryCellOfEveryTable) {
  for (const AefProfile profile : {AefProfile::carp_checker, AefProfile::nomenclature_2026}) {
    const Aef aef = aef_of(ordinary_books(), "XBA", 2029, profile);
    for (const AefTable table : replay::all_aef_tables) {
      const auto lines = read_csv(replay::to_csv(aef, table));
      ASSERT_EQ(lines.size(), 1 + aef.rows(table).size());
      for (std::size_t row = 0; row < aef.rows(table).size(); ++row) {
        std::vector<std::string> cells;
        for (const auto& cell : aef.rows(table)[row].cells) cells.push_back(replay::text_of(cell));
        EXPECT_EQ(lines[row + 1], cells);
      }
    }
  }
}

// What a program that is not ours reads from the workbook.
constexpr const char* read_workbook = R"py(
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
assert {i.date_time[:3] for i in z.infolist()} == {(1980, 1, 1)}, 'a day of today'
text = lambda name: z.read(name).decode()
print(re.findall(r'<sheet name="([^"]*)"', text('xl/workbook.xml')))
shared = re.findall(r'<t[^>]*>([^<]*)</t>', text('xl/sharedStrings.xml'))
actions = text('xl/worksheets/sheet4.xml')
rows = re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', actions)
for number, row in rows[1:3]:
    cells = re.findall(r'<c r="([A-Z]+)\d+"(?: s="\d+")?(?: t="(s)")?><v>([^<]*)</v>', row)
    print([(c, shared[int(v)] if s else v) for c, s, v in cells])
)py";

TEST(AefFiles, TheWorkbookHasTheOfficialSheetsAndGroups) {
  const test_support::ScratchFolder scratch;
  const Aef aef = aef_of(ordinary_books(), "XBA", 2028);
  scratch.write("book.xlsx", bytes_of(aef, replay::files_of(aef, AefFormat::xlsx)[0]));
  scratch.write("read.py", read_workbook);
  const auto read = scratch.run("python3 read.py book.xlsx");
  ASSERT_EQ(read.status, 0) << read.output;
  EXPECT_THAT(read.output,
              HasSubstr("['Summary information', 'Table 1 Submission', 'Table 2 Authorizations', "
                        "'Table 3 Actions', 'Table 4 Holdings', 'Table 5 Auth. entities']"));
  EXPECT_THAT(read.output, HasSubstr("('A', 'Action date')"));
  EXPECT_THAT(read.output, HasSubstr("('I', 'Last ID'), ('K', 'Underlying unit registry ID')"));
  EXPECT_THAT(read.output, HasSubstr("('AG', 'Additional explanatory information')"));
  EXPECT_THAT(read.output, HasSubstr("('A', '47077'), ('B', 'Acquisition')")) << "a day as a day";
  EXPECT_THAT(read.output, HasSubstr("('R', '3726')"));
}

// ---- compared with the log ----

struct PublishedAef : testing::Test {
  // What the comparison says of a file of that name and those bytes.
  static replay::Comparison compare(const std::string& name, std::string bytes) {
    replay::AefComparer comparer;
    EXPECT_TRUE(comparer.add("some/folder/" + name, std::move(bytes)));
    for (const auto& effects : ordinary_year().effects()) comparer.take(effects);
    const auto all = comparer.compare({story_origin, true});
    EXPECT_EQ(all.size(), 1u);
    return all.front();
  }
  const Aef aef = aef_of(ordinary_books(entries_before("2029-04-15T00:00:00.000Z")), "XHA", 2028);
};

TEST_F(PublishedAef, OfEveryFormatIsMadeAgainAtItsEntry) {
  for (const AefFile& file : all_files(aef)) {
    const auto result = compare(replay::file_name(file), bytes_of(aef, file));
    EXPECT_TRUE(result.identical) << result.sentence;
    EXPECT_EQ(result.file, "some/folder/" + replay::file_name(file));
  }
}

TEST_F(PublishedAef, ThatWasAlteredDiffersAtTheByte) {
  for (const AefFile& file : all_files(aef)) {
    std::string bytes = bytes_of(aef, file);
    flip_bit(bytes, bytes.size() / 2, 0);
    const auto result = compare(replay::file_name(file), bytes);
    EXPECT_FALSE(result.identical);
    EXPECT_THAT(result.sentence, StartsWith("Byte " + std::to_string(bytes.size() / 2) + " "));
    bytes = bytes_of(aef, file) + " ";
    EXPECT_FALSE(compare(replay::file_name(file), bytes).identical);
  }
}

TEST_F(PublishedAef, UnderAnotherNameIsAnotherReport) {
  const AefFile file = replay::files_of(aef, AefFormat::json)[0];
  const std::string bytes = bytes_of(aef, file);
  const auto named = [&](const auto& change) {
    AefFile other = file;
    change(other);
    return compare(replay::file_name(other), bytes);
  };
  EXPECT_FALSE(named([](AefFile& f) { f.request.party = "XBA"; }).identical);
  EXPECT_FALSE(named([](AefFile& f) { f.request.year = 2029; }).identical);
  EXPECT_FALSE(named([](AefFile& f) { f.entry -= 1; }).identical);
  EXPECT_FALSE(
      named([](AefFile& f) { f.request.profile = AefProfile::nomenclature_2026; }).identical);
  EXPECT_THAT(named([](AefFile& f) { f.entry = 1'000; }).sentence, HasSubstr("has only"));
  EXPECT_THAT(named([](AefFile& f) { f.demonstration = false; }).sentence,
              HasSubstr("does not say so"));
  EXPECT_THAT(named([](AefFile& f) { f.request.party = "XZZ"; }).sentence, HasSubstr("no Party"));
}

}  // namespace
}  // namespace replay_test
