// An answer means the same in whatever pieces it comes: whole, or byte by byte. One that may be cut
// ends as soon as it is too long, in whatever piece that is.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/http_reply.hpp"

namespace {

constexpr api::ReplyLimits limits{1'024, 4'096};

struct Read {
  bool failed = false;
  bool whole = false;
  int status = 0;
  std::string body;
  bool operator==(const Read&) const = default;
};

// Bytes behind the end of an answer are a fault, so that both ways must look at all of them.
Read read_in_pieces(std::string_view bytes, std::size_t size) {
  api::ReplyReader reader(limits);
  Read out;
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    if (out.whole) return {true, false, 0, ""};
    const auto taken = reader.take(bytes.substr(at, size));
    if (!taken) return {true, false, 0, ""};
    out.whole = *taken;
  }
  if (!out.whole) return out;
  const api::Response response = std::move(reader).release();
  out.status = response.status;
  out.body = response.body;
  return out;
}

// What stands behind the cut is not looked at; behind an answer that needed no cut it is a fault.
std::string read_cut(std::string_view bytes, std::size_t size) {
  api::ReplyReader reader({1'024, 64, true});
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    const auto taken = reader.take(bytes.substr(at, size));
    if (!taken) return "failed";
    if (!*taken) continue;
    std::string body = std::move(reader).release().body;
    if (body.size() == 65) return body;
    return at + size < bytes.size() ? "failed" : "whole";
  }
  return "open";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Read whole = read_in_pieces(bytes, bytes.size() + 1);
  const Read single = read_in_pieces(bytes, 1);
  if (whole.body.size() > (whole.status < 300 ? limits.body_bytes : 65'536)) std::abort();
  if (whole != single) std::abort();
  if (read_cut(bytes, bytes.size() + 1) != read_cut(bytes, 1)) std::abort();
  return 0;
}
