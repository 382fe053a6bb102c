#include "api/http.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "ledger/ensure.hpp"

namespace api {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> find(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (same_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

// RFC 9110, 5.6.7.
std::string date_of_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 40> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

}  // namespace

std::optional<std::string_view> Request::field(std::string_view name) const {
  return find(fields, name);
}

std::optional<std::string_view> Response::field(std::string_view name) const {
  return find(fields, name);
}

Response& Response::set(std::string_view name, std::string value) {
  ENSURE(value.find_first_of("\r\n") == std::string::npos, "a field's value is one line");
  for (Field& field : fields) {
    if (!same_name(field.name, name)) continue;
    field.value = std::move(value);
    return *this;
  }
  fields.push_back({std::string(name), std::move(value)});
  return *this;
}

std::string_view reason_of(int status) {
  struct Reason {
    int status;
    std::string_view phrase;
  };
  static constexpr std::array<Reason, 18> reasons{{{200, "OK"},
                                                   {201, "Created"},
                                                   {204, "No Content"},
                                                   {304, "Not Modified"},
                                                   {400, "Bad Request"},
                                                   {404, "Not Found"},
                                                   {405, "Method Not Allowed"},
                                                   {408, "Request Timeout"},
                                                   {409, "Conflict"},
                                                   {413, "Content Too Large"},
                                                   {414, "URI Too Long"},
                                                   {415, "Unsupported Media Type"},
                                                   {417, "Expectation Failed"},
                                                   {422, "Unprocessable Content"},
                                                   {431, "Request Header Fields Too Large"},
                                                   {500, "Internal Server Error"},
                                                   {503, "Service Unavailable"},
                                                   {505, "HTTP Version Not Supported"}}};
  for (const Reason& each : reasons) {
    if (each.status == status) return each.phrase;
  }
  return {};
}

std::string format_head(const Response& response, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " +
                     std::string(reason_of(response.status)) + "\r\n";
  const auto add = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  add("Date", date_of_now());
  for (const Field& field : response.fields) add(field.name, field.value);
  if (response.status != 204 && response.status != 304) {
    add("Content-Length", std::to_string(response.body.size() + response.rest.size));
  }
  if (!keep_alive) add("Connection", "close");
  return head + "\r\n";
}

}  // namespace api
