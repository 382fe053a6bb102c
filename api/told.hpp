// Results of the edges of a program: what worked, or a sentence for the person who runs it. A
// refusal of the ledger is a ledger::Result instead.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace api {

template <class T = void>
using Told = tl::expected<T, std::string>;

[[nodiscard]] inline tl::unexpected<std::string> tell(std::string sentence) {
  return tl::unexpected<std::string>(std::move(sentence));
}

}  // namespace api
