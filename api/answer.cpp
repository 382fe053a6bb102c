#include "api/answer.hpp"

#include <utility>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/ensure.hpp"
#include "ledger/json.hpp"
#include "replay/audit_words.hpp"

namespace api {
namespace {

std::string cache_control(Keep keep) {
  switch (keep) {
    case Keep::never: return "no-store";
    case Keep::revalidate: return "no-cache";
    case Keep::seconds: return "public, max-age=2";
    case Keep::for_ever: return "public, max-age=31536000, immutable";
  }
  return {};
}

// Whether a list of entity tags has this one (RFC 9110, 13.1.2: weak comparison).
bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view each = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    each.remove_prefix(std::min(each.find_first_not_of(" \t"), each.size()));
    each = each.substr(0, each.find_last_not_of(" \t") + 1);
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (each == tag || each == "*") return true;
  }
  return false;
}

}  // namespace

Response make_answer(int status, std::string_view media_type, std::string body, Keep keep) {
  Response response{status, {}, std::move(body)};
  response.set("Content-Type", std::string(media_type));
  response.set("Cache-Control", cache_control(keep));
  return response;
}

std::string mark_demonstration(std::string object, bool demonstration) {
  ENSURE(object.size() > 2 && object.back() == '}', "an answer is an object with a member");
  if (!demonstration) return object;
  object.back() = ',';
  return object + "\"demonstration\":" + ledger::json::quote(replay::demonstration_mark) + "}";
}

Response json_answer(int status, std::string object, bool demonstration, Keep keep) {
  return make_answer(status, "application/json",
                     mark_demonstration(std::move(object), demonstration) + "\n", keep);
}

void tag(Response& response, const Request& request, std::uint64_t size) {
  const std::string hash = crypto::to_hex(crypto::sha256(response.body).view()).substr(0, 16);
  tag_as(response, request, "\"" + std::to_string(size) + "-" + hash + "\"");
}

void tag_as(Response& response, const Request& request, const std::string& mine) {
  response.set("ETag", mine);
  const auto known = request.field("If-None-Match");
  if (!known || !names_tag(*known, mine)) return;
  response.status = 304;
  response.body.clear();
  response.rest = {};
}

void dress(Response& response, bool public_reading, bool demonstration) {
  response.set("X-Content-Type-Options", "nosniff");
  if (!response.field("Content-Security-Policy")) {
    response.set("Content-Security-Policy",
                 "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
  }
  response.set("Referrer-Policy", "no-referrer");
  if (public_reading) {
    response.set("Access-Control-Allow-Origin", "*");
    response.set("Access-Control-Expose-Headers",
                 "ETag, Link, Location, Retry-After, Itmo-Size, Itmo-Witnessed");
    response.set("Cross-Origin-Resource-Policy", "cross-origin");
  } else {
    response.set("Cross-Origin-Resource-Policy", "same-origin");
  }
  if (demonstration) {  // ASCII: a header field has no dash but this one
    response.set("Itmo-Demonstration", "DEMONSTRATION - not a record of any government");
  }
}

}  // namespace api
