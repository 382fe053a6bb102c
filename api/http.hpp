// Requests and responses as plain values: what a route sees of HTTP, and all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace api {

// A header field. Names compare without regard to case.
struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};

struct Request {
  std::string method;  // "GET"; as it was sent
  std::string target;  // "/v1/entries?from=0"; as it was sent
  std::string path;    // of the target, unescaped: "/v1/entries"
  std::vector<std::pair<std::string, std::string>> query;  // unescaped, in the order of the target
  std::vector<Field> fields;
  std::string body;

  // The first field of that name; nothing when there is none.
  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
};

// What follows the body of a response, for what is too long to be held: read in pieces as it goes
// out, on a handler thread. `read` gives at least one byte at each offset below the size; nothing
// where it cannot, and then the answer breaks off.
struct Rest {
  std::uint64_t size = 0;
  std::uint64_t sent = 0;  // that went out; the server's to count
  std::function<std::string(std::uint64_t offset)> read;
};

struct Response {
  int status = 200;
  std::vector<Field> fields;  // without Content-Length, Connection and Date: the server's to write
  std::string body;
  Rest rest = {};

  [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
  // Replaces the field of that name, or adds it. Precondition: no line end in the value.
  Response& set(std::string_view name, std::string value);
};

// The standard phrase of a status: "Not Found"; empty for one that this server never sends.
[[nodiscard]] std::string_view reason_of(int status);

// The head of a response as it goes over the wire, with Date, Connection and Content-Length.
[[nodiscard]] std::string format_head(const Response& response, bool keep_alive);

// One request that waits for its answer. Copies speak of the same request, and may be kept beyond
// the server's end: then nothing happens. Any thread.
struct Exchange {
  Request request;
  // Sends the answer. The first one counts; a request that nobody answers ends in 503.
  std::function<void(Response)> answer;
  // Runs a piece of work on one of the server's handler threads.
  std::function<void(std::function<void()>)> later;
};

// Why a request cannot be read, or may not be: an HTTP status and a sentence for whoever sent it.
struct Fault {
  int status = 400;
  std::string detail;
  bool operator==(const Fault&) const = default;
};

// What answers requests. Outlives the server that calls it.
class Handler {
 public:
  Handler() = default;
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;
  virtual ~Handler() = default;

  // The largest body, in bytes, that a request of this method and path may have; asked before the
  // body is read. The I/O thread.
  [[nodiscard]] virtual std::size_t body_limit(std::string_view method,
                                               std::string_view path) const = 0;
  // Answers, at once or later; throws nothing. Called on several handler threads at the same time.
  virtual void handle(Exchange exchange) = 0;
  // The answer to a request that never became one. The I/O thread.
  [[nodiscard]] virtual Response refuse(const Fault& fault) const = 0;
};

}  // namespace api
