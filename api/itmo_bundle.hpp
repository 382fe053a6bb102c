// Downloading a log: parts over HTTP, and a copy that is hashed again up to its signed root.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>

#include "api/http_client.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "replay/bundle.hpp"

namespace api::itmo {

// The log of a server. A checkpoint that the log key did not sign counts as unreadable, so that
// nothing is copied under it.
class HttpBundle final : public replay::BundleReader {
 public:
  HttpBundle(ServerAddress server, crypto::VerifierKey log_key)
      : client_(std::move(server)), log_key_(std::move(log_key)) {}

  [[nodiscard]] replay::Fetched checkpoint() const override;
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override;

 private:
  [[nodiscard]] replay::Fetched fetch(const std::string& target, std::size_t limit) const;

  mutable std::mutex mutex_;  // guards the client: one connection, one question at a time
  mutable HttpClient client_;
  crypto::VerifierKey log_key_;
};

// Hashes every entry of a bundle again and compares all tiles and the root with the signed
// checkpoint; `older`, the checkpoint of an earlier copy, must be of a beginning of the same log.
// Returns the checkpoint. Rules and signatures of events are the auditor's: itmo-audit.
[[nodiscard]] Told<crypto::Checkpoint> check_hashes(const replay::BundleReader& bundle,
                                                    const crypto::VerifierKey& log_key,
                                                    const std::optional<crypto::Checkpoint>& older);

// Whether the first entry of a bundle opens a ledger in demonstration mode.
[[nodiscard]] bool is_demonstration(const replay::BundleReader& bundle);

}  // namespace api::itmo
