// Moves of a random history that move no unit, or only those of activities that went through their
// cycle: people, agreements, cycles, statements, findings.
#pragma once

#include "tests/rules/random_history.hpp"

namespace rules {

// What the move's kind means for the registers of this history; some steps of a cycle at once.
void make_register_move(History& h, const Move& move);

// Asserts that every register of the state says what the model's says.
void expect_equal_registers(const History& h);

}  // namespace rules
