// What was submitted and waits to be judged: a bounded queue, checked in parallel, taken in order.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "api/batch_share.hpp"
#include "api/committer.hpp"
#include "crypto/hash.hpp"
#include "ledger/clause.hpp"
#include "ledger/entry.hpp"
#include "ledger/time.hpp"

namespace api {

// A submission that was decoded and whose signatures were checked.
struct Checked {
  crypto::Hash event;  // hash of the event's bytes; of the whole submission if malformed
  ledger::Result<ledger::AuthenticEvent> authentic;
  std::optional<ledger::Timestamp> time;  // that the submission brings
};

// One of the submissions that came together.
struct Submitted {
  std::string text;
  std::size_t behind = 0;  // how many of them stand behind it
  // The last one's: takes the verdicts of all of them, in order.
  std::function<void(std::span<Verdict>)> answer = {};
  std::optional<Checked> checked = {};  // its checker's until `is_checked`, then the taker's
  bool is_checked = false;              // the intake's
};

// Its threads decode and authenticate, which is where the time of a submission goes: each takes the
// next one by itself, so that none ever waits for another. Those threads end with stop().
class Intake {
 public:
  explicit Intake(const CommitLimits& limits);
  ~Intake();
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // Takes in those that came together. LOG-8 where there is no room for all of them, or after
  // stop(): then none. Any thread; does not wait.
  [[nodiscard]] ledger::Result<> put(std::span<std::unique_ptr<Submitted>> submissions);

  using Clock = std::chrono::steady_clock;
  using Batch = std::vector<std::unique_ptr<Submitted>>;
  // Waits for submissions that are checked and appends them to the batch, in the order of put():
  // some are worth judging while others are checked still. True once the batch is a share of what
  // waits (BatchShare) or holds as many as it may: then it is to be answered. Those that came
  // together are in one batch, however many they are. An empty batch stays empty once has_ended(),
  // at `until`, or after wake(). One thread, one batch at a time.
  [[nodiscard]] bool take(Batch& batch, std::optional<Clock::time_point> until = {});
  // stop() was called and all is answered.
  [[nodiscard]] bool has_ended();
  // Whoever waits in take() for the first of a batch, or takes next, has something else to do. Any
  // thread.
  void wake();

  // Makes room: the batch is answered. Of the thread that takes.
  void answered(const Batch& batch);

  // Takes in nothing more; what was taken in is checked still. The owner's.
  void stop();

 private:
  void check_all();
  void note_checked();
  [[nodiscard]] bool has_reason_to_take() const;
  [[nodiscard]] bool is_enough(std::size_t batch) const;

  const CommitLimits limits_;
  std::mutex mutex_;                // guards the fields below
  std::condition_variable came_;    // the checkers wait here for submissions
  std::condition_variable enough_;  // take() waits here
  std::deque<std::unique_ptr<Submitted>> queue_;
  std::size_t ready_ = 0;                        // at the front, checked
  std::size_t complete_ = 0;                     // of these, up to the last with nothing behind it
  std::size_t next_ = 0;                         // the first that nobody checks yet
  std::size_t taken_ = 0;                        // of the batch that is not yet answered
  std::size_t lacking_ = 0;                      // behind the last one taken
  std::size_t waiting_ = 0, waiting_bytes_ = 0;  // not yet answered
  std::size_t idle_ = 0;                         // checkers that wait
  BatchShare share_;
  bool stopping_ = false;
  bool woken_ = false;
  std::vector<std::thread> checkers_;  // the owner's
};

}  // namespace api
