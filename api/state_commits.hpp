// The operator's commitments to the state of the ledger: when one is due, and the event that makes
// it (spec/commitments.md, 1).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "crypto/ed25519.hpp"
#include "ledger/ledger.hpp"
#include "ledger/machine.hpp"
#include "ledger/time.hpp"

namespace api {

// Signs with one of the operator's event keys, which is not the log key: it signs commitments and
// nothing else here. One thread.
class StateCommits {
 public:
  using Clock = std::chrono::steady_clock;

  StateCommits(std::string origin, crypto::SecretKey key, std::chrono::milliseconds every);

  // When to make the next one, which may be when the key becomes active. Nothing while the log
  // stands as it was committed to, before it is opened, and while the key is none of the operator's
  // or may not sign alone; that is logged once, for nobody would notice.
  [[nodiscard]] std::optional<Clock::time_point> due(const ledger::Machine& machine,
                                                     ledger::Timestamp now);

  // The event for the place behind the machine's last entry; in demonstration mode of that entry's
  // time, so that times go on to be those that are told. Brings the state up, which takes time
  // with what changed since the last one. Precondition: the log is opened.
  [[nodiscard]] ledger::Arrival make(const ledger::Machine& machine, ledger::Timestamp now);

  // What became of it. After a refusal the next one waits for a minute, for it would be refused
  // again; why it was is logged.
  void heard(const ledger::Outcome& outcome);

 private:
  std::nullopt_t warn(const char* why);

  std::string origin_;
  crypto::SecretKey key_;
  crypto::PublicKey public_key_;
  std::chrono::milliseconds every_;
  Clock::time_point next_;
  bool has_warned_ = false;  // that the key may not sign
};

}  // namespace api
