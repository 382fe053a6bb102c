#include "api/http_client.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "crypto/text.hpp"

namespace api {
namespace {

using Clock = std::chrono::steady_clock;

// Until when to wait, and who may end it before.
struct Patience {
  Clock::time_point deadline;
  const std::function<bool()>* give_up;
};

// Waits until the socket can be read or written; false where patience ends before.
bool wait_for(int socket, short what, const Patience& patience) {
  const bool asks = static_cast<bool>(*patience.give_up);
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(patience.deadline - Clock::now())
            .count();
    if (left <= 0 || (asks && (*patience.give_up)())) return false;
    pollfd asked{socket, what, 0};
    const int ready =
        poll(&asked, 1, static_cast<int>(std::min<long long>(left, asks ? 100 : 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

std::string error_text(int code) {
  return std::generic_category().message(code);
}

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Told<Addresses> resolve(const ServerAddress& server) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const std::string port = std::to_string(server.port);
  if (const int code = getaddrinfo(server.host.c_str(), port.c_str(), &hints, &list); code != 0) {
    return tell(gai_strerror(code));
  }
  return Addresses(list);
}

// A socket that is connected, or the reason why it is not.
Told<int> connect_to(const addrinfo& address, const Patience& patience) {
  const int fd = socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC,
                        address.ai_protocol);
  if (fd < 0) return tell(error_text(errno));
  const auto fail = [fd](std::string reason) {
    close(fd);
    return tell(std::move(reason));
  };
  if (connect(fd, address.ai_addr, address.ai_addrlen) == 0) return fd;
  if (errno != EINPROGRESS) return fail(error_text(errno));
  if (!wait_for(fd, POLLOUT, patience)) return fail("it does not answer in time");
  int code = 0;
  socklen_t size = sizeof code;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) != 0) return fail(error_text(errno));
  if (code != 0) return fail(error_text(code));
  return fd;
}

Told<> send_all(int socket, std::string_view bytes, const Patience& patience) {
  while (!bytes.empty()) {
    const ssize_t n = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket, POLLOUT, patience)) return tell("it does not take the request in time");
    } else if (errno != EINTR) {
      return tell(error_text(errno));
    }
  }
  return {};
}

// The next bytes; none at the end of the connection.
Told<std::string> receive(int socket, const Patience& patience) {
  std::string piece(65'536, '\0');
  while (true) {
    const ssize_t n = recv(socket, piece.data(), piece.size(), 0);
    if (n >= 0) {
      piece.resize(static_cast<std::size_t>(n));
      return piece;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!wait_for(socket, POLLIN, patience)) return tell("it does not answer in time");
    } else if (errno != EINTR) {
      return tell(error_text(errno));
    }
  }
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::string host_field(const ServerAddress& server) {
  const bool is_ipv6 = server.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? '[' + server.host + ']' : server.host;
  return server.port == 80 ? host : host + ':' + std::to_string(server.port);
}

std::string head_of(std::string_view method, const ServerAddress& server, std::string_view target) {
  return std::string(method) + ' ' + server.prefix + std::string(target) +
         " HTTP/1.1\r\nHost: " + host_field(server) +
         "\r\nAccept-Encoding: identity\r\nUser-Agent: itmo\r\n";
}

}  // namespace

