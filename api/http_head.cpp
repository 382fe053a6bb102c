#include "api/http_head.hpp"

#include <algorithm>

namespace api {
namespace {

using Refused = tl::unexpected<Fault>;

Refused refuse(int status, std::string detail) {
  return Refused(Fault{status, std::move(detail)});
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alpha(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_method(std::string_view text) {
  return !text.empty() && text.size() <= 16 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Visible characters, spaces, tabs and opaque bytes above ASCII (RFC 9110, 5.5).
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alpha(c) || is_digit(c) ||
           std::string_view("-._~:[]").find(c) != std::string_view::npos;
  });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool equal_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

// Takes the text up to the next line end off the front.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

// ---- request line ----

tl::expected<bool, Fault> read_request_line(std::string_view line, Request& request) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_method(line.substr(0, first))) {
    return refuse(400,
                  "The first line of a request is a method in capital letters, a target and "
                  "HTTP/1.1, with one space between them.");
  }
  const std::string_view version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return refuse(505, "This server speaks HTTP/1.1.");
  }
  const std::string_view target = line.substr(first + 1, last - first - 1);
  auto read = read_target(target);
  if (!read) return Refused(std::move(read).error());
  request.method = line.substr(0, first);
  request.target = target;
  request.path = std::move(read->path);
  request.query = std::move(read->query);
  return version == "HTTP/1.1";
}

// ---- fields ----

tl::expected<void, Fault> read_fields(std::string_view rest, Request& request) {
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    if (line.front() == ' ' || line.front() == '\t') {
      return refuse(400, "A header field stands on one line; folding is obsolete.");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
        !is_field_value(line.substr(colon + 1))) {
      return refuse(400,
                    "A header field is a name, a colon right behind it, and a value without "
                    "control characters.");
    }
    if (request.fields.size() == most_fields) {
      return refuse(431, "A request has at most 100 header fields.");
    }
    request.fields.push_back(
        {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  }
  return {};
}

std::vector<std::string_view> values_of(const Request& request, std::string_view lower_name) {
  std::vector<std::string_view> values;
  for (const Field& field : request.fields) {
    if (equal_ignoring_case(field.name, lower_name)) values.push_back(field.value);
  }
  return values;
}

// ---- framing: where the body ends must have one reading ----

tl::expected<void, Fault> read_host(const Request& request, bool is_1_1) {
  const auto hosts = values_of(request, "host");
  if (hosts.size() > 1 || (is_1_1 && hosts.empty())) {
    return refuse(400, "A request has exactly one Host field.");
  }
  if (!hosts.empty() && !is_host(hosts[0])) return refuse(400, "The Host field names no host.");
  return {};
}

tl::expected<void, Fault> read_content_length(Head& head) {
  const auto lengths = values_of(head.request, "content-length");
  if (lengths.empty()) return {};
  const std::string_view text = lengths[0];
  if (lengths.size() > 1 || text.empty() || text.size() > 15 ||
      !std::all_of(text.begin(), text.end(), is_digit)) {
    return refuse(400, "A request has at most one Content-Length field, of digits only.");
  }
  head.content_length = std::stoull(std::string(text));
  return {};
}

tl::expected<void, Fault> read_transfer_encoding(Head& head, bool is_1_1) {
  const auto encodings = values_of(head.request, "transfer-encoding");
  if (encodings.empty()) return {};
  if (!is_1_1 || encodings.size() > 1 || !equal_ignoring_case(encodings[0], "chunked")) {
    return refuse(400, "The only Transfer-Encoding that this server reads is `chunked`, once.");
  }
  if (head.content_length) {
    return refuse(400, "A request has a Content-Length or a Transfer-Encoding, never both.");
  }
  head.chunked = true;
  return {};
}

tl::expected<void, Fault> read_framing(Head& head, bool is_1_1) {
  if (auto ok = read_host(head.request, is_1_1); !ok) return ok;
  if (auto ok = read_content_length(head); !ok) return ok;
  return read_transfer_encoding(head, is_1_1);
}

// ---- what else a server has to know ----

bool asks_to_close(const Request& request) {
  for (std::string_view value : values_of(request, "connection")) {
    while (!value.empty()) {
      const std::size_t comma = value.find(',');
      if (equal_ignoring_case(trimmed(value.substr(0, comma)), "close")) return true;
      value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
  }
  return false;
}

tl::expected<void, Fault> read_expectations(Head& head) {
  for (std::string_view value : values_of(head.request, "content-encoding")) {
    if (!equal_ignoring_case(value, "identity")) {
      return refuse(415, "A body is sent as it is, without Content-Encoding.");
    }
  }
  for (std::string_view value : values_of(head.request, "expect")) {
    if (!equal_ignoring_case(value, "100-continue")) {
      return refuse(417, "The only expectation that this server meets is `100-continue`.");
    }
    head.expects_continue = true;
  }
  return {};
}

// ---- targets ----

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Nothing where an escape is none, or stands for a slash, a control character or beyond ASCII.
std::optional<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const int code = high * 16 + low;
    if (code < 0x20 || code > 0x7e || code == '/') return std::nullopt;
    out += static_cast<char>(code);
    i += 2;
  }
  return out;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(slash);
  }
  return false;
}

