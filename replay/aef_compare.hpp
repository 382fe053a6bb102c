// Published AEF files against the log that they say they are of.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/effects.hpp"
#include "replay/aef_files.hpp"
#include "replay/audit.hpp"
#include "replay/books.hpp"

namespace replay {

// Follows an audit and keeps the books at every entry that a file is as of. One thread.
class AefComparer {
 public:
  // Adds a file by name and bytes. False where its name is none of an AEF's.
  [[nodiscard]] bool add(std::string_view path, std::string bytes);

  // Takes what each entry did, in order.
  void take(const ledger::Effects& effects);

  // After an audit whose verdict is valid: makes every file again and compares.
  [[nodiscard]] std::vector<Comparison> compare(const Provenance& provenance) const;

 private:
  struct Published {
    std::string path;
    std::string bytes;
    AefFile file;
  };
  [[nodiscard]] Comparison compare(const Published& published, const Provenance& provenance) const;

  std::vector<Published> published_;
  std::map<ledger::Seq, Books> books_;  // by the entry that they are as of
};

// Adds all to a valid report; where one differs the verdict is invalid, and the first is the
// finding.
void add_comparisons(std::vector<Comparison> comparisons, AuditReport& report);

}  // namespace replay
