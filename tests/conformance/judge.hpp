// The judge of a stream's file: decode, authenticate, step, books, reports; nothing of how the file
// was made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ledger/machine.hpp"
#include "replay/books.hpp"

namespace conformance {

using Json = nlohmann::json;

// What stands in a ledger, by the members of `stands` in spec/vectors/README.md.
[[nodiscard]] Json figures_of(const ledger::Machine& machine, const replay::Books& books);

// Every sentence of the file that the ledger does not bear out; empty where it bears out all.
[[nodiscard]] std::vector<std::string> problems_of(const Json& stream);

}  // namespace conformance
