#include "api/http_reply.hpp"

#include <algorithm>
#include <optional>

#include "crypto/text.hpp"

namespace api {
namespace {

// Field names and the few values that are looked into compare without regard to case.
bool same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

constexpr std::size_t longest_explanation = 65'536;  // bytes

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

std::optional<std::uint64_t> chunk_size_of(std::string_view line) {
  const std::string_view digits = line.substr(0, line.find(';'));
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  std::uint64_t size = 0;
  for (const char c : digits) {
    const std::size_t digit = std::string_view("0123456789abcdef")
                                  .find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    if (digit == std::string_view::npos) return std::nullopt;
    size = size * 16 + digit;
  }
  return size;
}

tl::unexpected<std::string> not_http(std::string what) {
  return tell("the server does not answer in HTTP/1.1: " + std::move(what));
}

}  // namespace

Told<bool> ReplyReader::take(std::string_view bytes) {
  pending_.erase(0, begin_);
  begin_ = 0;
  pending_ += bytes;
  while (part_ != Part::whole) {
    Told<bool> read = advance();
    if (!read) return read;
    if (!*read) return false;
  }
  if (begin_ != pending_.size() && !was_cut_) {
    return not_http("bytes follow the end of the answer");
  }
  return true;
}

Told<bool> ReplyReader::advance() {
  switch (part_) {
    case Part::head: return read_head();
    case Part::body:
    case Part::chunk: return read_body();
    case Part::chunk_size: return read_chunk_size();
    case Part::chunk_end: return read_chunk_end();
    case Part::trailer: return read_trailer();
    case Part::whole: break;
  }
  return true;
}

Told<bool> ReplyReader::next_line(std::string& line) {
  const std::size_t end = pending_.find("\r\n", begin_);
  if (end == std::string::npos) {
    if (pending_.size() - begin_ > limits_.head_bytes) return not_http("a line does not end");
    return false;
  }
  line = pending_.substr(begin_, end - begin_);
  begin_ = end + 2;
  return true;
}

Told<bool> ReplyReader::read_head() {
  const std::size_t end = pending_.find("\r\n\r\n", begin_);
  if (std::min(end, pending_.size()) > limits_.head_bytes) return not_http("its head is too long");
  if (end == std::string::npos) return false;
  std::string line;
  if (auto got = next_line(line); !got) return got;
  if (Told<> status = read_status(line); !status) return tell(status.error());
  while (true) {
    if (auto got = next_line(line); !got) return got;
    if (line.empty()) break;
    if (Told<> field = read_field(line); !field) return tell(field.error());
  }
  if (Told<> length = find_body_length(); !length) return tell(length.error());
  return true;
}

std::size_t ReplyReader::longest_body() const {
  return response_.status < 300 ? limits_.body_bytes
                                : std::max(limits_.body_bytes, longest_explanation);
}

// "HTTP/1.1 200 OK"
Told<> ReplyReader::read_status(std::string_view line) {
  const bool older = line.starts_with("HTTP/1.0 ");
  const bool shaped = (older || line.starts_with("HTTP/1.1 ")) && line.size() >= 12 &&
                      (line.size() == 12 || line[12] == ' ') && !has_control(line);
  const auto status = shaped ? crypto::from_decimal(line.substr(9, 3)) : std::nullopt;
  if (!status || *status < 200 || *status > 599) return not_http("its first line is not a status");
  response_.status = static_cast<int>(*status);
  keeps_alive_ = chunks_allowed_ = !older;
  return {};
}

Told<> ReplyReader::read_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos || line[colon - 1] == ' ' ||
      line.front() == ' ' || has_control(line)) {
    return not_http("a header line is malformed");
  }
  response_.fields.push_back(
      {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  return {};
}

Told<> ReplyReader::find_body_length() {
  std::optional<std::uint64_t> length;
  bool chunked = false;
  for (const Field& field : response_.fields) {
    if (same(field.name, "Content-Length")) {
      if (length) return not_http("it states its length twice");
      length = crypto::from_decimal(field.value);
      if (!length) return not_http("it states a length that is no number");
    } else if (same(field.name, "Transfer-Encoding")) {
      if (chunked || !chunks_allowed_ || !same(field.value, "chunked")) {
        return not_http("its coding is unknown");
      }
      chunked = true;
    } else if (same(field.name, "Content-Encoding") && !same(field.value, "identity")) {
      return tell("the server sends " + field.value + ", which was not asked for");
    } else if (same(field.name, "Connection")) {
      keeps_alive_ = keeps_alive_ && !same(field.value, "close");
    }
  }
  if (chunked && length) return not_http("it states a length and sends chunks");
  if (chunked) {
    part_ = Part::chunk_size;
    return {};
  }
  if (!length) {
    if (response_.status != 204 && response_.status != 304) return not_http("it has no length");
    length = 0;
  }
  if (*length > longest_body()) {
    if (!limits_.cut) {
      return tell("the answer has " + std::to_string(*length) + " bytes; at most " +
                  std::to_string(longest_body()) + " are taken");
    }
    was_cut_ = true;
    keeps_alive_ = false;
    length = longest_body() + 1;
  }
  remaining_ = *length;
  part_ = remaining_ == 0 ? Part::whole : Part::body;
  return {};
}

Told<bool> ReplyReader::read_body() {
  const std::size_t n =
      static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, pending_.size() - begin_));
  response_.body.append(pending_, begin_, n);
  begin_ += n;
  remaining_ -= n;
  if (remaining_ != 0) return false;
  part_ = part_ == Part::body || was_cut_ ? Part::whole : Part::chunk_end;
  return true;
}

Told<bool> ReplyReader::read_chunk_size() {
  std::string line;
  if (auto got = next_line(line); !got || !*got) return got;
  auto size = chunk_size_of(line);
  if (!size) return not_http("a chunk has no size");
  if (response_.body.size() + *size > longest_body()) {
    if (!limits_.cut) {
      return tell("the answer has more than " + std::to_string(longest_body()) + " bytes");
    }
    was_cut_ = true;
    keeps_alive_ = false;
    size = longest_body() + 1 - response_.body.size();
  }
  remaining_ = *size;
  part_ = remaining_ == 0 ? Part::trailer : Part::chunk;
  return true;
}

Told<bool> ReplyReader::read_chunk_end() {
  std::string line;
  if (auto got = next_line(line); !got || !*got) return got;
  if (!line.empty()) return not_http("a chunk is longer than its size");
  part_ = Part::chunk_size;
  return true;
}

// Fields behind the last chunk say nothing that is used here.
Told<bool> ReplyReader::read_trailer() {
  std::string line;
  if (auto got = next_line(line); !got || !*got) return got;
  if (line.empty()) part_ = Part::whole;
  return true;
}

}  // namespace api
