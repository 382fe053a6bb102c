// How much of what waits one batch takes, so that many share one sync and the rest keeps the
// checkers busy meanwhile (spec/decisions/0050).
#pragma once

#include <algorithm>
#include <cstddef>

namespace api {

// A value; one thread at a time.
class BatchShare {
 public:
  // Whether so many checked submissions are enough to go on with, of all that are not answered.
  [[nodiscard]] bool is_enough(std::size_t checked, std::size_t waiting) const {
    return checked > 0 && checked * whole >= share_ * waiting;
  }

  // A batch was answered. Where the checkers had run out of work by then, as beside a slow disk,
  // the next one is smaller, otherwise larger.
  void answered(bool ran_out) {
    share_ = ran_out ? std::max(least, share_ - 1) : std::min(most, share_ + 1);
  }

 private:
  static constexpr std::size_t whole = 32, least = 8, most = 24;  // a quarter, three quarters
  std::size_t share_ = most;
};

}  // namespace api
