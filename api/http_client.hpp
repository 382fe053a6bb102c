// Asks a ledger's server over plain HTTP/1.1: what the command line and the demonstration use. TLS
// is a proxy's; nothing that is fetched is believed for where it came from, but for what it proves.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "api/http_reply.hpp"
#include "api/told.hpp"

namespace api {

// Where a server is: "http://127.0.0.1:8080/ledger" without the slash at the end.
struct ServerAddress {
  std::string host;
  std::uint16_t port = 80;
  std::string prefix;  // of every path; empty, or "/…"
  bool operator==(const ServerAddress&) const = default;
};
[[nodiscard]] Told<ServerAddress> parse_server_address(std::string_view url);

struct ClientLimits {
  std::chrono::milliseconds connect{10'000};  // after the system looked a host name up, in its time
  std::chrono::milliseconds exchange{90'000};  // from the first byte sent to the last received
  ReplyLimits reply;
  // Asked several times a second while the client waits: true ends the waiting as a limit does. On
  // the client's thread. None: only the limits end it.
  std::function<bool()> give_up;
};

// One connection that is kept and, where the server closed it in between, made anew. One thread;
// every call blocks until the answer is whole or a limit is reached.
class HttpClient {
 public:
  explicit HttpClient(ServerAddress server, const ClientLimits& limits = {})
      : server_(std::move(server)), limits_(limits) {}
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // `target` begins with a slash: path and query. Any status is an answer; a failure is a sentence
  // that names the server.
  [[nodiscard]] Told<Response> get(std::string_view target);
  // The same, but of a body with more than `most` bytes as many and one more: no failure, and no
  // more of it comes over the line than was under way.
  [[nodiscard]] Told<Response> get_up_to(std::string_view target, std::size_t most);
  // May reach the server twice, where it closed a kept connection: the same event again gets its
  // first receipt.
  [[nodiscard]] Told<Response> post(std::string_view target, std::string_view media,
                                    std::string_view body);

  [[nodiscard]] const ServerAddress& server() const { return server_; }

 private:
  [[nodiscard]] Told<Response> exchange(std::string_view method, std::string_view target,
                                        std::string_view rest, const ReplyLimits& limits);
  [[nodiscard]] Told<Response> try_exchange(const std::string& request, const ReplyLimits& limits,
                                            bool& answered);
  [[nodiscard]] Told<> connect();
  void disconnect();
  [[nodiscard]] std::string named(const std::string& sentence) const;

  ServerAddress server_;
  ClientLimits limits_;
  int socket_ = -1;
};

}  // namespace api
