// Logs at fault: two that one key signed, and one with an entry that breaks a rule.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/replay/told_log.hpp"

namespace replay_test {

// A good log of that many entries. Those of another `branch` have the opening in common and nothing
// else, and are made at `time`.
[[nodiscard]] ToldLog& log_of(std::size_t entries, int branch,
                              const std::string& time = "2020-11-24T08:00:00.000Z");

// The first `size` entries of a log, as its server has them.
[[nodiscard]] std::unique_ptr<MemoryBundle> bundle_of(const ToldLog& log, std::size_t size);

// The lines of the ordinary year, then an entry that repeats an id, then `behind` lines more; and
// where that entry stands.
[[nodiscard]] std::pair<std::vector<std::string>, ledger::Seq> log_with_a_repeated_id(
    std::size_t behind);

}  // namespace replay_test
