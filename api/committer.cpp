#include "api/committer.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "api/view_feed.hpp"
#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "replay/workers.hpp"

namespace api {
namespace {

using ledger::Entry;
using ledger::Result;
using ledger::Seq;
using ledger::Violation;

// Submissions that came together, and who waits for their verdicts.
struct Group {
  std::vector<std::string> submissions;
  std::size_t bytes = 0;
  Committer::Answer answer;
};

// A submission that was decoded and whose signatures were checked.
struct Checked {
  crypto::Hash event;
  Result<ledger::Arrival> arrival;
};

// Groups that were judged together and become durable together.
struct Batch {
  std::vector<Group> groups;
  std::vector<Verdict> verdicts;  // of all groups, one after the other
  ledger::Staged staged;
};

Checked check(const std::string& submission, ledger::Timestamp now) {
  Result<ledger::Submission> sent = ledger::decode_submission(submission);
  if (!sent) return {crypto::sha256(submission), tl::unexpected(std::move(sent).error())};
  const crypto::Hash hash = crypto::sha256(sent->signed_event.bytes);
  Result<ledger::AuthenticEvent> event = ledger::authenticate(std::move(sent->signed_event));
  if (!event) return {hash, tl::unexpected(std::move(event).error())};
  return {hash,
          ledger::Arrival{std::move(*event), sent->time.value_or(now), sent->time.has_value()}};
}

// Answers each group with its part of the verdicts.
void answer(std::vector<Group>& groups, std::vector<Verdict> verdicts) {
  auto next = std::make_move_iterator(verdicts.begin());
  for (Group& group : groups) {
    const auto end = next + static_cast<std::ptrdiff_t>(group.submissions.size());
    group.answer(std::vector<Verdict>(next, end));
    next = end;
  }
}

}  // namespace

// Two threads in a row: the judge decodes, authenticates (on the workers) and stages; the hardener
// makes durable, publishes, answers and feeds the views. What waits between them is under mutex_.
class Committer::Pipeline {
 public:
  Pipeline(ledger::Ledger ledger, replay::Views& views, replay::Workers& workers,
           const CommitLimits& limits, Clock clock, Failed failed)
      : limits_(limits),
        clock_(std::move(clock)),
        failed_(std::move(failed)),
        workers_(workers),
        ledger_(std::move(ledger)),
        published_(ledger_.published()),
        feed_(views, limits.views_behind, [this](const Violation& violation) { fail(violation); }) {
    if (ledger_.machine().size() > 0) mode_ = ledger_.machine().state().mode;
    ENSURE(views.size() == published_.size, "start-up fed every entry to the views");
    judge_ = std::thread([this] { judge(); });
    hardener_ = std::thread([this] { harden(); });
  }

  Result<> submit(std::vector<std::string> submissions, Answer answer);
  Serving serving() const;
  Seq size() const;
  std::string note() const;
  std::optional<ledger::LedgerOpened::Mode> mode() const;
  ViewFeed& feed() { return feed_; }
  void stop();
  void fail(const Violation& violation);
  std::optional<Violation> failure() const;

 private:
  void judge();
  void harden();
  std::vector<Group> take_groups();
  Batch judge_groups(std::vector<Group> groups);
  void harden_batch(Batch batch);
  void publish(ledger::Staged& staged);
  void answer_batch(Batch& batch);

  const CommitLimits limits_;
  const Clock clock_;
  const Failed failed_;
  replay::Workers& workers_;  // the judge's
  ledger::Ledger ledger_;     // one part the judge's, one the hardener's: see there

  mutable std::mutex mutex_;           // guards the fields below
  std::condition_variable submitted_;  // the judge waits here for work
  std::condition_variable handed_;     // judge and hardener: a batch came, or was taken
  std::deque<Group> queue_;
  std::size_t waiting_ = 0, waiting_bytes_ = 0;  // not yet answered
  std::optional<Batch> staged_;                  // judged, waits for the hardener
  ledger::Published published_;
  std::optional<ledger::LedgerOpened::Mode> mode_;
  std::optional<Violation> failure_;
  bool stopping_ = false;  // nothing is taken in any more
  bool judged_ = false;    // the judge has ended

