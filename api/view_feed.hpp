// Keeps the views up with what became durable, one thread behind the answers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/ledger.hpp"
#include "replay/views.hpp"

namespace api {

// The only writer of the views while it lives; they outlive it.
class ViewFeed {
 public:
  using Failed = std::function<void(const ledger::Violation&)>;

  // Precondition: the views have taken every entry so far. `limit` >= 1 is how many entries may
  // wait. `failed` is told once, on the feed's thread, that rows can no longer be written.
  ViewFeed(replay::Views& views, std::size_t limit, Failed failed);
  // Stops as `stop` does.
  ~ViewFeed();
  ViewFeed(const ViewFeed&) = delete;
  ViewFeed& operator=(const ViewFeed&) = delete;

  // Takes the entries of a durable batch, in order. They wait for others 50 ms at most, and not
  // where somebody waits for them. Waits while `limit` entries or more are not shown yet: that is
  // how slow views slow admission down. One thread.
  void push(ledger::Staged durable);

  // Calls `then` once the views have reached `size`, or after `patience`, or when they never will;
  // at once, in the caller's thread, if they have. Any thread.
  void when_reached(ledger::Seq size, std::chrono::milliseconds patience,
                    std::function<void()> then);

  // Shows what was pushed, and joins the thread. No push during or after it.
  void stop();

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Waiter {
    ledger::Seq size = 0;
    Moment until;
    std::function<void()> then;
  };
  // A durable batch, as it was pushed.
  struct Done {
    std::vector<ledger::Entry> entries;
    std::vector<ledger::Effects> effects;  // of each entry
  };

  void run();
  [[nodiscard]] bool has_reason_to_show() const;
  [[nodiscard]] std::vector<Done> take_backlog();
  [[nodiscard]] ledger::Result<> show(const std::vector<Done>& done);
  void release_waiters();

  replay::Views& views_;  // the thread's
  const std::size_t limit_;
  const Failed failed_;

  std::mutex mutex_;               // guards all fields below but the thread
  std::condition_variable came_;   // entries, a waiter or the end: the thread waits here
  std::condition_variable taken_;  // push() waits here
  std::deque<Done> backlog_;
  std::size_t waiting_ = 0;  // entries in the backlog
  Moment due_;               // when what is in the backlog is shown at the latest
  std::vector<Waiter> waiters_;
  ledger::Seq reached_ = 0;
  bool failed_once_ = false;
  bool stopping_ = false;
  bool ended_ = false;

  std::thread thread_;  // the owner's
};

}  // namespace api
