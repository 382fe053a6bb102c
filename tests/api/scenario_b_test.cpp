// "Nobody can be made to have signed" (spec/events.md), through the HTTP API. After each refusal
// state, log and root are byte-identical, and the signed refusal verifies.
#include <gtest/gtest.h>

#include <sstream>

#include "crypto/envelope.hpp"
#include "crypto/hash.hpp"
#include "crypto/pem.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
namespace story = scene::story;

std::string event_hash(const Act& act) {
  return crypto::to_hex(crypto::sha256(ledger::encode_event(act.event)).view());
}

// The transfer of 1,500 units, as a draft that the holder and both Parties are to sign.
Act draft(const std::string& id, std::string_view time,
          std::vector<std::string> signers = scene::three()) {
  Act act = scene::act(id, story::at(time), scene::transfer({{1, 1'500}}), std::move(signers));
  act.event.expires = story::at("2029-06-30T00:00:00.000Z");
  return act;
}

Act withdrawal_of(const Act& act, const std::string& who, std::string_view time) {
  ledger::SignatureWithdrawn body;
  body.event = crypto::sha256(ledger::encode_event(act.event));
  body.id = act.event.id;
  return scene::act("withdrawal-" + act.event.id + "-" + who, story::at(time), body, {who});
}

// What must not change when something is refused: log, root, and every view of everybody concerned.
std::string everything(Served& served) {
  std::string all = served.get("/checkpoint").body + served.get("/v1/entries?limit=1000").body;
  for (const char* target : {"/v1/parties/XHA", "/v1/parties/XBA", "/v1/accounts/XBA-FUND-XHA",
                             "/v1/accounts/XBA-FUND-XBA", "/v1/authorizations/XHA-AUT-1",
                             "/v1/authorizations/XBA-AUT-1"}) {
    all += served.get(target).body;
  }
  return all;
}

struct ScenarioB : testing::Test {
  void SetUp() override { served.tell("settled"); }

  void admit(const Act& act) {
    const api::Response response = served.send(act);
    ASSERT_EQ(response.status, 201) << response.body;
    EXPECT_EQ(receipt_problem(json_of(response)), "");
  }
  // Sends what must be refused by that clause, and gives what it was told.
  std::string refuse(const Act& act, const std::string& clause) {
    const std::string before = everything(served);
    const api::Response response = served.send(act);
    EXPECT_GE(response.status, 400) << response.body;
    const Json problem = json_of(response);
    EXPECT_EQ(refusal_problem(problem, clause, event_hash(act)), "") << response.body;
    EXPECT_EQ(everything(served), before);
    return problem.value("detail", "");
  }

  Served served;
};

// (1) Two keys of one Party are one Party.
TEST_F(ScenarioB, APartyCannotSignForTheOther) {
  const std::string told =
      refuse(draft("b1", "2029-06-01T08:00:00.000Z", {"XBA-FUND", "XHA-CMO", "XHA"}), "ID-7");
  EXPECT_NE(told.find("XBA"), std::string::npos) << told;
}

// (2) A signature that was taken back before the commit bars the draft.
TEST_F(ScenarioB, AWithdrawnSignatureBarsTheDraft) {
  const Act act = draft("b2", "2029-06-01T08:00:00.000Z");
  const Act withdrawal = withdrawal_of(act, "XHA-CMO", "2029-06-01T07:00:00.000Z");
  const api::Response response = served.send(withdrawal);
  ASSERT_EQ(response.status, 201) << response.body;
  const std::string told = refuse(act, "ID-4");
  EXPECT_NE(told.find(std::to_string(json_of(response)["seq"].get<int>())), std::string::npos)
      << told;
}

// (3) A signed paper is no option for ever.
TEST_F(ScenarioB, AnExpiredDraftIsRefused) {
  refuse(draft("b3", "2029-07-01T08:00:00.000Z"), "ID-3");
}

// (4) A key that was removed before the commit signs nothing any more.
TEST_F(ScenarioB, ARetiredKeyIsNamedWithItsEntry) {
  ledger::KeysChanged change;
  change.participant = "XHA-CMO";
  change.route = ledger::KeysChanged::Route::threshold;
  change.add = scene::keys_of({"XHA-CMO-new"});
  change.remove = scene::keys_of({"XHA-CMO"});
  const api::Response changed = served.send(scene::act(
      "b4-keys", story::at("2029-06-01T07:00:00.000Z"), change, {"XHA-CMO", "XHA-CMO-new"}));
  ASSERT_EQ(changed.status, 201) << changed.body;
  const std::string told = refuse(draft("b4", "2029-06-01T08:00:00.000Z"), "ID-6");
  EXPECT_NE(told.find(crypto::to_hex(scene::cast().public_key("XHA-CMO").view()).substr(0, 16)),
            std::string::npos)
      << told;
  EXPECT_NE(told.find(std::to_string(json_of(changed)["seq"].get<int>())), std::string::npos)
      << told;
  admit(draft("b4-again", "2029-06-01T08:00:00.000Z", {"XBA-FUND", "XHA-CMO-new", "XBA"}));
}

// (5) A withdrawal and the complete draft in one batch: their order decides.
TEST_F(ScenarioB, TheOrderInABatchDecides) {
  const Act loser = draft("b5", "2029-06-01T08:00:00.000Z");
  const Act barring = withdrawal_of(loser, "XBA", "2029-06-01T08:00:00.000Z");
  const api::Response first =
      served.post_batch(submission_of(barring) + "\n" + submission_of(loser) + "\n");
  std::istringstream lines(first.body);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(receipt_problem(Json::parse(line)), "") << line;
  std::getline(lines, line);
  EXPECT_EQ(refusal_problem(Json::parse(line), "ID-4", event_hash(loser)), "") << line;

  const Act winner = draft("b5-again", "2029-06-01T08:00:00.000Z");
  const Act too_late = withdrawal_of(winner, "XBA", "2029-06-01T08:00:00.000Z");
  const api::Response second =
      served.post_batch(submission_of(winner) + "\n" + submission_of(too_late) + "\n");
  std::istringstream more(second.body);
  std::getline(more, line);
  EXPECT_EQ(receipt_problem(Json::parse(line)), "") << line;
  std::getline(more, line);
  const Json refused = Json::parse(line);
  EXPECT_TRUE(refused.value("code", "").starts_with("WDR-")) << line;
  EXPECT_EQ(refusal_problem(refused, refused.value("code", ""), event_hash(too_late)), "");
  EXPECT_EQ(served.get_json("/v1/accounts/XBA-FUND-XBA")["account"]["held"], 1'500);
}

// (5) A revocation and the complete draft in one batch: what comes first counts.
TEST_F(ScenarioB, ARevocationInABatchStopsTheDraftBehindItAlone) {
  const auto revocation = [](const std::string& id) {
    return scene::act(id, story::at("2029-06-01T08:00:00.000Z"), scene::revocation("XHA-AUT-1"),
                      scene::both());
  };
  const Act winner = draft("b5-winner", "2029-06-01T08:00:00.000Z");
  Act loser = draft("b5-loser", "2029-06-01T08:00:00.000Z");
  std::get<ledger::UnitsTransferred>(loser.event.body) = scene::transfer({{1'501, 3'000}});
  const api::Response answers =
      served.post_batch(submission_of(winner) + "\n" + submission_of(revocation("b5-revoked")) +
                        "\n" + submission_of(loser) + "\n");
  std::istringstream lines(answers.body);
  std::string line;
  for (int admitted = 0; admitted < 2; ++admitted) {
    std::getline(lines, line);
    EXPECT_EQ(receipt_problem(Json::parse(line)), "") << line;
  }
  std::getline(lines, line);
  EXPECT_EQ(refusal_problem(Json::parse(line), "AUT-5", event_hash(loser)), "") << line;
  EXPECT_NE(line.find("was revoked at entry"), std::string::npos) << line;

  const Json host = served.get_json("/v1/authorizations/XHA-AUT-1")["authorization"];
  EXPECT_EQ(host["first_transferred"], 1'581) << "1,500, and 81 for OMGE before";
  EXPECT_EQ(host["released"], 15'000 - 1'581);
  EXPECT_EQ(host["units"]["issued"].get<int>(), host["units"]["held"].get<int>() +
                                                    host["units"]["used"].get<int>() +
                                                    host["units"]["cancelled"].get<int>());
  const Json held = served.get_json("/v1/accounts/XBA-FUND-XHA")["blocks"][0];
  EXPECT_EQ(held["state"]["authorized"], false) << held;
  refuse(revocation("b5-again"), "AUT-30");
}

// (6) All keys lost: recovery acts at once against the old key, and after its wait for the new one.
TEST_F(ScenarioB, RecoveryWaitsBeforeANewKeyActs) {
  ledger::KeysChanged recovery;
  recovery.participant = "XBA-FUND";
  recovery.route = ledger::KeysChanged::Route::recovery;
  recovery.add = scene::keys_of({"XBA-FUND-new"});
  recovery.remove = scene::keys_of({"XBA-FUND"});
  admit(scene::act("b6-recovery", story::at("2029-06-01T08:00:00.000Z"), recovery,
                   {"XBA-FUND-R1", "XBA-FUND-R3", "XBA-FUND-new"}));
  refuse(draft("b6-old", "2029-06-01T08:00:01.000Z"), "ID-6");
  const std::vector<std::string> renewed = {"XBA-FUND-new", "XHA-CMO", "XBA"};
  refuse(draft("b6-early", "2029-06-07T08:00:00.000Z", renewed), "ID-6");
  admit(draft("b6-new", "2029-06-08T08:00:00.000Z", renewed));
}

// (7) XBA signs with openssl alone, and its receipt verifies offline.
TEST_F(ScenarioB, APartySignsWithOpensslAlone) {
  Act act = draft("b7", "2029-06-01T08:00:00.000Z", {"XBA-FUND", "XHA-CMO"});
  const std::string bytes = ledger::encode_event(act.event);
  const auto& folder = served.folder();
  folder.write("pae", crypto::pae(crypto::event_type, bytes));
  folder.write("xba.pem", crypto::format_private_pem(scene::cast().key("XBA")));
  const auto outcome =
      folder.run("openssl pkeyutl -sign -inkey xba.pem -rawin -in pae -out signature");
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  auto signatures = story::signed_event_of(act, scene::cast()).signatures;
  signatures.push_back(
      {scene::cast().public_key("XBA"), *crypto::Signature::from(folder.read("signature"))});
  std::sort(signatures.begin(), signatures.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  const api::Response response =
      served.post(ledger::encode_submission(bytes, signatures, act.time));
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(receipt_problem(json_of(response)), "");
}

}  // namespace
