// itmo bundle: the whole log as files, for itmo-audit and for keeping.
#include <CLI/CLI.hpp>
#include <iostream>

#include "api/itmo_bundle.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_wording.hpp"
#include "crypto/text.hpp"

namespace api::itmo {
namespace {

class BundleCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand(
        "bundle", "Download the log; again: fetch only what was added since");
    sub->add_option("DIR", directory_, "directory for checkpoint and tile/…")->required();
    sub->add_option("--url", url_, "the server, as http://127.0.0.1:8080")->required();
    sub->add_option("--vkey", vkey_, "file with the log's verifier key")->required();
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const Told<crypto::VerifierKey> vkey = read_vkey(vkey_);
    if (!vkey) return tell(vkey.error());
    Told<ServerAddress> server = parse_server_address(url_);
    if (!server) return tell(server.error());
    const replay::DirectoryBundle copy(directory_);
    std::optional<crypto::Checkpoint> older;
    const replay::Fetched note = copy.checkpoint();
    if (note.outcome == replay::Fetched::Outcome::found) {
      older = crypto::open_checkpoint(note.bytes, *vkey);
      if (!older) return tell(directory_ + " holds a checkpoint of another log");
    }
    const replay::Copied copied =
        replay::copy_bundle(HttpBundle(std::move(*server), *vkey), directory_);
    if (copied.problem) return tell(*copied.problem);
    const Told<crypto::Checkpoint> checked = check_hashes(copy, *vkey, older);
    if (!checked) {
      std::cout << "DOES NOT HOLD: " << checked.error() << ".\nKeep " << directory_
                << " as it is: its checkpoint is signed and says otherwise.\n";
      return Exit::refused;
    }
    if (is_demonstration(copy)) std::cout << demonstration_mark << '\n';
    std::cout << counted(checked->size, "entry") << " of " << checked->origin << " in "
              << directory_ << ", " << counted(copied.tiles, "part")
              << " fetched. Entries, tiles and the signed root agree:\n  root "
              << crypto::to_hex(checked->root.view()) << '\n'
              << "Prove the rest offline: itmo-audit " << directory_ << " --key " << vkey_ << '\n'
              << "Public documents: itmo document export " << directory_ << " --url " << url_
              << " --vkey " << vkey_ << '\n';
    return Exit::fine;
  }

  std::string directory_, url_, vkey_;
};

}  // namespace

std::unique_ptr<Command> bundle_command() {
  return std::make_unique<BundleCommand>();
}

}  // namespace api::itmo
