// The commands of `itmo`: each adds itself to the command line and does its work when it is chosen.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/told.hpp"

namespace CLI {
class App;
}

namespace api::itmo {

// How the program ends; what could not run at all is a sentence instead, and ends in 2.
enum class Exit : int { fine = 0, refused = 1 };

// What the command line chose; set while it is parsed.
using Choice = std::function<Told<Exit>()>;

// Lives until the choice has run: it holds the options.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;
  virtual void add_to(CLI::App& program, Choice& choice) = 0;
};

[[nodiscard]] std::unique_ptr<Command> keygen_command();
[[nodiscard]] std::unique_ptr<Command> key_command();
[[nodiscard]] std::unique_ptr<Command> event_command();  // make, pae, attach, join
[[nodiscard]] std::unique_ptr<Command> show_command();
[[nodiscard]] std::unique_ptr<Command> sign_command();
[[nodiscard]] std::unique_ptr<Command> submit_command();
[[nodiscard]] std::unique_ptr<Command> get_command();
[[nodiscard]] std::unique_ptr<Command> bundle_command();
[[nodiscard]] std::unique_ptr<Command> serve_command();
[[nodiscard]] std::unique_ptr<Command> document_command();  // hash, check, add, export
[[nodiscard]] std::unique_ptr<Command> receipt_command();
[[nodiscard]] std::unique_ptr<Command> aef_command();
[[nodiscard]] std::unique_ptr<Command> precheck_command();
[[nodiscard]] std::unique_ptr<Command> summary_command();
[[nodiscard]] std::unique_ptr<Command> authorizations_command();
[[nodiscard]] std::unique_ptr<Command> due_command();
[[nodiscard]] std::unique_ptr<Command> statement_command();
[[nodiscard]] std::unique_ptr<Command> reconcile_command();
[[nodiscard]] std::unique_ptr<Command> rules_command();  // what-if

}  // namespace api::itmo
