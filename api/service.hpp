// The routes of a server: from a request to the functions of the ledger and the views, and back. No
// rule of the ledger is here, and no route reads the Machine.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "api/committer.hpp"
#include "api/http.hpp"
#include "api/witnesses.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/store.hpp"
#include "ledger/table.hpp"

namespace api {

// What the routes work with; all of it outlives them. Any thread.
struct Backend {
  Committer& committer;
  const ledger::Store& store;
  const ledger::Table& views;
  const crypto::SecretKey& service_key;
  std::string origin;
  std::size_t batch_lines = 0;
  std::size_t batch_bytes = 0;
  std::filesystem::path documents;  // files of public ones; empty: none are kept
  Witnesses* witnesses = nullptr;   // none: nobody but the log key vouches for the log

  // Whether every answer must say that this is a demonstration.
  [[nodiscard]] bool demonstration() const;
};

class Service final : public Handler {
 public:
  explicit Service(Backend backend) : backend_(std::move(backend)) {}

  [[nodiscard]] std::size_t body_limit(std::string_view method,
                                       std::string_view path) const override;
  void handle(Exchange exchange) override;
  [[nodiscard]] Response refuse(const Fault& fault) const override;

 private:
  void find_and_run(Exchange exchange) const;
  [[nodiscard]] Response answer_unmatched(const Request& request, int status,
                                          std::string allow) const;
  const Backend backend_;
};

}  // namespace api
