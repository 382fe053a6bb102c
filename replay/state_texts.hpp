// What the texts of a committed state say (spec/commitments.md, 3). Each text is of its form: see
// replay/state_forms.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "ledger/ranges.hpp"
#include "replay/state_claims.hpp"

namespace replay {

// One or more sentences of a claim that has a text.
[[nodiscard]] std::string say(const StateClaim& claim);
// That a key has no text.
[[nodiscard]] std::string say_absent(const StateClaim& claim);

// The root of the runs of an account.
[[nodiscard]] crypto::Hash runs_root_in(std::string_view account_text);
// The units of a run, or of an issued lot.
[[nodiscard]] ledger::Range units_in(std::string_view run_text);
// How many units a registry has issued.
[[nodiscard]] std::int64_t issued_in(std::string_view registry_text);

// The list of entries of an account or a lot; nothing of a text that has none.
struct EntryList {
  std::int64_t count = 0;
  std::string root;  // hex
};
[[nodiscard]] std::optional<EntryList> entries_in(std::string_view text);

}  // namespace replay
