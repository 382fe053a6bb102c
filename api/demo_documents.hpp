// The files of the demonstration's documents.
#pragma once

#include <cstddef>

#include "api/demo_stage.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"

namespace api::demo {

// Puts the file of every public document that the ledger names where the server finds it, fetches
// each and compares it with its hash. How many there are.
[[nodiscard]] Told<std::size_t> put_documents(const Stage& stage, HttpClient& client);

}  // namespace api::demo
