// Balances with proofs: what the server commits to by itself, and what its answers prove to whoever
// has nothing but the log's key.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "api/state_claims_text.hpp"
#include "crypto/hash.hpp"
#include "replay/audit.hpp"
#include "replay/state_claims.hpp"
#include "tests/api/served.hpp"
#include "tests/api/watched.hpp"
#include "tests/support/ledger_builder.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
using replay::StateClaims;
using testing::HasSubstr;
using namespace std::chrono_literals;

void commit_often(api::Config& config) {
  config.state_key = "the scene's";
  config.commit_state_every = 20ms;
}

// A server that has committed to its state with everything of a setup in it.
struct Proofs : testing::Test {
  Served served{commit_often};

  Json tell_and_wait(std::string_view setup) {
    served.tell(setup);
    return wait();
  }
  // The newest commitment, once nothing has come after it.
  Json wait() {
    for (int i = 0; i < 2'000; ++i) {
      const Json ledger = served.get_json("/v1/ledger");
      const auto last = served.server().size() - 1;  // the views may be behind
      if (ledger.contains("commitment") && ledger.at("commitment").at("entry") == last) {
        return ledger.at("commitment");
      }
      std::this_thread::sleep_for(10ms);
    }
    ADD_FAILURE() << "nobody commits to the state";
    return {};
  }
  StateClaims claims(const std::string& target) {
    const api::Response response = served.get(target);
    EXPECT_EQ(response.status, 200) << response.body;
    auto parsed = api::parse_state_claims(response.body);
    EXPECT_TRUE(parsed) << parsed.error();
    return parsed ? *parsed : StateClaims{};
  }
  std::string problem_of(const StateClaims& claims) {
    std::string problem;
    return replay::prove_claims(claims, scene_log_key(), problem) ? "" : problem;
  }
  std::string said(const std::string& target) {
    std::string problem;
    const auto proven = replay::prove_claims(claims(target), scene_log_key(), problem);
    if (!proven) return "not proven: " + problem;
    std::string all;
    for (const std::string& sentence : proven->claims) all += sentence + "\n";
    return all;
  }
};

TEST_F(Proofs, AreOfACommitmentThatTheServerMadeByItself) {
  const Json commitment = tell_and_wait("used");
  const Json entry = served.get_json("/v1/entries/" + commitment.at("entry").dump());
  const Json event = Json::parse(entry.at("entry").get<std::string>()).at("event");
  EXPECT_EQ(event.at("type"), "state.committed");
  EXPECT_EQ(event.at("body").at("root"), commitment.at("root"));
  EXPECT_EQ(event.at("body").at("entries"), commitment.at("entry"));
  EXPECT_EQ(receipt_problem(entry), "");
  const auto checkpoint = crypto::open_checkpoint(served.get("/checkpoint").body, scene_log_key());
  EXPECT_EQ(checkpoint->size, commitment.at("entry").get<std::size_t>() + 1);
}

TEST_F(Proofs, ComeWithoutACommitmentMoreWhileNothingChanges) {
  const Json commitment = tell_and_wait("issued");
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(wait(), commitment);
  served.open_accounts(1);
  EXPECT_EQ(wait().at("entry"), commitment.at("entry").get<std::size_t>() + 2);
}

