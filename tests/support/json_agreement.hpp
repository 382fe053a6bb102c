// What has to hold of our JSON reader on any bytes at all; tests and fuzzing ask the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/clause.hpp"
#include "ledger/json.hpp"

namespace test_support {

// What is wrong with the reader's verdict on the text; empty when nothing is: it agrees with the
// judge, an accepted text is what its values write, and a refused one is good up to the byte that
// the refusal names.
[[nodiscard]] std::string json_fault(std::string_view text,
                                     const ledger::json::Limits& limits = {});

// The offset in "byte 17: …". Precondition: a refusal of the reader.
[[nodiscard]] std::size_t refused_byte(const ledger::Violation& violation);

}  // namespace test_support
