#include "tests/simulation/simulated_server.hpp"

#include <algorithm>
#include <utility>

#include "ledger/ensure.hpp"

namespace simulation {

using namespace ledger;

SimulatedServer::SimulatedServer(test_support::PowerLossFs& disk, const Settings& settings)
    : disk_(disk), settings_(settings), history_(test_support::story_arrivals(settings.events)) {}

SimulatedServer::~SimulatedServer() {
  stop();
}

Result<> SimulatedServer::start() {
  stop();
  Result<LockSlot> slot = LockSlot::open(disk_.lock_file("/data/slot"));
  if (!slot) return tl::unexpected(slot.error());
  slot_ = std::move(*slot);
  RocksOptions options;
  options.env = disk_.env();
  options.acknowledged = slot_->record() ? slot_->record()->size : 0;
  options.synced = settings_.synced;
  options.memtable_bytes = 64 << 10;
  options.cache_bytes = 1 << 20;
  Result<std::unique_ptr<Store>> store = open_rocks_store("/data/log", options);
  if (!store) return tl::unexpected(store.error());
  store_ = std::move(*store);
  disk_.settle();
  sink_ = {};
  Result<Ledger> opened = Ledger::open(*store_, *slot_, sink_, test_support::story_identity());
  if (!opened) return tl::unexpected(opened.error());
  ledger_.emplace(std::move(*opened));
  published_ = ledger_->published();
  return {};
}

void SimulatedServer::stop() {
  ledger_.reset();
  disk_.freely([this] { store_.reset(); });
  slot_.reset();
}

bool SimulatedServer::commit(std::size_t count) {
  const std::size_t end = std::min(answered_ + count, history_.size());
  if (answered_ == end) return false;
  std::vector<Arrival> arrivals(history_.begin() + static_cast<std::ptrdiff_t>(answered_),
                                history_.begin() + static_cast<std::ptrdiff_t>(end));
  Result<Hardened> hardened = ledger_->harden(ledger_->stage(std::move(arrivals)));
  disk_.settle();
  if (!hardened) return false;
  answered_ = end;
  const Staged& batch = hardened->batch();
  for (const Outcome& outcome : batch.outcomes) {
    ENSURE(!std::holds_alternative<Violation>(outcome), "everything of the history is admitted");
  }
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    if (!sink_.take(batch.entries[i], batch.effects[i])) return false;
  }
  published_ = batch.published;
  receipts_.emplace_back(published_.size, published_.root);
  return true;
}

std::string SimulatedServer::broken_promise() const {
  if (published_.size < answered_) {
    return "of " + std::to_string(answered_) + " acknowledged entries only " +
           std::to_string(published_.size) + " are left";
  }
  if (published_.size != sink_.lines().size()) return "the sink and the log differ in size";
  for (const auto& [size, root] : receipts_) {
    if (test_support::naive_root(sink_.lines(), size) != root) {
      return "the first " + std::to_string(size) +
             " entries are not those of their receipt: a fork";
    }
  }
  return test_support::problem_of(*store_, published_);
}

}  // namespace simulation
