// The server as a process that a test starts and kills, and a client with one connection to it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/scratch.hpp"

namespace simulation {

// itmo-ledgerd with its keys, configuration and directories below one folder: "data", "views",
// "slot". Its keys are those of the story. One thread starts and kills it.
class ServerProcess {
 public:
  explicit ServerProcess(const test_support::ScratchFolder& folder);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  void start();
  // Its port once it answers; nothing where it ended or says nothing for half a minute.
  [[nodiscard]] std::optional<std::uint16_t> wait_until_ready();
  // SIGKILL: it gets no chance to write anything more. Waits until it is gone.
  void kill();
  // What it wrote about itself.
  [[nodiscard]] std::string said() const;

 private:
  [[nodiscard]] bool has_ended();

  const test_support::ScratchFolder& folder_;
  pid_t pid_ = 0;  // 0: not running
};

struct Answer {
  int status = 0;
  std::string body;
};

// One thread. Everything that goes wrong is "no answer": the server was killed.
class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] std::optional<Answer> post(std::string_view path, std::string_view body);

 private:
  [[nodiscard]] bool send_all(std::string_view bytes) const;
  [[nodiscard]] bool receive();  // appends to received_
  int socket_ = -1;
  std::string received_;
};

}  // namespace simulation
