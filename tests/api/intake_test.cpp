#include "api/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "ledger/codec.hpp"
#include "tests/support/scene.hpp"

namespace {

using api::Group;
using api::Intake;
using testing::ElementsAre;
using testing::Ge;
using testing::Le;
using testing::SizeIs;

namespace scene = test_support::scene;

void put(Intake& intake, std::vector<std::string> submissions) {
  ASSERT_TRUE(intake.put(std::move(submissions), [](const std::vector<api::Verdict>&) {}));
}

// A submission whose three signatures take a while to verify.
std::string slow() {
  static const std::string text =
      scene::story::submission_of(scene::act("slow", scene::story::at("2028-11-20T10:00:00.000Z"),
                                             scene::transfer({{1, 1'000}}), scene::three()),
                                  scene::cast(), true);
  return text;
}

// Takes until nothing waits any more; the groups in the order in which they were taken.
std::vector<Group> take_all(Intake& intake) {
  std::vector<Group> all;
  for (auto groups = intake.take(); !groups.empty(); groups = intake.take()) {
    intake.answered(groups);
    for (Group& group : groups) all.push_back(std::move(group));
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
  put(intake, {slow()});
  ASSERT_THAT(intake.take(), SizeIs(1));
  EXPECT_EQ(threads_that_give_way(), before + 1);
}

TEST(Intake, GivesGroupsInTheOrderInWhichTheyCameHoweverLongTheyTake) {
  Intake intake({.checkers = 4});
  for (int i = 0; i < 20; ++i) {
    put(intake, std::vector<std::string>(static_cast<std::size_t>(i % 3) * 8 + 1, slow()));
    put(intake, {"malformed " + std::to_string(i)});
  }
  intake.stop();
  const std::vector<Group> all = take_all(intake);
  ASSERT_THAT(all, SizeIs(40));
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_THAT(all[2 * i].submissions, SizeIs(i % 3 * 8 + 1));
    for (const auto& checked : all[2 * i].checked) EXPECT_TRUE(checked->authentic);
    EXPECT_THAT(all[2 * i + 1].submissions, ElementsAre("malformed " + std::to_string(i)));
    EXPECT_FALSE(all[2 * i + 1].checked.front()->authentic);
  }
}

TEST(Intake, WaitsUntilThreeQuartersOfWhatWaitsAreChecked) {
  Intake intake({.checkers = 1});
  for (int i = 0; i < 40; ++i) put(intake, {slow()});
  const std::vector<Group> first = intake.take();
  EXPECT_THAT(first, SizeIs(Ge(30u)));
}

TEST(Intake, LetsOneAloneWaitForNobody) {
  Intake intake({.checkers = 1});
  put(intake, {slow()});
  EXPECT_THAT(intake.take(), SizeIs(1));
}

TEST(Intake, GivesNoMoreThanABatchButALargeGroupWhole) {
  Intake intake({.checkers = 2, .batch = 3});
  for (int i = 0; i < 10; ++i) put(intake, {"x"});
  put(intake, std::vector<std::string>(7, "x"));
  intake.stop();
  std::size_t groups_in_all = 0;
  for (auto groups = intake.take(); !groups.empty(); groups = intake.take()) {
    EXPECT_THAT(groups, SizeIs(Le(3u)));
    const bool is_large = groups.front().submissions.size() == 7;
    EXPECT_TRUE(!is_large || groups.size() == 1);
    groups_in_all += groups.size();
    intake.answered(groups);
  }
  EXPECT_EQ(groups_in_all, 11u);
}

TEST(Intake, HasRoomAgainOnlyForWhatWasAnswered) {
  Intake intake({.checkers = 1, .waiting = 2});
  put(intake, {"x", "y"});
  const auto refused = intake.put({"z"}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().clause, &api::LOG_8);
  const std::vector<Group> taken = intake.take();
  EXPECT_FALSE(intake.put({"z"}, {})) << "taken, but not yet answered";
  intake.answered(taken);
  EXPECT_TRUE(intake.put({"z"}, [](const std::vector<api::Verdict>&) {}));
}

TEST(Intake, TakesInNothingOnceItIsStopped) {
  Intake intake({.checkers = 1});
  put(intake, {"x"});
  intake.stop();
  EXPECT_FALSE(intake.put({"y"}, {}));
  EXPECT_THAT(take_all(intake), SizeIs(1));
}

}  // namespace
