#include "api/batch_share.hpp"

#include <gtest/gtest.h>

namespace {

// The fewest checked submissions of 64 that are enough.
std::size_t fewest(const api::BatchShare& share) {
  for (std::size_t checked = 0; checked <= 64; ++checked) {
    if (share.is_enough(checked, 64)) return checked;
  }
  return 65;
}

TEST(BatchShare, BeginsWithThreeQuarters) {
  EXPECT_EQ(fewest(api::BatchShare()), 48U);
}

TEST(BatchShare, ASingleSubmissionWaitsForNothing) {
  EXPECT_TRUE(api::BatchShare().is_enough(1, 1));
  EXPECT_FALSE(api::BatchShare().is_enough(0, 1));
}

TEST(BatchShare, ShrinksToAQuarterWhileCheckersRunOutAndGrowsAgain) {
  api::BatchShare share;
  share.answered(true);
  EXPECT_EQ(fewest(share), 46U);
  for (int i = 0; i < 100; ++i) share.answered(true);
  EXPECT_EQ(fewest(share), 16U);
  share.answered(false);
  EXPECT_EQ(fewest(share), 18U);
  for (int i = 0; i < 100; ++i) share.answered(false);
  EXPECT_EQ(fewest(share), 48U);
}

}  // namespace
