#include "api/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "ledger/codec.hpp"
#include "tests/support/scene.hpp"

namespace {

using api::Intake;
using testing::Eq;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

namespace scene = test_support::scene;

ledger::Result<> put(Intake& intake, const std::vector<std::string>& texts) {
  Intake::Batch submissions;
  for (const std::string& text : texts) {
    const std::size_t behind = texts.size() - submissions.size() - 1;
    submissions.push_back(std::make_unique<api::Submitted>(api::Submitted{text, behind}));
  }
  return intake.put(submissions);
}

// A submission whose three signatures take a while to verify.
std::string slow() {
  static const std::string text =
      scene::story::submission_of(scene::act("slow", scene::story::at("2028-11-20T10:00:00.000Z"),
                                             scene::transfer({{1, 1'000}}), scene::three()),
                                  scene::cast(), true);
  return text;
}

// A whole batch, or an empty one where nothing will come any more.
Intake::Batch take(Intake& intake) {
  Intake::Batch batch;
  while (!intake.take(batch) && !batch.empty()) continue;
  return batch;
}

// Takes and answers until nothing waits any more.
Intake::Batch take_all(Intake& intake) {
  Intake::Batch all;
  for (Intake::Batch batch = take(intake); !batch.empty(); batch = take(intake)) {
    intake.answered(batch);
    for (auto& each : batch) all.push_back(std::move(each));
  }
  return all;
}

// How many threads of this process give way to others: of Linux's nice value 10 or more.
std::size_t threads_that_give_way() {
  std::size_t number = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(thread.path() / "stat");
    const std::string all{std::istreambuf_iterator<char>(file), {}};
    std::istringstream behind_the_name(all.substr(all.find_last_of(')') + 1));
    std::string field;
    for (int i = 0; i < 17; ++i) behind_the_name >> field;  // the 19th of all, see proc(5)
    if (std::stoi(field) >= 10) ++number;
  }
  return number;
}

TEST(Intake, ChecksInThreadsThatGiveWayToTheWriter) {
  const std::size_t before = threads_that_give_way();
  Intake intake({.checkers = 1});
  ASSERT_TRUE(put(intake, {slow()}));
  ASSERT_THAT(take(intake), SizeIs(1));
  EXPECT_EQ(threads_that_give_way(), before + 1);
}

TEST(Intake, GivesSubmissionsInTheOrderInWhichTheyCameHoweverLongTheyTake) {
  Intake intake({.checkers = 4});
  std::vector<std::string> texts;
  for (int i = 0; i < 20; ++i) {
    std::vector<std::string> together(static_cast<std::size_t>(i % 3) * 8 + 1, slow());
    together.push_back("malformed " + std::to_string(i));
    ASSERT_TRUE(put(intake, together));
    texts.insert(texts.end(), together.begin(), together.end());
  }
  intake.stop();
  const Intake::Batch all = take_all(intake);
  ASSERT_THAT(all, SizeIs(texts.size()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i]->text, texts[i]);
    EXPECT_EQ(all[i]->checked->authentic.has_value(), texts[i] == slow());
  }
}

TEST(Intake, WaitsUntilThreeQuartersOfWhatWaitsAreChecked) {
  Intake intake({.checkers = 1});
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(put(intake, {slow()}));
  EXPECT_THAT(take(intake), SizeIs(Ge(30u)));
}

// With some seconds' work behind them: the taker would have to sleep as long.
TEST(Intake, GivesSomeToJudgeWhileTheBatchIsNotWhole) {
  Intake intake({.checkers = 1, .batch = 4'000});
  ASSERT_TRUE(put(intake, std::vector<std::string>(4'000, slow())));
  Intake::Batch batch;
  EXPECT_FALSE(intake.take(batch));
  EXPECT_THAT(batch, SizeIs(Ge(32u)));
  intake.wake();  // waits for the batch
  while (!intake.take(batch)) continue;
  EXPECT_THAT(batch, SizeIs(4'000)) << "they came together";
  intake.answered(batch);
  batch.clear();
  EXPECT_FALSE(intake.take(batch));
  EXPECT_THAT(batch, IsEmpty());
}

TEST(Intake, LetsOneAloneWaitForNobody) {
  Intake intake({.checkers = 1});
  ASSERT_TRUE(put(intake, {slow()}));
  EXPECT_THAT(take(intake), SizeIs(1));
}

TEST(Intake, GivesNoMoreThanABatchButWholeWhatCameTogether) {
  Intake intake({.checkers = 2, .batch = 3});
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(put(intake, {"x"}));
  ASSERT_TRUE(put(intake, std::vector<std::string>(70, "many")));
  ASSERT_TRUE(put(intake, {"y", "y"}));
  intake.stop();
  std::size_t in_all = 0;
  for (Intake::Batch batch = take(intake); !batch.empty(); batch = take(intake)) {
    EXPECT_THAT(batch, SizeIs(batch.front()->text == "many" ? testing::Matcher<std::size_t>(Eq(70u))
                                                            : Le(3u)));
    EXPECT_EQ(batch.back()->behind, 0u);
    in_all += batch.size();
    intake.answered(batch);
  }
  EXPECT_EQ(in_all, 82u);
}

TEST(Intake, HasRoomAgainOnlyForWhatWasAnswered) {
  Intake intake({.checkers = 1, .waiting = 2});
  ASSERT_TRUE(put(intake, {"x", "y"}));
  const auto refused = put(intake, {"z"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().clause, &api::LOG_8);
  const Intake::Batch taken = take(intake);
  EXPECT_FALSE(put(intake, {"z"})) << "taken, but not yet answered";
  intake.answered(taken);
  EXPECT_TRUE(put(intake, {"z"}));
}

TEST(Intake, TakesInAllThatCameTogetherOrNone) {
  Intake intake({.checkers = 1, .waiting = 3});
  ASSERT_TRUE(put(intake, {"x"}));
  EXPECT_FALSE(put(intake, {"y", "y", "y"}));
  ASSERT_TRUE(put(intake, {"z", "z"}));
  intake.stop();
  EXPECT_THAT(take_all(intake), SizeIs(3));
}

TEST(Intake, TakesInNothingOnceItIsStopped) {
  Intake intake({.checkers = 1});
  ASSERT_TRUE(put(intake, {"x"}));
  intake.stop();
  EXPECT_FALSE(put(intake, {"y"}));
  EXPECT_THAT(take_all(intake), SizeIs(1));
}

}  // namespace
