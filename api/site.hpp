// A web server of a copy of a log: what a government's node, or anybody who likes, serves beside
// the log's own server.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "api/http.hpp"
#include "api/http_server.hpp"
#include "api/told.hpp"
#include "replay/bundle.hpp"

namespace api {

// Serves the checkpoint and the tiles of a directory, as they are there when they are asked for, as
// long as it lives. The files alone speak: nothing is judged here. Its threads only read.
class Site final : public Handler {
 public:
  // `address` is a numeric IP address; port 0 takes a free one.
  [[nodiscard]] static Told<std::unique_ptr<Site>> start(const std::filesystem::path& directory,
                                                         const std::string& address = "127.0.0.1",
                                                         std::uint16_t port = 0);

  [[nodiscard]] std::string url() const { return server_->url(); }

  // Of an event, so that whoever sends one is told where it belongs.
  [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view) const override {
    return 65'535;
  }
  void handle(Exchange exchange) override;
  [[nodiscard]] Response refuse(const Fault& fault) const override;

 private:
  explicit Site(const std::filesystem::path& directory) : bundle_(directory) {}
  [[nodiscard]] Response answer_to(const Request& request) const;
  const replay::DirectoryBundle bundle_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace api