Told<ServerAddress> parse_server_address(std::string_view url) {
  const auto wrong = [&](std::string_view why) {
    return tell('"' + std::string(url) + "\" is not a server's address: " + std::string(why) +
                ". Write it like http://127.0.0.1:8080");
  };
  if (url.starts_with("https://")) {
    return wrong("this program speaks plain HTTP; reach TLS through a local proxy");
  }
  if (!url.starts_with("http://") || !is_plain(url)) return wrong("it begins with http://");
  std::string_view rest = url.substr(7);
  ServerAddress out;
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  out.prefix = rest.substr(slash);
  while (out.prefix.ends_with('/')) out.prefix.pop_back();
  std::string_view authority = rest.substr(0, slash);
  std::size_t host_end = std::min(authority.find(':'), authority.size());
  if (authority.starts_with('[')) {
    host_end = authority.find(']');
    if (host_end == std::string_view::npos) return wrong("the bracket stays open");
    out.host = authority.substr(1, host_end - 1);
    ++host_end;
  } else {
    out.host = authority.substr(0, host_end);
  }
  if (out.host.empty() || authority.find('@') != std::string_view::npos ||
      out.prefix.find_first_of("?#") != std::string::npos) {
    return wrong("it is a host, a port and perhaps a path");
  }
  if (host_end < authority.size()) {
    const auto port = crypto::from_decimal(authority.substr(host_end + 1));
    if (authority[host_end] != ':' || !port || *port == 0 || *port > 65'535) {
      return wrong("its port is not a number from 1 to 65535");
    }
    out.port = static_cast<std::uint16_t>(*port);
  }
  return out;
}

HttpClient::~HttpClient() {
  disconnect();
}

void HttpClient::disconnect() {
  if (socket_ >= 0) close(socket_);
  socket_ = -1;
}

std::string HttpClient::named(const std::string& sentence) const {
  return "http://" + host_field(server_) + ": " + sentence;
}

Told<> HttpClient::connect() {
  if (socket_ >= 0) return {};
  const Told<Addresses> addresses = resolve(server_);
  if (!addresses) return tell(addresses.error());
  const Patience patience{Clock::now() + limits_.connect, &limits_.give_up};
  std::string reason = "it has no address";
  for (const addrinfo* each = addresses->get(); each != nullptr; each = each->ai_next) {
    const Told<int> connected = connect_to(*each, patience);
    if (connected) {
      socket_ = *connected;
      return {};
    }
    reason = connected.error();
  }
  return tell(reason);
}

Told<Response> HttpClient::try_exchange(const std::string& request, const ReplyLimits& limits,
                                        bool& answered) {
  const Patience patience{Clock::now() + limits_.exchange, &limits_.give_up};
  if (Told<> sent = send_all(socket_, request, patience); !sent) return tell(sent.error());
  ReplyReader reader(limits);
  while (true) {
    const Told<std::string> piece = receive(socket_, patience);
    if (!piece) return tell(piece.error());
    if (piece->empty()) return tell("it closed the connection before its answer was whole");
    answered = true;
    const Told<bool> whole = reader.take(*piece);
    if (!whole) return tell(whole.error());
    if (!*whole) continue;
    if (!reader.keeps_alive()) disconnect();
    return std::move(reader).release();
  }
}

// A kept connection may have been closed meanwhile: then, and only then, once more on a new one.
Told<Response> HttpClient::exchange(std::string_view method, std::string_view target,
                                    std::string_view rest, const ReplyLimits& limits) {
  if (!target.starts_with('/') || !is_plain(target)) {
    return tell(named('"' + std::string(target) + "\" cannot be asked for"));
  }
  const std::string request = head_of(method, server_, target) + std::string(rest);
  const bool kept = socket_ >= 0;
  if (Told<> connected = connect(); !connected) return tell(named(connected.error()));
  bool answered = false;
  Told<Response> response = try_exchange(request, limits, answered);
  if (!response && kept && !answered) {
    disconnect();
    if (Told<> connected = connect(); !connected) return tell(named(connected.error()));
    response = try_exchange(request, limits, answered);
  }
  if (!response) {
    disconnect();
    return tell(named(response.error()));
  }
  return response;
}

Told<Response> HttpClient::get(std::string_view target) {
  return exchange("GET", target, "\r\n", limits_.reply);
}

Told<Response> HttpClient::get_up_to(std::string_view target, std::size_t most) {
  return exchange("GET", target, "\r\n", {limits_.reply.head_bytes, most, true});
}

Told<Response> HttpClient::post(std::string_view target, std::string_view media,
                                std::string_view body) {
  return exchange("POST", target,
                  "Content-Type: " + std::string(media) + "\r\nContent-Length: " +
                      std::to_string(body.size()) + "\r\n\r\n" + std::string(body),
                  limits_.reply);
}

}  // namespace api
