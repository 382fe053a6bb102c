#include "api/intake.hpp"

#include <linux/sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "ledger/codec.hpp"

namespace api {

using ledger::Result;

namespace {

// So many are judged at once while the batch grows: more would be judged late, when every core
// waits for the disk, and fewer cost as many awakenings.
constexpr std::size_t worth_judging = 32;

Checked check(const std::string& submission) {
  Result<ledger::Submission> sent = ledger::decode_submission(submission);
  if (!sent) return {crypto::sha256(submission), tl::unexpected(std::move(sent).error()), {}};
  Result<ledger::AuthenticEvent> authentic = ledger::authenticate(std::move(sent->signed_event));
  // Hashed once where all is well, and read once more where it is not.
  const crypto::Hash hash =
      authentic ? authentic->hash()
                : crypto::sha256(ledger::decode_submission(submission)->signed_event.bytes);
  return {hash, std::move(authentic), sent->time};
}

// What sched_setattr(2) takes; the C library of Debian 12 does not have it.
struct SchedulingAttributes {
  std::uint32_t size = sizeof(SchedulingAttributes);
  std::uint32_t policy = 0;
  std::uint64_t flags = SCHED_FLAG_KEEP_POLICY;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;  // ns: the time slice, since Linux 6.12; before, it says nothing
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};

// Has this thread of Linux, where each has its own priority, give way to whoever wakes up. The
// writer and the kernel's own threads would otherwise wait for the end of a checker's time slice
// each time that the disk is done: they go before whoever has a longer one than they, and weighs
// little beside them (spec/decisions/0050). A refusal costs only speed.
void yield_to_the_writer() {
  SchedulingAttributes attributes;
  attributes.nice = std::max(10, getpriority(PRIO_PROCESS, 0));
  attributes.runtime = 100'000'000;  // the longest that there is
  static_cast<void>(syscall(SYS_sched_setattr, 0, &attributes, 0));
}

}  // namespace

Intake::Intake(const CommitLimits& limits) : limits_(limits) {
  const unsigned threads =
      limits.checkers != 0 ? limits.checkers : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < threads; ++i) checkers_.emplace_back([this] { check_all(); });
}

Intake::~Intake() {
  stop();
}

Result<> Intake::put(std::span<std::unique_ptr<Submitted>> submissions) {
  const std::size_t size = submissions.size();
  std::size_t bytes = 0;
  for (const auto& each : submissions) bytes += each->text.size();
  const std::lock_guard lock(mutex_);
  if (stopping_) return ledger::violates(LOG_8, "The server is stopping. Send it again later.");
  if (waiting_ + size > limits_.waiting || waiting_bytes_ + bytes > limits_.waiting_bytes) {
    return ledger::violates(LOG_8, std::to_string(waiting_) +
                                       " submissions are not answered yet, and there is no room "
                                       "for more. Send it again.");
  }
  queue_.insert(queue_.end(), std::make_move_iterator(submissions.begin()),
                std::make_move_iterator(submissions.end()));
  waiting_ += size;
  waiting_bytes_ += bytes;
  if (size > 1) {
    came_.notify_all();
  } else {
    came_.notify_one();
  }
  return {};
}

// A submission stays where it is until it is checked, whatever is put behind it or taken before it.
void Intake::check_all() {
  yield_to_the_writer();
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    came_.wait(lock, [this] { return next_ < queue_.size() || stopping_; });
    --idle_;
    if (next_ == queue_.size()) return;
    Submitted& next = *queue_[next_++];
    lock.unlock();
    next.checked = check(next.text);
    lock.lock();
    next.is_checked = true;
    note_checked();
  }
}

void Intake::note_checked() {
  for (; ready_ < queue_.size() && queue_[ready_]->is_checked; ++ready_) {
    if (queue_[ready_]->behind == 0) complete_ = ready_ + 1;
  }
  if (has_reason_to_take()) enough_.notify_one();
}

bool Intake::has_reason_to_take() const {
  return ready_ >= worth_judging || (complete_ > 0 && is_enough(taken_ + complete_));
}

// Whether a batch of so many is to be answered.
bool Intake::is_enough(std::size_t batch) const {
  return batch >= limits_.batch || share_.is_enough(batch, waiting_);
}

bool Intake::take(Batch& batch, std::optional<Clock::time_point> until) {
  std::unique_lock lock(mutex_);
  const auto is_time = [this] {
    if (has_reason_to_take()) return true;
    return taken_ == 0 && (woken_ || (stopping_ && waiting_ == 0));
  };
  if (until && taken_ == 0) {
    enough_.wait_until(lock, *until, is_time);
  } else {
    enough_.wait(lock, is_time);
  }
  if (taken_ == 0) woken_ = false;
  if (!has_reason_to_take()) return false;
  for (; ready_ > 0; --ready_, --next_, ++taken_) {
    const std::size_t behind = queue_.front()->behind;
    const bool fits = taken_ + behind < limits_.batch;
    if (lacking_ == 0 && taken_ > 0 && !fits) return true;
    lacking_ = behind;
    complete_ -= std::min<std::size_t>(complete_, 1);
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return lacking_ == 0 && is_enough(taken_);
}

bool Intake::has_ended() {
  const std::lock_guard lock(mutex_);
  return stopping_ && waiting_ == 0;
}

void Intake::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  enough_.notify_one();
}

void Intake::answered(const Batch& batch) {
  std::size_t bytes = 0;
  for (const auto& each : batch) bytes += each->text.size();
  const std::lock_guard lock(mutex_);
  share_.answered(idle_ == checkers_.size());
  taken_ = 0;
  waiting_ -= batch.size();
  waiting_bytes_ -= bytes;
}

void Intake::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    came_.notify_all();
    enough_.notify_one();
  }
  for (std::thread& checker : checkers_) {
    if (checker.joinable()) checker.join();
  }
}

}  // namespace api
