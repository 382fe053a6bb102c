// A server whose log is watched: what honest witnesses make of it, what readers are told, and where
// each witness stands.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/api/watched.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

// ---- honest ones ----

TEST_F(Watched, ServesTheNewestCheckpointWithItsCosignatures) {
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const std::string note = checkpoint();
  EXPECT_TRUE(crypto::open_checkpoint(note, scene_log_key()));
  EXPECT_EQ(judge(note).sentence, "Cosigned by w1, w2, w3. The quorum, g, is met.");
  served->open_accounts(5);
  ASSERT_TRUE(comes_true([&] { return w1.size() == served->server().size(); }));
  ASSERT_TRUE(is_cosigned_by(3));
}

TEST_F(Watched, GivesTheNewestCheckpointThatTheQuorumCosigned) {
  start(two_of_three());
  EXPECT_EQ(served->get("/v1/checkpoints/witnessed").status, 404);
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const std::string before = served->get("/v1/checkpoints/witnessed").body;
  EXPECT_TRUE(judge(before).met);
  w1.hang();
  w2.hang();
  served->open_accounts(2);
  ASSERT_TRUE(comes_true([&] { return w3.size() == served->server().size(); }));
  const api::Response after = served->get("/v1/checkpoints/witnessed");
  EXPECT_EQ(after.body, before);
  EXPECT_EQ(after.field("Cache-Control"), "public, max-age=2");
  EXPECT_FALSE(judge(checkpoint()).met);
}

