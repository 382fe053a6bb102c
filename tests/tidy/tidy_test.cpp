// The shape of the code, held by reading it: who may include whom, what a folder must not contain,
// and which folders exist. A new edge is a new line in a table here, in the commit that needs it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace tidy {
namespace {

using Names = std::vector<std::string_view>;

// --- Includes ------------------------------------------------------------------------------------

// What the files that fit `files` may include beside the C++ standard library. The first row that
// fits a file rules it. A third-party name that ends in '/' stands for everything below it.
struct IncludeRow {
  std::string_view files;
  Names folders;
  Names third_party;
};

const Names file_calls = {"fcntl.h", "unistd.h", "sys/stat.h", "sys/file.h"};

const std::vector<IncludeRow>& include_table() {
  static const std::vector<IncludeRow> table = {
      {"crypto/*.hpp", {"crypto"}, {}},
      {"crypto/*.cpp", {"crypto"}, {"sodium.h", "openssl/"}},
      {"ledger/rocks_*.cpp", {"crypto", "ledger"}, {"rocksdb/"}},
      {"ledger/lock_slot.cpp", {"crypto", "ledger"}, file_calls},
      {"ledger/*.hpp", {"crypto", "ledger"}, {"tl/expected.hpp"}},
      {"ledger/*.cpp", {"crypto", "ledger"}, {"tl/expected.hpp"}},
      {"replay/*.hpp", {"crypto", "ledger", "replay"}, {}},
      {"replay/aef_xlsx.cpp", {"replay", "ledger"}, {"xlsxwriter.h"}},
      {"replay/*.cpp", {"crypto", "ledger", "replay"}, {}},
      {"api/*.hpp", {"crypto", "ledger", "replay", "api"}, {"tl/expected.hpp"}},
      {"api/http_server.cpp", {"crypto", "ledger", "replay", "api"}, {"boost/"}},
      {"api/http_client.cpp",
       {"crypto", "api"},
       {"fcntl.h", "netdb.h", "poll.h", "sys/socket.h", "unistd.h"}},
      {"api/demo_process.cpp",
       {"api"},
       {"fcntl.h", "signal.h", "sys/prctl.h", "sys/wait.h", "unistd.h"}},
      {"api/*.cpp",
       {"crypto", "ledger", "replay", "api"},
       {"nlohmann/", "spdlog/", "toml++/", "CLI/", "zlib.h", "fcntl.h", "unistd.h", "sys/stat.h",
        "sys/file.h", "signal.h", "sys/prctl.h", "sys/resource.h", "sys/syscall.h",
        "linux/sched.h"}},
  };
  return table;
}

struct Include {
  std::size_t line;
  std::string name;
  bool quoted;
};

// The target of an include line: its text is read, since a blanked literal has lost its name.
std::optional<Include> include_of(std::string_view line, std::size_t number) {
  const std::size_t hash = line.find_first_not_of(' ');
  if (hash == std::string_view::npos || !line.substr(hash).starts_with("#include")) return {};
  const std::size_t open = line.find_first_of("\"<", hash);
  if (open == std::string_view::npos) return {};
  const std::size_t close = line.find_first_of("\">", open + 1);
  if (close == std::string_view::npos) return {};
  return Include{number, std::string(line.substr(open + 1, close - open - 1)), line[open] == '"'};
}

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> found;
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.text)) {
    if (auto include = include_of(line, ++number)) found.push_back(*include);
  }
  return found;
}

// C++ standard headers have neither a folder nor an ending.
bool is_standard(const Include& include) {
  return !include.quoted && include.name.find_first_of("./") == std::string::npos;
}

bool names(const Names& allowed, std::string_view header) {
  return std::any_of(allowed.begin(), allowed.end(), [&](std::string_view each) {
    return each.ends_with('/') ? header.starts_with(each) : header == each;
  });
}

bool in_folders(const Names& folders, std::string_view header) {
  return std::find(folders.begin(), folders.end(), header.substr(0, header.find('/'))) !=
         folders.end();
}

const IncludeRow* row_of(std::string_view path) {
  for (const IncludeRow& row : include_table()) {
    if (fits(path, row.files)) return &row;
  }
  return nullptr;
}

bool allows(const IncludeRow& row, const Include& include) {
  if (include.quoted) return in_folders(row.folders, include.name);
  return is_standard(include) || names(row.third_party, include.name);
}

std::vector<std::string> include_offences(const SourceFile& file) {
  const IncludeRow* row = row_of(file.path);
  if (row == nullptr) return {file.path + ": no row of the include table covers this file"};
  std::vector<std::string> offences;
  for (const Include& include : includes_of(file)) {
    if (allows(*row, include)) continue;
    offences.push_back(place(file, include.line,
                             "includes " + include.name + ", which the row for " +
                                 std::string(row->files) + " does not allow"));
  }
  return offences;
}

