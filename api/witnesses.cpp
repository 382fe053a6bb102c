#include "api/witnesses.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "crypto/random.hpp"
#include "ledger/ensure.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

using ledger::Seq;
using std::chrono::milliseconds;

constexpr int most_resyncs =
    2;  // of one request: a witness that states ever other sizes has failed

using Answered = WitnessAnswer::Kind;

RoundLimits round_limits(const WitnessSettings& settings) {
  // A witness has the time of one exchange, and what connecting takes.
  return {2 * settings.answer, settings.first_pause, settings.longest_pause};
}

std::size_t count_addresses(const replay::Policy& policy) {
  return static_cast<std::size_t>(
      std::count_if(policy.witnesses.begin(), policy.witnesses.end(),
                    [](const replay::PolicyWitness& witness) { return !witness.url.empty(); }));
}

}  // namespace

Witnesses::Witnesses(Cosignatures& cosignatures, WitnessSettings settings, Committer::Clock clock)
    : cosignatures_(cosignatures),
      settings_(std::move(settings)),
      clock_(std::move(clock)),
      rounds_(count_addresses(cosignatures.policy()), round_limits(settings_)) {
  const auto& witnesses = cosignatures_.policy().witnesses;
  const ClientLimits limits{
      settings_.answer, settings_.answer, {16'384, longest_witness_answer}, [this] {
        return stopping_.load();
      }};
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    if (witnesses[i].url.empty()) continue;
    const Told<ServerAddress> address = parse_server_address(witnesses[i].url);
    ENSURE(address.has_value(), "the addresses of a policy were read before");
    asked_.push_back(std::unique_ptr<Asked>(
        new Asked{i, HttpClient(*address, limits), cosignatures_.size_known_of(i), {}}));
  }
}

Witnesses::~Witnesses() {
  stop();
}

void Witnesses::start(Committer& committer, const ledger::Store& store) {
  committer_ = &committer;
  store_ = &store;
  {
    const std::lock_guard lock(mutex_);
    asking_ = true;
    rounds_.cover(cosignatures_.witnessed());
  }
  const auto publish = [this](Seq size) {
    const std::lock_guard lock(mutex_);
    if (rounds_.publish(size)) changed_.notify_all();
  };
  committer.when_published(publish);
  publish(committer.size());
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    threads_.emplace_back([this, i] { ask_all(i); });
  }
  threads_.emplace_back([this] { keep_waiters(); });
}

