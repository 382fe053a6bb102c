// The rules of the field, R1 to R48, as the last table of spec/rules.md maps them: each to clauses
// with refusals and admissions among the vectors, to a flag that reports carry, or to the reason
// why no event could break it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace tidy {
namespace {

using Json = nlohmann::json;

// "| R7 | X | AUT-7 | note |"
struct FieldRule {
  std::string id, severity, held_by, note;
};

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == std::string_view::npos ? "" : std::string(text.substr(first, last - first + 1));
}

std::vector<FieldRule> rules_in(std::string_view page) {
  std::vector<FieldRule> rules;
  for (std::string_view line : lines_of(page)) {
    if (!line.starts_with("| R") || line.starts_with("| R |")) continue;
    std::vector<std::string> cells;
    for (std::size_t at = 1; at < line.size();) {
      const std::size_t bar = std::min(line.find('|', at), line.size());
      cells.push_back(trimmed(line.substr(at, bar - at)));
      at = bar + 1;
    }
    if (cells.size() == 4) rules.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return rules;
}

const std::vector<FieldRule>& rules() {
  static const std::vector<FieldRule> all = rules_in(read_file(root() + "/spec/rules.md"));
  return all;
}

// "TRF-1, USE-3 to USE-5" as each of its ids.
std::vector<std::string> clauses_of(const std::string& cell) {
  std::vector<std::string> ids;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t end = std::min(cell.find(", ", at), cell.size());
    const std::string part = cell.substr(at, end - at);
    at = end + 2;
    const std::size_t to = part.find(" to ");
    if (to == std::string::npos) {
      ids.push_back(part);
      continue;
    }
    const std::size_t hyphen = part.find('-');
    const std::string family = part.substr(0, hyphen + 1);
    const int first = std::stoi(part.substr(hyphen + 1));
    const int last = std::stoi(part.substr(part.rfind('-') + 1));
    for (int number = first; number <= last; ++number) {
      ids.push_back(family + std::to_string(number));
    }
  }
  return ids;
}

Json vector_file(const std::string& name) {
  const std::string path = root() + "/spec/vectors/" + name + ".json";
  return std::filesystem::exists(path) ? Json::parse(read_file(path), nullptr, false) : Json();
}

bool has_vectors(const Json& file) {
  return file.is_object() && file.contains("vectors") && !file["vectors"].empty();
}

// What the vectors lack of a clause, or nothing.
std::string lacking(const std::string& clause) {
  const Json refusals = vector_file("rules/" + clause);
  if (!has_vectors(refusals)) return clause + " has no refusal";
  if (!refusals.contains("asked_of")) {  // of bytes, or of every event
    const std::string family = clause.substr(0, clause.find('-'));
    const bool bytes = family == "FMT" || family == "SIG";
    const std::string shown = !bytes            ? "admitted/account.opened"
                              : family == "FMT" ? "admitted/texts"
                                                : "admitted/signatures";
    return has_vectors(vector_file(shown)) ? "" : clause + " has no admission";
  }
  for (const std::string type : refusals["asked_of"]) {
    if (has_vectors(vector_file("admitted/" + type))) return "";
  }
  return clause + " has no admission of a type that is asked it";
}

const std::vector<SourceFile>& tests() {
  static const std::vector<SourceFile> all = sources_in({"tests"});
  return all;
}

// Whether a test is written so: "Suite.Name".
bool is_a_test(const std::string& name) {
  const std::size_t point = name.find('.');
  if (point == std::string::npos) return false;
  const std::string suite = name.substr(0, point), rest = name.substr(point + 1);
  return std::any_of(tests().begin(), tests().end(), [&](const SourceFile& file) {
    return file.text.find("(" + suite + ", " + rest + ")") != std::string::npos;
  });
}

