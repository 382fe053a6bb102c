// A downloaded log, audited and read into books: what the reports of `itmo` are made from.
#pragma once

#include <optional>
#include <string>

#include "api/told.hpp"
#include "ledger/seq.hpp"
#include "replay/aef.hpp"
#include "replay/audit.hpp"
#include "replay/books.hpp"

namespace api::itmo {

struct Studied {
  replay::AuditReport audit;
  replay::Books books;  // as of the entry asked for
  replay::Provenance provenance;
  [[nodiscard]] bool is_valid() const {
    return audit.verdict == replay::AuditReport::Verdict::valid;
  }
};

// Audits the whole log, which is a directory, a bundle file or an address; the books are as of
// entry `at`, the last where none is given, and `follow` is told of the same entries. A log that
// does not hold is no trouble of this function: ask is_valid().
[[nodiscard]] Told<Studied> study(const std::string& log, const std::string& vkey_file,
                                  std::optional<ledger::Seq> at, const replay::Follow& follow = {});

// Why no report is made of it, in sentences.
[[nodiscard]] std::string refusal_of(const Studied& studied);

}  // namespace api::itmo