void Witnesses::stop() {
  stopping_ = true;
  {
    const std::lock_guard lock(mutex_);
    asking_ = false;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

// ---- one witness ----

void Witnesses::ask_all(std::size_t asked) {
  ledger::Published target;
  while (wait_for_turn(asked, target)) ask(asked, target);
}

// False at the end.
bool Witnesses::wait_for_turn(std::size_t asked, ledger::Published& target) {
  std::unique_lock lock(mutex_);
  while (asking_) {
    const Moment now = std::chrono::steady_clock::now();
    if (rounds_.is_due(now)) begin_round(now);
    if (rounds_.has_turn(asked, now)) {
      target = target_;
      return true;
    }
    if (const auto again = rounds_.look_again(asked, now)) {
      changed_.wait_until(lock, *again);
    } else {
      changed_.wait(lock);
    }
  }
  return false;
}

// With the lock held.
void Witnesses::begin_round(Moment now) {
  target_ = committer_->serving().published;
  rounds_.begin(target_.size, now);
  cosignatures_.begin(target_.size, target_.note);
  rounds_.cover(cosignatures_.witnessed());
  changed_.notify_all();
}

void Witnesses::ask(std::size_t asked, const ledger::Published& target) {
  take(asked, target, push(*asked_[asked], target));
}

// Asks for the cosignature, from the size that the witness saw last; where it states another one,
// from there.
WitnessAnswer Witnesses::push(Asked& witness, const ledger::Published& target) {
  const auto& policy = cosignatures_.policy();
  const std::string text = target.note.substr(0, target.note.find("\n\n") + 1);
  for (int resyncs = 0;; ++resyncs) {
    if (witness.saw > target.size) {
      WitnessAnswer ahead;
      ahead.kind = Answered::other_old;
      ahead.size = std::exchange(witness.saw, 0);
      return ahead;
    }
    std::vector<crypto::Hash> proof;
    if (witness.saw > 0 && witness.saw < target.size) {
      auto read = ledger::ProofReader(*store_, target).consistency(witness.saw);
      if (!read) {  // the log itself is altered
        committer_->give_up(read.error());
        return complaint(Answered::later, sentence_of(read.error()));
      }
      proof = std::move(*read);
    }
    const Told<Response> response =
        witness.client.post("/add-checkpoint", "text/plain; charset=utf-8",
                            add_checkpoint_body(witness.saw, proof, target.note));
    if (!response) return complaint(Answered::later, response.error() + ".");
    WitnessAnswer answer =
        read_witness_answer(*response, text, policy.witnesses[witness.place].key, clock_());
    if (answer.kind == Answered::other_old) {
      const bool helps = answer.size != witness.saw && resyncs < most_resyncs;
      witness.saw = answer.size;
      if (helps) continue;
      witness.saw = 0;
      return complaint(Answered::refused, "It states one size after the other, " +
                                              std::to_string(answer.size) + " at last.");
    }
    if (answer.kind == Answered::cosigned) {
      witness.saw = target.size;
    } else if (answer.kind == Answered::refused) {
      witness.saw = 0;  // so that it says again where it stands
    }
    return answer;
  }
}

void Witnesses::take(std::size_t asked, const ledger::Published& target, WitnessAnswer answer) {
  Asked& witness = *asked_[asked];
  if (answer.kind == Answered::cosigned) {
    if (auto ok = cosignatures_.record(target.size, witness.place, std::move(answer.line)); !ok) {
      answer = complaint(Answered::later, ok.error());
    }
  }
  const Seq published = committer_->size();
  if (answer.kind == Answered::other_old && answer.size > published) {
    answer = complaint(Answered::refused,
                       "It says that it saw " + std::to_string(answer.size) +
                           " entries; this log has published " + std::to_string(published) +
                           ". Either it errs, or the log was forked: stop and compare.");
  }
  if (!stopping_) log_state(witness, answer.sentence);
  const std::uint8_t chance = crypto::random_bytes()[0];
  const std::lock_guard lock(mutex_);
  switch (answer.kind) {
    case Answered::cosigned: rounds_.cosigned(asked, target.size); break;
    case Answered::other_old: rounds_.is_ahead(asked, answer.size); break;
    case Answered::later:
    case Answered::refused:
    case Answered::garbage:
      rounds_.failed(asked, std::chrono::steady_clock::now(), answer.pause, chance);
      break;
  }
  rounds_.cover(cosignatures_.witnessed());
  changed_.notify_all();
}

std::string Witnesses::name_of(const Asked& witness) const {
  const replay::PolicyWitness& row = cosignatures_.policy().witnesses[witness.place];
  return replay::printable(row.name) + " (" + replay::printable(row.url) + ")";
}

// Once for each change: a witness that fails for a week is no week of lines.
void Witnesses::log_state(Asked& witness, const std::string& sentence) const {
  if (sentence == witness.said) return;
  if (sentence.empty()) {
    spdlog::info("witness {} cosigns again", name_of(witness));
  } else {
    spdlog::warn("witness {} does not cosign: {}", name_of(witness), sentence);
  }
  witness.said = sentence;
}

// ---- those who wait ----

void Witnesses::keep_waiters() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::vector<Waiter> due = take_due(std::chrono::steady_clock::now());
    if (!due.empty()) {
      lock.unlock();
      for (const Waiter& waiter : due) waiter.then();
      lock.lock();
      continue;
    }
    if (!asking_) return;
    Moment first = Moment::max();
    for (const Waiter& waiter : waiters_) first = std::min(first, waiter.until);
    if (waiters_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, first);
    }
  }
}

// With the lock held.
std::vector<Witnesses::Waiter> Witnesses::take_due(Moment now) {
  const Seq reached = covered();
  const auto waits = [&](const Waiter& waiter) {
    return asking_ && waiter.size > reached && waiter.until > now;
  };
  const auto first_due = std::partition(waiters_.begin(), waiters_.end(), waits);
  std::vector<Waiter> due(std::make_move_iterator(first_due),
                          std::make_move_iterator(waiters_.end()));
  waiters_.erase(first_due, waiters_.end());
  return due;
}

void Witnesses::when_covered(Seq size, std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    if (asking_ && covered() < size) {
      waiters_.push_back(
          {size, std::chrono::steady_clock::now() + settings_.hold, std::move(then)});
      changed_.notify_all();
      return;
    }
  }
  then();
}

// ---- what readers ask ----

// A policy that demands nobody covers what the log alone signed.
Seq Witnesses::covered() const {
  return cosignatures_.policy().quorum ? cosignatures_.witnessed() : committer_->size();
}

std::string Witnesses::covered_note() const {
  if (cosignatures_.policy().quorum) return cosignatures_.witnessed_note();
  return with_cosignatures(committer_->serving().published);
}

std::string Witnesses::with_cosignatures(const ledger::Published& published) const {
  return published.note + cosignatures_.lines_of(published.size);
}

bool Witnesses::holds(std::string_view type) const {
  return std::find(settings_.held.begin(), settings_.held.end(), type) != settings_.held.end();
}

}  // namespace api