const char* const plain_target =
    "A target is a path that begins with one slash, and perhaps a query, in ASCII; without `//`, "
    "`.` or `..` between slashes, and without escapes of slashes or control characters.";

tl::expected<void, Fault> read_query(std::string_view text, Target& target) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = unescaped(pair.substr(0, equals));
    auto value = unescaped(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value || name->empty()) {
      return refuse(400, "A query is `name=value` pairs with `&` between them.");
    }
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

}  // namespace

tl::expected<std::size_t, Fault> find_head(std::string_view bytes, std::size_t limit) {
  const std::string_view within = bytes.substr(0, limit);
  std::size_t line = 0;
  for (std::size_t at = within.find('\n'); at != std::string_view::npos;
       at = within.find('\n', line)) {
    if (at == 0 || within[at - 1] != '\r') return refuse(400, "Lines of a header end in CR LF.");
    if (at - line == 1) return at + 1;
    line = at + 1;
  }
  if (bytes.size() < limit) return 0;
  if (line == 0) return refuse(414, "The first line of the request is too long.");
  return refuse(431, "A header has at most " + std::to_string(limit) + " bytes.");
}

tl::expected<Target, Fault> read_target(std::string_view target) {
  if (target.size() > longest_target) {
    return refuse(414, "A target has at most 2,048 bytes.");
  }
  const bool printable = std::all_of(target.begin(), target.end(),
                                     [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (!printable || target.empty() || target.front() != '/') return refuse(400, plain_target);
  const std::size_t question = std::min(target.find('?'), target.size());
  auto path = unescaped(target.substr(0, question));
  if (!path || path->find("//") != std::string::npos || has_dot_segment(*path)) {
    return refuse(400, plain_target);
  }
  Target out{std::move(*path), {}};
  if (auto ok = read_query(target.substr(std::min(question + 1, target.size())), out); !ok) {
    return Refused(std::move(ok).error());
  }
  return out;
}

tl::expected<Head, Fault> read_head(std::string_view head) {
  Head out;
  const std::string_view line = take_line(head);
  auto is_1_1 = read_request_line(line, out.request);
  if (!is_1_1) return Refused(std::move(is_1_1).error());
  if (auto ok = read_fields(head, out.request); !ok) return Refused(std::move(ok).error());
  if (auto ok = read_framing(out, *is_1_1); !ok) return Refused(std::move(ok).error());
  if (auto ok = read_expectations(out); !ok) return Refused(std::move(ok).error());
  out.keep_alive = *is_1_1 && !asks_to_close(out.request);
  return out;
}

}  // namespace api
