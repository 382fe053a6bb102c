#include "api/server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "api/cosignatures.hpp"
#include "api/http_server.hpp"
#include "api/service.hpp"
#include "api/witness_start.hpp"
#include "api/witnesses.hpp"
#include "crypto/checkpoint.hpp"
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
  // The threads of the witnesses ask the committer, which goes before them.
  ~Parts() {
    if (witnesses) witnesses->stop();
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  Keys keys;  // the log key moves on into the ledger
  std::unique_ptr<ledger::LockSlot> slot;
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<ledger::Table> table;
  std::unique_ptr<replay::Views> views;
  std::vector<Seen> seen;                      // by witnesses and mirrors, before the start
  std::unique_ptr<Cosignatures> cosignatures;  // where there is a policy
  std::unique_ptr<Witnesses> witnesses;        // likewise
  std::unique_ptr<Committer> committer;
  std::unique_ptr<Service> service;
  std::unique_ptr<HttpServer> http;

  Told<> open_storage(const Config& config);
  Told<> ask_witnesses(const Config& config, const Committer::Clock& clock);
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

// Before anything is signed. What the file of cosignatures holds was seen, too.
Told<> Server::Parts::ask_witnesses(const Config& config, const Committer::Clock& clock) {
  const WitnessSettings& settings = config.witnesses;
  crypto::LogKeys log_keys = crypto::make_verifier_key(config.origin, keys.log.public_key());
  if (keys.next_log) {
    log_keys.add(crypto::make_verifier_key(config.origin, keys.next_log->public_key()));
  }
  replay::Policy policy;
  if (!settings.policy.empty()) {
    auto read = read_policy(settings.policy, log_keys);
    if (!read) return tell(std::move(read).error());
    policy = std::move(*read);
  }
  auto note = store->newest_checkpoint();
  if (!note) return tell_violation(note.error());
  std::vector<std::string> silent;
  seen = ask_what_was_seen(policy, settings, {log_keys, note->value_or("")}, silent);
  for (const std::string& each : silent)
    spdlog::warn("not learned how far the log was seen: {}", each);
  if (!settings.policy.empty()) {
    std::string warning;
    cosignatures =
        std::make_unique<Cosignatures>(std::move(policy), log_keys, settings.cosignatures, warning);
    if (!warning.empty()) spdlog::warn("{}", warning);
    const std::string who = "file of cosignatures (" + settings.cosignatures.string() + ")";
    for (crypto::Checkpoint& each : cosignatures->kept()) {
      const ledger::Seq size = each.size;
      seen.push_back({who, size, std::move(each)});
    }
    witnesses = std::make_unique<Witnesses>(*cosignatures, settings, clock);
  }
  return check_nobody_saw_more(seen, store->size(), config.data);
}

Told<> Server::Parts::open_ledger(const Config& config, Committer::Clock clock,
                                  Committer::Failed failed) {
  ledger::LogIdentity identity{config.origin, std::move(keys.log), keys.service.public_key(),
                               keys.operator_key, std::move(keys.next_log)};
  auto opened = ledger::Ledger::open(*store, *slot, *views, std::move(identity));
  if (!opened) return tell_violation(opened.error());
  if (auto ok = check_nobody_saw_another(seen, *store, opened->published()); !ok) return ok;
  if (auto ok = views->apply(); !ok) return tell_violation(ok.error());
  std::optional<StateCommits> commits;
  if (keys.state) {
    commits.emplace(config.origin, std::move(*keys.state), config.commit_state_every);
  }
  committer = std::make_unique<Committer>(std::move(*opened), *views, config.commit,
                                          std::move(clock), std::move(failed), std::move(commits));
  if (witnesses) witnesses->start(*committer, *store);
  return {};
}

Told<> Server::Parts::listen(const Config& config) {
  service = std::make_unique<Service>(Backend{*committer, *store, *table, keys.service,
                                              config.origin, config.batch_lines, config.batch_bytes,
                                              config.documents, witnesses.get()});
  auto started = HttpServer::start(config.address, config.port, config.http, *service);
  if (!started) return tell(std::move(started).error());
  http = std::move(*started);
  return {};
}

Told<std::unique_ptr<Server>> Server::start(const Config& config, Keys keys, Committer::Clock clock,
                                            Committer::Failed failed) {
  auto parts = std::make_unique<Parts>(std::move(keys));
  if (auto ok = parts->open_storage(config); !ok) return tell(std::move(ok).error());
  if (auto ok = parts->ask_witnesses(config, clock); !ok) return tell(std::move(ok).error());
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

// Witnesses first, for whom answers may wait; then HTTP: what it took in is answered while the
// committer still works.
void Server::stop() {
  if (parts_->witnesses) parts_->witnesses->stop();
  parts_->http->stop();
  parts_->committer->stop();
}

ledger::Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace api