TEST_F(Proofs, OfAnAccountSayWhatItsViewSays) {
  tell_and_wait("used");
  const std::string text = said("/v1/accounts/XBA-FUND-XHA?proof=1");
  const Json account = served.get_json("/v1/accounts/XBA-FUND-XHA").at("account");
  EXPECT_THAT(text, HasSubstr("Account XBA-FUND-XHA of XBA-FUND, in the section of XHA"));
  const StateClaims claimed = claims("/v1/accounts/XBA-FUND-XHA?proof=1");
  ASSERT_EQ(claimed.claims.size(), 1u);
  std::int64_t held = 0;
  const Json proven = Json::parse(*claimed.claims[0].text);
  for (const Json& row : proven.at("vintages")) {
    held += row.at("held").get<std::int64_t>();
  }
  EXPECT_EQ(held, account.at("held"));
  EXPECT_LT(served.get("/v1/accounts/XBA-FUND-XHA?proof=1").body.size(), 5'000u);
}

TEST_F(Proofs, OfNoSuchAccountSayThatThereIsNone) {
  tell_and_wait("used");
  EXPECT_EQ(said("/v1/accounts/NOBODY?proof=1"), "In this state there is no account NOBODY.\n");
}

TEST_F(Proofs, OfAUnitSayWhereItIs) {
  tell_and_wait("used");
  EXPECT_THAT(said("/v1/units/XHA99:1?proof=1"), HasSubstr("used for NDC"));
  EXPECT_THAT(said("/v1/units/XHA99:15000?proof=1"), HasSubstr("held in account"));
  EXPECT_THAT(said("/v1/units/XHA99:15001?proof=1"),
              HasSubstr("Registry XHA99, serials 1 to 15,000 and none above"));
  EXPECT_EQ(said("/v1/units/XZZ99:1?proof=1"),
            "In this state no unit of registry XZZ99 was issued.\n");
}

TEST_F(Proofs, OfAUnitAreAskedForByItsWholeIdentifierToo) {
  tell_and_wait("used");
  for (const std::string rest : {"", "/entries"}) {
    EXPECT_EQ(served.get("/v1/units/CA9901-XHA99-XHA-4008-2026" + rest + "?proof=1").body,
              served.get("/v1/units/XHA99:4008" + rest + "?proof=1").body);
    const api::Response other =
        served.get("/v1/units/CA9901-XHA99-XHA-4008-2027" + rest + "?proof=1");
    EXPECT_EQ(other.status, 404);
    EXPECT_THAT(other.body, HasSubstr("/v1/units/XHA99:4008?proof=1"));
  }
  EXPECT_EQ(served.get_json("/v1/units/CA9901-XHA99-XHA-4008-2026/entries"),
            served.get_json("/v1/units/XHA99:4008/entries"));
}

TEST_F(Proofs, OfTheLedgerShowThatNothingIsLost) {
  tell_and_wait("used");
  EXPECT_THAT(said("/v1/ledger?proof=1"),
              HasSubstr("All units of metric GHG: 15,000 issued = 13,919 held, 1,000 used and 81 "
                        "cancelled"));
}

TEST_F(Proofs, OfAPartyAndOfAnAuthorizationSayTheirFigures) {
  tell_and_wait("used");
  EXPECT_THAT(said("/v1/parties/XHA?proof=1"),
              HasSubstr("Party XHA, 2026: 3,807 first transferred"));
  EXPECT_THAT(said("/v1/authorizations/XHA-AUT-1?proof=1"),
              HasSubstr("Authorization XHA-AUT-1 of XHA is at version 1, allows 10,000 units"));
}

TEST_F(Proofs, SurviveARestart) {
  tell_and_wait("used");
  const std::string before = served.get("/v1/accounts/XBA-FUND-XHA?proof=1").body;
  served.stop();
  served.start();
  EXPECT_EQ(served.get("/v1/accounts/XBA-FUND-XHA?proof=1").body, before);
}

TEST_F(Proofs, AreOfWhatWasCommittedToAndAuditedWithTheLog) {
  tell_and_wait("used");
  const api::Response answer = served.get("/v1/accounts/XBA-FUND-XHA?proof=1");
  EXPECT_EQ(answer.field("Itmo-Size"),
            std::to_string(
                crypto::open_checkpoint(served.get("/checkpoint").body, scene_log_key())->size));
}

TEST_F(Proofs, OfEntriesSayThatTheseAreAll) {
  tell_and_wait("used");
  for (const std::string target : {"/v1/accounts/XBA-FUND-XHA/entries", "/v1/units/XHA99:1/entries",
                                   "/v1/units/XHA99:15000/entries"}) {
    const Json list = served.get_json(target);
    const StateClaims claimed = claims(target + "?proof=1");
    ASSERT_TRUE(claimed.entries) << target;
    std::vector<ledger::Seq> seqs;
    for (const replay::ListedEntry& each : *claimed.entries) {
      seqs.push_back(each.seq);
      const Json entry = served.get_json("/v1/entries/" + std::to_string(each.seq));
      EXPECT_EQ(crypto::leaf_hash(entry.at("entry").get<std::string>()), each.leaf);
    }
    EXPECT_EQ(list.at("entries"), Json(seqs)) << "nothing has concerned it since";
    EXPECT_EQ(list.at("count"), seqs.size());
    EXPECT_GE(seqs.size(), target.ends_with("15000/entries") ? 1u : 4u) << target;
    EXPECT_EQ(problem_of(claimed), "");
    StateClaims fewer = claimed;
    fewer.entries->pop_back();
    EXPECT_THAT(problem_of(fewer), HasSubstr("are not those that the state has of it"));
    StateClaims other = claimed;
    other.entries->front().leaf.bytes[0] ^= 1U;
    EXPECT_NE(problem_of(other), "");
  }
  EXPECT_FALSE(claims("/v1/units/XHA99:15001/entries?proof=1").entries);
  EXPECT_FALSE(claims("/v1/accounts/NOBODY/entries?proof=1").entries);
  EXPECT_EQ(served.get("/v1/accounts/NOBODY/entries").status, 404);
  EXPECT_EQ(served.get("/v1/units/XZZ99:1/entries").status, 404);
  EXPECT_EQ(served.get("/v1/units/XHA99:15001/entries").status, 404) << "it was never issued";
}

TEST_F(Proofs, ListsAreReadInPagesAtAnyPositionAndMadeAgain) {
  tell_and_wait("used");
  served.open_accounts(1);
  const Json all = served.get_json("/v1/accounts/XBA-FUND-XHA/entries").at("entries");
  const Json first = served.get_json("/v1/accounts/XBA-FUND-XHA/entries?limit=2");
  EXPECT_EQ(first.at("entries").size(), 2u);
  EXPECT_EQ(first.at("next"), all.at(2));
  const Json rest = served.get_json("/v1/accounts/XBA-FUND-XHA/entries?from=" + all.at(2).dump());
  EXPECT_EQ(rest.at("entries").size(), all.size() - 2);
  const Json before = served.get_json("/v1/accounts/XBA-FUND-XHA/entries?at=" + all.back().dump());
  EXPECT_EQ(before.at("entries"), all);
  Json from = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Json one =
        served.get_json("/v1/accounts/XBA-FUND-XHA/entries?limit=1&from=" + from.dump());
    EXPECT_EQ(one.at("entries"), Json::array({all.at(i)}));
    EXPECT_EQ(one.at("count"), all.size());
    EXPECT_EQ(one.contains("next"), i + 1 < all.size());
    from = one.value("next", from);
  }
  const Json early = served.get_json("/v1/accounts/XBA-FUND-XHA/entries?at=" + all.at(1).dump());
  EXPECT_EQ(early.at("entries"), Json::array({all.at(0), all.at(1)}));
  EXPECT_EQ(early.at("count"), 2);
  served.make_views_again();
  EXPECT_EQ(served.get_json("/v1/accounts/XBA-FUND-XHA/entries").at("entries"), all);
}

