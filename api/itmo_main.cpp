// itmo: everything that a person does with a ledger.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <vector>

#include "api/arguments.hpp"
#include "api/itmo_commands.hpp"
#include "crypto/ed25519.hpp"

namespace {

using namespace api::itmo;  // NOLINT: this file speaks of nothing else

constexpr int could_not_run = 2;

int run(const Choice& choice) {
  if (const auto fault = crypto::self_test()) {
    std::cerr << "itmo: " << *fault << '\n';
    return could_not_run;
  }
  const api::Told<Exit> done = choice();
  std::cout.flush();
  if (!done) {
    std::cerr << "itmo: " << done.error() << (done.error().ends_with('.') ? "\n" : ".\n");
    return could_not_run;
  }
  return static_cast<int>(*done);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Writes, shows, signs, sends and checks events of an ITMO ledger.", "itmo");
  program.require_subcommand(1);
  program.footer("Exit status: 0 done, 1 refused or not valid, 2 could not run.");
  std::vector<std::unique_ptr<Command>> commands;
  for (auto* make :
       {keygen_command, key_command, event_command, show_command, sign_command, submit_command,
        get_command, bundle_command, serve_command, document_command, receipt_command, aef_command,
        precheck_command, summary_command, authorizations_command, due_command, statement_command,
        reconcile_command, rules_command}) {
    commands.push_back(make());
  }
  Choice choice;
  for (const auto& command : commands) command->add_to(program, choice);
  if (const auto status = api::parse_arguments(program, argc, argv)) return *status;
  return run(choice);
}
