// The events of what is told about documents and about the log itself: a document that was withheld
// is disclosed, an audit is attested, the state is committed to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event_parts.hpp"
#include "ledger/seq.hpp"

namespace ledger {

// What becomes of something about a document that an entry named without saying it.
struct DocumentDisclosed {
  enum class How : std::uint8_t {
    opened,     // its title is told, with the salt of the commitment
    published,  // the whole document is public from now on
    redacted,   // a redacted version of it is
    destroyed   // the salt is gone: nobody can show the title any more
  };
  struct Opening {
    crypto::Hash salt;
    std::string value;
    bool operator==(const Opening&) const = default;
  };
  Seq entry = 0;  // that named the document
  crypto::Hash sha256;
  How how = How::published;
  std::string basis;                            // on what ground
  std::optional<Document::Copy> redacted_copy;  // "public": exactly where it is redacted
  std::optional<Opening> title;                 // exactly where it is opened
};

// A verifier, or two Parties that reconciled their ledgers, stand for what they found of this log.
struct AuditAttested {
  enum class Result : std::uint8_t { consistent, inconsistent };
  struct Checkpoint {
    crypto::Hash root;
    Seq size = 0;
  };
  std::vector<Id> by;
  Checkpoint checkpoint;
  Result result = Result::consistent;
  std::optional<Id> account, party;  // what was looked at; neither: all of it
  Document document;                 // the report, or the certificate of the reconciliation
};

// The operator commits to the state behind the entries so far, so that a balance has a proof.
struct StateCommitted {
  Seq entries = 0;          // before this one
  std::int64_t leaves = 0;  // keys of the main state tree
  crypto::Hash root;
};

}  // namespace ledger
