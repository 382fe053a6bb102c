// Which checkpoint is put before which witness, and when (spec/api.md, Witnesses): a value that
// decides and does nothing, told the time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/seq.hpp"

namespace api {

struct RoundLimits {
  std::chrono::milliseconds round{
      12'000};  // after which a newer checkpoint takes over at the latest
  std::chrono::milliseconds first_pause{1'000}, longest_pause{300'000};
};

// A log that grows all the time would have each of its checkpoints cosigned by another witness, and
// none by a quorum. So all witnesses are asked for one checkpoint, the newest when its round began.
// The round ends when the quorum has cosigned it, when every witness has answered for it, or after
// its time. One thread at a time.
class WitnessRounds {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  WitnessRounds(std::size_t witnesses, const RoundLimits& limits)
      : limits_(limits), turns_(witnesses) {}

  // The size that the log has published; the largest one counts. Whether it is the first that is
  // more than the target: who waits looks again then, and need not for those that follow.
  [[nodiscard]] bool publish(ledger::Seq size);
  // Up to where the quorum covers the log.
  void cover(ledger::Seq size) { covered_ = std::max(covered_, size); }

  // Whether a round for the newest size is to begin now; `begin` begins it.
  [[nodiscard]] bool is_due(Moment now) const;
  void begin(ledger::Seq size, Moment now);
  [[nodiscard]] ledger::Seq target() const { return target_; }

  // Whether the witness is to be asked now for the target's cosignature.
  [[nodiscard]] bool has_turn(std::size_t witness, Moment now) const;
  // When to look again, if nothing happens before; nothing: not before something happens.
  [[nodiscard]] std::optional<Moment> look_again(std::size_t witness, Moment now) const;

  // What came of asking it. It cosigned `size`:
  void cosigned(std::size_t witness, ledger::Seq size);
  // It saw `size` entries, more than it was asked for and no more than was published: it waits for
  // a round of as many.
  void is_ahead(std::size_t witness, ledger::Seq size);
  // It failed: it rests for a time that doubles with each failure, of which a part from a half to
  // the whole is taken by `chance` (0 to 255), and at least as long as it asked for.
  void failed(std::size_t witness, Moment now, std::chrono::milliseconds asked_for,
              std::uint8_t chance);

 private:
  struct Turn {
    ledger::Seq done = 0;   // it cosigned, or is ahead of, checkpoints up to this size
    bool answered = false;  // in this round
    std::chrono::milliseconds pause{0};
    Moment rests_until{};
  };

  RoundLimits limits_;
  std::vector<Turn> turns_;
  ledger::Seq newest_ = 0, covered_ = 0, target_ = 0;
  Moment began_{};
};

}  // namespace api
