// Scenario B, nobody can be made to have signed: what the Machine answers. The same through the
// server is in tests/api.
#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/support/ledger_builder.hpp"

namespace {

using namespace ledger;
using namespace test_support;
using testing::Test;
namespace story = api::story;

// Units that are settled and ready, and a complete draft of a transfer.
class Draft : public Test {
 protected:
  [[nodiscard]] static story::Act draft(scene::Signers signers = scene::three()) {
    story::Act act = scene::act("draft", story::at("2028-11-29T09:00:00.000Z"),
                                scene::transfer({{1, 1'500}}), std::move(signers));
    act.event.date = story::on("2028-11-20");
    act.event.expires = story::at("2028-11-30T23:59:59.999Z");
    return act;
  }
  // Sends it, and sees that a refusal leaves everything as it was.
  Answer send(const story::Act& act) {
    const Machine before = ledger.machine();
    const Answer answer = ledger.send(act);
    EXPECT_EQ(answer.admitted(), !(ledger.machine() == before));
    return answer;
  }
  LedgerBuilder ledger = LedgerBuilder::after("settled");
};

bool mentions(const Answer& answer, std::string_view words) {
  return answer.detail.find(words) != std::string::npos;
}

TEST_F(Draft, WithTwoKeysOfTheHostNamesTheBuyerAsMissing) {
  const Answer answer = send(draft({"XBA-FUND", "XHA", "XHA-CMO"}));
  EXPECT_EQ(answer.clause, "ID-7");
  EXPECT_TRUE(mentions(answer, "Missing: XBA (")) << answer;
}

TEST_F(Draft, ThatTheHostTookBackFirstNamesThatEntry) {
  const SignatureWithdrawn back{crypto::sha256(encode_event(draft().event)), "draft"};
  const Seq entry = ledger.machine().size();
  ledger.given("2028-11-28T09:00:00.000Z", back, {"XHA-CMO"});
  const Answer answer = send(draft());
  EXPECT_EQ(answer.clause, "ID-4");
  EXPECT_TRUE(mentions(answer, "at entry " + std::to_string(entry))) << answer;
}

TEST_F(Draft, ThatCameFirstCannotBeTakenBack) {
  EXPECT_TRUE(send(draft()).admitted());
  const SignatureWithdrawn back{crypto::sha256(encode_event(draft().event)), "draft"};
  EXPECT_EQ(ledger.send("2028-11-29T10:00:00.000Z", back, {"XHA-CMO"}).clause, "WDR-1");
}

TEST_F(Draft, ThatComesADayLateIsRefused) {
  story::Act late = draft();
  late.time = story::at("2028-12-01T00:00:00.000Z");
  const Answer answer = send(late);
  EXPECT_EQ(answer.clause, "ID-3");
  EXPECT_TRUE(mentions(answer, "expired at 2028-11-30T23:59:59.999Z")) << answer;
}

KeysChanged replaced(const Id& participant, KeysChanged::Route route, const std::string& fresh) {
  KeysChanged body;
  body.participant = participant;
  body.route = route;
  body.remove = scene::keys_of({participant});
  body.add = scene::keys_of({fresh});
  return body;
}

TEST_F(Draft, SignedWithAKeyThatRetiredMeanwhileSaysWhoSignsAgain) {
  const Seq entry = ledger.machine().size();
  ledger.given("2028-11-28T09:00:00.000Z",
               replaced("XHA-CMO", KeysChanged::Route::threshold, "XHA-CMO-2"),
               {"XHA-CMO", "XHA-CMO-2"});
  const Answer answer = send(draft());
  EXPECT_EQ(answer.clause, "ID-6");
  EXPECT_TRUE(mentions(answer, "retired at entry " + std::to_string(entry))) << answer;
  EXPECT_TRUE(mentions(answer, "ask XHA-CMO to sign again")) << answer;
  EXPECT_TRUE(send(draft({"XBA-FUND", "XHA-CMO-2", "XBA"})).admitted());
}

TEST_F(Draft, OfOneWhoLostAllKeysWaitsForTheRecovery) {
  ledger.given("2028-11-21T09:00:00.000Z",
               replaced("XBA-FUND", KeysChanged::Route::recovery, "XBA-FUND-N"),
               {"XBA-FUND-R1", "XBA-FUND-R3", "XBA-FUND-N"});
  EXPECT_EQ(send(draft()).clause, "ID-6") << "the old key is refused at once";
  story::Act early = draft({"XBA-FUND-N", "XHA-CMO", "XBA"});
  early.time = story::at("2028-11-27T09:00:00.000Z");
  EXPECT_EQ(send(early).clause, "ID-6") << "six days are not seven";
  early.time = story::at("2028-11-28T09:00:00.000Z");
  EXPECT_TRUE(send(early).admitted());
}

TEST_F(Draft, OfARecoveryWithOneKeyOfTwoIsNotEnough) {
  const Answer answer = ledger.send(
      "2028-11-21T09:00:00.000Z", replaced("XBA-FUND", KeysChanged::Route::recovery, "XBA-FUND-N"),
      {"XBA-FUND-R1", "XBA-FUND-N"});
  EXPECT_EQ(answer.clause, "ID-7");
  EXPECT_TRUE(mentions(answer, "1 of 2")) << answer;
}

}  // namespace
