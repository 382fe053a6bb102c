// The clause that a server adds to those of the log. Sentence and order: spec/rules.md.
#pragma once

#include "ledger/clause.hpp"

namespace api {

using ledger::Clause;
using ledger::Kind;

inline constexpr Clause LOG_8{
    "LOG-8", Kind::overloaded,
    "A submission is taken in while the server has room for it and is not stopping."};

}  // namespace api
