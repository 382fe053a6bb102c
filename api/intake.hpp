// What was submitted and waits to be judged: a bounded queue, checked in parallel, taken in order.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
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

// Submissions that came together, and who waits for their verdicts.
struct Group {
  std::vector<std::string> submissions;
  Committer::Answer answer;
  std::size_t bytes = 0;                        // of all submissions
  std::vector<std::optional<Checked>> checked;  // one for each submission, once it is checked
  std::size_t begun = 0, done = 0;              // how many are being checked or are, and are
};

// Its threads decode and authenticate, which is where the time of a submission goes: each takes the
// next one by itself, so that none ever waits for another. Those threads end with stop().
class Intake {
 public:
  explicit Intake(const CommitLimits& limits);
  ~Intake();
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // LOG-8 where there is no room, or after stop(). Any thread; does not wait.
  [[nodiscard]] ledger::Result<> put(std::vector<std::string> submissions,
                                     Committer::Answer answer);

  using Clock = std::chrono::steady_clock;
  // Waits for checked groups and takes them in the order of put(), as soon as they are a share of
  // what waits (BatchShare). Nothing once has_ended(), at `until`, or after wake(). One thread.
  [[nodiscard]] std::vector<Group> take(std::optional<Clock::time_point> until = {});
  // stop() was called and all is taken.
  [[nodiscard]] bool has_ended();
  // Whoever waits in take(), or takes next, has something else to do. Any thread.
  void wake();

  // Makes room: these groups are answered. Before the next take(), of the same thread.
  void answered(const std::vector<Group>& groups);

  // Takes in nothing more; what was taken in is checked still. The owner's.
  void stop();

 private:
  void check_all();
  void note_ready();
  [[nodiscard]] bool has_enough() const;

  const CommitLimits limits_;
  std::mutex mutex_;                // guards the fields below
  std::condition_variable came_;    // the checkers wait here for submissions
  std::condition_variable enough_;  // take() waits here
  std::deque<Group> queue_;         // ready groups, then those being checked, then the others
  std::size_t ready_groups_ = 0, ready_ = 0;     // groups at the front, and their submissions
  std::size_t next_ = 0;                         // the first group with a submission not begun
  std::size_t waiting_ = 0, waiting_bytes_ = 0;  // not yet answered
  std::size_t idle_ = 0;                         // checkers that wait
  BatchShare share_;
  bool stopping_ = false;
  bool woken_ = false;
  std::vector<std::thread> checkers_;  // the owner's
};

}  // namespace api
