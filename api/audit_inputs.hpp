// What the auditor's program is given as files, read within limits.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/evidence.hpp"

namespace api {

// A file whole; nothing where it cannot be read, is no file, or is larger than `limit`: a note's,
// if not said.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path,
                                                   std::size_t limit = crypto::longest_note);

// The keys by which a reader knows a log: one verifier key a line (spec/log.md 6).
[[nodiscard]] Told<crypto::LogKeys> read_log_keys(const std::string& path);

// What is said of a copy whose checkpoint no key of the reader's signed.
inline constexpr const char* foreign_checkpoint =
    "holds a checkpoint of another log, or one by a key that is not in the file of log keys: where "
    "the log changed its key, keep the old one in that file beside the new";

// A receipt as the server gives it, JSON with entry and proof, which the log key signed.
[[nodiscard]] Told<replay::ProvenEntry> read_receipt(const std::string& path,
                                                     const crypto::LogKeys& log_keys);

}  // namespace api
