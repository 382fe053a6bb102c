#include "replay/workers.hpp"

#include <algorithm>

#include "ledger/ensure.hpp"

namespace replay {

Workers::Workers(unsigned threads) {
  ENSURE(threads >= 1, "the calling thread is a worker");
  helpers_.reserve(threads - 1);
  for (unsigned i = 1; i < threads; ++i) helpers_.emplace_back([this] { help(); });
}

unsigned Workers::cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

void Workers::take_jobs(const Job& job, std::size_t count) {
  for (std::size_t i = next_.fetch_add(1); i < count; i = next_.fetch_add(1)) job(i);
}

void Workers::run(std::size_t n, const Job& job) {
  if (n <= 1 || helpers_.empty()) {  // waking somebody would take longer than the work
    for (std::size_t i = 0; i < n; ++i) job(i);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    ENSURE(job_ == nullptr, "one list of jobs is worked off at a time");
    job_ = &job;
    count_ = n;
    next_.store(0);
    ++lists_;
  }
  wake_.notify_all();
  take_jobs(job, n);
  std::unique_lock lock(mutex_);
  job_ = nullptr;  // a helper that wakes only now finds nothing
  idle_.wait(lock, [this] { return busy_ == 0; });
}

void Workers::help() {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || (job_ != nullptr && lists_ != seen); });
    if (stopping_) return;
    seen = lists_;
    const Job& job = *job_;
    const std::size_t count = count_;
    ++busy_;
    lock.unlock();
    take_jobs(job, count);
    lock.lock();
    if (--busy_ == 0) idle_.notify_one();
  }
}

}  // namespace replay
