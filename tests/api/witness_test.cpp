// A server whose log is watched, on real sockets: what honest witnesses make of it, and that no
// other kind keeps anybody waiting.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "crypto/hash.hpp"
#include "crypto/note.hpp"
#include "replay/quorum.hpp"
#include "tests/api/served.hpp"
#include "tests/api/test_witness.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
using std::chrono::milliseconds;

constexpr milliseconds enough{10'000};

// Whether it becomes true within ten seconds.
bool comes_true(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + enough;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return true;
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

struct Watched : testing::Test {
  TestWitness w1{"w1"}, w2{"w2"}, w3{"w3"};
  std::function<void(api::Config&)> change;  // of a test's own
  std::unique_ptr<Served> served;

  std::string policy(const std::string& quorum) const {
    return w1.policy_line() + w2.policy_line() + w3.policy_line() + quorum;
  }
  std::string two_of_three() const { return policy("group g 2 w1 w2 w3\nquorum g\n"); }
  std::string all() const { return policy("group g all w1 w2 w3\nquorum g\n"); }

  std::filesystem::path policy_file() const { return served->folder().file("policy"); }

  std::unique_ptr<Served> make(const std::string& text) const {
    return std::make_unique<Served>([&](api::Config& config) {
      const auto folder = config.data.parent_path();
      config.witnesses.policy = folder / "policy";
      config.witnesses.cosignatures = folder / "cosignatures";
      config.witnesses.first_pause = milliseconds(10);
      config.witnesses.longest_pause = milliseconds(50);
      config.witnesses.answer = milliseconds(2'000);
      config.witnesses.hold = milliseconds(300);
      write_file(config.witnesses.policy, text);
      if (change) change(config);
    });
  }
  void start(const std::string& text) { served = make(text); }

  std::string checkpoint() { return served->get("/checkpoint").body; }
  std::size_t lines_of(const std::string& note) const {
    const auto parsed = crypto::parse_note(note);
    EXPECT_TRUE(parsed) << note;
    return parsed ? parsed->signatures.size() - 1 : 0;
  }
  bool is_cosigned_by(std::size_t witnesses) {
    return comes_true([&] { return lines_of(checkpoint()) == witnesses; });
  }
  bool is_witnessed(ledger::Seq seq) {
    return served->get_json("/v1/entries/" + std::to_string(seq))["witnessed"].get<bool>();
  }
  replay::Quorum judge(const std::string& note) const {
    std::string problem;
    const auto read = replay::parse_policy(two_of_three(), problem);
    EXPECT_TRUE(read) << problem;
    return replay::judge_quorum(*read, note, scene_log_key());
  }
  // What a start of that server is told; empty where it starts.
  std::string mistake(Served& stopped) const {
    try {
      stopped.start();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
  // Three more entries are answered without a pause that a person would notice.
  void expect_commits() {
    for (int i = 0; i < 3; ++i) {
      const auto before = std::chrono::steady_clock::now();
      served->open_accounts(1);
      EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(1'500));
    }
  }
};

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
  EXPECT_LT(waited, milliseconds(2'000));
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

// ---- every other kind ----

struct Kind {
  const char* name;
  TestWitness::Mood mood;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"hangs",
       [](const api::Request&) {
         return api::Response{0, {}, {}};
       }},
      {"lags",
       [](const api::Request&) {
         std::this_thread::sleep_for(milliseconds(200));
         return plain(503, "busy\n");
       }},
      {"pushes back",
       [](const api::Request&) { return plain(429, "slower\n").set("Retry-After", "0"); }},
      {"calls it malformed", [](const api::Request&) { return plain(400, "no\n"); }},
      {"trusts nobody", [](const api::Request&) { return plain(403, "no\n"); }},
      {"knows no log", [](const api::Request&) { return plain(404, "no\n"); }},
      {"sees a contradiction", [](const api::Request&) { return plain(409, ""); }},
      {"finds no proof", [](const api::Request&) { return plain(422, "no\n"); }},
      {"boasts", [](const api::Request&) { return plain(409, "9223372036854775807\n"); }},
      {"states nonsense", [](const api::Request&) { return plain(409, "-1\n"); }},
      {"states ever the same", [](const api::Request&) { return plain(409, "0\n"); }},
      {"states ever another",
       [](const api::Request&) {
         static std::atomic<int> size = 0;
         return plain(409, std::to_string(size++ % 3) + "\n");
       }},
      {"sends garbage", [](const api::Request&) { return plain(200, "cosigned, promise\n"); }},
      {"sends nothing", [](const api::Request&) { return plain(200, ""); }},
      {"sends much", [](const api::Request&) { return plain(200, std::string(1 << 20, 'x')); }},
      {"redirects", [](const api::Request&) { return plain(302, ""); }},
      {"lies",  // a cosignature of another text, under its own key
       [](const api::Request&) {
         const auto secret = crypto::SecretKey::from_seed("w3" + std::string(30, '.'));
         return plain(200, crypto::cosign("another text\n", 1, "witness.example/w3", secret));
       }},
      {"is somebody else",
       [](const api::Request& request) {
         if (request.body.empty()) return plain(404, "");
         const auto secret = crypto::SecretKey::from_seed(std::string(32, '?'));
         const std::string note = request.body.substr(request.body.find("\n\n") + 2);
         const std::string text = note.substr(0, note.find("\n\n") + 1);
         return plain(200, crypto::cosign(text, 1, "witness.example/w3", secret));
       }},
  };
  return all;
}

class Unruly : public Watched, public testing::WithParamInterface<std::size_t> {};

TEST_P(Unruly, WitnessNeitherStopsTheLogNorTheQuorumOfOthers) {
  w3.answer_with(kinds()[GetParam()].mood);
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(w3.was_asked(1));
  expect_commits();
  const ledger::Seq last = served->server().size() - 1;
  EXPECT_TRUE(comes_true([&] { return is_witnessed(last); })) << kinds()[GetParam()].name;
  EXPECT_EQ(lines_of(served->get("/v1/checkpoints/witnessed").body), 2u);
  w3.work();
  EXPECT_TRUE(is_cosigned_by(3)) << "it is taken back when it works again";
}

TEST_P(Unruly, WitnessWhoIsNeededKeepsOnlyTheLabelBack) {
  start(all());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  w3.answer_with(kinds()[GetParam()].mood);
  const std::size_t asked = w3.requests();
  expect_commits();
  ASSERT_TRUE(w3.was_asked(asked + 1));
  const ledger::Seq last = served->server().size() - 1;
  EXPECT_FALSE(is_witnessed(last)) << kinds()[GetParam()].name;
  w3.work();
  EXPECT_TRUE(comes_true([&] { return is_witnessed(last); }));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Unruly, testing::Range<std::size_t>(0, kinds().size()),
                         [](const auto& row) {
                           std::string name = kinds()[row.param].name;
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST_F(Watched, TakesNoCosignatureOfATimeThatIsStillToCome) {
  w3.shift_time(3'600);
  start(two_of_three());
  served->tell("opened");
  ASSERT_TRUE(is_cosigned_by(2));
  ASSERT_TRUE(w3.was_asked(2)) << "it is asked again";
  EXPECT_EQ(lines_of(checkpoint()), 2u);
  w3.shift_time(-3'600);
  EXPECT_TRUE(is_cosigned_by(3)) << "a clock that is behind harms nobody";
}

TEST_F(Watched, GoesOnWithoutAWitnessThatIsNotThere) {
  const std::string url = dead_url();
  std::string text = two_of_three();
  text.replace(text.find(w3.url()), w3.url().size(), url);
  start(text);
  served->tell("enrolled");
  expect_commits();
  EXPECT_TRUE(comes_true([&] { return is_witnessed(served->server().size() - 1); }));
}

TEST_F(Watched, AsksAWitnessOneThingAtATime) {
  w3.answer_with([](const api::Request&) {
    std::this_thread::sleep_for(milliseconds(50));
    return plain(503, "busy\n");
  });
  start(two_of_three());
  served->tell("enrolled");
  for (int i = 0; i < 20; ++i) served->open_accounts(1);
  ASSERT_TRUE(w3.was_asked(3));
  for (const TestWitness* witness : {&w1, &w2, &w3}) EXPECT_EQ(witness->most_in_flight(), 1u);
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
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(3'000));
}

// ---- before the first signature ----

struct Forked : Watched {
  std::unique_ptr<Served> other;  // a second log of the same key, and shorter

  void SetUp() override {
    start(two_of_three());
    served->tell("enrolled");
    ASSERT_TRUE(is_cosigned_by(3));
  }
  std::string told(const std::string& text) {
    try {
      other = make(text);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
};

TEST_F(Forked, LogIsNotBegunWhereAWitnessSawMore) {
  const std::string refusal = told(two_of_three());
  EXPECT_NE(refusal.find("The witness w1 (" + w1.url() + ") has a checkpoint of "),
            std::string::npos)
      << refusal;
  EXPECT_NE(refusal.find("signed by the log key; the store in "), std::string::npos) << refusal;
  EXPECT_NE(refusal.find(" has 0 entries."), std::string::npos) << refusal;
}

TEST_F(Forked, LogIsNotBegunWhereAMirrorSawMore) {
  change = [&](api::Config& config) { config.witnesses.mirrors = {served->url()}; };
  const std::string refusal = told("quorum none\n");
  EXPECT_NE(refusal.find("The mirror (" + served->url() + ") has a checkpoint of "),
            std::string::npos)
      << refusal;
}

TEST_F(Forked, LogGoesNotOnWhereAWitnessOnlySaysThatItSawMore) {
  ASSERT_EQ(told("quorum none\n"), "");
  other->tell("opened");
  other->stop();
  for (TestWitness* witness : {&w1, &w2, &w3}) witness->show(false);
  write_file(other->config().witnesses.policy, two_of_three());
  const std::string refusal = mistake(*other);
  EXPECT_NE(refusal.find("says that it saw "), std::string::npos) << refusal;
  EXPECT_NE(refusal.find("take it out of the policy"), std::string::npos) << refusal;
}

TEST_F(Forked, LogGoesNotOnWhereItsOwnFileOfCosignaturesHasMore) {
  ASSERT_EQ(told("quorum none\n"), "");
  other->stop();
  std::filesystem::copy_file(served->config().witnesses.cosignatures,
                             other->config().witnesses.cosignatures,
                             std::filesystem::copy_options::overwrite_existing);
  const std::string refusal = mistake(*other);
  EXPECT_NE(refusal.find("The file of cosignatures ("), std::string::npos) << refusal;
}

TEST_F(Forked, LogGoesNotOnWhereAWitnessSawAnotherOne) {
  ASSERT_EQ(told("quorum none\n"), "");
  other->tell("opened");
  const std::string own = other->get("/checkpoint").body;
  const auto checkpoint = crypto::open_checkpoint(own, scene_log_key());
  ASSERT_TRUE(checkpoint);
  const crypto::Checkpoint forged{scene::origin, checkpoint->size, crypto::leaf_hash("another")};
  const std::string note =
      crypto::sign_note(crypto::checkpoint_text(forged), scene::origin, api_test::scene_keys().log);
  w1.remember(forged, note);
  other->stop();
  write_file(other->config().witnesses.policy, w1.policy_line() + "quorum w1\n");
  const std::string refusal = mistake(*other);
  EXPECT_NE(refusal.find("is not the beginning of this log"), std::string::npos) << refusal;
}

TEST_F(Forked, LogOfSomebodyElseIsNoReasonToRefuse) {
  const auto stranger = crypto::SecretKey::from_seed(std::string(32, 's'));
  const crypto::Checkpoint huge{scene::origin, 1'000'000, crypto::leaf_hash("x")};
  w1.remember(huge, crypto::sign_note(crypto::checkpoint_text(huge), scene::origin, stranger));
  EXPECT_EQ(told(w1.policy_line() + "quorum w1\n"), "");
}

TEST_F(Watched, StartsWhereNobodyAnswers) {
  change = [](api::Config& config) {
    config.witnesses.answer = milliseconds(200);
    config.witnesses.mirrors = {dead_url()};
  };
  for (TestWitness* witness : {&w1, &w2, &w3}) witness->hang();
  const auto before = std::chrono::steady_clock::now();
  start(two_of_three());
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(5'000));
  served->tell("opened");
  EXPECT_FALSE(is_witnessed(0));
}

TEST_F(Watched, StartsWithoutASecondQuestionToWhoLeavesTheFirstOneOpen) {
  change = [](api::Config& config) { config.witnesses.answer = milliseconds(200); };
  start(all());
  served->tell("opened");
  ASSERT_TRUE(is_cosigned_by(3));
  served->stop();
  const auto from_nothing = std::make_shared<std::atomic<int>>(0);
  w1.answer_with([from_nothing](const api::Request& request) {
    if (request.body.starts_with("old 0\n")) ++*from_nothing;
    return api::Response{0, {}, {}};
  });
  served->start();
  EXPECT_EQ(*from_nothing, 0);
}

TEST_F(Watched, StartsAgainWhereEverybodySawAsMuch) {
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  EXPECT_EQ((served->stop(), mistake(*served)), "");
  EXPECT_TRUE(is_witnessed(0));
}

TEST_F(Watched, NamesWhatIsWrongWithItsPolicy) {
  start(two_of_three());
  served->stop();
  const auto told = [&](const std::string& text) {
    write_file(policy_file(), text);
    return mistake(*served);
  };
  EXPECT_NE(told("quorum w1\n").find("policy: Line 1 of the policy: "), std::string::npos);
  const std::string vkey = crypto::format_witness_vkey(w1.key());
  EXPECT_NE(told("witness w1 " + vkey + " https://w1.example\nquorum w1\n")
                .find("witness w1: \"https://w1.example\" is not a server's address"),
            std::string::npos);
  const auto other = crypto::make_verifier_key("ledger.example/other", w1.key().key);
  EXPECT_NE(told("log " + crypto::format_vkey(other) + "\nquorum none\n")
                .find("the policy lists logs, and not this one"),
            std::string::npos);
  std::string many;
  for (int i = 0; i < 100; ++i) {
    const std::string seed = std::to_string(1'000 + i) + std::string(28, '.');
    const crypto::WitnessKey key{"w", crypto::SecretKey::from_seed(seed).public_key()};
    many += "witness n" + std::to_string(i) + " " + crypto::format_witness_vkey(key) + " " +
            w1.url() + "\n";
  }
  EXPECT_NE(told(many + "quorum none\n").find("more than 99 witnesses"), std::string::npos);
  std::filesystem::remove(policy_file());
  EXPECT_NE(mistake(*served).find("Cannot read the policy"), std::string::npos);
}

// A file of cosignatures that was altered is of no use, and of no harm.
TEST_F(Watched, AsksAgainWhereTheFileOfCosignaturesIsAltered) {
  start(all());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const auto file = served->config().witnesses.cosignatures;
  const std::string good = served->folder().read("cosignatures");
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("{\"checkpoints\":[1]}"), good.substr(0, 99),
        std::string(good).replace(good.find("w2 ") + 9, 1, "!")}) {
    served->stop();
    write_file(file, bad);
    served->start();
    EXPECT_TRUE(is_cosigned_by(3)) << bad;
  }
}

}  // namespace
