#include "tests/programs/readme.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace programs {
namespace {

std::string section_of_readme(const std::string& heading) {
  std::ifstream in(ITMO_SOURCE_DIR "/README.md");
  std::ostringstream all;
  all << in.rdbuf();
  const std::string text = all.str();
  const std::size_t begin = text.find("## " + heading + "\n");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

}  // namespace

std::string commands_of_readme(const std::string& heading, int nth) {
  const std::string section = section_of_readme(heading);
  const std::string open = "```sh\n";
  std::size_t begin = section.find(open);
  for (int i = 0; i < nth && begin != std::string::npos; ++i) begin = section.find(open, begin + 1);
  const std::size_t end = section.find("```\n", begin + open.size());
  if (begin == std::string::npos || end == std::string::npos) {
    ADD_FAILURE() << "README has no such commands under \"" << heading << "\"";
    return "false";
  }
  begin += open.size();
  return "(set -e; PATH='" ITMO_BIN_DIR "':$PATH\n" + section.substr(begin, end - begin) + ")";
}

}  // namespace programs