  ViewFeed feed_;                 // the hardener pushes
  std::thread judge_, hardener_;  // the owner's
};

// ---- taking in ----

Result<> Committer::Pipeline::submit(std::vector<std::string> submissions, Answer answer) {
  Group group{std::move(submissions), 0, std::move(answer)};
  for (const std::string& each : group.submissions) group.bytes += each.size();
  const std::lock_guard lock(mutex_);
  if (failure_) return tl::unexpected(*failure_);
  if (stopping_) return ledger::violates(LOG_8, "The server is stopping. Send it again later.");
  if (waiting_ + group.submissions.size() > limits_.waiting ||
      waiting_bytes_ + group.bytes > limits_.waiting_bytes) {
    return ledger::violates(LOG_8, std::to_string(waiting_) +
                                       " submissions are not answered yet, and there is no room "
                                       "for more. Send it again.");
  }
  waiting_ += group.submissions.size();
  waiting_bytes_ += group.bytes;
  queue_.push_back(std::move(group));
  submitted_.notify_one();
  return {};
}

std::vector<Group> Committer::Pipeline::take_groups() {
  std::unique_lock lock(mutex_);
  submitted_.wait(lock, [this] { return !queue_.empty() || stopping_; });
  std::vector<Group> groups;
  std::size_t taken = 0;
  while (!queue_.empty() &&
         (groups.empty() || taken + queue_.front().submissions.size() <= limits_.batch)) {
    taken += queue_.front().submissions.size();
    groups.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return groups;
}

// ---- judging ----

void Committer::Pipeline::judge() {
  for (auto groups = take_groups(); !groups.empty(); groups = take_groups()) {
    Batch batch = judge_groups(std::move(groups));
    std::unique_lock lock(mutex_);
    handed_.wait(lock, [this] { return !staged_; });
    staged_ = std::move(batch);
    handed_.notify_one();
  }
  const std::lock_guard lock(mutex_);
  judged_ = true;
  handed_.notify_one();
}

Batch Committer::Pipeline::judge_groups(std::vector<Group> groups) {
  std::vector<const std::string*> submissions;
  for (const Group& group : groups) {
    for (const std::string& each : group.submissions) submissions.push_back(&each);
  }
  const ledger::Timestamp now = clock_();
  std::vector<std::optional<Checked>> checked(submissions.size());
  workers_.run(submissions.size(),
               [&](std::size_t i) { checked[i] = check(*submissions[i], now); });

  Batch batch{std::move(groups), {}, {}};
  std::vector<ledger::Arrival> arrivals;
  std::vector<std::size_t> places;  // of the arrivals among the verdicts
  for (std::optional<Checked>& each : checked) {
    batch.verdicts.push_back({ledger::Admitted{}, each->event, now, {}});
    if (each->arrival) {
      places.push_back(batch.verdicts.size() - 1);
      arrivals.push_back(std::move(*each->arrival));
    } else {
      batch.verdicts.back().outcome = std::move(each->arrival).error();
    }
  }
  batch.staged = ledger_.stage(std::move(arrivals));
  for (std::size_t i = 0; i < places.size(); ++i) {
    ledger::Outcome& outcome = batch.staged.outcomes[i];
    const auto* violation = std::get_if<Violation>(&outcome);
    if (violation && violation->clause->kind == ledger::Kind::corrupt) fail(*violation);
    batch.verdicts[places[i]].outcome = std::move(outcome);
  }
  return batch;
}

// ---- hardening ----

void Committer::Pipeline::harden() {
  for (;;) {
    std::unique_lock lock(mutex_);
    handed_.wait(lock, [this] { return staged_ || judged_; });
    if (!staged_) break;
    Batch batch = std::move(*staged_);
    staged_.reset();
    handed_.notify_one();
    lock.unlock();
    harden_batch(std::move(batch));
  }
}

// Whatever was judged is told only when all it may rest on is durable, refusals too. A batch that
// is not durable fails as a whole.
void Committer::Pipeline::harden_batch(Batch batch) {
  Result<ledger::Hardened> hardened = ledger_.harden(std::move(batch.staged));
  if (!hardened) {
    fail(hardened.error());
    for (Verdict& verdict : batch.verdicts) verdict.outcome = hardened.error();
    return answer_batch(batch);
  }
  ledger::Staged staged = std::move(*hardened).take();
  publish(staged);
  answer_batch(batch);
  if (!staged.entries.empty()) feed_.push(std::move(staged));
}

void Committer::Pipeline::publish(ledger::Staged& staged) {
  if (staged.entries.empty()) return;
  const Entry& first = staged.entries.front();
  const auto* opening = std::get_if<ledger::LedgerOpened>(&first.event.event().body);
  const std::lock_guard lock(mutex_);
  std::swap(published_, staged.published);
  if (opening) mode_ = opening->mode;
}

void Committer::Pipeline::answer_batch(Batch& batch) {
  {
    const std::lock_guard lock(mutex_);
    for (const Group& group : batch.groups) {
      waiting_ -= group.submissions.size();
      waiting_bytes_ -= group.bytes;
    }
    for (Verdict& verdict : batch.verdicts) {
      verdict.published = {published_.size, published_.root};
    }
  }
  answer(batch.groups, std::move(batch.verdicts));
}

// ---- what others ask ----

Serving Committer::Pipeline::serving() const {
  const std::lock_guard lock(mutex_);
  return {published_, mode_};
}

Seq Committer::Pipeline::size() const {
  const std::lock_guard lock(mutex_);
  return published_.size;
}

std::string Committer::Pipeline::note() const {
  const std::lock_guard lock(mutex_);
  return published_.note;
}

std::optional<ledger::LedgerOpened::Mode> Committer::Pipeline::mode() const {
  const std::lock_guard lock(mutex_);
  return mode_;
}

std::optional<Violation> Committer::Pipeline::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void Committer::Pipeline::fail(const Violation& violation) {
  {
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    failure_ = violation;
  }
  failed_(violation);
}

void Committer::Pipeline::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    submitted_.notify_one();
  }
  if (judge_.joinable()) judge_.join();
  if (hardener_.joinable()) hardener_.join();
  feed_.stop();
}

