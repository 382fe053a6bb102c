// A client that sends whatever bytes a test wants, as no well-behaved one would.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace api_test {

// One TCP connection to 127.0.0.1; every read gives up after ten seconds.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False where the server has closed the connection.
  bool send(std::string_view bytes);
  // Everything until the server closes.
  [[nodiscard]] std::string read_to_end();
  // One response with a Content-Length, head and body; what came of it where the server closes.
  [[nodiscard]] std::string read_response();
  // Only the head of one.
  [[nodiscard]] std::string read_head();
  // Whether the server has closed, or does within the time.
  [[nodiscard]] bool is_closed();

 private:
  [[nodiscard]] bool read_more();
  int socket_ = -1;
  std::string in_;
};

// The status of a response's first line; 0 where there is none.
[[nodiscard]] int status_of(std::string_view response);
[[nodiscard]] std::string body_of(std::string_view response);

// Sends the bytes on a connection of its own and gives what comes back until the server closes.
[[nodiscard]] std::string exchange(std::uint16_t port, std::string_view bytes);

}  // namespace api_test
