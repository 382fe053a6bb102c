// What a start asks of those who watch the log, and what it refuses to go on from.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "crypto/hash.hpp"
#include "tests/api/watched.hpp"
#include "tests/support/static_site.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

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

// As where the log went on under another of its keys.
TEST_F(Forked, LogIsNotBegunWhereAMirrorSawMoreUnderAKeyThatIsUnknownHere) {
  const auto stranger = crypto::SecretKey::from_seed(std::string(32, 's'));
  const crypto::Checkpoint more{scene::origin, 7, crypto::leaf_hash("x")};
  const test_support::ScratchFolder folder;
  std::filesystem::create_directory(folder.file("mirror"));
  folder.write("mirror/checkpoint",
               crypto::sign_note(crypto::checkpoint_text(more), scene::origin, stranger));
  const test_support::StaticSite site(folder, "mirror");
  change = [&](api::Config& config) { config.witnesses.mirrors = {site.url()}; };
  const std::string refusal = told("quorum none\n");
  EXPECT_NE(refusal.find("says that it saw 7 entries of this log"), std::string::npos) << refusal;
  EXPECT_NE(refusal.find("or the list of mirrors"), std::string::npos) << refusal;
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
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(15'000));
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
  EXPECT_NE(told(w1.policy_line() + "witness w2 " + crypto::format_witness_vkey(w2.key()) +
                 "\ngroup g 2 w1 w2\nquorum g\n")
                .find("the quorum needs witnesses that have no URL"),
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
  EXPECT_NE(told(many + "quorum none\n").find("more than 98 witnesses"), std::string::npos);
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
