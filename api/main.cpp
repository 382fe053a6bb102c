// itmo-ledgerd: the server of one log. Its configuration file says where everything is
// (spec/api.md). Leaves with 0 after SIGTERM or SIGINT, with 2 where it could not start, and with 1
// where a write failed: then nothing that was acknowledged is lost, and the next start looks at
// every byte again.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "api/committer.hpp"
#include "api/config.hpp"
#include "api/http_server.hpp"
#include "api/process_limits.hpp"
#include "api/service.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/ledger.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/rocks_store.hpp"
#include "ledger/rocks_table.hpp"
#include "replay/audit_words.hpp"
#include "replay/views.hpp"
#include "replay/workers.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;

constexpr int stopped = 0, write_failed = 1, not_started = 2;

// The signals that end the server, held back in every thread so that one can wait for them.
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

ledger::Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::string sentence(const ledger::Violation& violation) {
  return std::string(violation.clause->id) + ". " + violation.detail;
}

template <class T>
Told<T> told(ledger::Result<T> result) {
  if (!result) return tell(sentence(result.error()));
  return std::move(*result);
}

// Views can always be made again, so what cannot be opened is put away and begun anew.
ledger::Result<std::unique_ptr<ledger::Table>> open_views(const fs::path& directory) {
  auto table = ledger::open_rocks_table(directory);
  if (table || table.error().clause->id != "LOG-15") return table;
  spdlog::warn("the views are made again: {}", sentence(table.error()));
  std::error_code error;
  fs::remove_all(directory, error);
  return ledger::open_rocks_table(directory);
}

// Everything that a running server is made of, in the order in which it has to go.
struct Server {
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<ledger::LockSlot> slot;
  std::unique_ptr<ledger::Table> table;
  std::unique_ptr<replay::Views> views;
  std::unique_ptr<replay::Workers> workers;
  std::unique_ptr<Committer> committer;
  std::unique_ptr<Service> service;
  std::unique_ptr<HttpServer> http;
};

Told<> open_storage(const Config& config, Server& server) {
  auto file = told(ledger::open_lock_file(config.lock_slot));
  if (!file) return tell(file.error());
  auto slot = told(ledger::LockSlot::open(std::move(*file)));
  if (!slot) return tell(slot.error());
  server.slot = std::make_unique<ledger::LockSlot>(std::move(*slot));
  ledger::RocksOptions options;
  if (server.slot->record()) options.acknowledged = server.slot->record()->size;
  auto store = told(ledger::open_rocks_store(config.data, options));
  if (!store) return tell(store.error());
  server.store = std::move(*store);
  auto table = told(open_views(config.views));
  if (!table) return tell(table.error());
  server.table = std::move(*table);
  auto views = told(replay::Views::open(*server.table, *server.store));
  if (!views) return tell(views.error());
  server.views = std::make_unique<replay::Views>(std::move(*views));
  return {};
}

Told<> start(const Config& config, const Keys& keys, Committer::Failed failed, Server& server) {
  if (auto opened = open_storage(config, server); !opened) return opened;
  ledger::LogIdentity identity{config.origin, crypto::SecretKey::from_seed(keys.log.seed()),
                               keys.service.public_key(), keys.operator_key};
  auto log =
      told(ledger::Ledger::open(*server.store, *server.slot, *server.views, std::move(identity)));
  if (!log) return tell(log.error());
  if (auto applied = server.views->apply(); !applied) return tell(sentence(applied.error()));
  server.workers =
      std::make_unique<replay::Workers>(std::max(1U, std::thread::hardware_concurrency()));
  server.committer = std::make_unique<Committer>(std::move(*log), *server.views, *server.workers,
                                                 config.commit, now, std::move(failed));
  server.service = std::make_unique<Service>(Backend{*server.committer, *server.store,
                                                     *server.table, keys.service, config.origin,
                                                     config.batch_lines, config.batch_bytes});
  auto http = HttpServer::start(config.address, config.port, config.http, *server.service);
  if (!http) return tell(http.error());
  server.http = std::move(*http);
  return {};
}

// One line, there as a whole or not at all.
Told<> write_ready_file(const fs::path& file, const std::string& url) {
  const fs::path fresh = file.string() + ".new";
  const std::string line = url + "\n";
  const int out = open(fresh.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  const bool written =
      out >= 0 && write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (out >= 0) close(out);
  std::error_code error;
  if (written) fs::rename(fresh, file, error);
  if (!written || error) return tell("cannot write " + file.string());
  return {};
}

void announce(const Config& config, const Keys& keys, const Server& server) {
  const auto serving = server.committer->serving();
  if (serving.mode == ledger::LedgerOpened::Mode::demonstration) {
    spdlog::warn("{}", replay::demonstration_mark);
  }
  spdlog::info("log {} with {} entries at {}", config.origin, serving.published.size,
               server.http->url());
  spdlog::info("verifier key {}", crypto::format_vkey(crypto::make_verifier_key(
                                      config.origin, keys.log.public_key())));
}

int serve(const Config& config, const Keys& keys, const fs::path& ready_file) {
  std::atomic<bool> failed = false;
  const sigset_t signals = stop_signals();
  const auto on_failure = [&failed](const ledger::Violation& violation) {
    spdlog::critical("{}", sentence(violation));
    failed = true;
    kill(getpid(), SIGTERM);
  };
  Server server;
  if (auto started = start(config, keys, on_failure, server); !started) {
    spdlog::critical("{}", started.error());
    return not_started;
  }
  announce(config, keys, server);
  if (!ready_file.empty()) {
    if (auto written = write_ready_file(ready_file, server.http->url()); !written) {
      spdlog::critical("{}", written.error());
      return not_started;
    }
  }
  int signal = 0;
  sigwait(&signals, &signal);
  spdlog::info("stopping");
  server.http->stop();
  server.committer->stop();
  spdlog::info("stopped at {} entries", server.committer->size());
  return failed ? write_failed : stopped;
}

int run(int argc, char** argv) {
  std::string config_file, ready_file;
  CLI::App program("Serves one ledger of mitigation outcomes over HTTP.", "itmo-ledgerd");
  program.add_option("--config", config_file, "configuration file (TOML)")->required();
  program.add_option("--ready-file", ready_file,
                     "written when the server answers: its address on one line");
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? stopped : not_started;
  }
  spdlog::set_default_logger(spdlog::stderr_logger_mt("itmo-ledgerd"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (auto kept = keep_memory_private(); !kept) {
    spdlog::critical("{}", kept.error());
    return not_started;
  }
  if (const auto fault = crypto::self_test()) {
    spdlog::critical("{}", *fault);
    return not_started;
  }
  const Told<Config> config = read_config(config_file);
  if (!config) {
    spdlog::critical("{}", config.error());
    return not_started;
  }
  const Told<Keys> keys = read_keys(*config);
  if (!keys) {
    spdlog::critical("{}", keys.error());
    return not_started;
  }
  return serve(*config, *keys, ready_file);
}

}  // namespace
}  // namespace api

int main(int argc, char** argv) {
  return api::run(argc, argv);
}
