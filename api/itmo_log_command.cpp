#include "api/itmo_log_command.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

namespace api::itmo {

void LogCommand::add_to(CLI::App& program, Choice& choice) {
  CLI::App* sub = declare(program);
  sub->add_option("--bundle", bundle_, "the downloaded log: checkpoint and tile/…")->required();
  sub->add_option("--key,--vkey", vkey_, "file with the log's verifier key")->required();
  sub->add_option("--at", at_, "as of this entry (default: the last)");
  sub->callback([&] { choice = [this] { return run_on_log(); }; });
}

Told<Exit> LogCommand::run_on_log() {
  const Told<Studied> studied = study(bundle_, vkey_, at_);
  if (!studied) return tell(studied.error());
  if (!studied->is_valid()) {
    std::cout << refusal_of(*studied);
    return Exit::refused;
  }
  return run(*studied);
}

}  // namespace api::itmo