TEST_F(Watched, LabelsEntriesUntilTheQuorumCoversThem) {
  w1.hang();
  w2.hang();
  start(two_of_three());
  const api::Response receipt = served->send(scene::setup("opened").acts.front());
  ASSERT_EQ(receipt.status, 201) << receipt.body;
  EXPECT_EQ(json_of(receipt)["witnessed"], false);
  const api::Response early = served->get("/v1/entries/0");
  EXPECT_EQ(json_of(early)["witnessed"], false);
  EXPECT_EQ(early.field("Cache-Control"), "no-store");
  EXPECT_EQ(served->get("/v1/entries?from=0").field("Itmo-Witnessed"), "0");
  w1.work();
  ASSERT_TRUE(comes_true([&] { return is_witnessed(0); }));
  const api::Response late = served->get("/v1/entries/0");
  EXPECT_EQ(late.field("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(receipt_problem(json_of(late)), "");
  EXPECT_EQ(served->get("/v1/entries?from=0").field("Itmo-Witnessed"), "1");
}

TEST_F(Watched, SaysNothingOfWitnessesWhereNoneIsAsked) {
  Served alone;
  alone.tell("opened");
  EXPECT_FALSE(alone.get_json("/v1/entries/0").contains("witnessed"));
  EXPECT_EQ(alone.get("/v1/checkpoints/witnessed").status, 404);
  EXPECT_FALSE(alone.get("/v1/entries").field("Itmo-Witnessed"));
}

TEST_F(Watched, CoversEverythingByAPolicyThatDemandsNobody) {
  start(policy("quorum none\n"));
  served->tell("opened");
  EXPECT_TRUE(is_witnessed(0));
  ASSERT_TRUE(is_cosigned_by(3));
  EXPECT_EQ(served->get("/v1/checkpoints/witnessed").body, checkpoint());
}

// ---- what a client demands ----

TEST_F(Watched, IsDownloadedAndAuditedAsFarAsTheQuorumSaw) {
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const ledger::Seq seen = served->server().size();
  w1.hang();
  w2.hang();
  served->open_accounts(2);
  const auto& folder = served->folder();
  folder.write("log.vkey", crypto::format_vkey(scene_log_key()) + "\n");
  const std::string bundle = "'" ITMO_BIN_DIR "/itmo' bundle copy --vkey log.vkey --url " +
                             served->url() + " --policy policy";
  const auto copied = folder.run(bundle);
  ASSERT_EQ(copied.status, 0) << copied.output;
  EXPECT_NE(copied.output.find(std::to_string(seen) + " entries"), std::string::npos)
      << copied.output;
  const auto audited =
      folder.run("'" ITMO_BIN_DIR "/itmo-audit' copy --key log.vkey --policy policy");
  EXPECT_EQ(audited.status, 0) << audited.output;
  EXPECT_NE(audited.output.find("Cosigned by w1, w2, w3. The quorum, g, is met."),
            std::string::npos);
  // A stranger's policy is another question, and a longer copy is not cut.
  const TestWitness other("other");
  write_file(policy_file(), other.policy_line() + "quorum other\n");
  const auto unknown = folder.run(bundle);
  EXPECT_EQ(unknown.status, 2) << unknown.output;
  EXPECT_NE(unknown.output.find("is not met"), std::string::npos) << unknown.output;
  write_file(policy_file(), two_of_three());
  ASSERT_EQ(folder.run("'" ITMO_BIN_DIR "/itmo' bundle copy --vkey log.vkey --url " + served->url())
                .status,
            0);
  const auto shorter = folder.run(bundle);
  EXPECT_EQ(shorter.status, 2) << shorter.output;
  EXPECT_NE(shorter.output.find("ask again later"), std::string::npos) << shorter.output;
}

// ---- held answers ----

TEST_F(Watched, HoldsTheAnswersOfItsTypesUntilTheQuorumIsThere) {
  change = [](api::Config& config) {
    config.witnesses.held = {"account.opened"};
    config.witnesses.hold = milliseconds(5'000);
  };
  start(all());
  served->tell("enrolled");
  w3.answer_with([](const api::Request&) {
    std::this_thread::sleep_for(milliseconds(100));
    return plain(503, "busy\n");
  });
  std::thread later([&] {
    std::this_thread::sleep_for(milliseconds(300));
    w3.work();
  });
  const api::Response held = served->send(account_act("XHA-held", "2029-01-01T08:00:00.000Z"));
  later.join();
  EXPECT_EQ(held.status, 201);
  EXPECT_EQ(json_of(held)["witnessed"], true);
  EXPECT_EQ(receipt_problem(json_of(held)), "");
}

TEST_F(Watched, AnswersWithTheLabelWhenTheWaitIsOver) {
  change = [](api::Config& config) { config.witnesses.held = {"account.opened"}; };
  start(all());
  served->tell("enrolled");
  w3.hang();
  const auto before = std::chrono::steady_clock::now();
  const api::Response held = served->send(account_act("XHA-held", "2029-01-01T08:00:00.000Z"));
  const auto waited = std::chrono::steady_clock::now() - before;
  EXPECT_EQ(held.status, 201);
  EXPECT_EQ(json_of(held)["witnessed"], false);
  EXPECT_GE(waited, milliseconds(300));
  EXPECT_LT(waited, milliseconds(10'000));
}

TEST_F(Watched, HoldsABatchForWhatIsInIt) {
  change = [](api::Config& config) { config.witnesses.held = {"account.opened"}; };
  start(all());
  served->tell("enrolled");
  w3.hang();
  const auto before = std::chrono::steady_clock::now();
  served->open_accounts(3);
  EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(300));
}

TEST_F(Watched, AnswersWhoIsHeldWhenItStops) {
  change = [](api::Config& config) {
    config.witnesses.held = {"account.opened"};
    config.witnesses.hold = milliseconds(20'000);
  };
  start(all());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  w3.hang();
  const ledger::Seq before = served->server().size();
  std::thread client([&] {
    const api::Response held = served->send(account_act("XHA-held", "2029-01-01T08:00:00.000Z"));
    EXPECT_EQ(held.status, 201);
    EXPECT_EQ(json_of(held)["witnessed"], false);
  });
  EXPECT_TRUE(comes_true([&] { return served->server().size() > before; }));
  const auto since = std::chrono::steady_clock::now();
  served->server().stop();
  client.join();
  EXPECT_LT(std::chrono::steady_clock::now() - since, milliseconds(15'000));
}

// ---- where a witness stands ----

TEST_F(Watched, ResumesFromTheSizeThatAWitnessStates) {
  start(all());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  served->stop();
  ASSERT_TRUE(std::filesystem::remove(served->config().witnesses.cosignatures));
  const std::size_t before = w1.statuses().size();
  served->start();
  served->open_accounts(2);
  ASSERT_TRUE(comes_true([&] { return w1.size() == served->server().size(); }));
  const std::vector<int> statuses = w1.statuses();
  EXPECT_EQ(statuses[before], 409);
  EXPECT_EQ(statuses[before + 1], 200);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 422), 0);
}

TEST_F(Watched, KnowsAfterARestartWhereEachWitnessStands) {
  start(all());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const std::string before = checkpoint();
  served->stop();
  for (TestWitness* witness : {&w1, &w2, &w3}) witness->hang();
  served->start();
  EXPECT_EQ(checkpoint(), before) << "what was shown once is not taken back";
  EXPECT_TRUE(is_witnessed(0));
  for (TestWitness* witness : {&w1, &w2, &w3}) witness->work();
  const std::size_t asked = w2.statuses().size();
  served->open_accounts(1);
  ASSERT_TRUE(comes_true([&] { return w2.statuses().size() > asked; }));
  EXPECT_EQ(w2.statuses()[asked], 200) << "it was asked from where it stands";
}

TEST_F(Watched, NeverGoesBackwardsWhileTheLogGrows) {
  start(two_of_three());
  served->tell("enrolled");
  std::atomic<bool> ends = false;
  std::thread reader([&] {
    api::HttpClient client(*api::parse_server_address(served->url()));
    std::uint64_t size = 0, witnessed = 0;
    std::size_t lines = 0;
    while (!ends) {
      const auto newest = client.get("/checkpoint");
      const auto covered = client.get("/v1/checkpoints/witnessed");
      const auto read = crypto::open_checkpoint(newest->body, scene_log_key());
      ASSERT_TRUE(read) << newest->body;
      ASSERT_GE(read->size, size);
      const std::size_t now = lines_of(newest->body);
      ASSERT_GE(now, read->size == size ? lines : 0);
      size = read->size;
      lines = now;
      if (covered->status != 200) continue;
      ASSERT_TRUE(judge(covered->body).met) << covered->body;
      const auto by_quorum = crypto::open_checkpoint(covered->body, scene_log_key());
      ASSERT_GE(by_quorum->size, witnessed);
      witnessed = by_quorum->size;
    }
    EXPECT_GT(witnessed, 1u) << "a log that grows all the time is covered, too";
  });
  for (int i = 0; i < 60; ++i) served->open_accounts(1);
  ends = true;
  reader.join();
}

TEST_F(Watched, ShowsNoCosignatureThatItCannotKeep) {
  change = [](api::Config& config) {
    config.witnesses.cosignatures = config.data.parent_path() / "later" / "cosignatures";
  };
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(w1.was_asked(3));
  EXPECT_EQ(lines_of(checkpoint()), 0u);
  EXPECT_FALSE(is_witnessed(0));
  std::filesystem::create_directory(served->folder().file("later"));
  EXPECT_TRUE(is_cosigned_by(3)) << "the witnesses give it again";
}

TEST_F(Watched, LeavesItsWitnessesAloneWhereItCannotListen) {
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  served->stop();
  const auto taken = api::parse_server_address(w1.url());
  api::Config config = served->config();
  config.port = taken->port;
  const auto started = api::Server::start(config, scene_keys(), api::now, [](const auto&) {});
  EXPECT_FALSE(started);
  served->start();
  EXPECT_TRUE(is_cosigned_by(3));
}

TEST_F(Watched, StopsAtOnceWhileAWitnessHangs) {
  change = [](api::Config& config) { config.witnesses.answer = milliseconds(30'000); };
  start(two_of_three());
  w3.hang();
  served->tell("opened");
  ASSERT_TRUE(w3.was_asked(1));
  const auto before = std::chrono::steady_clock::now();
  served->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(15'000));
}

}  // namespace
