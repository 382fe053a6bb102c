#include "api/demo_server.hpp"

#include <chrono>
#include <system_error>
#include <thread>

#include "api/itmo_files.hpp"

namespace api::demo {
namespace {

namespace fs = std::filesystem;

std::string last_line_of(const fs::path& log) {
  Told<std::string> text = itmo::read_file(log);
  if (!text) return text.error();
  while (text->ends_with('\n')) text->pop_back();
  return text->substr(text->rfind('\n') + 1);
}

// The server says where it listens in the file that it is told to write.
Told<ServerAddress> wait_for_server(Process& server, const fs::path& ready, const fs::path& log,
                                    StopSignals& signals) {
  for (int tries = 0; tries < 3'000 && !signals.came(); ++tries) {
    if (server.ended()) {
      return tell("the server ended by itself. Its last words: " + last_line_of(log));
    }
    std::error_code error;
    if (fs::exists(ready, error)) {
      Told<std::string> url = itmo::read_file(ready);
      if (!url) return tell(url.error());
      while (url->ends_with('\n')) url->pop_back();
      return parse_server_address(*url);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return tell("the server was not ready within a minute; see " + log.string());
}

}  // namespace

Told<Server> Server::start(const fs::path& config, const fs::path& programs, StopSignals& signals) {
  const fs::path log = config.parent_path() / "server.log";
  const fs::path ready = config.parent_path() / "server.url";
  std::error_code error;
  fs::remove(ready, error);  // of an earlier start
  Told<Process> started =
      Process::start({programs / "itmo-ledgerd", "--config", config, "--ready-file", ready}, log);
  if (!started) return tell(started.error());
  Told<ServerAddress> address = wait_for_server(*started, ready, log, signals);
  if (!address) return tell(address.error());
  return Server(std::move(*started), std::move(*address), log);
}

std::string Server::url() const {
  return "http://" + address_.host + ':' + std::to_string(address_.port);
}

Told<> Server::stop() {
  const int status = process_.stop();
  if (status == 0) return {};
  return tell("the server did not stop cleanly (exit status " + std::to_string(status) + "); see " +
              log_.string());
}

}  // namespace api::demo
