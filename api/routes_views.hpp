// What the log means: the ledger itself, accounts, Parties, units, authorizations, approaches
// and activities, at any position.
#pragma once

#include <string_view>

#include "api/routes_log.hpp"

namespace api {

// All take `at=`, an entry's number or a moment, and answer as of then; without it, as of the
// newest entry that the views have reached.
[[nodiscard]] Response get_ledger(const Backend&, const Request&, std::string_view);
[[nodiscard]] Response get_account(const Backend&, const Request&, std::string_view id);
[[nodiscard]] Response get_party(const Backend&, const Request&, std::string_view id);
[[nodiscard]] Response get_reports(const Backend&, const Request&, std::string_view party);
[[nodiscard]] Response get_unit(const Backend&, const Request&, std::string_view identifier);
// The numbers of the entries that concern an account; or the lot that a unit was issued in.
[[nodiscard]] Response get_account_entries(const Backend&, const Request&, std::string_view id);
[[nodiscard]] Response get_unit_entries(const Backend&, const Request&, std::string_view name);
[[nodiscard]] Response get_authorization(const Backend&, const Request&, std::string_view id);
[[nodiscard]] Response get_approach(const Backend&, const Request&, std::string_view id);
[[nodiscard]] Response get_activity(const Backend&, const Request&, std::string_view id);

}  // namespace api
