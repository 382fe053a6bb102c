// Keys: change, loss and recovery, and that nobody takes another's place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
using testing::HasSubstr;
namespace scene = watched::scene;
using Route = KeysChanged::Route;

KeysChanged change(const Id& participant, Route route, const scene::Signers& add,
                   const scene::Signers& remove) {
  KeysChanged body;
  body.participant = participant;
  body.route = route;
  body.add = scene::keys_of(add);
  body.remove = scene::keys_of(remove);
  return body;
}

AccountOpened account(const Id& id) {
  return scene::story::account(id, "XBA-FUND", "XBA99");
}

TEST(Keys, AReplacedKeyIsNamedWithTheEntryThatRetiredIt) {
  watched::Ledger ledger("enrolled");
  const auto draft = ledger.next(account("A-1"), {"XBA", "XBA-FUND"});
  ledger.given(change("XBA", Route::threshold, {"XBA-NEW"}, {"XBA"}), {"XBA", "XBA-NEW"});
  const std::string entry = std::to_string(ledger.machine().size() - 1);
  const auto answer = ledger.send(draft);
  EXPECT_EQ(answer.clause, "ID-6");
  EXPECT_THAT(answer.detail, HasSubstr("retired at entry " + entry));
  EXPECT_THAT(answer.detail, HasSubstr("ask XBA to sign again"));
  EXPECT_TRUE(ledger.send(account("A-1"), {"XBA-NEW", "XBA-FUND"}).admitted());
}

TEST(Keys, ANewKeySignsItsOwnEnrolmentAndCountsForNothingElseThere) {
  watched::Ledger ledger("enrolled");
  const KeysChanged body = change("XBA", Route::threshold, {"XBA-NEW"}, {});
  EXPECT_EQ(ledger.send(body, {"XBA"}).clause, "ID-8");
  EXPECT_EQ(ledger.send(body, {"XBA-NEW"}).clause, "ID-7");
  EXPECT_TRUE(ledger.send(body, {"XBA", "XBA-NEW"}).admitted());
}

TEST(Keys, AThresholdThatCannotBeMetIsRefused) {
  watched::Ledger ledger("enrolled");
  KeysChanged body = change("XBA", Route::threshold, {"XBA-2"}, {});
  body.thresholds = Thresholds{1, 3, 1};
  EXPECT_EQ(ledger.send(body, {"XBA", "XBA-2"}).clause, "KEY-9");
  body.thresholds = Thresholds{1, 2, 2};
  ledger.given(body, {"XBA", "XBA-2"});
  EXPECT_EQ(ledger.send(change("XBA", Route::threshold, {"XBA-3"}, {}), {"XBA", "XBA-3"}).clause,
            "ID-7");
}

// All keys lost, a recovery set of 2 of 3 with a wait of 7 days.
TEST(Recovery, StopsTheOldKeyAtOnceAndStartsTheNewOneAfterTheWait) {
  watched::Ledger ledger("enrolled");
  const KeysChanged body = change("XBA-FUND", Route::recovery, {"FUND-NEW"}, {"XBA-FUND"});
  EXPECT_EQ(ledger.send("2027-01-01T00:00:00.000Z", body, {"XBA-FUND-R1", "FUND-NEW"}).clause,
            "ID-7");
  ledger.given("2027-01-01T00:00:00.000Z", body, {"XBA-FUND-R1", "XBA-FUND-R3", "FUND-NEW"});
  EXPECT_EQ(ledger.send("2027-01-01T00:00:00.001Z", account("A-1"), {"XBA", "XBA-FUND"}).clause,
            "ID-6");
  const auto early = ledger.send("2027-01-07T00:00:00.000Z", account("A-1"), {"XBA", "FUND-NEW"});
  EXPECT_EQ(early.clause, "ID-6");
  EXPECT_THAT(early.detail, HasSubstr("2027-01-08T00:00:00.000Z"));
  EXPECT_EQ(ledger.send("2027-01-07T23:59:59.999Z", account("A-1"), {"XBA", "FUND-NEW"}).clause,
            "ID-6");
  EXPECT_TRUE(
      ledger.send("2027-01-08T00:00:00.000Z", account("A-1"), {"XBA", "FUND-NEW"}).admitted());
}

TEST(Recovery, IsUndoneByTheRightfulOwnerWhileTheNewKeyWaits) {
  watched::Ledger ledger("enrolled");
  const scene::Signers recovery{"XBA-FUND-R1", "XBA-FUND-R2"};
  ledger.given(change("XBA-FUND", Route::recovery, {"THIEF"}, {}),
               {"XBA-FUND-R1", "XBA-FUND-R2", "THIEF"});
  ledger.given(change("XBA-FUND", Route::threshold, {}, {"THIEF"}), {"XBA-FUND"});
  EXPECT_EQ(ledger.send("2027-06-01T00:00:00.000Z", account("A-1"), {"XBA", "THIEF"}).clause,
            "ID-6");
}

