// Answers in gzip, for those who ask (RFC 9110, 12.5.3; RFC 1952).
#pragma once

#include <string>
#include <string_view>

#include "api/http.hpp"

namespace api {

// Whether the request's Accept-Encoding allows gzip, and no less than the bytes as they are. A
// request without the field gets them as they are.
[[nodiscard]] bool accepts_gzip(const Request& request);

// The bytes in gzip; the same bytes always give the same, on every machine with the same zlib.
[[nodiscard]] std::string gzip(std::string_view bytes);

// Sends the body in gzip where it is worth it and the request allows it; caches are told that the
// answer depends on it either way.
void negotiate_gzip(const Request& request, Response& response);

}  // namespace api
