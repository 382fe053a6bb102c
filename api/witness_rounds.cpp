#include "api/witness_rounds.hpp"

#include <algorithm>

namespace api {

using ledger::Seq;
using std::chrono::milliseconds;

bool WitnessRounds::publish(Seq size) {
  const bool knew_newer = newest_ > target_;
  newest_ = std::max(newest_, size);
  return !knew_newer && newest_ > target_;
}

bool WitnessRounds::is_due(Moment now) const {
  if (newest_ <= target_) return false;
  const bool all_answered =
      std::all_of(turns_.begin(), turns_.end(), [](const Turn& turn) { return turn.answered; });
  return target_ == 0 || covered_ >= target_ || all_answered || now >= began_ + limits_.round;
}

void WitnessRounds::begin(Seq size, Moment now) {
  newest_ = std::max(newest_, size);
  target_ = size;
  began_ = now;
  // Who rests answers nothing in this round, unless the rest ends in it.
  for (Turn& turn : turns_) turn.answered = turn.done >= size || turn.rests_until > now;
}

bool WitnessRounds::has_turn(std::size_t witness, Moment now) const {
  const Turn& turn = turns_[witness];
  return turn.done < target_ && turn.rests_until <= now;
}

std::optional<WitnessRounds::Moment> WitnessRounds::look_again(std::size_t witness,
                                                               Moment now) const {
  const Turn& turn = turns_[witness];
  std::optional<Moment> first;
  if (turn.done < target_ && turn.rests_until > now) first = turn.rests_until;
  if (newest_ > target_) first = std::min(first.value_or(Moment::max()), began_ + limits_.round);
  return first;
}

void WitnessRounds::cosigned(std::size_t witness, Seq size) {
  Turn& turn = turns_[witness];
  turn.done = std::max(turn.done, size);
  turn.answered = turn.answered || turn.done >= target_;
  turn.pause = milliseconds(0);
}

void WitnessRounds::is_ahead(std::size_t witness, Seq size) {
  cosigned(witness, size - 1);  // which it may cosign for us once more
}

void WitnessRounds::failed(std::size_t witness, Moment now, milliseconds asked_for,
                           std::uint8_t chance) {
  Turn& turn = turns_[witness];
  turn.answered = true;
  turn.pause = std::clamp(2 * turn.pause, limits_.first_pause, limits_.longest_pause);
  const milliseconds rest = turn.pause / 2 + turn.pause / 2 * chance / 255;
  turn.rests_until = now + std::max(rest, asked_for);
}

}  // namespace api
