// A web server of files: a log in a directory, as anybody who likes may serve one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "api/http.hpp"
#include "api/http_server.hpp"
#include "api/told.hpp"
#include "replay/bundle.hpp"

namespace api::demo {

// Serves the checkpoint and the tiles of a bundle as long as it lives, on a port of its own of this
// machine. Its threads only read.
class Site final : public Handler {
 public:
  [[nodiscard]] static Told<std::unique_ptr<Site>> start(const std::filesystem::path& bundle);

  [[nodiscard]] std::string url() const { return server_->url(); }

  [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view) const override {
    return 0;
  }
  void handle(Exchange exchange) override;
  [[nodiscard]] Response refuse(const Fault& fault) const override;

 private:
  explicit Site(const std::filesystem::path& bundle) : bundle_(bundle) {}
  const replay::DirectoryBundle bundle_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace api::demo
