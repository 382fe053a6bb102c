#include "api/server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "api/http_server.hpp"
#include "api/service.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/rocks_store.hpp"
#include "ledger/rocks_table.hpp"
#include "replay/views.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;

tl::unexpected<std::string> tell_violation(const ledger::Violation& violation) {
  return tell(sentence_of(violation));
}

// Rows can always be made again from the log, so altered ones are thrown away.
ledger::Result<std::unique_ptr<ledger::Table>> open_views(const fs::path& directory) {
  auto table = ledger::open_rocks_table(directory);
  if (table || table.error().clause != &ledger::LOG_15) return table;
  spdlog::warn("the views in {} are altered; they are made again from the log", directory.string());
  std::error_code error;
  fs::remove_all(directory, error);
  if (error) return table;
  return ledger::open_rocks_table(directory);
}

}  // namespace

// In the order in which they are made; destroyed in reverse.
struct Server::Parts {
  explicit Parts(Keys keys_) : keys(std::move(keys_)) {}

  Keys keys;  // the log key moves on into the ledger
  std::unique_ptr<ledger::LockSlot> slot;
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<ledger::Table> table;
  std::unique_ptr<replay::Views> views;
  std::unique_ptr<Committer> committer;
  std::unique_ptr<Service> service;
  std::unique_ptr<HttpServer> http;

  Told<> open_storage(const Config& config);
  Told<> open_ledger(const Config& config, Committer::Clock clock, Committer::Failed failed);
  Told<> listen(const Config& config);
};

Told<> Server::Parts::open_storage(const Config& config) {
  auto file = ledger::open_lock_file(config.lock_slot);
  if (!file) return tell_violation(file.error());
  auto opened_slot = ledger::LockSlot::open(std::move(*file));
  if (!opened_slot) return tell_violation(opened_slot.error());
  slot = std::make_unique<ledger::LockSlot>(std::move(*opened_slot));
  ledger::RocksOptions options;
  options.acknowledged = slot->record() ? slot->record()->size : 0;
  auto opened_store = ledger::open_rocks_store(config.data, options);
  if (!opened_store) return tell_violation(opened_store.error());
  store = std::move(*opened_store);
  auto opened_table = open_views(config.views);
  if (!opened_table) return tell_violation(opened_table.error());
  table = std::move(*opened_table);
  auto opened_views = replay::Views::open(*table, *store);
  if (!opened_views) return tell_violation(opened_views.error());
  views = std::make_unique<replay::Views>(std::move(*opened_views));
  return {};
}

Told<> Server::Parts::open_ledger(const Config& config, Committer::Clock clock,
                                  Committer::Failed failed) {
  ledger::LogIdentity identity{config.origin, std::move(keys.log), keys.service.public_key(),
                               keys.operator_key};
  auto opened = ledger::Ledger::open(*store, *slot, *views, std::move(identity));
  if (!opened) return tell_violation(opened.error());
  if (auto ok = views->apply(); !ok) return tell_violation(ok.error());
  committer = std::make_unique<Committer>(std::move(*opened), *views, config.commit,
                                          std::move(clock), std::move(failed));
  return {};
}

Told<> Server::Parts::listen(const Config& config) {
  service =
      std::make_unique<Service>(Backend{*committer, *store, *table, keys.service, config.origin,
                                        config.batch_lines, config.batch_bytes, config.documents});
  auto started = HttpServer::start(config.address, config.port, config.http, *service);
  if (!started) return tell(std::move(started).error());
  http = std::move(*started);
  return {};
}

Told<std::unique_ptr<Server>> Server::start(const Config& config, Keys keys, Committer::Clock clock,
                                            Committer::Failed failed) {
  auto parts = std::make_unique<Parts>(std::move(keys));
  if (auto ok = parts->open_storage(config); !ok) return tell(std::move(ok).error());
  if (auto ok = parts->open_ledger(config, std::move(clock), std::move(failed)); !ok) {
    return tell(std::move(ok).error());
  }
  if (auto ok = parts->listen(config); !ok) return tell(std::move(ok).error());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() {
  stop();
}

std::string Server::url() const {
  return parts_->http->url();
}
ledger::Seq Server::size() const {
  return parts_->committer->size();
}
bool Server::is_demonstration() const {
  return parts_->committer->mode() == ledger::LedgerOpened::Mode::demonstration;
}

std::optional<ledger::Violation> Server::failure() const {
  return parts_->committer->failure();
}

// HTTP first: what it took in is answered while the committer still works.
void Server::stop() {
  parts_->http->stop();
  parts_->committer->stop();
}

ledger::Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace api
