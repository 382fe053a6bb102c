#include "api/state_commits.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "crypto/envelope.hpp"
#include "crypto/random.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace api {
namespace {

constexpr std::chrono::minutes pause_after_refusal{1};

// Nobody can take an id before that he cannot guess.
ledger::Id fresh_id(ledger::Seq entries) {
  const auto drawn = crypto::random_bytes();
  std::string unguessable;
  for (std::size_t i = 0; i < 8; ++i) unguessable += static_cast<char>(drawn[i]);
  return "state-" + std::to_string(entries) + "-" + crypto::to_hex(unguessable);
}

bool is_told(const ledger::Machine& machine) {
  return machine.state().mode == ledger::LedgerOpened::Mode::demonstration;
}

// Of a commitment that is made now.
ledger::Timestamp time_of(const ledger::Machine& machine, ledger::Timestamp now) {
  return is_told(machine) ? machine.time() : std::max(now, machine.time());
}

}  // namespace

StateCommits::StateCommits(std::string origin, crypto::SecretKey key,
                           std::chrono::milliseconds every)
    : origin_(std::move(origin)),
      key_(std::move(key)),
      public_key_(key_.public_key()),
      every_(every),
      next_(Clock::now()) {}

std::optional<StateCommits::Clock::time_point> StateCommits::due(const ledger::Machine& machine,
                                                                 ledger::Timestamp now) {
  const ledger::State& state = machine.state();
  if (machine.size() == 0) return std::nullopt;
  const auto record = state.keys.find(public_key_);
  if (record == state.keys.end() || record->second.recovery || record->second.retired_at ||
      state.participants[record->second.participant].id != ledger::operator_id) {
    return warn(
        "is no active key of the operator in this ledger: enrol it with participant.keys_changed");
  }
  if (state.participants[record->second.participant].thresholds.ordinary > 1) {
    return warn(
        "signs alone, and the operator's threshold for ordinary events is more than 1: lower it "
        "with participant.keys_changed");
  }
  has_warned_ = false;
  if (state.committed_at == machine.size() - 1) return std::nullopt;
  const ledger::Timestamp time = time_of(machine, now);
  const std::int64_t wait = record->second.active_from.ms - time.ms;
  if (wait <= 0) return next_;
  if (is_told(machine)) return std::nullopt;  // only an event tells a later time
  return std::max(next_, Clock::now() + std::chrono::milliseconds(wait));
}

std::nullopt_t StateCommits::warn(const char* why) {
  if (!std::exchange(has_warned_, true)) {
    spdlog::warn("nobody commits to the state: keys.state ({}) {}",
                 crypto::to_hex(public_key_.view()), why);
  }
  return std::nullopt;
}

ledger::Arrival StateCommits::make(const ledger::Machine& machine, ledger::Timestamp now) {
  const ledger::StateRoot is = machine.state_root();
  ledger::Event event;
  event.ledger = origin_;
  event.id = fresh_id(machine.size());
  const ledger::Timestamp time = time_of(machine, now);
  event.date = ledger::date_of(time);
  event.body = ledger::StateCommitted{machine.size(), is.leaves, is.root};
  std::string bytes = ledger::encode_event(event);
  const crypto::Signature signature = key_.sign(crypto::pae(crypto::event_type, bytes));
  auto authentic =
      ledger::authenticate({std::move(bytes), std::move(event), {{public_key_, signature}}});
  ENSURE(authentic, "what was signed just now is authentic");
  next_ = Clock::now() + every_;
  return {std::move(*authentic), time, false};
}

void StateCommits::heard(const ledger::Outcome& outcome) {
  const auto* violation = std::get_if<ledger::Violation>(&outcome);
  if (violation == nullptr) return;
  next_ = Clock::now() + pause_after_refusal;
  spdlog::warn("the commitment to the state was refused by {}: {}", violation->clause->id,
               violation->detail);
}

}  // namespace api
