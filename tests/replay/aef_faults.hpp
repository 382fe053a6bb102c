// AEF tables with a fault put into them, and what the check finds.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "replay/aef_check.hpp"

namespace replay_test {

// The ids of the checks that found something.
[[nodiscard]] std::set<std::string> checks_of(const replay::AefCheck& check);
// Whether that check found something, no remark, whose sentence ends so.
[[nodiscard]] bool has_finding(const replay::AefCheck& check, std::string_view id,
                               std::string_view ending);

// A cell, by the column's header.
[[nodiscard]] replay::Cell& at(replay::Aef& aef, replay::AefTable table, std::size_t row,
                               std::string_view header);
[[nodiscard]] replay::Cell text(const char* value);

}  // namespace replay_test
