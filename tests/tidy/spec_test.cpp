// A refusal points at a sentence of the spec: the clauses in the code, the headings of
// spec/rules.md and the vectors in spec/vectors name the same ids, in one order.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace tidy {
namespace {

constexpr std::array<std::string_view, 34> families = {
    "FMT", "SIG", "LOG", "ID",  "LED", "PAR", "KEY", "ROL", "ACC", "APR", "RUL", "NDC",
    "INV", "ACT", "MON", "REV", "AUT", "ISS", "ASN", "PRO", "LCK", "TRF", "USE", "CAN",
    "RVS", "COR", "ADJ", "RPT", "FND", "WDR", "DOC", "AUD", "STA", "EVD"};

// --- Ids -----------------------------------------------------------------------------------------

// Where an id stands in the order of precedence: its family's place, then its number.
struct Rank {
  std::size_t family;
  unsigned long number;
  auto operator<=>(const Rank&) const = default;
};

std::string_view family_of(std::string_view id) {
  return id.substr(0, id.find('-'));
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "TRF-2", of a listed family or not; "UTF-8" has this form too.
bool has_form_of_id(std::string_view text) {
  const std::string_view family = family_of(text);
  if (family.size() < 2 || family.size() > 3 || family.size() == text.size()) return false;
  const bool upper =
      std::all_of(family.begin(), family.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const std::string_view number = text.substr(family.size() + 1);
  return upper && all_digits(number) && number.size() <= 3;
}

std::optional<Rank> rank_of(std::string_view id) {
  if (!has_form_of_id(id)) return {};
  const auto* family = std::find(families.begin(), families.end(), family_of(id));
  if (family == families.end()) return {};
  return Rank{static_cast<std::size_t>(family - families.begin()),
              std::stoul(std::string(id.substr(family_of(id).size() + 1)))};
}

// --- Clauses in the code -------------------------------------------------------------------------

struct CodeClause {
  std::string id;
  std::string kind;
  std::string statement;
  std::string variable;  // the name before the brace: FMT_1; empty when there is none
  std::string where;
};

// Reads forward through a source: white space, single tokens, string literals.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  bool token(std::string_view expected) {
    skip_space();
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  std::string word() {
    skip_space();
    const std::size_t start = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0)) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  // Adjacent literals joined, as the compiler does; empty when there is none.
  std::string literals() {
    std::string joined;
    while (token("\"")) {
      for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        joined += text_[at_];
      }
      at_ = std::min(at_ + 1, text_.size());  // a closing quote may be the text's last character
    }
    return joined;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }

  std::string_view text_;
  std::size_t at_;
};

// The name in `Clause NAME{` that ends just before `at`; empty when another form stands there.
std::string variable_before(std::string_view text, std::size_t at) {
  const std::size_t brace = text.find_last_not_of(" \n", at - 1);
  if (brace == std::string_view::npos || text[brace] != '{') return {};
  std::size_t start = brace;
  while (start > 0 && (std::isalnum(static_cast<unsigned char>(text[start - 1])) != 0 ||
                       text[start - 1] == '_')) {
    --start;
  }
  const std::string name(text.substr(start, brace - start));
  return name == "Clause" ? std::string() : name;
}

std::size_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + at, '\n'));
}

// The clause whose id literal opens at `quote`: "TRF-2", Kind::refused, "A sentence."
std::optional<CodeClause> clause_at(const SourceFile& file, std::size_t quote) {
  Reader reader(file.text, quote);
  CodeClause clause;
  clause.id = reader.literals();
  if (!has_form_of_id(clause.id)) return {};
  if (!reader.token(",") || !reader.token("Kind::")) return {};
  clause.kind = reader.word();
  if (!reader.token(",")) return {};
  clause.statement = reader.literals();
  clause.variable = variable_before(file.text, quote);
  clause.where = place(file, line_at(file.text, quote), clause.id);
  return clause;
}

std::vector<CodeClause> clauses_in(const SourceFile& file) {
  std::vector<CodeClause> found;
  // In `code` quotes of comments are blank, and offsets are those of `text`.
  for (std::size_t at = file.code.find('"'); at != std::string::npos;
       at = file.code.find('"', at + 1)) {
    if (auto clause = clause_at(file, at)) found.push_back(*clause);
  }
  return found;
}

const std::vector<CodeClause>& code_clauses() {
  static const std::vector<CodeClause> all = [] {
    std::vector<CodeClause> found;
    for (const SourceFile& file : product_sources()) {
      for (CodeClause& clause : clauses_in(file)) found.push_back(std::move(clause));
    }
    return found;
  }();
  return all;
}

