#include "api/committer.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "api/intake.hpp"
#include "api/view_feed.hpp"
#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"

namespace api {
namespace {

using ledger::Entry;
using ledger::Result;
using ledger::Seq;
using ledger::Violation;

// What is judged and not yet answered. Its verdicts hold once what was staged is durable.
struct Batch {
  Intake::Batch submissions;
  std::vector<Verdict> verdicts;    // of each
  std::vector<std::size_t> places;  // of the staged outcomes among the verdicts
  ledger::Staged staged;
};

// How many may wait for what is asked of the committed state.
constexpr std::size_t most_questions = 256;
constexpr std::size_t questions_at_once = 8;

}  // namespace

// The writer takes what the intake has checked and judges it, piece by piece until it is a batch,
// which it makes durable, publishes, answers and feeds to the views.
class Committer::Pipeline {
 public:
  Pipeline(ledger::Ledger ledger, replay::Views& views, const CommitLimits& limits, Clock clock,
           Failed failed, std::optional<StateCommits> commits)
      : clock_(std::move(clock)),
        failed_(std::move(failed)),
        ledger_(std::move(ledger)),
        commits_(std::move(commits)),
        published_(ledger_.published()),
        feed_(views, limits.views_behind, [this](const Violation& violation) { fail(violation); }),
        intake_(limits) {
    if (ledger_.machine().size() > 0) mode_ = ledger_.machine().state().mode;
    ENSURE(views.size() == published_.size, "start-up fed every entry to the views");
    // Trees of a log that never committed are made before anybody waits for it.
    if (commits_ && !ledger_.machine().state().committed_at) {
      static_cast<void>(ledger_.machine().state_root());
    }
    writer_ = std::thread([this] { write_all(); });
  }

  Result<> submit(std::span<std::unique_ptr<Submitted>> submissions);
  Result<> ask(Question question);
  Serving serving() const;
  ledger::TreeHead head() const;
  Seq size() const;
  std::string note() const;
  std::optional<ledger::LedgerOpened::Mode> mode() const;
  ViewFeed& feed() { return feed_; }
  void when_published(std::function<void(Seq)> tell);
  void stop();
  void fail(const Violation& violation);
  std::optional<Violation> failure() const;

 private:
  void write_all();
  void judge();
  void write();
  [[nodiscard]] Result<> make_durable(ledger::Staged& staged);
  [[nodiscard]] std::optional<StateCommits::Clock::time_point> commit_due();
  void commit_to_state();
  void answer_questions();
  [[nodiscard]] bool has_questions() const;
  void publish(ledger::Staged& staged);
  void answer();

  const Clock clock_;
  const Failed failed_;
  ledger::Ledger ledger_;                // the writer's
  std::optional<StateCommits> commits_;  // the writer's
  Batch batch_;                          // the writer's: the one that grows

  mutable std::mutex mutex_;  // guards the fields below
  ledger::Published published_;
  std::optional<ledger::LedgerOpened::Mode> mode_;
  std::optional<Violation> failure_;
  std::function<void(Seq)> tell_published_;
  std::vector<Question> questions_;
  bool stopped_ = false;  // the writer has ended

  ViewFeed feed_;       // the writer pushes
  Intake intake_;       // the writer takes
  std::thread writer_;  // the owner's
};

// ---- writing ----

Result<> Committer::Pipeline::submit(std::span<std::unique_ptr<Submitted>> submissions) {
  if (const auto violation = failure()) return tl::unexpected(*violation);
  return intake_.put(submissions);
}

Result<> Committer::Pipeline::ask(Question question) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || questions_.size() == most_questions) {
      return ledger::violates(LOG_8, stopped_ ? "The server is stopping."
                                              : "Too many ask for proofs. Ask again later.");
    }
    questions_.push_back(std::move(question));
  }
  intake_.wake();
  return {};
}

void Committer::Pipeline::write_all() {
  while (!intake_.has_ended()) {
    const auto until = batch_.submissions.empty() ? commit_due() : std::nullopt;
    const bool is_whole = intake_.take(batch_.submissions, until);
    judge();
    if (is_whole) write();
    if (!batch_.submissions.empty()) continue;  // what else there is waits for its end
    const auto due = commit_due();
    if (due && *due <= StateCommits::Clock::now()) commit_to_state();
    answer_questions();
  }
}

std::optional<StateCommits::Clock::time_point> Committer::Pipeline::commit_due() {
  if (!commits_ || failure()) return std::nullopt;
  return commits_->due(ledger_.machine(), clock_());
}

// A batch of its own: there is a checkpoint in which the commitment is the last entry.
void Committer::Pipeline::commit_to_state() {
  std::vector<ledger::Arrival> commitment;
  commitment.push_back(commits_->make(ledger_.machine(), clock_()));
  ledger::Staged staged = ledger_.stage(std::move(commitment));
  commits_->heard(staged.outcomes.front());
  if (make_durable(staged) && !staged.entries.empty()) feed_.push(std::move(staged));
}

// A few at a time: events go on between them.
void Committer::Pipeline::answer_questions() {
  std::vector<Question> questions;
  bool more = false;
  {
    const std::lock_guard lock(mutex_);
    const std::size_t number = std::min(questions_.size(), questions_at_once);
    const auto end = questions_.begin() + static_cast<std::ptrdiff_t>(number);
    questions.assign(std::make_move_iterator(questions_.begin()), std::make_move_iterator(end));
    questions_.erase(questions_.begin(), end);
    more = !questions_.empty();
  }
  for (const Question& question : questions) question(ledger_.machine());
  if (more) intake_.wake();
}

