// What answers about documents and attested audits are made of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"
#include "replay/answers.hpp"

namespace replay {

// A file that may be read: the whole of a public document, or the public version of a redacted one.
struct PublicFile {
  crypto::Hash sha256;
  std::int64_t size = 0;
  bool operator==(const PublicFile&) const = default;
};

// A document that an entry names.
struct DocumentAnswer {
  struct Disclosure {
    ledger::DocumentDisclosed::How how = ledger::DocumentDisclosed::How::published;
    std::string basis;
    ledger::Date date;
    Seq entry = 0;
    bool operator==(const Disclosure&) const = default;
  };
  ledger::Index number = 0;  // among all that the log names, in order
  Seq entry = 0;             // that names it
  std::string type;          // of its event
  ledger::Date date;
  std::vector<Id> by;  // who answers for it
  std::string kind, media, language;
  crypto::Hash sha256;  // of the whole
  std::int64_t size = 0;
  crypto::Hash title;                            // commitment
  ledger::Access access = ledger::Access::open;  // at this position
  std::optional<std::string> basis, decided_by;  // of its being withheld, as it was named
  std::optional<ledger::Date> since;
  std::optional<PublicFile> redacted_copy;                    // the public version
  std::optional<ledger::DocumentDisclosed::Opening> opening;  // of the title
  bool destroyed = false;                                     // the title's salt is gone
  std::vector<Disclosure> disclosures;                        // oldest first
  bool operator==(const DocumentAnswer&) const = default;

  // The file that may be read; nothing where all of it is withheld.
  [[nodiscard]] std::optional<PublicFile> public_file() const;
};

struct DocumentsAnswer {
  AsOf as_of;
  std::vector<DocumentAnswer> documents;
  std::optional<ledger::Index> next;  // where the list goes on
  bool operator==(const DocumentsAnswer&) const = default;
};

}  // namespace replay
