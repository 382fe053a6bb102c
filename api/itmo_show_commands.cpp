// itmo show, itmo sign: the same sentences, from the bytes alone.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "api/itmo_commands.hpp"
#include "api/itmo_draft.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_ledger_word.hpp"
#include "api/itmo_print.hpp"
#include "api/itmo_wording.hpp"
#include "api/key_file.hpp"
#include "crypto/envelope.hpp"

namespace api::itmo {
namespace {

class Show final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("show", "Say in sentences what an event's bytes say");
    sub->add_option("EVENT", event_, "event, submission, entry or receipt")->required();
    sub->add_option("--url", url_,
                    "a server, to add what its ledger says about the names in the event");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<Draft> draft = read_draft(event_);
    if (!draft) return tell(draft.error());
    print_event(std::cout, *draft);
    const bool good = print_signatures(std::cout, *draft);
    if (Told<> told = print_ledgers_word(std::cout, *draft, url_); !told) {
      return tell(told.error());
    }
    return good ? Exit::fine : Exit::refused;
  }

  std::string event_, url_;
};

class Sign final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("sign", "Show an event and sign it");
    sub->add_option("EVENT", event_, "event, or submission with other signatures")->required();
    sub->add_option("--key", key_, "secret key file, mode 0600")->required();
    sub->add_option("--out", out_, "file for the submission")->required();
    sub->add_flag("--yes", yes_, "do not ask on the terminal");
    sub->add_option("--url", url_,
                    "a server, to add what its ledger says about the names in the event");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    Told<Draft> draft = read_draft(event_);
    if (!draft) return tell(draft.error());
    print_event(std::cout, *draft);
    if (!print_signatures(std::cout, *draft)) {
      return tell("a signature on " + event_ + " does not verify; nothing was signed");
    }
    if (Told<> told = print_ledgers_word(std::cout, *draft, url_); !told) {
      return tell(told.error());
    }
    const Told<crypto::SecretKey> key = read_secret_key(key_);
    if (!key) return tell(key.error());
    if (!confirmed()) {
      std::cout << "Nothing was signed.\n";
      return Exit::refused;
    }
    const crypto::Signature signature = key->sign(crypto::pae(crypto::event_type, draft->bytes));
    if (Told<> added = add_signature(*draft, {key->public_key(), signature}); !added) {
      return tell(added.error());
    }
    if (Told<> written = write_file(out_, submission_of(*draft)); !written) {
      return tell(written.error());
    }
    std::cout << "\nSigned with key " << hex_of(key->public_key()) << "; the submission is in "
              << out_ << ".\n";
    return Exit::fine;
  }

  // Asks only where a person sits at the terminal.
  [[nodiscard]] bool confirmed() const {
    if (yes_ || isatty(STDIN_FILENO) == 0) return true;
    std::cout << "\nSign this? Write yes: " << std::flush;
    std::string answer;
    return std::getline(std::cin, answer) && answer == "yes";
  }

  std::string event_, key_, out_, url_;
  bool yes_ = false;
};

}  // namespace

std::unique_ptr<Command> show_command() {
  return std::make_unique<Show>();
}
std::unique_ptr<Command> sign_command() {
  return std::make_unique<Sign>();
}

}  // namespace api::itmo
