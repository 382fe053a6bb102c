#include "tests/tidy/source_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tidy {

namespace {

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Walks over a text once and copies it; what is skipped becomes spaces.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  void step() {
    if (ahead("//")) return blank_until(line_end());
    if (ahead("/*")) return blank_until(after("*/", at_ + 2));
    if (ahead("R\"")) return blank_until(raw_string_end());
    if (text_[at_] == '"' || (text_[at_] == '\'' && !separates_digits())) return literal();
    out_ += text_[at_++];
  }

  bool ahead(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  std::size_t after(std::string_view what, std::size_t from) const {
    const std::size_t found = text_.find(what, from);
    return found == std::string_view::npos ? text_.size() : found + what.size();
  }

  std::size_t raw_string_end() const {
    const std::size_t open = std::min(text_.find('(', at_), text_.size());
    const std::string delimiter(text_.substr(at_ + 2, open - at_ - 2));
    return after(")" + delimiter + "\"", open);
  }

  bool separates_digits() const { return at_ > 0 && is_word_character(text_[at_ - 1]); }

  void literal() {
    const char quote = text_[at_];
    out_ += text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      blank_until(std::min(at_ + (text_[at_] == '\\' ? 2 : 1), text_.size()));
    }
    if (at_ < text_.size()) out_ += text_[at_++];
  }

  void blank_until(std::size_t end) {
    for (; at_ < end; ++at_) out_ += text_[at_] == '\n' ? '\n' : ' ';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

bool is_source(const std::filesystem::path& path) {
  return path.extension() == ".hpp" || path.extension() == ".cpp";
}

}  // namespace

std::string root() {
  return ITMO_SOURCE_DIR;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

SourceFile make_source(std::string path, std::string text) {
  std::string code = blank_comments_and_literals(text);
  return {std::move(path), std::move(text), std::move(code)};
}

std::vector<SourceFile> sources_in(const std::vector<std::string>& folders) {
  namespace fs = std::filesystem;
  std::vector<SourceFile> found;
  for (const std::string& folder : folders) {
    const fs::path start = fs::path(root()) / folder;
    if (!fs::exists(start)) continue;
    for (const auto& each : fs::recursive_directory_iterator(start)) {
      if (!each.is_regular_file() || !is_source(each.path())) continue;
      found.push_back(make_source(each.path().lexically_relative(root()).generic_string(),
                                  read_file(each.path())));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return found;
}

const std::vector<SourceFile>& product_sources() {
  static const std::vector<SourceFile> all = sources_in({"crypto", "ledger", "replay", "api"});
  return all;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string blank_comments_and_literals(std::string_view text) {
  return Blanker(text).run();
}

bool fits(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() != '*') {
    return !text.empty() && text.front() == pattern.front() &&
           fits(text.substr(1), pattern.substr(1));
  }
  for (std::size_t skipped = 0; skipped <= text.size(); ++skipped) {
    if (fits(text.substr(skipped), pattern.substr(1))) return true;
  }
  return false;
}

bool holds_word(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_character(code[at - 1]);
    const bool ends = end == code.size() || !is_word_character(code[end]);
    if (starts && ends) return true;
  }
  return false;
}

std::string place(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line) + ": " + std::string(what);
}

void expect_none(const std::vector<std::string>& offences) {
  if (offences.empty()) return;
  std::string all;
  for (const std::string& offence : offences) all += "\n  " + offence;
  ADD_FAILURE() << offences.size() << " offence(s):" << all;
}

}  // namespace tidy