template <class Check>
std::vector<std::string> collect(const std::vector<SourceFile>& files, Check check) {
  std::vector<std::string> all;
  for (const SourceFile& file : files) {
    for (std::string& offence : check(file)) all.push_back(std::move(offence));
  }
  return all;
}

TEST(Tidy, EveryIncludeIsInTheIncludeTable) {
  ASSERT_FALSE(product_sources().empty());
  expect_none(collect(product_sources(), include_offences));
}

TEST(Tidy, AnIncludeThatTheTableForbidsIsNamedWithItsLine) {
  const auto offences = include_offences(
      make_source("ledger/units.cpp", "#include <vector>\n#include \"replay/views.hpp\"\n"));
  ASSERT_EQ(offences.size(), 1u);
  EXPECT_TRUE(offences[0].starts_with("ledger/units.cpp:2: includes replay/views.hpp"));
  EXPECT_EQ(include_offences(make_source("api/x.hpp", "#include <nlohmann/json.hpp>\n")).size(),
            1u);
}

TEST(Tidy, OneSourceIncludesBoost) {
  std::set<std::string> found;
  for (const SourceFile& file : product_sources()) {
    for (const Include& include : includes_of(file)) {
      if (include.name.starts_with("boost/")) found.insert(file.path);
    }
  }
  EXPECT_EQ(found, std::set<std::string>{"api/http_server.cpp"});
}

TEST(Tidy, QuotedIncludesAreWrittenFromTheRoot) {
  expect_none(collect(product_sources(), [](const SourceFile& file) {
    std::vector<std::string> offences;
    for (const Include& include : includes_of(file)) {
      if (include.quoted && !std::filesystem::exists(root() + "/" + include.name)) {
        offences.push_back(place(file, include.line, include.name + " is not below the root"));
      }
    }
    return offences;
  }));
}

TEST(Tidy, EveryHeaderIsReadOnce) {
  expect_none(collect(product_sources(), [](const SourceFile& file) -> std::vector<std::string> {
    const bool guarded = file.code.find("#pragma once") != std::string::npos;
    if (guarded || !file.path.ends_with(".hpp")) return {};
    return {file.path + ": no #pragma once"};
  }));
}

// --- Determinism and contents --------------------------------------------------------------------

// What the files that fit `files`, and not `except`, must not contain.
struct Ban {
  std::string_view files;
  Names except;
  Names headers;
  Names words;
  std::string_view why;
};

const Names thread_headers = {
    "thread", "mutex",     "shared_mutex", "atomic",  "condition_variable",
    "future", "semaphore", "latch",        "barrier", "stop_token"};
const Names clock_headers = {"chrono", "ctime", "time.h", "sys/time.h"};
const Names socket_headers = {"sys/socket.h", "netinet/in.h", "arpa/inet.h", "netdb.h",
                              "sys/un.h",     "poll.h",       "sys/epoll.h"};
const Names clock_words = {"clock_gettime", "gettimeofday", "system_clock", "steady_clock",
                           "time(nullptr)", "time(NULL)",   "time(0)"};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> all = {
      // An engine is read by many threads beside its one writer, as RocksDB is: it has a lock.
      {"ledger/*", {"ledger/memory_*", "ledger/rocks_*"}, thread_headers, {}, "no threads"},
      {"ledger/*", {}, {}, {"thread_local", "jthread", "volatile"}, "no threads"},
      // <chrono> turns days into years, months and days there; its clocks stay forbidden.
      {"ledger/*", {"ledger/time.cpp"}, clock_headers, {}, "time is a parameter"},
      {"ledger/*", {}, {}, clock_words, "time is a parameter"},
      {"ledger/*", {}, {"random"}, {"rand", "srand", "random_device"}, "nothing is random"},
      {"ledger/*", {}, {}, {"getenv", "environ", "setlocale"}, "no environment"},
      {"ledger/*", {}, {"cmath", "cfloat"}, {"float", "double"}, "no floating point"},
      {"ledger/*", {}, {"unordered_map", "unordered_set"}, {"std::hash"}, "no chance order"},
      {"ledger/*", {}, socket_headers, {}, "no sockets"},
      {"replay/*", {}, clock_headers, clock_words, "time is a parameter"},
      {"replay/*", {}, socket_headers, {}, "no sockets"},
      {"replay/*", {"replay/workers.*"}, thread_headers, {}, "threads live in replay/workers"},
      {"crypto/*", {}, {}, {"json", "Json", "JSON", "nlohmann"}, "bytes, not JSON"},
      {"crypto/*", {}, {}, {"throw"}, "failures are values"},
      {"ledger/*", {}, {}, {"throw"}, "failures are values"},
      {"replay/*", {}, {}, {"throw"}, "failures are values"},
      {"*",
       {"api/http_server.cpp", "ledger/entry.cpp", "ledger/entry.hpp"},
       {},
       {"shared_ptr", "make_shared"},
       "values by default"},
  };
  return all;
}

