// itmo bundle: the whole log as files, for itmo-audit, for keeping, and for any web server to
// serve.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "api/audit_inputs.hpp"
#include "api/http_bundle.hpp"
#include "api/itmo_bundle.hpp"
#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/itmo_public_files.hpp"
#include "api/itmo_wording.hpp"
#include "api/source.hpp"
#include "crypto/text.hpp"

namespace api::itmo {
namespace {

class BundleCommand final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand(
        "bundle", "Download the log; again: fetch only what was added since");
    sub->add_option("DIR", directory_,
                    "directory for checkpoint and tile/…, which any web server may serve");
    sub->add_option("--url", url_,
                    "the server, as http://127.0.0.1:8080; without it what is in DIR is packed");
    sub->add_option("--vkey", vkey_, "file with the log's verifier key, or its keys, one a line")
        ->required();
    sub->add_option("--file", file_, "also, or instead of DIR: the log as one file, a tar");
    sub->add_flag("--documents", documents_,
                  "also the files of public documents, each under its hash in DIR/documents");
    sub->add_option("--policy", policy_,
                    "only as far as these witnesses cosigned (C2SP tlog-policy)");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    if (directory_.empty() && (file_.empty() || url_.empty() || documents_)) {
      return tell("give DIR, or --url and --file where the log is to be one file only");
    }
    if (url_.empty() && (file_.empty() || documents_)) {
      return tell("--url says where the log is; without it DIR is packed into --file");
    }
    const Told<crypto::LogKeys> log_keys = read_log_keys(vkey_);
    if (!log_keys) return tell(log_keys.error());
    std::optional<HttpBundle> server;
    if (!url_.empty()) {
      Told<ServerAddress> address = parse_server_address(url_);
      if (!address) return tell(address.error());
      server.emplace(std::move(*address));
    }
    const Told<std::optional<replay::Policy>> policy = read_policy_file();
    if (!policy) return tell(policy.error());
    if (*policy && !server) return tell("--policy asks the server at --url what was cosigned");
    std::optional<WitnessedBundle> witnessed;
    if (*policy) witnessed.emplace(*server, *log_keys, **policy);
    const replay::BundleReader* log = nullptr;  // of the server
    if (server) log = &*server;
    if (witnessed) log = &*witnessed;
    const replay::DirectoryBundle copy(directory_);
    if (log != nullptr && !directory_.empty()) {
      if (witnessed) {
        if (Told<> may = goes_on(*witnessed, copy); !may) return tell(may.error());
      }
      const Told<Download> done = download(*log, *log_keys, directory_);
      if (!done) return tell(done.error());
      if (!done->fault.empty()) return refuse(*done);
      tell_of(*done, copy, directory_, ", " + counted(done->tiles, "part") + " fetched");
    }
    if (!file_.empty()) {
      const Told<Download> done = pack(directory_.empty() ? *log : copy, *log_keys, file_);
      if (!done) return tell(done.error());
      if (!done->fault.empty()) return refuse(*done);
      tell_of(*done, *open_source(file_)->bundle, file_, "");
    }
    if (documents_) return fetch_public_files(directory_, *log_keys, *server);
    return Exit::fine;
  }

  // Witnesses lag: that they cosigned less than the copy has is no fault of the log.
  [[nodiscard]] Told<> goes_on(const replay::BundleReader& witnessed,
                               const replay::BundleReader& copy) const {
    const auto cosigned = crypto::read_unverified(witnessed.checkpoint().bytes);
    const auto there = crypto::read_unverified(copy.checkpoint().bytes);
    if (!cosigned || !there || there->size <= cosigned->size) return {};
    return tell("the witnesses have cosigned " + counted(cosigned->size, "entry") + ", and " +
                directory_ + " has " + counted(there->size, "entry") + " already; ask again later");
  }

  [[nodiscard]] Exit refuse(const Download& done) const {
    std::cout << "DOES NOT HOLD: " << done.fault << '\n';
    if (!directory_.empty() && !url_.empty()) {
      std::cout << "Keep " << directory_ << " as it is, which goes on under the checkpoint that it "
                << "had: the signed\none that says otherwise is in " << directory_
                << "/checkpoint.refused.\n";
    }
    return Exit::refused;
  }

  void tell_of(const Download& done, const replay::BundleReader& bundle, const std::string& place,
               const std::string& more) const {
    if (is_demonstration(bundle)) std::cout << demonstration_mark << '\n';
    std::cout << counted(done.checkpoint.size, "entry") << " of " << done.checkpoint.origin
              << " in " << place << more << ". Entries, tiles and the signed root agree:\n  root "
              << crypto::to_hex(done.checkpoint.root.view()) << '\n'
              << "Prove the rest offline: itmo-audit " << place << " --key " << vkey_
              << (policy_.empty() ? "" : " --policy " + policy_) << '\n';
  }

  [[nodiscard]] Told<std::optional<replay::Policy>> read_policy_file() const {
    if (policy_.empty()) return std::optional<replay::Policy>();
    const Told<std::string> text = read_file(policy_);
    if (!text) return tell(text.error());
    std::string problem;
    std::optional<replay::Policy> policy = replay::parse_policy(*text, problem);
    if (!policy) return tell(policy_ + ": " + problem);
    return policy;
  }

  std::string directory_, url_, vkey_, file_, policy_;
  bool documents_ = false;
};

}  // namespace

std::unique_ptr<Command> bundle_command() {
  return std::make_unique<BundleCommand>();
}

}  // namespace api::itmo
