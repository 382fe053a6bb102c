// The receipt of an entry: its line, and the proof that it is in a log that the log key signed. The
// same for ever, but for what witnesses did meanwhile: the proof leads to the first checkpoint that
// covered the entry.
#pragma once

#include <optional>
#include <string>

#include "ledger/clause.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store.hpp"

namespace api {

struct Receipt {
  ledger::Seq seq = 0;
  std::string entry;  // the line, as it is hashed
  std::string proof;  // a .tlog-proof text (standards.md 1.5)
  // Whether the quorum of witnesses covers the entry by now; nothing where none is asked.
  std::optional<bool> witnessed = {};
};

// Nothing at or beyond the published size. Any thread.
[[nodiscard]] ledger::Result<std::optional<Receipt>> make_receipt(
    const ledger::Store& store, const ledger::Published& published, ledger::Seq seq);

// {"seq":41,"entry":"…","proof":"…"}, both texts as JSON strings; and "witnessed", where it is
// known.
[[nodiscard]] std::string describe(const Receipt& receipt);

}  // namespace api
