// The AEF as files: the same books, request and profile give the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/seq.hpp"
#include "replay/aef.hpp"

namespace replay {

enum class AefFormat : std::uint8_t { json, csv, xlsx };

// One file of an AEF. Its name says everything that its bytes depend on beside the log.
struct AefFile {
  AefRequest request;  // submitted is filled in
  ledger::Seq entry = 0;
  bool demonstration = false;
  AefFormat format = AefFormat::json;
  AefTable table = AefTable::submission;  // of a CSV file: one table each
};

// "AEF-XHA-2028-v1.0-entry-57-2029-04-15-carp-checker.json"; "-table-3.csv", ".xlsx"; in front
// "DEMONSTRATION-" where the ledger is one.
[[nodiscard]] std::string file_name(const AefFile& file);
// Nothing unless the name, without folders, is one.
[[nodiscard]] std::optional<AefFile> parse_file_name(std::string_view name);

// Every file of the AEF in that format.
[[nodiscard]] std::vector<AefFile> files_of(const Aef& aef, AefFormat format);
// Its bytes, from the AEF of its request at its entry. A sentence in `problem` and nothing where
// they cannot be made.
[[nodiscard]] std::optional<std::string> bytes_of(const Aef& aef, const AefFile& file,
                                                  std::string& problem);

[[nodiscard]] std::string to_json(const Aef& aef);
// RFC 4180, with a header line; text as csv_text guards it.
[[nodiscard]] std::string to_csv(const Aef& aef, AefTable table);

}  // namespace replay
