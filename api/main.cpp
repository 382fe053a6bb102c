// itmo-ledgerd: the server of one log. Its configuration file says where everything is
// (spec/api.md). Leaves with 0 after SIGTERM or SIGINT, with 2 where it could not start, and with 1
// where a write failed: then nothing that was acknowledged is lost, and the next start looks at
// every byte again.
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "api/arguments.hpp"
#include "api/config.hpp"
#include "api/process_limits.hpp"
#include "api/server.hpp"
#include "api/stop_signal.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;

constexpr int stopped = 0, write_failed = 1, not_started = 2;

int give_up(int status, const std::string& sentence) {
  spdlog::critical("{}", sentence);
  return status;
}

// One line, there as a whole or not at all.
Told<> write_ready_file(const fs::path& file, const std::string& url) {
  if (file.empty()) return {};
  const fs::path fresh = file.string() + ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << url << "\n";
  out.close();
  std::error_code error;
  if (out) fs::rename(fresh, file, error);
  if (!out || error) return tell("Cannot write " + file.string() + ".");
  return {};
}

std::string entries(ledger::Seq number) {
  return std::to_string(number) + (number == 1 ? " entry" : " entries");
}

void announce(const Config& config, const std::vector<crypto::PublicKey>& log_keys,
              const Server& server) {
  if (server.is_demonstration()) spdlog::warn("{}", replay::demonstration_mark);
  spdlog::info("log {} with {} at {}", config.origin, entries(server.size()), server.url());
  const char* what = "verifier key";
  for (const crypto::PublicKey& key : log_keys) {
    spdlog::info("{} {}", what, crypto::format_vkey(crypto::make_verifier_key(config.origin, key)));
    what = "next verifier key, on the checkpoints of new entries:";
  }
  if (!config.state_key.empty()) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(config.commit_state_every);
    spdlog::info("commits to the state when it changed, at most once in {} s", seconds.count());
  }
}

// Serves until a signal. A failed write reaches the thread that waits here as one of them.
int serve(const Config& config, Keys keys, const fs::path& ready_file, const StopSignal& stop) {
  std::vector<crypto::PublicKey> log_keys{keys.log.public_key()};
  if (keys.next_log) log_keys.push_back(keys.next_log->public_key());
  const auto server = Server::start(config, std::move(keys), now,
                                    [](const ledger::Violation&) { kill(getpid(), SIGTERM); });
  if (!server) return give_up(not_started, server.error());
  announce(config, log_keys, **server);
  if (auto ok = write_ready_file(ready_file, (*server)->url()); !ok) {
    return give_up(not_started, ok.error());
  }
  stop.wait();
  spdlog::info("stopping: what was taken in is answered first");
  (*server)->stop();
  if (const auto failure = (*server)->failure()) {
    return give_up(write_failed, sentence_of(*failure) + " Nothing that was acknowledged is lost.");
  }
  spdlog::info("stopped at {}", entries((*server)->size()));
  return stopped;
}

int run(int argc, char** argv) {
  std::string config_file, ready_file;
  CLI::App program("Serves one ledger of mitigation outcomes over HTTP.", "itmo-ledgerd");
  program.add_option("--config", config_file, "configuration file (TOML)")->required();
  program.add_option("--ready-file", ready_file,
                     "written when the server answers: its address on one line");
  if (const auto status = parse_arguments(program, argc, argv)) return *status;
  spdlog::set_default_logger(spdlog::stderr_logger_mt("itmo-ledgerd"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  const StopSignal stop;
  if (auto kept = keep_memory_private(); !kept) return give_up(not_started, kept.error());
  if (const auto fault = crypto::self_test()) return give_up(not_started, *fault);
  const Told<Config> config = read_config(config_file);
  if (!config) return give_up(not_started, config.error());
  Told<Keys> keys = read_keys(*config);
  if (!keys) return give_up(not_started, keys.error());
  return serve(*config, std::move(*keys), ready_file, stop);
}

}  // namespace
}  // namespace api

int main(int argc, char** argv) {
  return api::run(argc, argv);
}
