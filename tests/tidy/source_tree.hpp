// The project's own sources as text, for tests that read code instead of running it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidy {

// One file below the project's root. A value.
struct SourceFile {
  std::string path;  // from the root: "ledger/units.cpp"
  std::string text;  // as it is on disk
  std::string code;  // the same length, comments and the insides of literals blanked out
};

// Where the sources are; fixed when the test is built.
[[nodiscard]] std::string root();

// What a file on disk holds; empty when it cannot be read.
[[nodiscard]] std::string read_file(const std::string& path);

// A source as the checks see it, made from its path and text.
[[nodiscard]] SourceFile make_source(std::string path, std::string text);

// Every .hpp and .cpp below the given first-level folders, sorted by path.
[[nodiscard]] std::vector<SourceFile> sources_in(const std::vector<std::string>& folders);

// crypto, ledger, replay and api: what the programs are made of.
[[nodiscard]] const std::vector<SourceFile>& product_sources();

// The lines of a text, without their line ends.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

// Comments, and what is between quotes, turned into spaces; line ends stay where they are.
[[nodiscard]] std::string blank_comments_and_literals(std::string_view text);

// Whether `text` fits `pattern`, in which each '*' stands for any run of characters.
[[nodiscard]] bool fits(std::string_view text, std::string_view pattern);

// Whether `word` stands in `code` with no letter, digit or underscore on either side.
[[nodiscard]] bool holds_word(std::string_view code, std::string_view word);

// "path:line: what", the form that editors jump to. Lines count from 1.
[[nodiscard]] std::string place(const SourceFile& file, std::size_t line, std::string_view what);

// Fails the running test with one line an offence; does nothing when there is none.
void expect_none(const std::vector<std::string>& offences);

}  // namespace tidy
