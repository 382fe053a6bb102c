// Puts the log's checkpoints before the witnesses of a policy, one request in flight to each, and
// knows what they cosigned. A witness that lags, lies or hangs keeps nothing waiting but itself.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "api/committer.hpp"
#include "api/config.hpp"
#include "api/cosignatures.hpp"
#include "api/http_client.hpp"
#include "api/witness_protocol.hpp"
#include "api/witness_rounds.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store.hpp"

namespace api {

// A thread for each witness with an address, and one for those who wait. Outlives the committer and
// the routes that ask it.
class Witnesses {
 public:
  // Precondition: every URL of the policy is a server's address. `cosignatures` outlives this.
  Witnesses(Cosignatures& cosignatures, WitnessSettings settings, Committer::Clock clock);
  // Stops as `stop` does.
  ~Witnesses();
  Witnesses(const Witnesses&) = delete;
  Witnesses& operator=(const Witnesses&) = delete;

  // Begins to ask. Both outlive the threads, which end with `stop`. Once.
  void start(Committer& committer, const ledger::Store& store);
  // Breaks requests off, lets everybody go who waits, and joins the threads. The owner's.
  void stop();

  // ---- any thread; none of these waits ----

  // Entries below it are covered by the quorum. Never decreases.
  [[nodiscard]] ledger::Seq covered() const;
  // A published checkpoint with the cosignatures that are known for it.
  [[nodiscard]] std::string with_cosignatures(const ledger::Published& published) const;
  // The newest checkpoint that the quorum cosigned; empty before the first.
  [[nodiscard]] std::string covered_note() const;
  // Whether answers to any type of event wait for the quorum; and to this one.
  [[nodiscard]] bool holds_some() const { return !settings_.held.empty(); }
  [[nodiscard]] bool holds(std::string_view type) const;
  // Calls `then` once covered() has reached `size`, or when patience ends; at once, in the caller's
  // thread, if it has already or nothing is asked any more.
  void when_covered(ledger::Seq size, std::function<void()> then);

 private:
  using Moment = WitnessRounds::Moment;
  // One witness with an address, and its thread's own things.
  struct Asked {
    std::size_t place = 0;  // in the policy
    HttpClient client;
    ledger::Seq saw = 0;  // that it said or cosigned last: where the next proof begins
    std::string said;     // that was logged last; empty: all is well
  };
  struct Waiter {
    ledger::Seq size = 0;
    Moment until;
    std::function<void()> then;
  };

  void ask_all(std::size_t asked);
  [[nodiscard]] bool wait_for_turn(std::size_t asked, ledger::Published& target);
  void begin_round(Moment now);
  void ask(std::size_t asked, const ledger::Published& target);
  [[nodiscard]] WitnessAnswer push(Asked& witness, const ledger::Published& target);
  void take(std::size_t asked, const ledger::Published& target, WitnessAnswer answer);
  void log_state(Asked& witness, const std::string& sentence) const;
  [[nodiscard]] std::string name_of(const Asked& witness) const;
  void keep_waiters();
  [[nodiscard]] std::vector<Waiter> take_due(Moment now);

  Cosignatures& cosignatures_;
  const WitnessSettings settings_;
  const Committer::Clock clock_;
  std::vector<std::unique_ptr<Asked>> asked_;  // each its thread's
  Committer* committer_ = nullptr;             // both set once, before the threads
  const ledger::Store* store_ = nullptr;
  std::atomic<bool> stopping_ = false;

  mutable std::mutex mutex_;         // guards the fields below; never held while anything waits
  std::condition_variable changed_;  // something was published, covered or answered, or the end
  WitnessRounds rounds_;
  ledger::Published target_;  // of the round
  std::vector<Waiter> waiters_;
  bool asking_ = false;

  std::vector<std::thread> threads_;  // the owner's
};

}  // namespace api
