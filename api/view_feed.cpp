#include "api/view_feed.hpp"

#include <algorithm>
#include <utility>

#include "ledger/ensure.hpp"

namespace api {

using ledger::Result;
using ledger::Seq;

namespace {

// Rows that many entries change are written once for all of them, so views that nobody waits for
// let entries gather (spec/decisions/0050).
constexpr std::size_t worth_showing = 512;               // entries
constexpr std::chrono::milliseconds longest_hidden(50);  // after the first of them came
constexpr std::size_t shown_together = 1'024;            // entries, or one batch that has more

}  // namespace

ViewFeed::ViewFeed(replay::Views& views, std::size_t limit, Failed failed)
    : views_(views), limit_(limit), failed_(std::move(failed)), reached_(views.size()) {
  ENSURE(limit_ >= 1, "at least one entry may wait for the views");
  thread_ = std::thread([this] { run(); });
}

ViewFeed::~ViewFeed() {
  stop();
}

void ViewFeed::push(ledger::Staged durable) {
  std::unique_lock lock(mutex_);
  taken_.wait(lock, [this] { return waiting_ < limit_; });
  const bool is_first = backlog_.empty();
  if (is_first) due_ = std::chrono::steady_clock::now() + longest_hidden;
  waiting_ += durable.entries.size();
  backlog_.push_back({std::move(durable.entries), std::move(durable.effects)});
  if (is_first || has_reason_to_show()) came_.notify_one();
}

void ViewFeed::when_reached(Seq size, std::chrono::milliseconds patience,
                            std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    if (reached_ < size && !failed_once_ && !ended_) {
      waiters_.push_back({size, std::chrono::steady_clock::now() + patience, std::move(then)});
      came_.notify_one();
      return;
    }
  }
  then();
}

void ViewFeed::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    came_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

// After a failure entries are still taken off the backlog, so that nobody waits for ever.
void ViewFeed::run() {
  for (bool ended = false; !ended;) {
    const std::vector<Done> done = take_backlog();
    if (Result<> ok = show(done); !ok) {
      {
        const std::lock_guard lock(mutex_);
        failed_once_ = true;
      }
      failed_(ok.error());
    }
    {
      const std::lock_guard lock(mutex_);
      ended = ended_ = stopping_ && backlog_.empty();
    }
    release_waiters();
  }
}

// The time aside. Where less is let in than is worth showing, that is reason enough.
bool ViewFeed::has_reason_to_show() const {
  if (stopping_) return true;
  if (backlog_.empty()) return false;
  return !waiters_.empty() || waiting_ >= std::min(worth_showing, limit_);
}

// Waits for a reason to show entries, or for the moment at which they are due or somebody loses
// patience.
std::vector<ViewFeed::Done> ViewFeed::take_backlog() {
  std::unique_lock lock(mutex_);
  while (!has_reason_to_show()) {
    if (backlog_.empty() && waiters_.empty()) {
      came_.wait(lock);
      continue;
    }
    Moment first = backlog_.empty() ? Moment::max() : due_;
    for (const Waiter& waiter : waiters_) first = std::min(first, waiter.until);
    if (came_.wait_until(lock, first) == std::cv_status::timeout) break;
  }
  std::vector<Done> done;
  std::size_t taken = 0;
  while (!backlog_.empty() &&
         (done.empty() || taken + backlog_.front().entries.size() <= shown_together)) {
    taken += backlog_.front().entries.size();
    done.push_back(std::move(backlog_.front()));
    backlog_.pop_front();
  }
  waiting_ -= taken;
  taken_.notify_one();
  return done;
}

Result<> ViewFeed::show(const std::vector<Done>& done) {
  if (done.empty() || failed_once_) return {};  // this thread alone sets it
  for (const auto& [entries, effects] : done) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (Result<> ok = views_.take(entries[i], effects[i]); !ok) return ok;
    }
  }
  if (Result<> ok = views_.apply(); !ok) return ok;
  const std::lock_guard lock(mutex_);
  reached_ = views_.size();
  return {};
}

void ViewFeed::release_waiters() {
  std::vector<Waiter> due;
  {
    const std::lock_guard lock(mutex_);
    const Moment now = std::chrono::steady_clock::now();
    const auto waits = [&](const Waiter& waiter) {
      return waiter.size > reached_ && waiter.until > now && !failed_once_ && !ended_;
    };
    const auto first_due = std::partition(waiters_.begin(), waiters_.end(), waits);
    due.assign(std::make_move_iterator(first_due), std::make_move_iterator(waiters_.end()));
    waiters_.erase(first_due, waiters_.end());
  }
  for (const Waiter& waiter : due) waiter.then();
}

}  // namespace api
