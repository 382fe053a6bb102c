// Cold audit and press day: the log of the ordinary year on a stick, no server and no network. What
// is asked is answered from the stick with the auditor's program and `itmo` alone.
//
// Left to what later versions of this specification bring: the answers' proofs against a committed
// state, the second verifier, and the opening of withheld documents; of this log none is withheld.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "crypto/tlog_tiles.hpp"
#include "tests/api/played.hpp"

namespace api_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* mark = "DEMONSTRATION – not a record of any government";

// The log of scenario A, downloaded once; the server is gone.
class Stick {
 public:
  Stick() : stream_(stream_named("scenario-a")) {
    Played played(stream_);
    reports_ = played.reports();
    folder_.write("log.vkey", crypto::format_vkey(scene_log_key()) + "\n");
    const auto copied = folder_.run("'" ITMO_BIN_DIR "/itmo' bundle here --url " +
                                    played.served().url() + " --vkey log.vkey");
    EXPECT_EQ(copied.status, 0) << copied.output;
    log_ = std::filesystem::exists(folder_.file("here")) ? "here" : "DEMONSTRATION-here";
    read_lines();
  }

  struct Answer {
    int status;
    std::string text;
  };
  [[nodiscard]] Answer audit(const std::string& more = "") const {
    return run("itmo-audit' " + log_ + " --key log.vkey " + more);
  }
  [[nodiscard]] std::string ask(const std::string& arguments) const {
    const Answer answer = run("itmo' " + arguments + " --log " + log_ + " --key log.vkey");
    EXPECT_EQ(answer.status, 0) << arguments << "\n" << answer.text;
    return answer.text;
  }
  // The report of that name as `itmo aef` makes it.
  [[nodiscard]] std::string report(const std::string& party, int year, const std::string& at,
                                   const std::string& format) const {
    return ask("aef --party " + party + " --year " + std::to_string(year) + " --out made --at " +
               at + " --format " + format);
  }

  [[nodiscard]] const Json& stream() const { return stream_; }
  [[nodiscard]] const std::map<std::string, std::string>& reports() const { return reports_; }
  [[nodiscard]] const test_support::ScratchFolder& folder() const { return folder_; }
  [[nodiscard]] const std::vector<Json>& entries() const { return entries_; }
  [[nodiscard]] std::string path_of_entries() const { return entries_path_; }
  // The bodies of the events of that type, with their entries.
  [[nodiscard]] std::vector<std::pair<std::size_t, Json>> events(const std::string& type) const {
    std::vector<std::pair<std::size_t, Json>> found;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Json& event = entries_[i]["event"];
      if (event["type"] == type) found.emplace_back(i, event["body"]);
    }
    return found;
  }

 private:
  [[nodiscard]] Answer run(const std::string& command) const {
    const auto done = folder_.run("'" ITMO_BIN_DIR "/" + command);
    return {done.status, done.output};
  }

  void read_lines() {
    const std::string tiles = folder_.file(log_ + "/tile/entries");
    for (const auto& file : std::filesystem::recursive_directory_iterator(tiles)) {
      if (!file.is_regular_file()) continue;
      entries_path_ = std::filesystem::relative(file.path(), folder_.path());
    }
    const std::string bytes = folder_.read(entries_path_);
    const auto lines = crypto::split_bundle(bytes);
    ASSERT_TRUE(lines);
    for (const std::string_view line : *lines) entries_.push_back(Json::parse(line));
  }

  Json stream_;
  test_support::ScratchFolder folder_;
  std::map<std::string, std::string> reports_;
  std::string log_, entries_path_;
  std::vector<Json> entries_;
};

const Stick& stick() {
  static const Stick one;
  return one;
}

// ---- the audit ----

Json audited() {
  const auto answer = stick().audit("--json");
  EXPECT_EQ(answer.status, 0) << answer.text;
  return Json::parse(answer.text);
}

// By value: answers are made anew for each question.
Json by_id(const Json& list, const std::string& id) {
  for (const Json& each : list) {
    if (each["id"] == id) return each;
  }
  return {};
}

Json by_year(const Json& list, int year) {
  for (const Json& each : list) {
    if (each["year"] == year) return each;
  }
  return {};
}

