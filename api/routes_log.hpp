// The log as it is: stored bytes passed through, proofs, tiles; and whether the server is well.
#pragma once

#include <string_view>

#include "api/service.hpp"

namespace api {

// A route that answers at once. `parameter` is the part of the path that the route leaves open.
using Reading = Response (*)(const Backend&, const Request&, std::string_view parameter);

[[nodiscard]] Response get_entries(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_entry(const Backend&, const Request&, std::string_view seq);
[[nodiscard]] Response get_checkpoint(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_witnessed_checkpoint(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_tile(const Backend&, const Request&, std::string_view path);
[[nodiscard]] Response get_clauses(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_livez(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_readyz(const Backend&, const Request&, std::string_view);

// Problems that several routes have.
[[nodiscard]] Response fault_answer(const Backend&, const Fault&);
// Of a row of the views, which can be made again.
[[nodiscard]] Response violation_answer(const Backend&, const ledger::Violation&);
// Of the log itself: the server then gives up.
[[nodiscard]] Response log_failure_answer(const Backend&, const ledger::Violation&);

}  // namespace api
