// commit_64 and commit_1: from a submission to its durable, published answer, views following.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/committer.hpp"
#include "api/state_commits.hpp"
#include "bench/figure.hpp"
#include "bench/raw.hpp"
#include "bench/running.hpp"
#include "bench/workload.hpp"
#include "ledger/ensure.hpp"
#include "replay/views.hpp"

namespace bench {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

constexpr std::size_t sales_a_round = 6'000;
constexpr std::size_t singles_a_round = 200;
constexpr std::size_t scattered_a_round = 12'000;  // more than a second's

// A committer on a real disk; lives for all rounds, as a server does.
class Serving {
 public:
  explicit Serving(std::optional<api::StateCommits> commits = {}) {
    views_ = std::make_unique<replay::Views>(
        must(replay::Views::open(running_.views(), running_.store())));
    committer_ = std::make_unique<api::Committer>(
        running_.open(workload, *views_), *views_, api::CommitLimits{},
        [] {
          const auto now = std::chrono::system_clock::now().time_since_epoch();
          return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
        },
        [](const Violation& violation) { give_up(violation); }, std::move(commits));
    for (const std::string& each : workload.beginnings()) answer_to(each);
    answer_to(workload.issuance(1'000'000'000));
  }

  // Submits one and waits for its answer.
  void answer_to(const std::string& submission) {
    std::promise<void> answered;
    must(committer_->submit(submission, [&](api::Verdict verdict) {
      expect_admitted(verdict);
      answered.set_value();
    }));
    answered.get_future().wait();
  }

  // Submits all and waits for the answers and the views. `most` are unanswered until the end: each
  // answer submits the next one, as a client does that has it ready.
  void answer_to_all(std::vector<std::string> submissions, std::size_t most) {
    waiting_ = std::move(submissions);
    next_ = 0;
    open_ = waiting_.size();
    const std::size_t first = std::min(most, waiting_.size());
    for (std::size_t i = 0; i < first; ++i) submit_next();
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return open_ == 0; });
    lock.unlock();
    std::promise<void> viewed;
    committer_->when_views_reach(committer_->size(), std::chrono::minutes(1),
                                 [&] { viewed.set_value(); });
    viewed.get_future().wait();
  }

  Workload workload;

 private:
  void submit_next() {
    const std::size_t next = next_++;
    if (next >= waiting_.size()) return;
    must(committer_->submit(std::move(waiting_[next]), [this](api::Verdict verdict) {
      expect_admitted(verdict);
      submit_next();
      const std::lock_guard lock(mutex_);
      if (--open_ == 0) answered_.notify_one();
    }));
  }

  static void expect_admitted(const api::Verdict& verdict) {
    if (const auto* violation = std::get_if<Violation>(&verdict.outcome)) give_up(*violation);
  }

  Running running_;
  std::unique_ptr<replay::Views> views_;
  std::unique_ptr<api::Committer> committer_;
  std::vector<std::string> waiting_;  // submissions of the round
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t open_ = 0;  // not yet answered
};

Serving& serving() {
  static Serving made;
  return made;
}

double events_a_second() {
  std::vector<std::string> sales = serving().workload.small_transfers(sales_a_round);
  const double time = seconds([&] { serving().answer_to_all(std::move(sales), 64); });
  return static_cast<double>(sales_a_round) / time;
}

double verifies_a_second_halved() {
  static const std::vector<Signed> all = [] {
    Workload workload;
    (void)workload.issuance(static_cast<std::int64_t>(sales_a_round));
    return signatures_of(workload.small_transfers(sales_a_round));
  }();
  static replay::Workers workers(all_threads());
  const double time = seconds([&] { verify_bare(all, workers); });
  return static_cast<double>(all.size()) / 2 / time;
}

// Each unit is sold from another place, so that every event changes runs of its own; with a
// commitment to the state each second, or none.
double scattered_a_second(Serving& serving) {
  std::vector<std::string> sales = serving.workload.scattered_transfers(scattered_a_round);
  const double time = seconds([&] { serving.answer_to_all(std::move(sales), 64); });
  return static_cast<double>(scattered_a_round) / time;
}

double committed_events_a_second() {
  static Serving made(
      api::StateCommits(origin, Workload().operator_key(), std::chrono::seconds(1)));
  return scattered_a_second(made);
}

double uncommitted_events_a_second() {
  static Serving made;
  return scattered_a_second(made);
}

double single_latency() {
  std::vector<double> times;
  for (const std::string& sale : serving().workload.small_transfers(singles_a_round)) {
    times.push_back(seconds([&] { serving().answer_to(sale); }));
  }
  return median(std::move(times)) * 1e6;
}

// Twice (append 1 kB to a growing file, fdatasync), and two verifications one after the other.
double bare_latency() {
  static const std::vector<Signed> two = [] {
    Workload workload;
    return signatures_of(workload.small_transfers(1));
  }();
  static replay::Workers alone(1);
  const Scratch scratch;
  const int file = open((scratch.path() / "bare").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  ENSURE(file >= 0, "the scratch directory can be written to");
  const std::string kilobyte(1'000, 'x');
  std::vector<double> times;
  for (std::size_t i = 0; i < singles_a_round; ++i) {
    times.push_back(seconds([&] {
      verify_bare(two, alone);
      for (int each = 0; each < 2; ++each) {
        ENSURE(write(file, kilobyte.data(), kilobyte.size()) == 1'000 && fdatasync(file) == 0,
               "a kilobyte is appended durably");
      }
    }));
  }
  close(file);
  return median(std::move(times)) * 1e6;
}

}  // namespace

void add_commit_figures() {
  add({.name = "commit_64",
       .unit = "events/s",
       .base = "libsodium verifies/s on as many threads, halved",
       .goal = {.least_ratio = 0.75},
       .measure = events_a_second,
       .measure_base = verifies_a_second_halved});
  add({.name = "commit_64_state",
       .unit = "events/s",
       .base = "the same without commitments to the state",
       .goal = {.least_ratio = 0.85},
       .measure = committed_events_a_second,
       .measure_base = uncommitted_events_a_second});
  add({.name = "commit_1",
       .unit = "us (p50)",
       .base = "2 x (append 1 kB, fdatasync) + 2 verifies",
       .goal = {.most_ratio = 1.4},
       .measure = single_latency,
       .measure_base = bare_latency});
}

}  // namespace bench
