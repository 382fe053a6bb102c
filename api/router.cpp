#include "api/router.hpp"

#include <algorithm>
#include <charconv>

namespace api {
namespace {

// What of the path stands for the pattern's `{}` or `*`; nothing where they do not fit. Empty where
// the pattern has neither.
std::optional<std::string_view> fit(std::string_view pattern, std::string_view path) {
  const std::size_t brace = pattern.find("{}");
  const bool open_ended = pattern.ends_with("/*");
  if (brace == std::string_view::npos && !open_ended) {
    return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, open_ended ? pattern.size() - 1 : brace);
  const std::string_view after = open_ended ? std::string_view() : pattern.substr(brace + 2);
  if (path.size() <= before.size() + after.size()) return std::nullopt;
  if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
  const std::string_view middle =
      path.substr(before.size(), path.size() - before.size() - after.size());
  if (!open_ended && middle.find('/') != std::string_view::npos) return std::nullopt;
  return middle;
}

bool serves(const Route& route, std::string_view method) {
  return route.method == method || (route.method == "GET" && method == "HEAD");
}

}  // namespace

std::string allowed_methods(std::span<const Route> routes, std::string_view path) {
  std::string allow;
  for (const Route& route : routes) {
    if (!fit(route.pattern, path)) continue;
    allow += (allow.empty() ? "" : ", ") + std::string(route.method);
    if (route.method == "GET") allow += ", HEAD";
  }
  return allow.empty() ? allow : allow + ", OPTIONS";
}

tl::expected<Match, NoMatch> find_route(std::span<const Route> routes, std::string_view method,
                                        std::string_view path) {
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto parameter = fit(routes[i].pattern, path);
    if (parameter && serves(routes[i], method)) return Match{i, *parameter};
  }
  std::string allow = allowed_methods(routes, path);
  const int status = allow.empty() ? 404 : 405;
  return tl::unexpected<NoMatch>(NoMatch{status, std::move(allow)});
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 16 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

tl::expected<Query, Fault> Query::read(const Request& request,
                                       std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < request.query.size(); ++i) {
    const std::string& name = request.query[i].first;
    const auto same = [&](const auto& pair) { return pair.first == name; };
    const auto end = request.query.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::any_of(request.query.begin(), end, same)) {
      return tl::unexpected(Fault{400, "The query says `" + name + "` twice."});
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string known;
    for (std::string_view each : names) known += (known.empty() ? "" : ", ") + std::string(each);
    return tl::unexpected(Fault{400, "This address does not know `" + name + "` in a query" +
                                         (known.empty() ? "." : "; it knows " + known + ".")});
  }
  return Query(request);
}

std::optional<std::string_view> Query::text(std::string_view name) const {
  for (const auto& [each, value] : request_->query) {
    if (each == name) return value;
  }
  return std::nullopt;
}

tl::expected<std::uint64_t, Fault> Query::number(std::string_view name, std::uint64_t otherwise,
                                                 std::uint64_t least, std::uint64_t most) const {
  const auto value = text(name);
  if (!value) return otherwise;
  const auto number = parse_number(*value);
  if (number && *number >= least && *number <= most) return *number;
  return tl::unexpected(Fault{400, "`" + std::string(name) + "` is a whole number from " +
                                       std::to_string(least) + " to " + std::to_string(most) +
                                       "."});
}

}  // namespace api
