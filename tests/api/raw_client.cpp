#include "tests/api/raw_client.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>

namespace api_test {

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

RawClient::~RawClient() {
  ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

bool RawClient::read_more() {
  std::array<char, 16'384> piece;
  const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
  if (got > 0) in_.append(piece.data(), static_cast<std::size_t>(got));
  return got > 0;
}

std::string RawClient::read_to_end() {
  while (read_more()) {
  }
  return std::exchange(in_, {});
}

std::string RawClient::read_head() {
  std::size_t end = in_.find("\r\n\r\n");
  while (end == std::string::npos && read_more()) end = in_.find("\r\n\r\n");
  if (end == std::string::npos) return std::exchange(in_, {});
  std::string head = in_.substr(0, end + 4);
  in_.erase(0, end + 4);
  return head;
}

std::string RawClient::read_response() {
  std::string response = read_head();
  const std::size_t field = response.find("Content-Length: ");
  if (field == std::string::npos) return response;
  const std::size_t length = std::stoul(response.substr(field + 16));
  while (in_.size() < length && read_more()) {
  }
  response += in_.substr(0, length);
  in_.erase(0, length);
  return response;
}

bool RawClient::is_closed() {
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) == 0;
}

int status_of(std::string_view response) {
  if (!response.starts_with("HTTP/1.1 ") || response.size() < 12) return 0;
  return std::stoi(std::string(response.substr(9, 3)));
}

std::string body_of(std::string_view response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string() : std::string(response.substr(end + 4));
}

std::string exchange(std::uint16_t port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  return client.read_to_end();
}

}  // namespace api_test
