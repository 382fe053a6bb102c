#include "api/itmo_log_command.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <iostream>

namespace api::itmo {
namespace {

// Digits alone, and no more than a log can have.
std::optional<ledger::Seq> seq_of(std::string_view text) {
  ledger::Seq seq = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seq;
}

}  // namespace

void LogCommand::add_to(CLI::App& program, Choice& choice) {
  CLI::App* sub = declare(program);
  sub->add_option("--log", log_,
                  "the log: a directory with checkpoint and tile/…, a bundle file, or an address")
      ->required();
  sub->add_option("--key,--vkey", vkey_,
                  "file with the log's verifier key, or its keys, one a line")
      ->required();
  sub->add_option("--at", at_, "as of this entry (default: the last)");
  sub->callback([&] { choice = [this] { return run_on_log(); }; });
}

Told<Exit> LogCommand::run_on_log() {
  std::optional<ledger::Seq> at;
  if (!at_.empty()) {
    at = seq_of(at_);
    if (!at) return tell(at_ + " is the number of no entry; write it as 57, or 0 for the first");
  }
  if (const Told<> ready = prepare(); !ready) return tell(ready.error());
  const Told<Studied> studied = study(
      log_, vkey_, at,
      [&](const ledger::Entry& entry, const ledger::Effects& effects) { follow(entry, effects); });
  if (!studied) return tell(studied.error());
  if (!studied->is_valid()) {
    std::cout << refusal_of(*studied);
    return Exit::refused;
  }
  return run(*studied);
}

}  // namespace api::itmo
