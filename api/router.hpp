// Which route a request means, and what its query says. No I/O, no state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "api/http.hpp"

namespace api {

// A pattern is a path in which one segment may be `{}`, any one segment that is not empty; or that
// ends in `/*`, any rest that is not empty.
struct Route {
  std::string_view method;  // GET routes answer HEAD too, and all OPTIONS
  std::string_view pattern;
};

struct Match {
  std::size_t route = 0;
  std::string_view parameter;  // what stands for `{}` or `*`; a view into the path
};

// No route: 404, or 405 with the methods that the path allows.
struct NoMatch {
  int status = 404;
  std::string allow;
};

[[nodiscard]] tl::expected<Match, NoMatch> find_route(std::span<const Route> routes,
                                                      std::string_view method,
                                                      std::string_view path);
// The value of Allow for a path; empty where no route has it.
[[nodiscard]] std::string allowed_methods(std::span<const Route> routes, std::string_view path);

// A whole number in decimal digits, without a leading zero; nothing for everything else.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);

// The query of a request, read against the names that its route knows. Refers to the request.
class Query {
 public:
  // Refuses, with 400, a name that is not known or that stands there twice.
  [[nodiscard]] static tl::expected<Query, Fault> read(
      const Request& request, std::initializer_list<std::string_view> names);

  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  // `otherwise` where there is none; refused, with 400, unless it is from `least` to `most`.
  [[nodiscard]] tl::expected<std::uint64_t, Fault> number(std::string_view name,
                                                          std::uint64_t otherwise,
                                                          std::uint64_t least,
                                                          std::uint64_t most) const;

 private:
  explicit Query(const Request& request) : request_(&request) {}
  const Request* request_;
};

}  // namespace api
