// The arguments of a program, and what is wrong with them: a word that it does not know is named
// before what is missing, for the one is most often the other, mistyped.
#pragma once

#include <optional>

namespace CLI {
class App;
}

namespace api {

// Parses them into the options of `program`. Where the program is to end at once, its exit status:
// 0 after --help, 2 where a sentence on standard error says what is wrong.
[[nodiscard]] std::optional<int> parse_arguments(CLI::App& program, int argc, char** argv);

}  // namespace api
