// The demonstration from beginning to end.
#pragma once

#include <cstdint>
#include <string>

#include "api/told.hpp"

namespace api::demo {

struct Options {
  bool once = false;
  std::string json;        // file for the outcome; empty: none
  std::string directory;   // empty: a new one beside the programs
  std::uint16_t port = 0;  // 0: any free one
  std::string ready_file;  // empty: none
};

// Prints as it goes. Returns when it is told (`once`), or when SIGINT or SIGTERM came and the
// server has stopped cleanly; files stay. Fails with a sentence where anything is not as the story
// has it.
[[nodiscard]] Told<> run_demonstration(const Options& options);

}  // namespace api::demo
