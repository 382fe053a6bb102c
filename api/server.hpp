// A whole server: store, lock slot, ledger, views, committer and HTTP, made from a configuration
// and keys. What itmo-ledgerd runs; tests run it in process.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/committer.hpp"
#include "api/config.hpp"
#include "api/told.hpp"
#include "ledger/clause.hpp"
#include "ledger/time.hpp"

namespace api {

// Serves from `start` to `stop`. One thread uses it.
class Server {
 public:
  // Opens or makes the log, verifies every line of it up to the signed root, brings the views up
  // and listens. Rows of views that are altered are made again. `failed` is told once, on a thread
  // of the server, that a write failed: the process should then stop the server and end.
  [[nodiscard]] static Told<std::unique_ptr<Server>> start(const Config& config, Keys keys,
                                                           Committer::Clock clock,
                                                           Committer::Failed failed);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Stops as `stop` does.
  ~Server();

  [[nodiscard]] std::string url() const;
  [[nodiscard]] ledger::Seq size() const;  // published
  [[nodiscard]] bool is_demonstration() const;
  // Why the log or its views cannot be written any more, once that is so.
  [[nodiscard]] std::optional<ledger::Violation> failure() const;

  // Answers what was taken in, closes connections, makes the views durable and ends all threads.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The machine's clock, in UTC.
[[nodiscard]] ledger::Timestamp now();

}  // namespace api
