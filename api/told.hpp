// Results of the edges of a program: what worked, or a sentence for the person who runs it. A
// refusal of the ledger is a ledger::Result instead.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "ledger/clause.hpp"

namespace api {

template <class T = void>
using Told = tl::expected<T, std::string>;

[[nodiscard]] inline tl::unexpected<std::string> tell(std::string sentence) {
  return tl::unexpected<std::string>(std::move(sentence));
}

// "AUT-4. What holds, what was asked, what to do."
[[nodiscard]] std::string sentence_of(const ledger::Violation& violation);

}  // namespace api
