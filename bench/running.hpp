// A ledger on a real disk, made for one measurement and removed after it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bench/workload.hpp"
#include "ledger/ledger.hpp"
#include "ledger/lock_slot.hpp"
#include "ledger/store.hpp"
#include "ledger/table.hpp"
#include "replay/workers.hpp"

namespace bench {

// A new directory below the working directory, so that figures are those of this disk; removed at
// the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// What keeps nothing of what it is told.
class NoSink final : public ledger::Sink {
 public:
  [[nodiscard]] ledger::Result<> take(const ledger::Entry&, const ledger::Effects&) override {
    return {};
  }
};

// Store, lock slot and views of a log in one scratch directory. One thread.
class Running {
 public:
  Running();

  // An open ledger over this store.
  [[nodiscard]] ledger::Ledger open(Workload& workload, ledger::Sink& sink);
  // The table for views, opened on first use.
  [[nodiscard]] ledger::Table& views();
  [[nodiscard]] ledger::Store& store() { return *store_; }

 private:
  Scratch scratch_;
  std::unique_ptr<ledger::Store> store_;
  std::unique_ptr<ledger::LockSlot> slot_;
  std::unique_ptr<ledger::Table> views_;
};

// The arrivals of submissions: decoded and authenticated on all workers.
[[nodiscard]] std::vector<ledger::Arrival> arrivals(const std::vector<std::string>& submissions,
                                                    replay::Workers& workers);
// Stages and hardens them; every one is admitted.
ledger::Staged commit(ledger::Ledger& ledger, std::vector<ledger::Arrival> arrivals);

// As many threads as the machine runs at once.
[[nodiscard]] unsigned all_threads();

// The value, or the program ends with the violation's sentence.
template <class T>
T must(ledger::Result<T> result);
void must(const ledger::Result<>& result);

[[noreturn]] void give_up(const ledger::Violation& violation);

template <class T>
T must(ledger::Result<T> result) {
  if (!result) give_up(result.error());
  return std::move(*result);
}

}  // namespace bench
