// The one pool of threads: signatures are verified on it by the server and by the audit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace replay {

// `threads` threads that work off one numbered list of jobs at a time; the thread that calls run()
// is one of them. Made and destroyed by its owner; run() is called by one thread at a time, never
// from within a job.
class Workers {
 public:
  // Precondition: threads >= 1. With 1 no thread is started.
  explicit Workers(unsigned threads);
  // How many threads this machine runs at the same time; at least 1.
  [[nodiscard]] static unsigned cores();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers();

  // Calls job(0) … job(n - 1), each once, on any thread; lower numbers begin first. Returns when
  // all have returned; what they wrote is then visible to the caller.
  void run(std::size_t n, const std::function<void(std::size_t)>& job);

  [[nodiscard]] unsigned threads() const { return static_cast<unsigned>(helpers_.size()) + 1; }

 private:
  using Job = std::function<void(std::size_t)>;
  void help();
  void take_jobs(const Job& job, std::size_t count);

  std::mutex mutex_;
  std::condition_variable wake_;  // helpers wait here for a list, or for the end
  std::condition_variable idle_;  // run() waits here for the last helper
  const Job* job_ = nullptr;      // under mutex_; null between two lists
  std::size_t count_ = 0;         // under mutex_; jobs of the list
  std::uint64_t lists_ = 0;       // under mutex_; counts lists, so that a helper takes each once
  std::size_t busy_ = 0;          // under mutex_; helpers inside the list
  bool stopping_ = false;         // under mutex_; set once, by the destructor
  std::atomic<std::size_t> next_{0};  // any thread's; the lowest job that nobody has taken
  std::vector<std::thread> helpers_;  // the owner's; filled by the constructor, joined at the end
};

}  // namespace replay
