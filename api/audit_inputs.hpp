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

// The verifier key in a file of one line.
[[nodiscard]] Told<crypto::LogKeys> read_log_key(const std::string& path);

// A receipt as the server gives it, JSON with entry and proof, which the log key signed.
[[nodiscard]] Told<replay::ProvenEntry> read_receipt(const std::string& path,
                                                     const crypto::LogKeys& log_keys);

}  // namespace api