// ---- what proves nothing ----

TEST_F(Proofs, HoldOnlyAsTheyAre) {
  tell_and_wait("used");
  const StateClaims good = claims("/v1/units/XHA99:4008?proof=1");
  ASSERT_EQ(good.claims.size(), 2u);
  ASSERT_EQ(problem_of(good), "");
  for (const std::size_t claim : {0u, 1u}) {
    for (std::size_t at = 0; at < good.claims[claim].proof.size(); ++at) {
      StateClaims bad = good;
      bad.claims[claim].proof[at] = static_cast<char>(bad.claims[claim].proof[at] ^ 1);
      EXPECT_NE(problem_of(bad), "") << claim << " " << at;
    }
    for (std::size_t at = 0; at < good.claims[claim].text->size(); ++at) {
      StateClaims bad = good;
      (*bad.claims[claim].text)[at] = static_cast<char>((*bad.claims[claim].text)[at] ^ 1);
      EXPECT_NE(problem_of(bad), "") << claim << " " << at;
    }
  }
  StateClaims other = good;
  other.claims[1].account = "XHA-ACC";
  EXPECT_THAT(problem_of(other), HasSubstr("is not proven before it"));
  StateClaims hidden = good;
  hidden.claims[0].text.reset();
  EXPECT_THAT(problem_of(hidden), HasSubstr("does not lead to the root"));
  StateClaims none = good;
  none.claims.clear();
  EXPECT_THAT(problem_of(none), HasSubstr("there are 0 claims"));
}

