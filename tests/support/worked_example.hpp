// Two Parties over five years (spec/reports.md, 1): eight blocks, their uses and the emissions of
// both, told event by event to whoever keeps them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/scene.hpp"

namespace test_support::scene {

// How the Parties declared their NDCs; the host's may be several periods.
struct WorkedExample {
  ledger::NdcType type = ledger::NdcType::multi_year;
  ledger::Method method = ledger::Method::trajectory;
  std::vector<std::pair<ledger::Year, ledger::Year>> of_host{{2026, 2030}};
};

// Told of every event in order: when, what, and whose keys sign it. All are admitted.
using Admits = std::function<void(std::string_view time, ledger::Body body, Signers signers)>;
// Told before some of them what they are about.
using Says = std::function<void(const std::string& about)>;

// Goes on where the setup "opened" ended.
void tell_worked_example(
    const WorkedExample& example, const Admits& admits,
    const Says& says = [](const std::string&) {});

}  // namespace test_support::scene
