// The commands that README tells people to run, for tests that run them.
#pragma once

#include <string>

namespace programs {

// The `nth` block of shell commands (0 is the first) below a heading of README, to be run with the
// programs on the path; it stops at the first command that fails.
[[nodiscard]] std::string commands_of_readme(const std::string& heading, int nth = 0);

}  // namespace programs
