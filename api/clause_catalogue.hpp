// Every clause there is, for those who ask a server for its rules.
#pragma once

#include <vector>

#include "ledger/clause.hpp"

namespace api {

// In order of precedence: the families as spec/rules.md has them, then by number.
[[nodiscard]] const std::vector<const ledger::Clause*>& all_clauses();

}  // namespace api
