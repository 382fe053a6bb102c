// The real server, run by the demonstration.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "api/demo_process.hpp"
#include "api/http_client.hpp"
#include "api/told.hpp"

namespace api::demo {

// An itmo-ledgerd that answers, stopped at the latest with this object. One thread.
class Server {
 public:
  // Starts it and waits until it listens; its output goes to `server.log` beside the configuration.
  [[nodiscard]] static Told<Server> start(const std::filesystem::path& config,
                                          const std::filesystem::path& programs,
                                          StopSignals& signals);

  [[nodiscard]] const ServerAddress& address() const { return address_; }
  [[nodiscard]] std::string url() const;
  [[nodiscard]] bool has_ended() { return process_.ended().has_value(); }
  // Fails where it does not stop cleanly.
  [[nodiscard]] Told<> stop();

 private:
  Server(Process process, ServerAddress address, std::filesystem::path log)
      : process_(std::move(process)), address_(std::move(address)), log_(std::move(log)) {}
  Process process_;
  ServerAddress address_;
  std::filesystem::path log_;
};

}  // namespace api::demo
