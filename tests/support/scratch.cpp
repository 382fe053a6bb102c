#include "tests/support/scratch.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace test_support {

ScratchFolder::ScratchFolder()
    : path_((std::filesystem::temp_directory_path() / "itmo-test-XXXXXX").string()) {
  EXPECT_NE(mkdtemp(path_.data()), nullptr) << path_;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::file(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

void ScratchFolder::write(std::string_view name, std::string_view bytes) const {
  std::filesystem::create_directories(std::filesystem::path(file(name)).parent_path());
  std::ofstream out(file(name), std::ios::binary);
  out << bytes;
  EXPECT_TRUE(out.flush()) << file(name);
}

std::string ScratchFolder::read(std::string_view name) const {
  std::ifstream in(file(name), std::ios::binary);
  EXPECT_TRUE(in) << file(name);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

ScratchFolder::Outcome ScratchFolder::run(const std::string& command) const {
  FILE* const pipe = popen(("cd '" + path_ + "' && { " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) return {};
  Outcome outcome;
  std::array<char, 4096> piece;
  while (const std::size_t n = fread(piece.data(), 1, piece.size(), pipe)) {
    outcome.output.append(piece.data(), n);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  return outcome;
}

}  // namespace test_support
