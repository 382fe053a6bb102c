// itmo-demo: real cooperations and a fictional year through the real server, audited offline.
// DEMONSTRATION – not a record of any government.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "api/arguments.hpp"
#include "api/demo_run.hpp"
#include "crypto/ed25519.hpp"

int main(int argc, char** argv) {
  api::demo::Options options;
  CLI::App program(
      "Tells a ledger's story through a real server, audits its log, and keeps the server up.",
      "itmo-demo");
  auto* once = program.add_flag("--once", options.once, "leave when the story is told");
  program.add_option("--json", options.json, "write the outcome to this file")->needs(once);
  program.add_option("--dir", options.directory, "new directory for everything that it makes");
  program.add_option("--port", options.port, "port of the server (default 0: any free one)")
      ->check(CLI::Range(0, 65'535));
  program.add_option("--ready-file", options.ready_file,
                     "written when the server can be tried: its address, and the file with the "
                     "log's verifier key");
  if (const auto status = api::parse_arguments(program, argc, argv)) return *status;
  if (const auto fault = crypto::self_test()) {
    std::cerr << "itmo-demo: " << *fault << '\n';
    return 2;
  }
  const api::Told<> done = api::demo::run_demonstration(options);
  std::cout.flush();
  if (done) return 0;
  std::cerr << "itmo-demo: " << done.error() << '\n';
  return 1;
}