bool Committer::Pipeline::has_questions() const {
  const std::lock_guard lock(mutex_);
  return !questions_.empty();
}

// And publishes it.
Result<> Committer::Pipeline::make_durable(ledger::Staged& staged) {
  Result<ledger::Hardened> hardened = ledger_.harden(std::move(staged));
  if (!hardened) {
    fail(hardened.error());
    return tl::unexpected(hardened.error());
  }
  staged = std::move(*hardened).take();
  publish(staged);
  return {};
}

// Judges what came to the batch.
void Committer::Pipeline::judge() {
  const ledger::Timestamp now = clock_();
  std::vector<ledger::Arrival> arrivals;
  arrivals.reserve(batch_.submissions.size() - batch_.verdicts.size());
  std::size_t place = batch_.places.size();
  for (std::size_t i = batch_.verdicts.size(); i < batch_.submissions.size(); ++i) {
    Checked& checked = *batch_.submissions[i]->checked;
    batch_.verdicts.push_back({ledger::Admitted{}, checked.event, now, {}});
    if (checked.authentic) {
      batch_.places.push_back(i);
      arrivals.push_back(
          {std::move(*checked.authentic), checked.time.value_or(now), checked.time.has_value()});
    } else {
      batch_.verdicts.back().outcome = std::move(checked.authentic).error();
    }
  }
  ledger_.stage(std::move(arrivals), batch_.staged);
  for (; place < batch_.places.size(); ++place) {
    ledger::Outcome& outcome = batch_.staged.outcomes[place];
    const auto* violation = std::get_if<Violation>(&outcome);
    if (violation && violation->clause->kind == ledger::Kind::corrupt) fail(*violation);
    batch_.verdicts[batch_.places[place]].outcome = std::move(outcome);
  }
}

// Whatever was judged is told only when all it may rest on is durable, refusals too. A batch that
// is not durable fails as a whole.
void Committer::Pipeline::write() {
  ledger_.seal(batch_.staged);
  const Result<> durable = make_durable(batch_.staged);
  if (!durable) {
    for (Verdict& verdict : batch_.verdicts) verdict.outcome = durable.error();
  }
  answer();
  if (durable && !batch_.staged.entries.empty()) feed_.push(std::move(batch_.staged));
  batch_.submissions.clear();
  batch_.verdicts.clear();
  batch_.places.clear();
  batch_.staged = {};
}

void Committer::Pipeline::publish(ledger::Staged& staged) {
  if (staged.entries.empty()) return;
  const Entry& first = staged.entries.front();
  const auto* opening = std::get_if<ledger::LedgerOpened>(&first.event.event().body);
  std::function<void(Seq)> tell_published;
  Seq size = 0;
  {
    const std::lock_guard lock(mutex_);
    std::swap(published_, staged.published);
    if (opening) mode_ = opening->mode;
    tell_published = tell_published_;
    size = published_.size;
  }
  if (tell_published) tell_published(size);  // not under the lock: it may ask what is published
}

void Committer::Pipeline::answer() {
  const ledger::TreeHead published = head();
  for (Verdict& verdict : batch_.verdicts) verdict.published = published;
  intake_.answered(batch_.submissions);
  std::span<Verdict> rest = batch_.verdicts;
  std::size_t together = 0;
  for (const auto& submission : batch_.submissions) {
    ++together;
    if (submission->behind > 0) continue;
    submission->answer(rest.first(together));
    rest = rest.subspan(together);
    together = 0;
  }
}

// ---- what others ask ----

Serving Committer::Pipeline::serving() const {
  const std::lock_guard lock(mutex_);
  return {published_, mode_};
}

ledger::TreeHead Committer::Pipeline::head() const {
  const std::lock_guard lock(mutex_);
  return {published_.size, published_.root};
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

void Committer::Pipeline::when_published(std::function<void(Seq)> tell) {
  const std::lock_guard lock(mutex_);
  tell_published_ = std::move(tell);
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
  intake_.stop();
  if (writer_.joinable()) writer_.join();
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  while (has_questions()) answer_questions();
  feed_.stop();
}

// ---- the committer ----

Committer::Committer(ledger::Ledger ledger, replay::Views& views, const CommitLimits& limits,
                     Clock clock, Failed failed, std::optional<StateCommits> commits)
    : pipeline_(std::make_unique<Pipeline>(std::move(ledger), views, limits, std::move(clock),
                                           std::move(failed), std::move(commits))) {}

Committer::~Committer() {
  stop();
}

Result<> Committer::submit(std::vector<std::string> submissions, Answer answer) {
  ENSURE(!submissions.empty(), "somebody who submits submits something");
  std::vector<std::unique_ptr<Submitted>> all;
  all.reserve(submissions.size());
  for (std::string& each : submissions) {
    const std::size_t behind = submissions.size() - all.size() - 1;
    all.push_back(std::make_unique<Submitted>(Submitted{std::move(each), behind}));
  }
  all.back()->answer = [answer = std::move(answer)](std::span<Verdict> verdicts) {
    answer({std::make_move_iterator(verdicts.begin()), std::make_move_iterator(verdicts.end())});
  };
  return pipeline_->submit(all);
}

Result<> Committer::submit(std::string submission, std::function<void(Verdict)> answer) {
  auto one = std::make_unique<Submitted>(Submitted{std::move(submission)});
  one->answer = [answer = std::move(answer)](std::span<Verdict> verdicts) {
    answer(std::move(verdicts.front()));
  };
  return pipeline_->submit({&one, 1});
}

Result<> Committer::ask(Question question) {
  return pipeline_->ask(std::move(question));
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

void Committer::when_published(std::function<void(Seq)> tell) {
  pipeline_->when_published(std::move(tell));
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
