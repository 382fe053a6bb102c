// itmo reconcile: two downloaded ledgers side by side, and a certificate for both to sign.
#include <CLI/CLI.hpp>
#include <iostream>

#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_study.hpp"
#include "api/itmo_wording.hpp"
#include "replay/reconcile.hpp"

namespace api::itmo {
namespace {

class ReconcileCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand(
        "reconcile", "Compare two downloaded ledgers unit by unit, and certify the outcome");
    sub->add_option("ONE", one_, "a downloaded log")->required();
    sub->add_option("OTHER", other_, "another")->required();
    sub->add_option("--key,--vkey", one_key_, "file with the verifier key of the first")
        ->required();
    sub->add_option("--other-key", other_key_, "of the other (default: the same)");
    sub->add_option("--out", out_, "file for the certificate (default: none is written)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<Studied> one = study(one_, one_key_, std::nullopt);
    if (!one) return tell(one.error());
    const Told<Studied> other =
        study(other_, other_key_.empty() ? one_key_ : other_key_, std::nullopt);
    if (!other) return tell(other.error());
    for (const auto* side : {&*one, &*other}) {
      if (side->is_valid() && side->books.size() > 0) continue;
      std::cout << refusal_of(*side);
      return Exit::refused;
    }
    const replay::Reconciliation result = replay::reconcile(one->books, other->books);
    print(*one, *other, result);
    if (!out_.empty()) {
      const std::string text = replay::certificate(side_of(*one), side_of(*other), result);
      if (Told<> written = write_file(out_, text); !written) return tell(written.error());
    }
    return result.differences.empty() ? Exit::fine : Exit::refused;
  }

  [[nodiscard]] static replay::LedgerSide side_of(const Studied& studied) {
    return {studied.books, studied.provenance, hex_of(studied.audit.checkpoint->root)};
  }

  static void print(const Studied& one, const Studied& other,
                    const replay::Reconciliation& result) {
    if (one.provenance.demonstration || other.provenance.demonstration) {
      std::cout << demonstration_mark << '\n';
    }
    for (const Studied* side : {&one, &other}) {
      std::cout << side->provenance.ledger << ", as of entry " << side->books.size() - 1
                << ", root " << hex_of(side->audit.checkpoint->root) << '\n';
    }
    std::cout << amount(result.compared) << " compared, " << amount(result.differing)
              << " differ.\n";
    for (const replay::Difference& difference : result.differences) {
      std::cout << "  " << difference.number << ". ";
      if (difference.registry.empty()) {
        std::cout << "a total:";
      } else {
        std::cout << "units " << serials(difference.range.first, difference.range.last()) << " of "
                  << difference.registry << ":";
      }
      std::cout << "\n     " << one.provenance.ledger << ": " << difference.one << "\n     "
                << other.provenance.ledger << ": " << difference.other << '\n';
    }
  }

  std::string one_, other_, one_key_, other_key_, out_;
};

}  // namespace

std::unique_ptr<Command> reconcile_command() {
  return std::make_unique<ReconcileCommand>();
}

}  // namespace api::itmo
