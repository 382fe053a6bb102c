// Proofs of balances, against what the operator committed to last (spec/commitments.md, 5).
#pragma once

#include <string_view>

#include "api/service.hpp"

namespace api {

// Whether the request asks for the proof of what its address shows, by `proof=1`.
[[nodiscard]] bool asks_for_proof(const Request& request);

// The addresses of the views; the parameter is what stands for `{}`. 404 while nothing is committed
// to, 400 for `at`: an older state is proven by a copy of the log.
void prove_ledger(const Backend& backend, const Exchange& exchange, std::string_view);
void prove_account(const Backend& backend, const Exchange& exchange, std::string_view id);
void prove_party(const Backend& backend, const Exchange& exchange, std::string_view id);
void prove_unit(const Backend& backend, const Exchange& exchange, std::string_view name);
// And all entries that concern the account, or the lot that the unit was issued in.
void prove_account_entries(const Backend& backend, const Exchange& exchange, std::string_view id);
void prove_unit_entries(const Backend& backend, const Exchange& exchange, std::string_view name);
void prove_authorization(const Backend& backend, const Exchange& exchange, std::string_view id);

}  // namespace api
