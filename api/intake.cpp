#include "api/intake.hpp"

#include <linux/sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "ledger/codec.hpp"

namespace api {

using ledger::Result;

namespace {

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

Result<> Intake::put(std::vector<std::string> submissions, Committer::Answer answer) {
  Group group{std::move(submissions), std::move(answer), 0, {}};
  const std::size_t size = group.submissions.size();
  for (const std::string& each : group.submissions) group.bytes += each.size();
  group.checked.resize(size);
  const std::lock_guard lock(mutex_);
  if (stopping_) return ledger::violates(LOG_8, "The server is stopping. Send it again later.");
  if (waiting_ + size > limits_.waiting || waiting_bytes_ + group.bytes > limits_.waiting_bytes) {
    return ledger::violates(LOG_8, std::to_string(waiting_) +
                                       " submissions are not answered yet, and there is no room "
                                       "for more. Send it again.");
  }
  waiting_ += size;
  waiting_bytes_ += group.bytes;
  queue_.push_back(std::move(group));
  if (size > 1) {
    came_.notify_all();
  } else {
    came_.notify_one();
  }
  return {};
}

// A group stays where it is in the deque until all of it is checked, whatever is put behind it or
// taken before it.
void Intake::check_all() {
  yield_to_the_writer();
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    came_.wait(lock, [this] { return next_ < queue_.size() || stopping_; });
    --idle_;
    if (next_ == queue_.size()) return;
    Group& group = queue_[next_];
    const std::size_t place = group.begun++;
    if (group.begun == group.submissions.size()) ++next_;
    lock.unlock();
    Checked checked = check(group.submissions[place]);
    lock.lock();
    group.checked[place] = std::move(checked);
    if (++group.done == group.submissions.size()) note_ready();
  }
}

void Intake::note_ready() {
  while (ready_groups_ < queue_.size()) {
    const Group& group = queue_[ready_groups_];
    if (group.done < group.submissions.size()) break;
    ready_ += group.done;
    ++ready_groups_;
  }
  if (has_enough()) enough_.notify_one();
}

bool Intake::has_enough() const {
  if (ready_groups_ == 0) return false;
  return ready_ >= limits_.batch || share_.is_enough(ready_, waiting_);
}

std::vector<Group> Intake::take(std::optional<Clock::time_point> until) {
  std::unique_lock lock(mutex_);
  const auto is_time = [this] { return has_enough() || woken_ || (stopping_ && queue_.empty()); };
  if (until) {
    enough_.wait_until(lock, *until, is_time);
  } else {
    enough_.wait(lock, is_time);
  }
  woken_ = false;
  std::vector<Group> groups;
  if (!has_enough()) return groups;
  groups.reserve(ready_groups_);
  std::size_t taken = 0;
  while (ready_groups_ > 0 && (groups.empty() || taken + queue_.front().done <= limits_.batch)) {
    taken += queue_.front().done;
    groups.push_back(std::move(queue_.front()));
    queue_.pop_front();
    --ready_groups_;
    --next_;
  }
  ready_ -= taken;
  return groups;
}

bool Intake::has_ended() {
  const std::lock_guard lock(mutex_);
  return stopping_ && queue_.empty();
}

void Intake::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  enough_.notify_one();
}

void Intake::answered(const std::vector<Group>& groups) {
  const std::lock_guard lock(mutex_);
  share_.answered(idle_ == checkers_.size());
  for (const Group& group : groups) {
    waiting_ -= group.submissions.size();
    waiting_bytes_ -= group.bytes;
  }
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
