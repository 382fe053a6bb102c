// Logs as a server at fault gives them out.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/replay/told_log.hpp"

namespace replay_test {

// The first `size` entries of a log, as its server has them.
[[nodiscard]] std::unique_ptr<MemoryBundle> bundle_of(const ToldLog& log, std::size_t size);

// The lines of the ordinary year, then an entry that repeats an id, then `behind` lines more; and
// where that entry stands.
[[nodiscard]] std::pair<std::vector<std::string>, ledger::Seq> log_with_a_repeated_id(
    std::size_t behind);

}  // namespace replay_test
