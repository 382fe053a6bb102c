// The head of an HTTP/1 request, read strictly before any other parser sees it: what a lenient
// parser and a proxy might understand in two ways is refused (standards.md 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "api/http.hpp"

namespace api {

inline constexpr std::size_t longest_target = 2'048;  // bytes
inline constexpr std::size_t most_fields = 100;

// Where the head at the beginning of `bytes` ends, its empty line included; 0 where more has to
// come. Refuses a head of more than `limit` bytes, and lines that do not end in CR LF.
[[nodiscard]] tl::expected<std::size_t, Fault> find_head(std::string_view bytes, std::size_t limit);

struct Head {
  Request request;  // all but the body
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;
};

// Reads a head, its empty line included. Refuses, with the status to answer: every control
// character and line folding; HTTP/1.1 without exactly one Host; more than one Content-Length, or
// one beside Transfer-Encoding; a Transfer-Encoding but exactly `chunked`; content that is encoded;
// targets that are not a plain path with a query.
[[nodiscard]] tl::expected<Head, Fault> read_head(std::string_view head);

// What a target stands for. Refuses what is not ASCII, `//`, `.` and `..` between slashes, and
// escapes of slashes, of control characters and beyond ASCII.
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};
[[nodiscard]] tl::expected<Target, Fault> read_target(std::string_view target);

}  // namespace api
