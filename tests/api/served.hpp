// A whole server on real sockets and a real disk, and what tests ask it for.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_client.hpp"
#include "api/server.hpp"
#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/scratch.hpp"

namespace api_test {

namespace scene = test_support::scene;
using scene::story::Act;
using Json = nlohmann::json;

// A server of the scene's origin and keys. Stops at the end. One thread; `url` from any.
class Served {
 public:
  explicit Served(const std::function<void(api::Config&)>& change = {});

  void start();
  void start(api::Keys keys);
  void stop();
  // Stops, throws the views away and starts again.
  void make_views_again();

  [[nodiscard]] api::Response get(const std::string& target);
  [[nodiscard]] Json get_json(const std::string& target);  // fails the test unless 200
  [[nodiscard]] api::Response post(std::string_view submission);
  [[nodiscard]] api::Response post_batch(std::string_view lines);
  [[nodiscard]] api::Response send(const Act& act);
  // Sends what a test takes for granted: everything of a setup of the scene, once more or anew.
  void tell(std::string_view setup);
  // Likewise `count` accounts, opened one after the other in one batch.
  void open_accounts(std::size_t count);

  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] std::uint16_t port() const { return client_->server().port; }
  [[nodiscard]] const api::Config& config() const { return config_; }
  [[nodiscard]] api::Server& server() { return *server_; }
  [[nodiscard]] const test_support::ScratchFolder& folder() const { return folder_; }

 private:
  test_support::ScratchFolder folder_;
  api::Config config_;
  std::unique_ptr<api::Server> server_;
  std::string url_;
  std::unique_ptr<api::HttpClient> client_;
  std::size_t accounts_ = 0;
};

[[nodiscard]] api::Keys scene_keys();
[[nodiscard]] crypto::VerifierKey scene_log_key();
[[nodiscard]] std::string submission_of(const Act& act, bool with_time = true);
// An account of XHA's secretariat and XHA, as an act of its own.
[[nodiscard]] Act account_act(const std::string& id, std::string_view time);

[[nodiscard]] Json json_of(const api::Response& response);
// One sentence on what is wrong with {entry, proof}; empty where it verifies offline.
[[nodiscard]] std::string receipt_problem(const Json& receipt);
// Likewise of the signed part of a problem that refuses `event` (its hash in hex) by `clause`.
[[nodiscard]] std::string refusal_problem(const Json& problem, const std::string& clause,
                                          const std::string& event);

}  // namespace api_test
