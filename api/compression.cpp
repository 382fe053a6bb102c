#include "api/compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "ledger/ensure.hpp"

namespace api {
namespace {

constexpr std::size_t least_worth_it = 1'024;  // bytes; below, a packet is a packet
constexpr int gzip_window = 15 + 16;           // zlib: the largest, with gzip's frame
constexpr int usual_memory = 8;

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

// "0", "1", "0.5", "1.000": thousandths; what is no quality counts as refused.
int quality_of(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  int value = (text[0] - '0') * 1'000;
  if (text.size() == 1) return value;
  if (text[1] != '.') return 0;
  int step = 100;
  for (const char digit : text.substr(2)) {
    if (digit < '0' || digit > '9') return 0;
    value += (digit - '0') * step;
    step /= 10;
  }
  return value <= 1'000 ? value : 0;
}

// One element of the list: "gzip;q=0.5".
struct Coding {
  std::string_view name;
  int quality = 1'000;  // thousandths
};
Coding coding_of(std::string_view element) {
  const std::size_t semicolon = element.find(';');
  Coding coding{trimmed(element.substr(0, semicolon))};
  if (semicolon == std::string_view::npos) return coding;
  const std::string_view weight = trimmed(element.substr(semicolon + 1));
  const bool is_weight = weight.size() > 2 && same(weight.substr(0, 2), "q=");
  coding.quality = is_weight ? quality_of(trimmed(weight.substr(2))) : 0;
  return coding;
}

}  // namespace

bool accepts_gzip(const Request& request) {
  std::optional<int> named, any, plain;
  for (const Field& field : request.fields) {
    if (!same(field.name, "Accept-Encoding")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      const Coding coding = coding_of(rest.substr(0, comma));
      if (same(coding.name, "gzip") || same(coding.name, "x-gzip")) named = coding.quality;
      if (coding.name == "*") any = coding.quality;
      if (same(coding.name, "identity")) plain = coding.quality;
      rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
  }
  const int quality = named.value_or(any.value_or(0));
  return quality > 0 && quality >= plain.value_or(0);
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  // At best speed: a bundle is packed anew for everyone who asks.
  const int begun = deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, usual_memory,
                                 Z_DEFAULT_STRATEGY);
  ENSURE(begun == Z_OK, "zlib has memory to begin");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib takes its input as not const, and does not write to it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());  // NOLINT
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  ENSURE(done == Z_STREAM_END, "what deflateBound allows suffices");
  constexpr std::size_t system_byte = 9;  // RFC 1952: which system made it; 255 says none
  out[system_byte] = static_cast<char>(0xFF);
  return out;
}

void negotiate_gzip(const Request& request, Response& response) {
  if (response.body.size() < least_worth_it) return;
  response.set("Vary", "Accept-Encoding");
  if (!accepts_gzip(request)) return;
  response.set("Content-Encoding", "gzip");
  response.body = gzip(response.body);
}

}  // namespace api
