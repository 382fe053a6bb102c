// The log as an outsider has it: downloaded, audited offline by the real auditor, and altered by
// one byte to see the auditor notice.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "api/demo_stage.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/seq.hpp"

namespace api::demo {

// What itmo-audit said of a directory.
struct Audited {
  int status = 2;              // its exit status: 0 valid, 1 invalid, 2 could not run
  std::filesystem::path file;  // with the text
  std::string text;            // for people
  std::string json;            // the same report
};

// Runs the auditor beside this program on a bundle.
[[nodiscard]] Told<Audited> audit(const Stage& stage, const std::filesystem::path& bundle,
                                  const std::filesystem::path& programs);

// verify.py, which shares no code with the auditor: where the programs were built inside the source
// tree, it is above them. Nothing where it is not.
[[nodiscard]] std::optional<std::filesystem::path> find_second_verifier(
    const std::filesystem::path& programs);

// Copies the log of the server into a bundle and hashes it again.
[[nodiscard]] Told<crypto::Checkpoint> download(const Stage& stage, const ServerAddress& server,
                                                const std::filesystem::path& bundle);

// The byte that somebody changed.
struct Alteration {
  ledger::Seq entry = 0;
  std::string file;  // of the bundle
  std::size_t offset = 0;
  char before = 0, after = 0;
};
// Copies the bundle and changes the first digit of the quantity in the first transfer of the log.
[[nodiscard]] Told<Alteration> alter(const std::filesystem::path& bundle,
                                     const std::filesystem::path& altered);

}  // namespace api::demo
