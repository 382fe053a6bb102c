// Stopping and starting a whole server: what was acknowledged stays, what is altered is not served.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

TEST(Restart, KeepsEverythingThatWasAcknowledgedUnderLoad) {
  Served served;
  served.tell("enrolled");
  std::mutex mutex;
  std::map<std::string, std::string> acknowledged;  // receipts by submission
  std::vector<std::string> submissions;
  for (int i = 0; i < 400; ++i) {
    submissions.push_back(
        submission_of(account_act("XHA-" + std::to_string(i), "2029-01-01T08:00:00.000Z")));
  }
  std::atomic<std::size_t> next = 0;
  const auto submit_until_closed = [&] {
    api::HttpClient client(*api::parse_server_address(served.url()));
    for (std::size_t i = next++; i < submissions.size(); i = next++) {
      const auto response = client.post("/v1/events", "application/json", submissions[i]);
      if (!response || response->status == 503) return;
      EXPECT_LE(response->status, 201) << response->body;  // 200 where a client sent it twice
      const std::lock_guard lock(mutex);
      acknowledged[submissions[i]] = response->body;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(submit_until_closed);
  while (true) {
    const std::lock_guard lock(mutex);
    if (acknowledged.size() >= 20) break;
  }
  served.server().stop();
  for (std::thread& thread : threads) thread.join();
  served.stop();
  served.start();
  for (const auto& [submission, receipt] : acknowledged) {
    const api::Response again = served.post(submission);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, receipt);
  }
}

TEST(Restart, GivesTheSameCheckpointReceiptsAndTiles) {
  Served served;
  served.tell("settled");
  served.open_accounts(300);
  std::map<std::string, std::string> before;
  for (const char* target : {"/checkpoint", "/v1/entries/3", "/tile/0/000", "/tile/0/001.p/5",
                             "/tile/1/000.p/1", "/tile/entries/000", "/v1/parties/XHA"}) {
    before[target] = served.get(target).body;
  }
  served.stop();
  served.start();
  for (const auto& [target, body] : before) EXPECT_EQ(served.get(target).body, body) << target;
}

std::string refusal_to_start(const Served& served, const api::Config& config,
                             api::Keys keys = scene_keys()) {
  (void)served;
  const auto started = api::Server::start(config, std::move(keys), api::now, [](const auto&) {});
  return started ? "" : started.error();
}

TEST(Restart, IsRefusedWithAnotherLogKey) {
  Served served;
  served.tell("opened");
  served.stop();
  api::Keys keys = scene_keys();
  keys.log = crypto::SecretKey::generate();
  EXPECT_TRUE(refusal_to_start(served, served.config(), std::move(keys)).starts_with("LOG-7"));
}

// The four steps of spec/log.md, section 6.
TEST(Restart, RetiresALogKeyForOneThatTheLogAnnounced) {
  const auto next = [] { return crypto::SecretKey::from_seed(scene::cast().key("log-2").seed()); };
  const auto next_key = crypto::make_verifier_key(scene::origin, next().public_key());
  Served served;
  served.tell("enrolled");
  const std::string opening = submission_of(scene::setup("opened").acts.front());
  const std::string receipt = served.post(opening).body;
  served.stop();
  api::Keys both = scene_keys();
  both.next_log = next();
  served.start(std::move(both));
  const Act announced = scene::act("next", scene::story::at("2027-03-01T09:00:00.000Z"),
                                   scene::announcement("log-2"), {"XBA", "XHA"});
  const ledger::Seq since = served.server().size();
  ASSERT_EQ(served.send(announced).status, 201);
  served.stop();
  api::Keys alone = scene_keys();
  alone.log = next();
  served.start(std::move(alone));
  served.open_accounts(1);
  const std::string note = served.get("/checkpoint").body;
  EXPECT_TRUE(crypto::open_checkpoint(note, next_key));
  EXPECT_FALSE(crypto::open_checkpoint(note, scene_log_key()));
  const api::Response again = served.post(opening);
  EXPECT_EQ(again.body, receipt);
  EXPECT_EQ(receipt_problem(json_of(again)), "") << "it is checked with the old key for ever";
  const Json answer = served.get_json("/v1/ledger");
  EXPECT_EQ(answer["specs"].size(), 1u) << "no spec number was adopted";
  const Json& keys = answer["ledger"]["log_keys"];
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_EQ(keys[0]["vkey"], crypto::format_vkey(scene_log_key()));
  EXPECT_EQ(keys[1], Json({{"since", since}, {"vkey", crypto::format_vkey(next_key)}}));
  const Json before = served.get_json("/v1/ledger?at=" + std::to_string(since - 1));
  EXPECT_EQ(before["ledger"]["log_keys"].size(), 1u);
  served.stop();
  EXPECT_TRUE(refusal_to_start(served, served.config()).starts_with("LOG-7")) << "the old alone";
}

TEST(Restart, IsRefusedWithoutItsLockSlot) {
  Served served;
  served.tell("opened");
  served.stop();
  std::filesystem::remove(served.config().lock_slot);
  EXPECT_TRUE(refusal_to_start(served, served.config()).starts_with("LOG-16"));
}

TEST(Restart, IsRefusedForABackupBehindTheLockSlot) {
  Served served;
  served.tell("opened");
  served.stop();
  const std::filesystem::path backup = served.folder().file("backup");
  std::filesystem::copy(served.config().data, backup, std::filesystem::copy_options::recursive);
  served.start();
  served.tell("enrolled");
  served.stop();
  std::filesystem::remove_all(served.config().data);
  std::filesystem::rename(backup, served.config().data);
  EXPECT_TRUE(refusal_to_start(served, served.config()).starts_with("LOG-17"));
}

TEST(Restart, IsRefusedInADirectoryOfSomethingElse) {
  Served served;
  served.stop();
  api::Config config = served.config();
  for (std::filesystem::path* path : {&config.data, &config.views}) {
    const std::filesystem::path mine = std::exchange(*path, served.folder().file("photographs"));
    std::filesystem::create_directory(*path);
    std::ofstream(*path / "holiday.jpg") << "x";
    EXPECT_TRUE(refusal_to_start(served, config).starts_with("LOG-13"));
    std::filesystem::remove_all(*path);
    *path = mine;
  }
}

TEST(Restart, IsRefusedWhileAnotherServerHasTheLog) {
  Served served;
  EXPECT_TRUE(refusal_to_start(served, served.config()).starts_with("LOG-18"));
}

TEST(Restart, MakesAlteredViewsAgain) {
  Served served;
  served.tell("used");
  const std::string before = served.get("/v1/parties/XHA").body;
  served.stop();
  for (const auto& file : std::filesystem::directory_iterator(served.config().views)) {
    if (file.path().extension() != ".sst") continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(20);
    bytes << "altered";
  }
  served.start();
  EXPECT_EQ(served.get("/v1/parties/XHA").body, before);
}

}  // namespace