TEST(Recovery, KeysThatAreLeftMaySignItToo) {
  watched::Ledger ledger("enrolled");
  const KeysChanged body = change("XBA-FUND", Route::recovery, {"FUND-2"}, {});
  const auto answer = ledger.send(body, {"XBA-FUND-R1", "XBA-FUND-R2", "XBA-FUND", "FUND-2"});
  EXPECT_TRUE(answer.admitted()) << answer;
}

TEST(Recovery, ARecoveryKeySignsNothingElse) {
  watched::Ledger ledger("enrolled");
  const auto answer = ledger.send(account("A-1"), {"XBA", "XBA-FUND-R1"});
  EXPECT_EQ(answer.clause, "ID-6");
  EXPECT_THAT(answer.detail, HasSubstr("recovery key"));
}

TEST(Recovery, ASetIsReplacedAsAWhole) {
  watched::Ledger ledger("enrolled");
  KeysChanged body = change("XBA-FUND", Route::threshold, {}, {});
  body.recovery = Recovery{scene::keys_of({"R4"}), 1, 3};
  ledger.given(body, {"XBA-FUND", "R4"});
  EXPECT_EQ(ledger
                .send(change("XBA-FUND", Route::recovery, {"FUND-2"}, {}),
                      {"XBA-FUND-R1", "XBA-FUND-R2", "FUND-2"})
                .clause,
            "ID-6");
  ledger.given("2027-01-01T00:00:00.000Z",
               change("XBA-FUND", Route::recovery, {"FUND-2"}, {"XBA-FUND"}), {"R4", "FUND-2"});
  EXPECT_TRUE(
      ledger.send("2027-01-04T00:00:00.000Z", account("A-1"), {"XBA", "FUND-2"}).admitted());
}

TEST(Sponsor, HelpsAnEntityWithoutARecoverySetAfterThirtyDays) {
  watched::Ledger ledger("enrolled");
  const KeysChanged body = change("XHA-OTHER", Route::sponsor, {"OTHER-NEW"}, {"XHA-OTHER"});
  EXPECT_EQ(ledger.send(body, {"XHA", "OTHER-NEW"}).clause, "ID-7");
  EXPECT_EQ(ledger.send(body, {"operator", "OTHER-NEW"}).clause, "ID-7");
  ledger.given("2027-01-01T00:00:00.000Z", body, {"XHA", "operator", "OTHER-NEW"});
  const AccountOpened opening = scene::story::account("A-1", "XHA-OTHER", "XHA99");
  EXPECT_EQ(ledger.send("2027-01-30T23:59:59.999Z", opening, {"XHA-CMO", "OTHER-NEW"}).clause,
            "ID-6");
  EXPECT_TRUE(
      ledger.send("2027-01-31T00:00:00.000Z", opening, {"XHA-CMO", "OTHER-NEW"}).admitted());
}

TEST(Sponsor, IsRefusedWhereARecoverySetIsDeclared) {
  watched::Ledger ledger("enrolled");
  EXPECT_EQ(
      ledger.send(change("XBA-FUND", Route::sponsor, {"FUND-2"}, {}), {"XBA", "operator", "FUND-2"})
          .clause,
      "KEY-4");
}

TEST(Sponsor, OfAPartyIsAQuorumOfTheOthers) {
  watched::Ledger ledger("enrolled");
  const KeysChanged body = change("XHA", Route::sponsor, {"XHA-NEW"}, {"XHA"});
  EXPECT_EQ(ledger.send(body, {"XBA", "operator", "XHA-NEW"}).clause, "ID-7");
  EXPECT_TRUE(ledger.send(body, {"XBA", "XCA", "XCA-2", "operator", "XHA-NEW"}).admitted());
}

// With one founding Party there are no others, and the operator alone decides nothing.
TEST(Sponsor, TheOperatorNeverTakesAPartysPlaceAlone) {
  Machine machine;
  const auto send = [&](Body body, scene::Signers signers, const std::string& id) {
    const auto act = scene::act(id, scene::story::at("2026-11-23T08:00:00.000Z"), std::move(body),
                                std::move(signers));
    return test_support::submit(machine, scene::story::submission_of(act, scene::cast(), true));
  };
  const auto opened =
      send(scene::story::opening(scene::cast(), scene::origin, {"XHA"}), {"operator", "XHA"}, "1");
  ASSERT_TRUE(opened.admitted()) << opened;
  const auto answer =
      send(change("XHA", Route::sponsor, {"XHA-NEW"}, {"XHA"}), {"operator", "XHA-NEW"}, "2");
  EXPECT_EQ(answer.clause, "ID-7") << answer;
}

}  // namespace
