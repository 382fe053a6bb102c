// itmo receipt: what a server answered, checked without it.
#include <CLI/CLI.hpp>
#include <iostream>

#include "api/audit_inputs.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_print.hpp"
#include "api/itmo_receipt.hpp"
#include "api/itmo_wording.hpp"

namespace api::itmo {
namespace {

Exit does_not_hold(const std::string& sentence) {
  std::cout << "DOES NOT HOLD: " << sentence << (sentence.ends_with('.') ? "\n" : ".\n");
  return Exit::refused;
}

class ReceiptCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand(
        "receipt", "Check a receipt, or a signed refusal, without any server");
    auto* file = sub->add_option("RECEIPT", receipt_, "file with the server's answer");
    auto* entry = sub->add_option("--entry", entry_, "instead of RECEIPT: the entry alone");
    auto* proof = sub->add_option("--proof", proof_, "and its .tlog-proof file");
    entry->needs(proof)->excludes(file);
    proof->needs(entry);
    sub->add_option("--vkey", vkey_, "file with the log's verifier key, or its keys, one a line");
    sub->add_option("--service-key", service_key_,
                    "for a refusal: the service key, as PEM file or 64 hex digits");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    if (!service_key_.empty()) return check_refusal();
    if (vkey_.empty()) return tell("give --vkey, the verifier key of the log");
    const Told<crypto::LogKeys> log_keys = read_log_keys(vkey_);
    if (!log_keys) return tell(log_keys.error());
    const Told<ReceiptText> receipt = read_receipt();
    if (!receipt) return tell(receipt.error());
    const Told<Proven> proven = prove(*receipt, *log_keys);
    if (!proven) return does_not_hold(proven.error());
    std::cout << "HOLDS. Entry " << *proven->draft.seq << " stands in the log "
              << proven->checkpoint.origin << ", whose key signed its state at "
              << counted(proven->checkpoint.size, "entry") << ".\n\n";
    print_event(std::cout, proven->draft);
    return print_signatures(std::cout, proven->draft) ? Exit::fine : Exit::refused;
  }

  [[nodiscard]] Told<ReceiptText> read_receipt() const {
    if (entry_.empty()) {
      if (receipt_.empty()) return tell("give a RECEIPT, or --entry and --proof");
      const Told<std::string> text = read_file(receipt_);
      if (!text) return tell(text.error());
      return parse_receipt(*text);
    }
    Told<std::string> entry = read_file(entry_);
    if (!entry) return tell(entry.error());
    Told<std::string> proof = read_file(proof_);
    if (!proof) return tell(proof.error());
    return ReceiptText{std::move(*entry), std::move(*proof), false};
  }

  [[nodiscard]] Told<Exit> check_refusal() const {
    const Told<crypto::PublicKey> key = public_key_of(service_key_);
    if (!key) return tell(key.error());
    if (receipt_.empty()) return tell("give the RECEIPT, a file with the refusal");
    const Told<std::string> text = read_file(receipt_);
    if (!text) return tell(text.error());
    const Told<RefusalText> refusal = parse_refusal(*text);
    if (!refusal) return does_not_hold(refusal.error());
    const Told<Refusal> proven = prove(*refusal, *key);
    if (!proven) return does_not_hold(proven.error());
    if (refusal->demonstration) std::cout << demonstration_mark << '\n';
    std::cout << "HOLDS. The ledger " << proven->ledger << " refused event "
              << hex_of(proven->event) << " on " << moment(proven->time) << " by clause "
              << proven->clause << ", when its log had "
              << counted(proven->checkpoint.size, "entry") << ".\n"
              << "Its words, which are not signed: " << refusal->detail << '\n';
    return Exit::fine;
  }

  std::string receipt_, entry_, proof_, vkey_, service_key_;
};

}  // namespace

std::unique_ptr<Command> receipt_command() {
  return std::make_unique<ReceiptCommand>();
}

}  // namespace api::itmo
