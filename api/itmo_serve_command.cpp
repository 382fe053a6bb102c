// `itmo serve`: a copy of a log, for others to read.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "api/itmo_commands.hpp"
#include "api/itmo_files.hpp"
#include "api/site.hpp"
#include "api/stop_signal.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/bundle.hpp"

namespace api::itmo {
namespace {

class Serve final : public Command {
 public:
  void add_to(CLI::App& program, Choice& choice) override {
    CLI::App* sub = program.add_subcommand("serve", "Serve a copy of a log until a signal comes");
    sub->add_option("DIR", directory_, "the copy: a mirror of `itmo-audit watch`, or a bundle")
        ->required();
    sub->add_option("--address", address_, "numeric IP address (default: 127.0.0.1)");
    sub->add_option("--port", port_, "port (default 8080; 0 takes a free one)");
    sub->add_option("--ready-file", ready_file_,
                    "written when the copy is served: its address on one line");
    sub->callback([&] { choice = [this] { return run(); }; });
  }

 private:
  [[nodiscard]] Told<Exit> run() const {
    const replay::Fetched note = replay::DirectoryBundle(directory_).checkpoint();
    if (note.outcome == replay::Fetched::Outcome::unreadable) return tell(note.reason);
    const auto checkpoint = crypto::read_unverified(note.bytes);
    if (!checkpoint) {
      return tell(directory_ +
                  " is no copy of a log: it has no checkpoint. Make one with "
                  "`itmo-audit watch` or `itmo bundle`");
    }
    const StopSignal stop;
    const auto site = Site::start(directory_, address_, port_);
    if (!site) return tell(site.error());
    std::cout << "The copy of " << checkpoint->origin << " in " << directory_ << " is served at "
              << (*site)->url() << ", whatever is in it: the copy may grow meanwhile.\n"
              << std::flush;
    if (!ready_file_.empty()) {
      if (Told<> written = write_file(ready_file_, (*site)->url() + '\n'); !written) {
        return tell(written.error());
      }
    }
    stop.wait();
    return Exit::fine;
  }

  std::string directory_, address_ = "127.0.0.1", ready_file_;
  std::uint16_t port_ = 8'080;
};

}  // namespace

std::unique_ptr<Command> serve_command() {
  return std::make_unique<Serve>();
}

}  // namespace api::itmo
