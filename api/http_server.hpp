// HTTP/1.1 over TCP: bytes of sockets become Requests, Responses become bytes. One thread does all
// I/O; a few others run the handler. TLS is a reverse proxy's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "api/config.hpp"
#include "api/http.hpp"
#include "api/told.hpp"

namespace api {

// Serves from `start` to `stop`. Every limit of HttpLimits holds before memory is spent on what
// exceeds it. The handler outlives the server.
class HttpServer {
 public:
  // Listens on a numeric address. Fails with a sentence where the system does not allow it.
  [[nodiscard]] static Told<std::unique_ptr<HttpServer>> start(const std::string& address,
                                                               std::uint16_t port,
                                                               const HttpLimits& limits,
                                                               Handler& handler);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Stops as `stop` does.
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string url() const;  // "http://127.0.0.1:8080", without a slash at the end

  // Takes no new connection, lets open requests be answered for as long as limits.drain, closes all
  // and joins the threads. One thread; the second time it does nothing.
  void stop();

 private:
  struct Listener;
  explicit HttpServer(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace api
