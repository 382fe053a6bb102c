// A log over HTTP: of a ledger's server, or of any web server that has a copied log as files.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <utility>

#include "api/http_client.hpp"
#include "replay/bundle.hpp"

namespace api {

// The log at an address, unverified. Absent is what is answered with 404; any other status than 200
// is unreadable.
class HttpBundle final : public replay::BundleReader {
 public:
  explicit HttpBundle(ServerAddress server, const ClientLimits& limits = {})
      : client_(std::move(server), limits) {}

  [[nodiscard]] replay::Fetched checkpoint() const override;
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override;
  // Any file there, its path beginning with a slash; of one with more than `most` bytes as many and
  // one more.
  [[nodiscard]] replay::Fetched file(const std::string& target, std::size_t most) const;

 private:
  mutable std::mutex mutex_;  // guards the client: one connection, one question at a time
  mutable HttpClient client_;
};

}  // namespace api
