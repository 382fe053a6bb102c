// A server without sockets: real RocksDB, real lock slot, real Ledger, on a disk that fails on
// purpose; and a client that sends one history, in order, until everything of it is acknowledged.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "ledger/rocks_store.hpp"
#include "tests/support/power_loss_fs.hpp"
#include "tests/support/story_log.hpp"

namespace simulation {

// Lives longer than any of the server's starts. One thread.
class SimulatedServer {
 public:
  struct Settings {
    std::size_t events = 90;  // more than the story has; together more than one memtable
    bool synced = ledger::commits_are_synced;
  };
  SimulatedServer(test_support::PowerLossFs& disk, const Settings& settings);
  ~SimulatedServer();

  // Opens slot, store and ledger, as the program does. The reason where it is refused.
  [[nodiscard]] ledger::Result<> start();
  void stop();
  [[nodiscard]] bool is_running() const { return ledger_.has_value(); }

  // Sends the next `count` events that are not acknowledged. False where hardening fails, or there
  // is nothing left to send.
  [[nodiscard]] bool commit(std::size_t count);
  [[nodiscard]] bool is_done() const { return answered_ == history_.size(); }

  // What was promised and does not hold, now that the server runs again; empty where all holds.
  [[nodiscard]] std::string broken_promise() const;

 private:
  test_support::PowerLossFs& disk_;
  const Settings settings_;
  const std::vector<ledger::Arrival> history_;
  std::size_t answered_ = 0;  // events of the history that were acknowledged
  std::vector<std::pair<ledger::Seq, crypto::Hash>> receipts_;  // acknowledged sizes and roots

  std::optional<ledger::LockSlot> slot_;
  std::unique_ptr<ledger::Store> store_;
  test_support::LineSink sink_;
  std::optional<ledger::Ledger> ledger_;
  ledger::Published published_;
};

}  // namespace simulation
