#include "tests/api/served.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "api/refusal.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"

namespace api_test {

using crypto::SecretKey;

api::Keys scene_keys() {
  const auto copy = [](const char* name) {
    return SecretKey::from_seed(scene::cast().key(name).seed());
  };
  return {copy("log"), copy("service"), scene::cast().public_key("operator")};
}

crypto::VerifierKey scene_log_key() {
  return crypto::make_verifier_key(scene::origin, scene::cast().public_key("log"));
}

std::string submission_of(const Act& act, bool with_time) {
  return scene::story::submission_of(act, scene::cast(), with_time);
}

Act account_act(const std::string& id, std::string_view time) {
  return scene::act("open-" + id, scene::story::at(time), scene::story::account(id, "XHA", "XHA99"),
                    {"XHA", "XHA-CMO"});
}

// ---- the server ----

Served::Served(const std::function<void(api::Config&)>& change) {
  config_.origin = scene::origin;
  config_.data = folder_.file("log");
  config_.views = folder_.file("views");
  config_.lock_slot = folder_.file("elsewhere/slot");
  config_.port = 0;
  std::filesystem::create_directory(config_.lock_slot.parent_path());
  if (change) change(config_);
  start();
}

void Served::start() {
  api::Keys keys = scene_keys();
  if (!config_.state_key.empty()) {
    keys.state = SecretKey::from_seed(scene::cast().key("operator").seed());
  }
  start(std::move(keys));
}

void Served::start(api::Keys keys) {
  auto started = api::Server::start(config_, std::move(keys), api::now, [](const auto&) {});
  if (!started) throw std::runtime_error(started.error());  // nothing of the test makes sense then
  server_ = std::move(*started);
  url_ = server_->url();
  client_ = std::make_unique<api::HttpClient>(*api::parse_server_address(url_));
}

void Served::stop() {
  client_.reset();
  server_.reset();
}

void Served::make_views_again() {
  stop();
  EXPECT_GT(std::filesystem::remove_all(config_.views), 0u);
  start();
}

api::Response Served::get(const std::string& target) {
  auto response = client_->get(target);
  if (response) return *response;
  ADD_FAILURE() << response.error();
  return {0, {}, {}};
}

Json Served::get_json(const std::string& target) {
  const api::Response response = get(target);
  EXPECT_EQ(response.status, 200) << target << ": " << response.body;
  return json_of(response);
}

api::Response Served::post(std::string_view submission) {
  auto response = client_->post("/v1/events", "application/json", submission);
  if (response) return *response;
  ADD_FAILURE() << response.error();
  return {0, {}, {}};
}

api::Response Served::post_batch(std::string_view lines) {
  auto response = client_->post("/v1/events/batch", "application/x-ndjson", lines);
  if (response) return *response;
  ADD_FAILURE() << response.error();
  return {0, {}, {}};
}

api::Response Served::send(const Act& act) {
  return post(submission_of(act));
}

void Served::tell(std::string_view name) {
  const scene::Setup& setup = scene::setup(name);
  if (!setup.after.empty()) tell(setup.after);
  for (const Act& act : setup.acts) {
    const api::Response response = send(act);
    // 200: it was told before.
    ASSERT_TRUE(response.status == 201 || response.status == 200) << response.body;
  }
}

void Served::open_accounts(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "XHA-more-" + std::to_string(++accounts_);
    lines += submission_of(account_act(id, "2029-06-01T08:00:00.000Z")) + "\n";
  }
  const api::Response response = post_batch(lines);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(response.body.find("\"code\""), std::string::npos) << response.body.substr(0, 1'000);
}

// ---- what is checked of answers ----

Json json_of(const api::Response& response) {
  Json json = Json::parse(response.body, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << response.body;
  return json;
}

std::string receipt_problem(const Json& receipt) {
  if (!receipt.contains("entry") || !receipt.contains("proof")) return "no receipt";
  const std::string entry = receipt["entry"];
  const auto proof = crypto::parse_tlog_proof(receipt["proof"].get<std::string>());
  if (!proof) return "the proof is no tlog-proof";
  const auto checkpoint = crypto::open_checkpoint(proof->checkpoint, scene_log_key());
  if (!checkpoint) return "the log key did not sign the checkpoint";
  if (proof->index != receipt["seq"].get<std::uint64_t>()) return "another index";
  const auto parts = ledger::decode_line(entry);
  if (!parts || parts->seq != proof->index) return "the entry is not the line of that number";
  const bool included = crypto::verify_inclusion(crypto::leaf_hash(entry), proof->index,
                                                 checkpoint->size, proof->hashes, checkpoint->root);
  return included ? "" : "the entry is not in the tree";
}

std::string refusal_problem(const Json& problem, const std::string& clause,
                            const std::string& event) {
  if (problem.value("code", "") != clause) return "code " + problem.value("code", "none");
  const std::string text = problem.value("signed", "");
  const auto refusal = api::decode_refusal(text);
  if (!refusal) return "no signed refusal: " + text;
  if (refusal->clause != clause) return "signed for " + refusal->clause;
  if (refusal->ledger != scene::origin) return "signed for " + refusal->ledger;
  if (crypto::to_hex(refusal->event.view()) != event) return "signed for another event";
  if (problem.value("event", "") != event) return "of another event";
  const auto bytes = crypto::from_base64(problem.value("signature", ""));
  const auto signature = bytes ? crypto::Signature::from(*bytes) : std::nullopt;
  if (!signature) return "no signature";
  const auto key = scene::cast().public_key("service");
  return api::verify_refusal(text, key, *signature) ? "" : "the signature does not verify";
}

}  // namespace api_test
