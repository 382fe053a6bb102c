// The forms of answers: JSON, text and bytes, with the header fields that go with each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http.hpp"

namespace api {

// How long an answer may be kept by whoever got it.
enum class Keep : std::uint8_t {
  never,       // it may be another one in a moment
  revalidate,  // ask with its ETag
  seconds,     // two of them: the newest checkpoint
  for_ever,    // it is of durable entries, which nothing changes
};

[[nodiscard]] Response make_answer(int status, std::string_view media_type, std::string body,
                                   Keep keep);

// `object` is the text of a JSON object with at least one member; a ledger in demonstration mode
// says so in another member, `demonstration`, at its end.
[[nodiscard]] Response json_answer(int status, std::string object, bool demonstration, Keep keep);
[[nodiscard]] std::string mark_demonstration(std::string object, bool demonstration);

// Gives the answer an ETag of its size of the log and its bytes; where the request names that tag
// already, nothing but the status 304 is sent.
void tag(Response& response, const Request& request, std::uint64_t size);
// The same with a tag that says what the bytes are.
void tag_as(Response& response, const Request& request, const std::string& mine);

// Adds what every answer has: no guessing of types, no framing, no referrer; for public reading,
// every origin; in demonstration mode, that it is one.
void dress(Response& response, bool public_reading, bool demonstration);

}  // namespace api
