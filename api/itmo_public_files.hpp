// The files of public documents beside a downloaded log, each under its hash in DIR/documents.
#pragma once

#include <filesystem>

#include "api/http_bundle.hpp"
#include "api/itmo_commands.hpp"
#include "crypto/checkpoint.hpp"

namespace api::itmo {

// Audits the log in the directory, to know which files may be read, and fetches those that are not
// there yet: from a ledger's server, or from a web server that has such a directory. No more is
// taken of one than the log says that it has. Prints what came of it; refused where the log does
// not hold, or a file is not to be had.
[[nodiscard]] Told<Exit> fetch_public_files(const std::filesystem::path& directory,
                                            const crypto::LogKeys& log_keys,
                                            const HttpBundle& server);

}  // namespace api::itmo