bool covers(const Ban& ban, std::string_view path) {
  return fits(path, ban.files) &&
         std::none_of(ban.except.begin(), ban.except.end(),
                      [&](std::string_view each) { return fits(path, each); });
}

std::vector<std::string> ban_offences(const SourceFile& file, const Ban& ban) {
  std::vector<std::string> offences;
  const std::string why = " (" + std::string(ban.why) + ")";
  for (const Include& include : includes_of(file)) {
    if (!include.quoted && names(ban.headers, include.name)) {
      offences.push_back(place(file, include.line, "includes <" + include.name + ">" + why));
    }
  }
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.code)) {
    ++number;
    for (std::string_view word : ban.words) {
      if (holds_word(line, word)) {
        offences.push_back(place(file, number, "says " + std::string(word) + why));
      }
    }
  }
  return offences;
}

std::vector<std::string> content_offences(const SourceFile& file) {
  std::vector<std::string> all;
  for (const Ban& ban : bans()) {
    if (!covers(ban, file.path)) continue;
    for (std::string& offence : ban_offences(file, ban)) all.push_back(std::move(offence));
  }
  return all;
}

TEST(Tidy, NoFolderContainsWhatItMustNot) {
  expect_none(collect(product_sources(), content_offences));
}

TEST(Tidy, AHiddenInputInTheLedgerIsNamedWithItsLine) {
  const auto offences = content_offences(
      make_source("ledger/x.cpp",
                  "#include <chrono>\n// a double in a comment is fine\nlong f() {\n"
                  "  return time(nullptr);\n}\ndouble half;\n"));
  ASSERT_EQ(offences.size(), 3u);
  EXPECT_EQ(offences[0], "ledger/x.cpp:1: includes <chrono> (time is a parameter)");
  EXPECT_EQ(offences[1], "ledger/x.cpp:4: says time(nullptr) (time is a parameter)");
  EXPECT_EQ(offences[2], "ledger/x.cpp:6: says double (no floating point)");
}

TEST(Tidy, CommentsAndLiteralsAreNotCode) {
  EXPECT_EQ(blank_comments_and_literals("a \"b\\\"c\" // d\ne"), "a \"    \"     \ne");
  EXPECT_EQ(blank_comments_and_literals("1'000 /* x\n */ 'y'"), "1'000     \n    ' '");
  EXPECT_EQ(blank_comments_and_literals("R\"q(\")\")q\"+z"), "          +z");
}

TEST(Tidy, NoFileOfTheProductIsLongerThan400Lines) {
  expect_none(collect(product_sources(), [](const SourceFile& file) -> std::vector<std::string> {
    const std::size_t lines = lines_of(file.text).size();
    if (lines <= 400) return {};
    return {file.path + ": " + std::to_string(lines) + " lines; a file has one subject"};
  }));
}

TEST(Tidy, NothingIsLeftForLater) {
  const std::array<std::string, 3> marks = {std::string("TO") + "DO", std::string("FIX") + "ME",
                                            std::string("X") + "XX"};
  const auto files = sources_in({"crypto", "ledger", "replay", "api", "bench", "tests"});
  expect_none(collect(files, [&](const SourceFile& file) {
    std::vector<std::string> offences;
    std::size_t number = 0;
    for (std::string_view line : lines_of(file.text)) {
      ++number;
      for (const std::string& mark : marks) {
        if (holds_word(line, mark)) offences.push_back(place(file, number, "says " + mark));
      }
    }
    return offences;
  }));
}

// --- Tree and programs ---------------------------------------------------------------------------

TEST(Tidy, TheFirstLevelHasOnlyTheAgreedFolders) {
  const std::set<std::string> agreed = {"api",    "bench",  "build", "crypto",
                                        "ledger", "replay", "spec",  "tests"};
  std::vector<std::string> offences;
  for (const auto& each : std::filesystem::directory_iterator(root())) {
    const std::string name = each.path().filename();
    if (!each.is_directory() || name.starts_with('.') || agreed.contains(name)) continue;
    offences.push_back(name + "/: not one of the agreed folders");
  }
  expect_none(offences);
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string out;
  std::array<char, 4096> piece;
  while (const std::size_t n = fread(piece.data(), 1, piece.size(), pipe))
    out.append(piece.data(), n);
  return pclose(pipe) == 0 ? out : std::string();
}

TEST(Tidy, TheAuditorsProgramLinksNeitherRocksDbNorBoost) {
  const std::string libraries = output_of("ldd '" ITMO_BIN_DIR "/itmo-audit'");
  ASSERT_NE(libraries.find("libsodium"), std::string::npos)
      << "itmo-audit is not built, or ldd cannot read it: " << libraries;
  EXPECT_EQ(libraries.find("rocksdb"), std::string::npos) << libraries;
  EXPECT_EQ(libraries.find("boost"), std::string::npos) << libraries;
}

}  // namespace
}  // namespace tidy
