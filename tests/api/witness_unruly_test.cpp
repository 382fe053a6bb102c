// Witnesses of every other kind: none keeps the log or the quorum of the others waiting.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/api/watched.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

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

TEST_F(Watched, AsksFromTheBeginningWhoSawAnotherLog) {
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(is_cosigned_by(3));
  const auto firsts = std::make_shared<std::atomic<int>>(0);
  const auto from_nothing = std::make_shared<std::atomic<int>>(0);
  w3.answer_with([firsts, from_nothing](const api::Request& request) {
    ++(request.body.starts_with("old 0\n") ? *from_nothing : *firsts);
    return plain(422, "no\n");
  });
  served->open_accounts(1);
  EXPECT_TRUE(comes_true([&] { return *from_nothing > 0; }));
  EXPECT_EQ(*firsts, 1);
}

TEST_F(Watched, LeavesAWitnessAloneForAsLongAsItAsks) {
  w3.answer_with(
      [](const api::Request&) { return plain(429, "slower\n").set("Retry-After", "600"); });
  start(two_of_three());
  served->tell("enrolled");
  ASSERT_TRUE(w3.was_asked(1));
  expect_commits();
  EXPECT_TRUE(comes_true([&] { return is_witnessed(served->server().size() - 1); }));
  std::this_thread::sleep_for(milliseconds(200));  // four times its longest rest otherwise
  EXPECT_EQ(w3.requests(), 1u);
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

}  // namespace
