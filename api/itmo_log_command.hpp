// What the commands of `itmo` share that read a downloaded log.
#pragma once

#include <optional>
#include <string>

#include "api/itmo_commands.hpp"
#include "api/itmo_study.hpp"

namespace api::itmo {

// A command with the options that say which log is read, and as of which entry: its work begins
// when the log was audited and holds. Where it does not, it prints why and ends as refused.
class LogCommand : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) final;

 private:
  // Adds the subcommand with its own options.
  [[nodiscard]] virtual CLI::App* declare(CLI::App& program) = 0;
  // Reads what the command needs beside the log, before the log is read.
  [[nodiscard]] virtual Told<> prepare() { return {}; }
  // Told of each entry in order, up to the one asked for.
  virtual void follow(const ledger::Entry&, const ledger::Effects&) {}
  [[nodiscard]] virtual Told<Exit> run(const Studied& studied) = 0;
  [[nodiscard]] Told<Exit> run_on_log();

  std::string log_, vkey_, at_;
};

}  // namespace api::itmo