TEST(ScenarioE, TheRootAndEveryBalanceComeOut) {
  const Json report = audited();
  EXPECT_EQ(report["checkpoint"]["root"], stick().stream()["root"]);
  EXPECT_EQ(report["checkpoint"]["size"], stick().stream()["size"]);
  const Json& totals = report["totals"];
  EXPECT_EQ(by_id(totals["accounts"], "XBA-FUND-XBA")["quantity"], 1'176);
  EXPECT_EQ(by_id(totals["accounts"], "XHA-SHARE")["quantity"], 600);
  EXPECT_EQ(by_id(totals["accounts"], "XBA-FUND-XHA")["quantity"], 2'983);
  EXPECT_EQ(totals["units"],
            (Json{{"issued", 15'000}, {"held", 4'759}, {"used", 10'000}, {"cancelled", 241}}));
}

TEST(ScenarioE, TheReportsAreByteForByteThoseThatWereFiled) {
  for (const auto& [entry, body] : stick().events("report.filed")) {
    if (body["kind"] != "aef") continue;
    const std::string party = body["party"];
    const std::string told =
        stick().report(party, 2028, std::to_string(body["as_of"].get<int>()), "json");
    const std::size_t at = told.find("made/");
    ASSERT_NE(at, std::string::npos) << told;
    const std::string name = told.substr(at, told.find('\n', at) - at);
    const std::string bytes = stick().folder().read(name);
    EXPECT_EQ(crypto::to_hex(crypto::sha256(bytes).view()), body["document"]["sha256"]) << name;
    EXPECT_EQ(bytes.size(), body["document"]["size"].get<std::size_t>());
    const auto compared = stick().audit("--aef " + name);
    EXPECT_EQ(compared.status, 0) << compared.text;
    EXPECT_THAT(compared.text, HasSubstr("IDENTICAL"));
  }
}

TEST(ScenarioE, OneFlippedByteNamesTheEntry) {
  const std::string path = stick().path_of_entries();
  const std::string whole = stick().folder().read(path);
  const std::size_t entry = stick().events("units.transferred").at(1).first;
  const std::string id = stick().entries()[entry]["event"]["id"];
  std::string flipped = whole;
  flipped[whole.find("\"" + id + "\"") + 1] ^= 1;
  stick().folder().write(path, flipped);
  const auto answer = stick().audit();
  stick().folder().write(path, whole);
  EXPECT_EQ(answer.status, 1) << answer.text;
  EXPECT_THAT(answer.text, HasSubstr("INVALID at entry " + std::to_string(entry)));
  EXPECT_EQ(stick().audit().status, 0) << "and nothing else was touched";
}

TEST(ScenarioE, TheMarkStandsInEveryExport) {
  for (const char* what :
       {"summary --party XHA --year 2027", "authorizations --party XHA", "due --party XHA",
        "statement XBA-FUND", "precheck --party XHA --year 2028"}) {
    EXPECT_THAT(stick().ask(what), StartsWith(mark)) << what;
  }
  EXPECT_THAT(stick().ask("summary --party XHA --year 2027 --csv"), HasSubstr("DEMONSTRATION"));
  EXPECT_THAT(stick().ask("due --party XHA --ics"), HasSubstr("DEMONSTRATION"));
  EXPECT_THAT(stick().audit().text, HasSubstr(mark));
  const std::string files = stick().report("XBA", 2028, "40", "all");
  EXPECT_THAT(files, StartsWith(mark));
  for (const auto& file : std::filesystem::directory_iterator(stick().folder().file("made"))) {
    EXPECT_THAT(file.path().filename().string(), StartsWith("DEMONSTRATION-"));
  }
}

// ---- what the press asks ----

// The rows of table 3 of a Party's year that a question is about, as sums by one column.
std::map<std::string, std::int64_t> sums(const std::string& party, int year, int vintage,
                                         const std::string& column) {
  const std::string told =
      stick().report(party, year, std::to_string(stick().entries().size() - 1), "json");
  const std::size_t at = told.find("made/");
  const Json aef = Json::parse(stick().folder().read(told.substr(at, told.find('\n', at) - at)));
  const Json& table = aef["tables"][2];
  const auto index = [&](const std::string& name) {
    for (std::size_t i = 0; i < table["columns"].size(); ++i) {
      if (table["columns"][i] == name) return i;
    }
    ADD_FAILURE() << "no column " << name << " in " << table["columns"];
    return std::size_t{0};
  };
  std::map<std::string, std::int64_t> out;
  for (const Json& row : table["rows"]) {
    const Json& cells = row["cells"];
    if (cells[index("Vintage")] != vintage) continue;
    EXPECT_FALSE(row["entries"].empty()) << "each answer names its entries";
    out[cells[index(column)].get<std::string>()] += cells[index("QuantityCO2")].get<std::int64_t>();
  }
  return out;
}

// The OMGE is mandatory by the rules of the approach.
TEST(ScenarioE, OfVintage2026XhaSold8550) {
  EXPECT_EQ(
      by_year(by_id(audited()["totals"]["parties"], "XHA")["first_transferred"], 2026)["quantity"],
      8'550);
  EXPECT_EQ(sums("XHA", 2028, 2026, "ActionSubtype"),
            (std::map<std::string, std::int64_t>{{"First transfer to another Party", 8'370},
                                                 {"Mandatory cancellation to deliver OMGE", 180}}));
}

TEST(ScenarioE, OfVintage2026XhaRetained450) {
  const std::string statement = stick().ask("statement XHA");
  EXPECT_THAT(statement,
              AllOf(HasSubstr("Account XHA-SHARE"),
                    HasSubstr("CA9901-XHA99-XHA-3808-2026 to CA9901-XHA99-XHA-4007-2026"),
                    HasSubstr("CA9901-XHA99-XHA-8751-2026 to CA9901-XHA99-XHA-9000-2026")))
      << "200 and 250";
}

TEST(ScenarioE, TheAdjustmentOf2027IsDueRecordedAndNotYetReported) {
  const Json host = by_id(audited()["totals"]["parties"], "XHA");
  EXPECT_EQ(by_year(host["first_transferred"], 2027)["quantity"], 2'867);
  const Json recorded = by_year(host["adjustments"], 2027);
  EXPECT_EQ(recorded["version"], 2);
  EXPECT_EQ(recorded["first_transferred"], 2'867);
  for (const auto& [entry, body] : stick().events("report.filed")) {
    EXPECT_NE(body["kind"], "btr_annex") << "in no report yet";
  }
  EXPECT_EQ(by_year(by_id(audited()["totals"]["parties"], "XBA")["used_for"], 2027)["quantity"],
            10'000);
}

TEST(ScenarioE, TheTwoBlocksThatXbaHasLeft) {
  const std::string statement = stick().ask("statement XBA-FUND");
  EXPECT_THAT(statement,
              AllOf(HasSubstr("CA9901-XHA99-XHA-10631-2027 to CA9901-XHA99-XHA-10876-2027"),
                    HasSubstr("CA9901-XHA99-XHA-11018-2027 to CA9901-XHA99-XHA-11947-2027"),
                    HasSubstr("1,176")));
}

TEST(ScenarioE, WhatBecameOfSerials10900And15001) {
  bool cancelled = false;
  for (const auto& [entry, body] : stick().events("proceeds.deducted")) {
    for (const Json& taken : body["taken"]) {
      const std::int64_t first = taken["ranges"][0][0], last = taken["ranges"][0][1];
      if (taken["line"] == "omge" && first <= 10'900 && 10'900 <= last) cancelled = true;
    }
  }
  EXPECT_TRUE(cancelled) << "cancelled for OMGE";
  std::int64_t highest = 0;
  for (const auto& [entry, body] : stick().events("units.issued")) {
    for (const Json& lot : body["lots"])
      highest = std::max(highest, lot["last"].get<std::int64_t>());
  }
  EXPECT_EQ(highest, 15'000) << "serial 15,001 was never issued";
}

TEST(ScenarioE, WhoVerifiedAndWhoAccreditedIt) {
  const auto verifications = stick().events("monitoring.verified");
  ASSERT_EQ(verifications.size(), 1u);
  const std::string verifier = verifications[0].second["verifier"];
  EXPECT_EQ(verifier, "VERIFIER-B");
  int found = 0;
  for (const auto& [entry, body] : stick().events("role.granted")) {
    if (body["participant"] != verifier) continue;
    EXPECT_EQ(body["role"], "verifier");
    EXPECT_EQ(body["parties"], (Json{"XBA", "XHA"})) << "both accredited it";
    ++found;
  }
  EXPECT_EQ(found, 1);
}

TEST(ScenarioE, NoPriceIsRecorded) {
  EXPECT_THAT(stick().ask("precheck --party XBA --year 2028"),
              HasSubstr("What paid for them is not recorded here"));
}

}  // namespace
}  // namespace api_test