// ---- the committer ----

Committer::Committer(ledger::Ledger ledger, replay::Views& views, replay::Workers& workers,
                     const CommitLimits& limits, Clock clock, Failed failed)
    : pipeline_(std::make_unique<Pipeline>(std::move(ledger), views, workers, limits,
                                           std::move(clock), std::move(failed))) {}

Committer::~Committer() {
  stop();
}

Result<> Committer::submit(std::vector<std::string> submissions, Answer answer) {
  ENSURE(!submissions.empty(), "somebody who submits submits something");
  return pipeline_->submit(std::move(submissions), std::move(answer));
}

Result<> Committer::submit(std::string submission, std::function<void(Verdict)> answer) {
  std::vector<std::string> one;
  one.push_back(std::move(submission));
  return submit(std::move(one), [answer = std::move(answer)](std::vector<Verdict> verdicts) {
    answer(std::move(verdicts.front()));
  });
}

Serving Committer::serving() const {
  return pipeline_->serving();
}
Seq Committer::size() const {
  return pipeline_->size();
}
std::string Committer::note() const {
  return pipeline_->note();
}
std::optional<ledger::LedgerOpened::Mode> Committer::mode() const {
  return pipeline_->mode();
}

void Committer::when_views_reach(Seq size, std::chrono::milliseconds patience,
                                 std::function<void()> then) {
  pipeline_->feed().when_reached(size, patience, std::move(then));
}

void Committer::give_up(const Violation& violation) {
  pipeline_->fail(violation);
}

void Committer::stop() {
  pipeline_->stop();
}

std::optional<Violation> Committer::failure() const {
  return pipeline_->failure();
}

}  // namespace api
