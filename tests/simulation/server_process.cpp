#include "tests/simulation/server_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <thread>

#include "api/story.hpp"
#include "crypto/pem.hpp"
#include "ledger/ensure.hpp"
#include "tests/support/story_log.hpp"

extern char** environ;

namespace simulation {

namespace fs = std::filesystem;
namespace story = api::story;

ServerProcess::ServerProcess(const test_support::ScratchFolder& folder) : folder_(folder) {
  story::Cast cast = story::Cast::derived();
  for (const char* name : {"log", "service"}) {
    const std::string file = std::string(name) + ".pem";
    folder.write(file, crypto::format_private_pem(cast.key(name)));
    ENSURE(chmod(folder.file(file).c_str(), 0600) == 0, "a test's key file is its own");
  }
  folder.write("operator.pub.pem", crypto::format_public_pem(cast.public_key("operator")));
  folder.write("ledgerd.toml", "origin = \"" + std::string(test_support::story_origin) +
                                   "\"\n"
                                   "[paths]\ndata = \"data\"\nviews = \"views\"\n"
                                   "lock_slot = \"slot\"\n"
                                   "[keys]\nlog = \"log.pem\"\nservice = \"service.pem\"\n"
                                   "operator = \"operator.pub.pem\"\n"
                                   "[listen]\nport = 0\n");
}

ServerProcess::~ServerProcess() {
  kill();
}

void ServerProcess::start() {
  fs::remove(folder_.file("ready"));
  const std::string log = folder_.file("server.log");
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_addopen(&streams, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&streams, 1, 2);
  std::array<std::string, 5> words = {ITMO_BIN_DIR "/itmo-ledgerd", "--config",
                                      folder_.file("ledgerd.toml"), "--ready-file",
                                      folder_.file("ready")};
  std::array<char*, 6> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  const int failed =
      posix_spawn(&pid_, words[0].c_str(), &streams, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  ENSURE(failed == 0, "bin/itmo-ledgerd is built and starts");
}

std::optional<std::uint16_t> ServerProcess::wait_until_ready() {
  for (int i = 0; i < 3'000 && !has_ended(); ++i) {
    if (fs::exists(folder_.file("ready"))) {
      const std::string url = folder_.read("ready");
      const std::size_t at = url.find_last_of(':') + 1;
      std::uint16_t port = 0;
      std::from_chars(url.data() + at, url.data() + url.size(), port);
      return port;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return std::nullopt;
}

void ServerProcess::kill() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

bool ServerProcess::has_ended() {
  if (pid_ == 0 || waitpid(pid_, nullptr, WNOHANG) != pid_) return pid_ == 0;
  pid_ = 0;
  return true;
}

std::string ServerProcess::said() const {
  return fs::exists(folder_.file("server.log")) ? folder_.read("server.log") : "nothing";
}

// ---- client ----

Client::Client(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

Client::~Client() {
  if (socket_ >= 0) close(socket_);
}

bool Client::send_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::receive() {
  std::array<char, 16'384> buffer;
  const ssize_t got = recv(socket_, buffer.data(), buffer.size(), 0);
  if (got <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<Answer> Client::post(std::string_view path, std::string_view body) {
  if (socket_ < 0) return std::nullopt;
  std::string request = "POST " + std::string(path) +
                        " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        "Content-Length: " +
                        std::to_string(body.size()) + "\r\n\r\n";
  request += body;
  if (!send_all(request)) return std::nullopt;
  std::size_t head = 0;
  while ((head = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return std::nullopt;
  }
  constexpr std::string_view length_name = "Content-Length: ";
  const std::size_t length_at = received_.find(length_name);
  if (length_at > head || received_.size() < 12) return std::nullopt;
  std::size_t length = 0;
  std::from_chars(received_.data() + length_at + length_name.size(), received_.data() + head,
                  length);
  while (received_.size() < head + 4 + length) {
    if (!receive()) return std::nullopt;
  }
  Answer answer;
  std::from_chars(received_.data() + 9, received_.data() + 12, answer.status);
  answer.body = received_.substr(head + 4, length);
  received_.erase(0, head + 4 + length);
  return answer;
}

}  // namespace simulation
