// Downloading a log: a copy that is hashed again up to its signed root before it is taken for one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "api/http_bundle.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/bundle.hpp"
#include "replay/policy.hpp"

namespace api::itmo {

// The log of a server, as far as the newest checkpoint that witnesses cosigned. Where the server
// has none, or the policy does not believe it, the checkpoint is unreadable, so that nothing is
// copied under it. Refers to all three.
class WitnessedBundle final : public replay::BundleReader {
 public:
  WitnessedBundle(const HttpBundle& server, const crypto::LogKeys& log_keys,
                  const replay::Policy& policy)
      : server_(server), log_keys_(log_keys), policy_(policy) {}

  [[nodiscard]] replay::Fetched checkpoint() const override;
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    return server_.tile(path);
  }

 private:
  const HttpBundle& server_;
  const crypto::LogKeys log_keys_;
  const replay::Policy& policy_;
};

// Hashes every entry of a bundle again and compares all tiles and the root with the signed
// checkpoint; `older`, the checkpoint of an earlier copy, must be of a beginning of the same log.
// Returns the checkpoint. Rules and signatures of events are the auditor's: itmo-audit.
[[nodiscard]] Told<crypto::Checkpoint> check_hashes(const replay::BundleReader& bundle,
                                                    const crypto::LogKeys& log_keys,
                                                    const std::optional<crypto::Checkpoint>& older);

// What came of a download that could be tried.
struct Download {
  crypto::Checkpoint checkpoint;  // that the log key signed
  std::uint64_t tiles = 0;        // that were fetched
  std::string fault;              // where the log does not hold: what does not
};

// Brings a copy in a directory up to a log, which must go on from what is there. The checkpoint of
// the copy is replaced only when all hashes were compared; one that was refused is kept beside it.
// Fails where something could not be read or written, or no checkpoint is signed by the log key.
[[nodiscard]] Told<Download> download(const replay::BundleReader& log,
                                      const crypto::LogKeys& log_keys,
                                      const std::filesystem::path& directory);

// Writes a log as one bundle file, which is there under its name only when all its hashes were
// compared. Fails as `download` does, and where a part is missing or is not one.
[[nodiscard]] Told<Download> pack(const replay::BundleReader& log, const crypto::LogKeys& log_keys,
                                  const std::filesystem::path& file);

// Whether the first entry of a bundle opens a ledger in demonstration mode.
[[nodiscard]] bool is_demonstration(const replay::BundleReader& bundle);

}  // namespace api::itmo