TEST_F(Proofs, AreOfAnEntryThatCommits) {
  tell_and_wait("used");
  StateClaims claimed = claims("/v1/accounts/XBA-FUND-XHA?proof=1");
  const Json other = served.get_json("/v1/entries/0");
  claimed.entry = other.at("entry");
  claimed.proof = other.at("proof");
  EXPECT_THAT(problem_of(claimed), HasSubstr("entry 0 commits to no state"));
}

TEST_F(Proofs, AreAskedForInOneWay) {
  EXPECT_EQ(served.get("/v1/accounts/XHA-ACC?proof=1").status, 404) << "before the opening";
  tell_and_wait("enrolled");
  EXPECT_EQ(served.get("/v1/accounts/XHA-ACC?proof=2").status, 400);
  const api::Response older = served.get("/v1/accounts/XHA-ACC?proof=1&at=3");
  EXPECT_EQ(older.status, 400);
  EXPECT_THAT(older.body, HasSubstr("A copy of the log proves every earlier one"));
  EXPECT_EQ(served.get("/v1/units/XHA99:1-9?proof=1").status, 400);
  EXPECT_EQ(served.get("/v1/accounts/XHA-ACC?proof=1&proof=1").status, 400);
}

TEST_F(Proofs, AreOfNoNameThatReadsLikeASentence) {
  tell_and_wait("enrolled");
  for (const char* target : {"/v1/accounts/ZZZ.%20Account%20A%20holds%209?proof=1",
                             "/v1/accounts/ZZZ.%20Account%20A%20holds%209/entries?proof=1",
                             "/v1/authorizations/a%20b?proof=1", "/v1/units/XH!99:1?proof=1"}) {
    EXPECT_EQ(served.get(target).status, 400) << target;
  }
}

TEST_F(Proofs, AreSaidToBeMissingWhereACommitmentWasRefusedSince) {
  tell_and_wait("enrolled");
  ledger::KeysChanged two;
  two.participant = ledger::operator_id;
  two.add = scene::keys_of({"operator-2"});
  two.thresholds = ledger::Thresholds{2, 1, 1};
  const Act change = scene::act("two", scene::story::at("2029-06-01T08:00:00.000Z"), two,
                                {"operator", "operator-2"});
  ASSERT_EQ(served.send(change).status, 201);
  const Act wrong = scene::act("state-wrong", scene::story::at("2029-06-01T08:00:00.000Z"),
                               ledger::StateCommitted{served.server().size(), 1, crypto::Hash{}},
                               {"operator", "operator-2"});
  const std::string before = served.get("/v1/ledger").body;
  EXPECT_NE(served.send(wrong).status, 201);
  EXPECT_EQ(served.get("/v1/ledger").body, before);
  const api::Response answer = served.get("/v1/accounts/XHA-ACC?proof=1");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("for a commitment that was refused"));
}

TEST_F(Proofs, OfFiguresThatThereAreNotYetAreNotThere) {
  tell_and_wait("enrolled");
  EXPECT_EQ(served.get("/v1/ledger?proof=1").status, 404) << "nothing was issued";
  EXPECT_EQ(served.get("/v1/parties/XHA?proof=1").status, 404);
  EXPECT_EQ(served.get("/v1/parties/XHA%00?proof=1").status, 400);
  EXPECT_EQ(served.get("/v1/accounts/%FF?proof=1").status, 400);
  EXPECT_EQ(served.get("/v1/units/%FF%FF%FF%FF%FF:1/entries?proof=1").status, 400);
  EXPECT_EQ(served.get("/livez").status, 200);
}

