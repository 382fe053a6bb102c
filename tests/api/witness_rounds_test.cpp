// Which checkpoint is put before which witness, told the time: no thread, no clock.
#include "api/witness_rounds.hpp"

#include <gtest/gtest.h>

namespace {

using api::WitnessRounds;
using std::chrono::milliseconds;
using Moment = WitnessRounds::Moment;

constexpr Moment start{};
constexpr Moment at(int ms) {
  return start + milliseconds(ms);
}
constexpr api::RoundLimits limits{milliseconds(1'000), milliseconds(10), milliseconds(80)};

struct Rounds : testing::Test {
  WitnessRounds rounds{2, limits};
  void begin(ledger::Seq size, Moment now) {
    ASSERT_TRUE(rounds.publish(size));
    ASSERT_TRUE(rounds.is_due(now));
    rounds.begin(size, now);
  }
};

TEST_F(Rounds, BeginWithTheFirstEntry) {
  EXPECT_FALSE(rounds.is_due(at(0)));
  EXPECT_FALSE(rounds.has_turn(0, at(0)));
  EXPECT_FALSE(rounds.look_again(0, at(0)));
  begin(1, at(0));
  EXPECT_TRUE(rounds.has_turn(0, at(0)));
  EXPECT_TRUE(rounds.has_turn(1, at(0)));
}

TEST_F(Rounds, EndWhenTheQuorumCosigned) {
  begin(1, at(0));
  EXPECT_TRUE(rounds.publish(5));
  rounds.cosigned(0, 1);
  EXPECT_FALSE(rounds.is_due(at(1))) << "the others may still make a quorum of this one";
  EXPECT_FALSE(rounds.has_turn(0, at(1))) << "who cosigned waits for the next round";
  rounds.cover(1);
  EXPECT_TRUE(rounds.is_due(at(1)));
  rounds.begin(5, at(1));
  EXPECT_EQ(rounds.target(), 5u);
  EXPECT_TRUE(rounds.has_turn(0, at(1)));
}

TEST_F(Rounds, EndWhenEverybodyAnswered) {
  begin(1, at(0));
  EXPECT_TRUE(rounds.publish(2));
  rounds.cosigned(0, 1);
  rounds.failed(1, at(1), milliseconds(0), 255);
  EXPECT_TRUE(rounds.is_due(at(1)));
}

TEST_F(Rounds, WakeNobodyForWhatIsPublishedWhileANewerOneWaitsAlready) {
  begin(1, at(0));
  EXPECT_FALSE(rounds.publish(1));
  EXPECT_TRUE(rounds.publish(2));
  EXPECT_FALSE(rounds.publish(3));
  rounds.begin(4, at(1));
  EXPECT_FALSE(rounds.publish(4)) << "what a round began with is no newer one";
  EXPECT_FALSE(rounds.is_due(at(2'000)));
  EXPECT_TRUE(rounds.publish(5));
}

TEST_F(Rounds, EndAfterTheirTime) {
  begin(1, at(0));
  EXPECT_FALSE(rounds.is_due(at(2'000))) << "nothing newer is there";
  EXPECT_TRUE(rounds.publish(2));
  EXPECT_FALSE(rounds.is_due(at(999)));
  EXPECT_EQ(rounds.look_again(0, at(1)), at(1'000));
  EXPECT_TRUE(rounds.is_due(at(1'000)));
}

TEST_F(Rounds, LetAFailureRestTwiceAsLongEachTime) {
  begin(1, at(0));
  int now = 0;
  for (const int pause : {10, 20, 40, 80, 80}) {
    rounds.failed(0, at(now), milliseconds(0), 255);
    EXPECT_FALSE(rounds.has_turn(0, at(now + pause - 1))) << pause;
    EXPECT_EQ(rounds.look_again(0, at(now)), at(now + pause));
    now += pause;
    EXPECT_TRUE(rounds.has_turn(0, at(now))) << pause;
  }
  rounds.cosigned(0, 1);
  begin(2, at(now + 1'000));
  rounds.failed(0, at(now + 1'000), milliseconds(0), 255);
  EXPECT_EQ(rounds.look_again(0, at(now + 1'000)), at(now + 1'010)) << "a success forgives";
}

TEST_F(Rounds, TakeUpToHalfOfARestByChance) {
  begin(1, at(0));
  rounds.failed(0, at(0), milliseconds(0), 0);
  EXPECT_EQ(rounds.look_again(0, at(0)), at(5));
}

TEST_F(Rounds, RestAsLongAsAWitnessAsks) {
  begin(1, at(0));
  rounds.failed(0, at(0), milliseconds(7'000), 255);
  EXPECT_EQ(rounds.look_again(0, at(0)), at(7'000));
}

TEST_F(Rounds, WaitForWhoIsAheadOfThem) {
  begin(3, at(0));
  rounds.is_ahead(0, 5);
  EXPECT_FALSE(rounds.has_turn(0, at(1)));
  rounds.cosigned(1, 3);
  begin(4, at(1));
  EXPECT_FALSE(rounds.has_turn(0, at(1)));
  rounds.cosigned(1, 4);
  begin(5, at(2));
  EXPECT_TRUE(rounds.has_turn(0, at(2))) << "somebody else may have sent it this one";
}

TEST_F(Rounds, DoNotWaitForWhoRests) {
  begin(1, at(0));
  rounds.cosigned(0, 1);
  rounds.failed(1, at(0), milliseconds(60'000), 255);
  begin(2, at(1));
  rounds.cosigned(0, 2);
  EXPECT_TRUE(rounds.publish(3));
  EXPECT_TRUE(rounds.is_due(at(2)));
}

TEST_F(Rounds, CountALateCosignatureOfAnOlderRoundForNothingMore) {
  begin(1, at(0));
  EXPECT_TRUE(rounds.publish(2));
  rounds.cosigned(0, 1);
  rounds.cover(1);
  rounds.begin(2, at(1));
  rounds.cosigned(1, 1);
  EXPECT_TRUE(rounds.has_turn(1, at(1))) << "it is asked for the newer one at once";
}

}  // namespace
