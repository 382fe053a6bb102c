// From a submission to a durable, published entry: a bounded queue, signatures checked in parallel,
// one writer, and views that follow (architecture.md 5, Commit). Knows no HTTP.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/clauses_server.hpp"
#include "api/config.hpp"
#include "api/state_commits.hpp"
#include "ledger/clause.hpp"
#include "ledger/ledger.hpp"
#include "ledger/time.hpp"

namespace replay {
class Views;
}  // namespace replay

namespace api {

// What became of a submission, told when it is durable.
struct Verdict {
  ledger::Outcome outcome;
  crypto::Hash event;          // hash of the event's bytes; of the whole submission if malformed
  ledger::Timestamp time;      // when it was judged, by the server's clock
  ledger::TreeHead published;  // the newest checkpoint when it was answered
};

// What readers may see at one moment. A value.
struct Serving {
  ledger::Published published;
  std::optional<ledger::LedgerOpened::Mode> mode;  // nothing before the opening
};

// Takes submissions from any thread and owns the ledger. The views outlive it and belong to it for
// writing.
class Committer {
 public:
  using Clock = std::function<ledger::Timestamp()>;
  // The verdicts of one submit, in order. Called once, on a thread of the committer: be quick.
  using Answer = std::function<void(std::vector<Verdict>)>;
  // Told once that storage failed: nothing is admitted any more and the process should end.
  using Failed = std::function<void(const ledger::Violation&)>;

  // Without `commits` nobody commits to the state.
  Committer(ledger::Ledger ledger, replay::Views& views, const CommitLimits& limits, Clock clock,
            Failed failed, std::optional<StateCommits> commits = {});
  // Stops as `stop` does.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Takes submissions (their canonical bytes) that are judged in this order, with nothing between
  // them. LOG-8 where there is no room for all of them; then none is taken, and `answer` is never
  // called. Any thread; does not wait.
  [[nodiscard]] ledger::Result<> submit(std::vector<std::string> submissions, Answer answer);
  [[nodiscard]] ledger::Result<> submit(std::string submission,
                                        std::function<void(Verdict)> answer);

  // Any thread.
  [[nodiscard]] Serving serving() const;
  [[nodiscard]] ledger::Seq size() const;                                // published
  [[nodiscard]] std::string note() const;                                // published
  [[nodiscard]] std::optional<ledger::LedgerOpened::Mode> mode() const;  // nothing: not opened yet

  // From now on `tell` is called with the size after each publication, on the committer's thread:
  // be quick. It stays callable until `stop` has returned. Once.
  void when_published(std::function<void(ledger::Seq)> tell);

  // Asks for something of the state as the operator committed to it last, which is durable and
  // published when `question` is called: once, with the machine, on the committer's thread between
  // two batches, or in the thread that stops it. Be quick. LOG-8 where too many wait. Any thread.
  using Question = std::function<void(const ledger::Machine&)>;
  [[nodiscard]] ledger::Result<> ask(Question question);

  // Calls `then` once the views have reached `size`, or after `patience`; at once, in the caller's
  // thread, if they have already. Any thread.
  void when_views_reach(ledger::Seq size, std::chrono::milliseconds patience,
                        std::function<void()> then);

  // Judges, hardens and answers what was taken in, brings the views up and joins the threads. After
  // it submit is refused. One thread.
  void stop();

  // Something stored turned out to be altered or unreadable: admits nothing any more, as after a
  // failed write. Any thread.
  void give_up(const ledger::Violation& violation);

  // Why nothing is admitted any more, once that is so. Any thread.
  [[nodiscard]] std::optional<ledger::Violation> failure() const;

 private:
  class Pipeline;
  std::unique_ptr<Pipeline> pipeline_;
};

}  // namespace api
