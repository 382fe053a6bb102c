// Evidence in the auditor's program: `itmo-audit evidence` checks a file, an audit writes one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/audit.hpp"
#include "replay/bundle.hpp"
#include "replay/evidence.hpp"
#include "replay/workers.hpp"

namespace api {

// itmo-audit evidence FILE --key VKEY [--log SOURCE]. Returns its exit status: 0 where the file
// proves a fault, 1 where it proves none, 2 where that could not be decided.
[[nodiscard]] int evidence_command(int argc, char** argv);

// A log at fault, and what its auditor has beside it.
struct AtFault {
  const replay::BundleReader& log;
  std::string note;                // its checkpoint
  std::vector<std::string> older;  // notes of earlier checkpoints
  std::string mirror;              // directory with an earlier copy; may be empty
};

// What proves the finding to anybody; a sentence where nothing does. What is returned was checked
// as whoever gets it will.
[[nodiscard]] Told<replay::Evidence> evidence_of(const replay::Finding& finding,
                                                 const AtFault& fault,
                                                 const crypto::LogKeys& log_keys,
                                                 replay::Workers& workers);

// The command that checks such a file; `log` is named where the entries are needed.
[[nodiscard]] std::string how_to_check(const replay::Evidence& evidence, const std::string& file,
                                       const std::string& vkey_file, const std::string& log);

// What a log says against a receipt: nothing where it contains the entry, or does not even prove
// what it has in its place.
struct Denied {
  replay::Finding finding;
  std::optional<replay::Evidence> evidence;
};
[[nodiscard]] std::optional<Denied> denial_of(const replay::BundleReader& log,
                                              std::string_view note,
                                              const replay::ProvenEntry& receipt,
                                              const crypto::LogKeys& log_keys);

}  // namespace api