TEST(ProofsOfNobody, ThereAreWhereNoKeySignsCommitments) {
  Served served;
  served.tell("issued");
  const api::Response answer = served.get("/v1/ledger?proof=1");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("has not committed to the state"));
}

TEST(ProofsOfNobody, KnowTheUnitsOfEntriesThatWereAnsweredJustNow) {
  Served served;
  served.tell("issued");
  const api::Response answer = served.get("/v1/units/CA9901-XHA99-XHA-4008-2026?proof=1");
  EXPECT_THAT(answer.body, HasSubstr("has not committed to the state"));
}

// The state has moved on within a checkpoint in which the commitment is not the last entry.
TEST(ProofsOfNobody, ThereAreWhereACommitmentWasAdmittedTogetherWithOthers) {
  Served served;
  served.tell("issued");
  const auto same = test_support::LedgerBuilder::after("issued");
  const Act commitment = scene::act("state-1", scene::story::at("2029-06-01T08:00:00.000Z"),
                                    scene::commitment(same.machine()), {"operator"});
  const Act behind = account_act("XHA-behind", "2029-06-01T08:00:00.000Z");
  const api::Response told =
      served.post_batch(submission_of(commitment) + "\n" + submission_of(behind) + "\n");
  ASSERT_THAT(told.body, testing::Not(HasSubstr("\"code\"")));
  const api::Response answer = served.get("/v1/ledger?proof=1");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("was admitted together with entries behind it"));
}

TEST_F(Watched, ProvesBalancesUnderCosignedCheckpoints) {
  change = commit_often;
  start(two_of_three());
  served->tell("issued");
  ASSERT_TRUE(comes_true([&] {
    const api::Response answer = served->get("/v1/ledger?proof=1");
    const auto claims = answer.status == 200
                            ? api::parse_state_claims(answer.body)
                            : api::Told<StateClaims>(tl::make_unexpected(answer.body));
    if (!claims) return false;
    std::string problem;
    const auto proven = replay::prove_claims(*claims, scene_log_key(), problem);
    EXPECT_TRUE(proven) << problem;
    return proven && judge(proven->note).met;
  }));
}

TEST(StateClaimsText, IsReadBackAsItWasWritten) {
  StateClaims claims;
  claims.entry = "{}";
  claims.proof = "c2sp.org/tlog-proof@v1\n";
  claims.claims.push_back({{"run", "XHA99", "1"}, "ACC", "{\"a\":1}", std::string("\0\1\2", 3)});
  claims.claims.push_back({{"account", "NOBODY"}, std::nullopt, std::nullopt, "x"});
  claims.entries = {{7, crypto::sha256("a line")}};
  claims.size = 9;
  const auto back = api::parse_state_claims(api::describe(claims));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(api::describe(*back), api::describe(claims));
}

TEST(StateClaimsText, IsRefusedWhereItIsNone) {
  const std::string no_leaf(64, '0');
  for (
      const std::string& text : std::vector<std::string>{
          "", "[]", "{}", "{\"commitment\":{},\"claims\":[]}",
          R"({"commitment":{"entry":"","proof":""},"claims":[1]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":["a"],"proof":"?"}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":["a","b","c","d"],"proof":""}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":"a","proof":""}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":["a"],"key":["b"],"proof":""}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[],"claims":[]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[],"entries":[{"seq":1.0,"leaf":")" +
              no_leaf + R"("}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[],"entries":[]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":["a"],"proof":"","text":null}]})",
          R"({"commitment":{"entry":"","proof":""},"claims":[{"key":["a"],"account":5,"proof":""}]})",
          "\xef\xbb\xbf{\"commitment\":{\"entry\":\"\",\"proof\":\"\"},\"claims\":[]}",
          R"({"commitment":{"entry":"","proof":""},"claims":[],"more":1.5})",
          R"({"commitment":{"entry":"","proof":""},"claims":[],"more":[[[[1]]]]})"}) {
    EXPECT_FALSE(api::parse_state_claims(text)) << text;
  }
}

}  // namespace
