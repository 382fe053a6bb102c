// What a refusal is: a clause of spec/rules.md, and a sentence about this case.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace ledger {

// Few and stable; HTTP statuses hang on kinds (architecture.md 5).
enum class Kind { malformed, unauthenticated, refused, duplicate, overloaded, corrupt };

// One sentence of spec/rules.md, named by its heading there. Lives for the whole program.
struct Clause {
  std::string_view id;
  Kind kind;
  std::string_view statement;
};

// A clause that does not hold, and why: what holds, what was asked, what to do. Never null.
struct Violation {
  const Clause* clause;
  std::string detail;
};

template <class T = void>
using Result = tl::expected<T, Violation>;

// The failing side of a Result.
[[nodiscard]] inline tl::unexpected<Violation> violates(const Clause& clause, std::string detail) {
  return tl::unexpected<Violation>(Violation{&clause, std::move(detail)});
}

}  // namespace ledger