// Every `Suite.Name` in a note.
std::vector<std::string> tests_named_in(const std::string& note) {
  std::vector<std::string> names;
  for (std::size_t open = note.find('`'); open != std::string::npos;) {
    const std::size_t close = note.find('`', open + 1);
    if (close == std::string::npos) break;
    const std::string code = note.substr(open + 1, close - open - 1);
    if (code.find('.') != std::string::npos) names.push_back(code);
    open = note.find('`', close + 1);
  }
  return names;
}

// A flag has its sentence in the reports, and a test of its name.
std::string lacking_of_flag(const std::string& rule) {
  const std::string source = read_file(root() + "/replay/flags.cpp");
  if (source.find('"' + rule + '"') == std::string::npos)
    return "replay/flags.cpp has no such flag";
  const bool tested = std::any_of(tests().begin(), tests().end(), [&](const SourceFile& file) {
    return file.text.find("(Flags, " + rule + "_") != std::string::npos;
  });
  return tested ? "" : "no test Flags." + rule + "_…";
}

TEST(Coverage, ARowIsReadWithItsClauses) {
  const auto found =
      rules_in("| R7 | X | AUT-7 |  |\n| R23 | X | ACT-15, MON-10 to MON-12 | n |\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].held_by, "AUT-7");
  EXPECT_EQ(clauses_of(found[1].held_by),
            (std::vector<std::string>{"ACT-15", "MON-10", "MON-11", "MON-12"}));
  EXPECT_EQ(tests_named_in("why; `Property.X` and `itmo due`"),
            std::vector<std::string>{"Property.X"});
}

TEST(Coverage, EveryRuleOfTheFieldHasItsRow) {
  ASSERT_EQ(rules().size(), 48u);
  for (std::size_t i = 0; i < rules().size(); ++i) {
    EXPECT_EQ(rules()[i].id, "R" + std::to_string(i + 1));
    EXPECT_TRUE((std::set<std::string>{"X", "W", "D", "W/D"}).contains(rules()[i].severity))
        << rules()[i].id;
  }
}

TEST(Coverage, EveryClauseOfARuleHasARefusalAndAnAdmission) {
  std::vector<std::string> offences;
  for (const FieldRule& rule : rules()) {
    if (rule.held_by == "none needed" || rule.held_by.starts_with("flag ")) continue;
    for (const std::string& clause : clauses_of(rule.held_by)) {
      const std::string lacks = lacking(clause);
      if (!lacks.empty()) offences.push_back(rule.id + ": " + lacks);
    }
  }
  expect_none(offences);
}

TEST(Coverage, ARuleWithoutAClauseSaysWhyAndWhichTestShowsIt) {
  std::vector<std::string> offences;
  for (const FieldRule& rule : rules()) {
    if (rule.held_by != "none needed") continue;
    const auto named = tests_named_in(rule.note);
    if (named.empty()) offences.push_back(rule.id + " names no test");
    for (const std::string& name : named) {
      if (!is_a_test(name)) offences.push_back(rule.id + ": there is no test " + name);
    }
  }
  expect_none(offences);
}

TEST(Coverage, AFlagIsOfARuleThatRefusesNothingAndIsTested) {
  std::vector<std::string> offences;
  for (const FieldRule& rule : rules()) {
    if (!rule.held_by.starts_with("flag ")) continue;
    if (rule.severity.find('W') == std::string::npos) offences.push_back(rule.id + " only flags");
    if (rule.held_by != "flag " + rule.id) offences.push_back(rule.id + " has another's flag");
    const std::string lacks = lacking_of_flag(rule.id);
    if (!lacks.empty()) offences.push_back(rule.id + ": " + lacks);
  }
  expect_none(offences);
}

// The ten traps, by the names of their tests.
TEST(Coverage, EveryTrapHasATestOfItsName) {
  for (int trap = 1; trap <= 10; ++trap) {
    const std::string name = "(Traps, T" + std::to_string(trap) + "_";
    EXPECT_TRUE(std::any_of(tests().begin(), tests().end(), [&](const SourceFile& file) {
      return file.text.find(name) != std::string::npos;
    })) << name;
  }
}

}  // namespace
}  // namespace tidy
