// The head of any request: read without a crash, and what is read has one meaning.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/http_head.hpp"
#include "api/router.hpp"
#include "ledger/ensure.hpp"

namespace {

constexpr std::array<api::Route, 4> routes{{{"GET", "/v1/entries"},
                                            {"GET", "/v1/entries/{}"},
                                            {"POST", "/v1/events"},
                                            {"GET", "/tile/*"}}};

bool is_plain(std::string_view path) {
  for (const char c : path) {
    if (c < 0x20 || c > 0x7e) return false;
  }
  return path.starts_with('/') && path.find("//") == std::string_view::npos &&
         path.find("/../") == std::string_view::npos && !path.ends_with("/..");
}

void route(const api::Request& request) {
  ENSURE(is_plain(request.path), "a path that was read is a plain one");
  if (const auto match = api::find_route(routes, request.method, request.path)) {
    ENSURE(match->route < routes.size(), "a match is of a route");
    ENSURE(request.path.find(match->parameter) != std::string::npos,
           "what a route leaves open is a part of the path");
  } else {
    ENSURE(match.error().status == 404 || !match.error().allow.empty(),
           "a method is refused with those that are allowed");
  }
  if (const auto query = api::Query::read(request, {"from", "limit"})) {
    if (const auto from = query->number("from", 0, 0, 10)) {
      ENSURE(*from <= 10, "a number is within its limits");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto end = api::find_head(bytes, 8'192);
  if (!end) {
    ENSURE(end.error().status >= 400, "a fault has the status of one");
    return 0;
  }
  if (*end == 0) return 0;
  ENSURE(bytes.substr(0, *end).ends_with("\r\n\r\n") || *end == 2, "a head ends in an empty line");
  const auto head = api::read_head(bytes.substr(0, *end));
  if (!head) {
    ENSURE(head.error().status >= 400 && !head.error().detail.empty(), "a fault says what it is");
    return 0;
  }
  ENSURE(!(head->chunked && head->content_length), "a body has one end");
  route(head->request);
  return 0;
}
