// A witness of the tests: a real HTTP server that keeps the rules of C2SP tlog-witness, or breaks
// them as it is told.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/http.hpp"
#include "api/http_server.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/cosignature.hpp"

namespace api_test {

// Watches the scene's log. Any thread.
class TestWitness final : public api::Handler {
 public:
  explicit TestWitness(const std::string& name);
  ~TestWitness() override;

  // "witness NAME VKEY URL\n", as a policy has it.
  [[nodiscard]] std::string policy_line() const;
  [[nodiscard]] const crypto::WitnessKey& key() const { return key_; }
  [[nodiscard]] std::string url() const { return server_->url(); }

  // What it answers from now on instead of doing its work; an answer without a status is none:
  // whoever asks is left hanging. Nothing: it works.
  using Mood = std::function<api::Response(const api::Request&)>;
  void answer_with(Mood mood);
  void hang();
  void work() { answer_with(nullptr); }
  // Whether it shows its checkpoint to who asks for it.
  void show(bool shows);
  // Whether its cosignatures are of another time, in seconds from now.
  void shift_time(std::int64_t seconds);
  // What it says, and believes, that it saw.
  void remember(const crypto::Checkpoint& checkpoint, const std::string& note);

  [[nodiscard]] std::uint64_t size() const;  // that it cosigned last
  [[nodiscard]] std::size_t requests() const;
  [[nodiscard]] std::size_t most_in_flight() const;
  // Waits until it was asked so often, at most ten seconds.
  [[nodiscard]] bool was_asked(std::size_t requests) const;
  // Statuses of its answers to add-checkpoint, in order.
  [[nodiscard]] std::vector<int> statuses() const;

  [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view) const override;
  void handle(api::Exchange exchange) override;
  [[nodiscard]] api::Response refuse(const api::Fault& fault) const override;

 private:
  [[nodiscard]] api::Response add_checkpoint(std::string_view body);
  [[nodiscard]] api::Response shown(const api::Request& request) const;

  const crypto::SecretKey secret_;
  const crypto::WitnessKey key_;
  const std::string name_;
  mutable std::mutex mutex_;  // guards the fields below
  mutable std::condition_variable asked_;
  Mood mood_;
  bool shows_ = true;
  std::int64_t shift_ = 0;
  crypto::Checkpoint seen_;
  std::string note_;
  std::size_t requests_ = 0, in_flight_ = 0, most_in_flight_ = 0;
  std::vector<int> statuses_;
  std::unique_ptr<api::HttpServer> server_;
};

// An address at which nobody listens.
[[nodiscard]] std::string dead_url();

// Plain text of that status.
[[nodiscard]] api::Response plain(int status, std::string body);

}  // namespace api_test
