#include "api/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace api {
namespace {

constexpr int could_not_run = 2;

// The command that was chosen last, and all words that lead to it, as "itmo event make".
struct Chosen {
  const CLI::App* command;
  std::string name;
};

Chosen chosen_of(const CLI::App& program) {
  Chosen chosen{&program, program.get_name()};
  while (!chosen.command->get_subcommands().empty()) {
    chosen.command = chosen.command->get_subcommands().front();
    chosen.name += ' ' + chosen.command->get_name();
  }
  return chosen;
}

// The first word that names nothing, as "option --kye"; empty where each names something.
std::string unknown_word(const CLI::App& program, const CLI::App& command) {
  const std::vector<std::string> words = program.remaining(true);
  if (words.empty()) return "";
  const auto is_option = [](const std::string& word) { return word.starts_with('-'); };
  if (command.get_require_subcommand_min() > 0 && !is_option(words.front())) {
    return "command " + words.front();
  }
  const auto option = std::find_if(words.begin(), words.end(), is_option);
  return option == words.end() ? "" : "option " + option->substr(0, option->find('='));
}

// The first option that is given and says nothing: a variable that was never set, most often, and
// what it asks for would go unasked.
std::string empty_option(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::vector<std::string>& values = option->results();
    if (std::any_of(values.begin(), values.end(), [](const auto& each) { return each.empty(); })) {
      return option->get_name();
    }
  }
  return "";
}

}  // namespace

std::optional<int> parse_arguments(CLI::App& program, int argc, char** argv) {
  try {
    program.parse(argc, argv);
    const Chosen chosen = chosen_of(program);
    if (const std::string option = empty_option(*chosen.command); !option.empty()) {
      std::cerr << program.get_name() << ": " << option << " is empty.\n";
      return could_not_run;
    }
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    const Chosen chosen = chosen_of(program);
    const std::string unknown = unknown_word(program, *chosen.command);
    if (unknown.empty()) {
      std::cerr << program.get_name() << ": " << error.what() << ". " << chosen.name
                << " --help says what it takes.\n";
    } else {
      std::cerr << program.get_name() << ": there is no " << unknown << ". " << chosen.name
                << " --help lists those there are.\n";
    }
    return could_not_run;
  }
}

}  // namespace api