const CodeClause* find_clause(std::string_view id) {
  for (const CodeClause& clause : code_clauses()) {
    if (clause.id == id) return &clause;
  }
  return nullptr;
}

TEST(Spec, AClauseIsReadFromTheCodeWithItsSentence) {
  const auto found = clauses_in(
      make_source("ledger/x.hpp",
                  "// \"TRF-9\"\ninline constexpr Clause TRF_2{\"TRF-2\", Kind::refused,\n"
                  "   \"A sentence \"\n   \"in two.\"};\n"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, "TRF-2");
  EXPECT_EQ(found[0].kind, "refused");
  EXPECT_EQ(found[0].statement, "A sentence in two.");
  EXPECT_EQ(found[0].variable, "TRF_2");
  EXPECT_EQ(found[0].where, "ledger/x.hpp:2: TRF-2");
}

TEST(Spec, EveryClauseInTheCodeIsOfAKnownFamilyAndDefinedOnce) {
  ASSERT_FALSE(code_clauses().empty());
  std::vector<std::string> offences;
  std::map<std::string, std::string> first;
  for (const CodeClause& clause : code_clauses()) {
    if (!rank_of(clause.id)) offences.push_back(clause.where + " is of no listed family");
    if (clause.statement.empty()) offences.push_back(clause.where + " has no sentence");
    const auto [known, is_new] = first.emplace(clause.id, clause.where);
    if (!is_new) offences.push_back(clause.where + " is defined before at " + known->second);
  }
  expect_none(offences);
}

TEST(Spec, AConstantIsNamedAsItsClause) {
  std::vector<std::string> offences;
  for (const CodeClause& clause : code_clauses()) {
    std::string expected = clause.id;
    std::replace(expected.begin(), expected.end(), '-', '_');
    if (!clause.variable.empty() && clause.variable != expected) {
      offences.push_back(clause.where + " is held by " + clause.variable);
    }
  }
  expect_none(offences);
}

// --- Headings of the spec ------------------------------------------------------------------------

struct Heading {
  std::string id;
  std::string sentence;  // the first line after it that is not empty
  std::size_t line;
};

std::vector<Heading> headings_of(std::string_view page) {
  std::vector<Heading> found;
  bool wants_sentence = false;
  std::size_t number = 0;
  for (std::string_view line : lines_of(page)) {
    ++number;
    if (line.starts_with("#")) wants_sentence = false;
    if (line.starts_with("### ") && has_form_of_id(line.substr(4))) {
      found.push_back({std::string(line.substr(4)), "", number});
      wants_sentence = true;
    } else if (wants_sentence && !line.empty()) {
      found.back().sentence = line;
      wants_sentence = false;
    }
  }
  return found;
}

const std::vector<Heading>& headings() {
  static const std::vector<Heading> all = headings_of(read_file(root() + "/spec/rules.md"));
  return all;
}

std::string at_heading(const Heading& heading) {
  return "spec/rules.md:" + std::to_string(heading.line) + ": " + heading.id;
}

TEST(Spec, AHeadingIsReadWithItsSentence) {
  const auto found = headings_of("## Transfers\n\n### TRF-1\n\nOne.\nMore.\n### TRF-2\n### Note\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].id + found[0].sentence, "TRF-1One.");
  EXPECT_EQ(found[1].id + found[1].sentence, "TRF-2");
}

TEST(Spec, EveryClauseHasOneHeadingFollowedByItsSentence) {
  std::vector<std::string> offences;
  for (const CodeClause& clause : code_clauses()) {
    const auto has_id = [&](const Heading& each) { return each.id == clause.id; };
    const auto heading = std::find_if(headings().begin(), headings().end(), has_id);
    if (heading == headings().end()) {
      offences.push_back(clause.where + " has no heading in spec/rules.md");
    } else if (heading->sentence != clause.statement) {
      offences.push_back(at_heading(*heading) + " says\n      \"" + heading->sentence +
                         "\"\n    but " + clause.where + " says\n      \"" + clause.statement +
                         "\"");
    }
  }
  expect_none(offences);
}

TEST(Spec, EveryHeadingHasAClauseInTheCode) {
  ASSERT_FALSE(headings().empty()) << "spec/rules.md has no headings of clauses";
  std::vector<std::string> offences;
  for (const Heading& heading : headings()) {
    if (find_clause(heading.id) == nullptr) {
      offences.push_back(at_heading(heading) + " has no clause in the code");
    }
  }
  expect_none(offences);
}

TEST(Spec, HeadingsStandInOrderOfPrecedence) {
  std::vector<std::string> offences;
  for (std::size_t i = 0; i < headings().size(); ++i) {
    const auto rank = rank_of(headings()[i].id);
    if (!rank) {
      offences.push_back(at_heading(headings()[i]) + " is of no listed family");
    } else if (i > 0 && rank_of(headings()[i - 1].id) >= rank) {
      offences.push_back(at_heading(headings()[i]) + " stands after " + headings()[i - 1].id);
    }
  }
  expect_none(offences);
}

// --- Vectors -------------------------------------------------------------------------------------

using Json = nlohmann::json;

// Every clause id that any object of a vector file gives as its "clause".
void collect_ids(const Json& value, std::set<std::string>& ids) {
  if (value.is_object() && value.contains("clause") && value["clause"].is_string()) {
    ids.insert(value["clause"].get<std::string>());
  }
  if (value.is_structured()) {
    for (const Json& member : value) collect_ids(member, ids);
  }
}

std::string path_in_vectors(const std::string& name) {
  return root() + "/spec/vectors/" + name + ".json";
}

std::set<std::string> ids_in_vectors(const std::string& path) {
  std::set<std::string> ids;
  const Json file = Json::parse(read_file(path), nullptr, false);
  if (!file.is_discarded()) collect_ids(file, ids);
  return ids;
}

std::vector<std::filesystem::path> files_of_rules() {
  std::vector<std::filesystem::path> found;
  for (const auto& file : std::filesystem::directory_iterator(root() + "/spec/vectors/rules")) {
    found.push_back(file.path());
  }
  return found;
}

// A stored log that is damaged or a server that is full cannot be written as an input; a test that
// names the clause stands in for the vector.
bool shown_by_a_test(const CodeClause& clause) {
  if (clause.kind != "corrupt" && clause.kind != "overloaded") return false;
  static const std::vector<SourceFile> tests = sources_in({"tests"});
  std::string constant = clause.id;
  std::replace(constant.begin(), constant.end(), '-', '_');
  return std::any_of(tests.begin(), tests.end(), [&](const SourceFile& file) {
    return !file.path.starts_with("tests/tidy/") &&
           (holds_word(file.text, clause.id) || holds_word(file.text, constant));
  });
}

TEST(Spec, EveryVectorFileIsJson) {
  for (const auto& path : files_of_rules()) EXPECT_TRUE(Json::accept(read_file(path))) << path;
}

TEST(Spec, EveryClauseHasAFileOfRefusals) {
  std::vector<std::string> offences;
  for (const CodeClause& clause : code_clauses()) {
    const std::string path = path_in_vectors("rules/" + clause.id);
    const bool has_one =
        std::filesystem::exists(path) && ids_in_vectors(path) == std::set<std::string>{clause.id};
    if (has_one || shown_by_a_test(clause)) continue;
    offences.push_back(clause.where + " has no refusal in spec/vectors/rules/" + clause.id +
                       ".json");
  }
  expect_none(offences);
}

TEST(Spec, EveryFileOfRefusalsIsOfAClause) {
  std::vector<std::string> offences;
  for (const auto& path : files_of_rules()) {
    if (find_clause(path.stem().string()) != nullptr) continue;
    offences.push_back("spec/vectors/rules/" + path.filename().string() +
                       ": of no clause in the code");
  }
  expect_none(offences);
}

// --- Rows ----------------------------------------------------------------------------------------

TEST(Spec, EveryKindOfRowOfTheViewsHasALetterOfItsOwn) {
  const std::string code = read_file(root() + "/replay/view_keys.hpp");
  const std::string page = read_file(root() + "/spec/views.md");
  const std::size_t begin = code.find("enum class Rows");
  const std::string kinds = code.substr(begin, code.find("};", begin) - begin);
  std::vector<std::string> offences;
  std::set<char> letters;
  for (std::size_t at = kinds.find("= '"); at != std::string::npos;
       at = kinds.find("= '", at + 1)) {
    const char letter = kinds[at + 3];
    if (!letters.insert(letter).second) {
      offences.push_back(std::string("replay/view_keys.hpp: two kinds of row are '") + letter +
                         "'");
    }
    if (page.find(std::string("`") + letter + "`") == std::string::npos) {
      offences.push_back(std::string("spec/views.md does not have rows '") + letter + "'");
    }
  }
  EXPECT_GE(letters.size(), 20u);
  expect_none(offences);
}

}  // namespace
}  // namespace tidy
