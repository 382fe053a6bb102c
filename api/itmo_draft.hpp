// An event on its way: as its author wrote it, with the signatures that were collected so far, or
// as the log holds it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/told.hpp"
#include "crypto/envelope.hpp"
#include "ledger/clause.hpp"
#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

struct Draft {
  std::string bytes;  // of the event, exactly as they are signed
  ledger::Event event;
  std::vector<crypto::KeySignature> signatures;  // ascending by key; may be none
  std::optional<ledger::Timestamp> time;         // of a submission to a demonstration, or an entry
  std::optional<ledger::Seq> seq;                // of an entry
  bool demonstration = false;                    // of a receipt that says so
};

// Reads an event, a submission, an entry of a log or a receipt, whichever the text is.
[[nodiscard]] Told<Draft> parse_draft(std::string_view text);
[[nodiscard]] Told<Draft> read_draft(const std::filesystem::path& file);

// Adds a signature where it belongs, after checking that it verifies; the same one again changes
// nothing. Fails with a sentence where it does not, or where 16 are there already.
[[nodiscard]] Told<> add_signature(Draft& draft, const crypto::KeySignature& signature);

// The canonical submission. Precondition: at least one signature.
[[nodiscard]] std::string submission_of(const Draft& draft);

[[nodiscard]] bool verifies(const Draft& draft, const crypto::KeySignature& signature);

}  // namespace api::itmo
