// The flags of rules that refuse nothing: each where it has to be, nowhere else, and carried by the
// structured summary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/flags.hpp"
#include "replay/summary.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;  // NOLINT: this file speaks of nothing else
using replay::Flag;
using testing::HasSubstr;
using testing::Not;

std::vector<Flag> flags(const Walked& walked, const Id& party, std::string_view rule) {
  std::vector<Flag> all = replay::flags_of(walked.books(), party);
  std::erase_if(all, [&](const Flag& flag) { return flag.rule != rule; });
  return all;
}

std::string summary_of(const Walked& walked, const Id& party, Year year) {
  const auto summary = replay::make_summary(walked.books(), party, year, {"ledger.example", true});
  EXPECT_TRUE(summary);
  return summary ? replay::describe(*summary) : "";
}

const scene::Signers at_home{"XBA-FUND", "XHA"};

// Units of 2026 rest on units of registry GS, those of 2027 on none.
TEST(Flags, R5_ANotificationOfTheUnderlyingRegistryIsAskedFor) {
  Walked walked("issued_oimp");
  EXPECT_TRUE(flags(walked, "XHA", "R5").empty()) << "nothing was first transferred";
  walked.given("2028-12-01T10:00:00.000Z", scene::use_for_imp({{9'001, 9'100}}, true), at_home);
  EXPECT_TRUE(flags(walked, "XHA", "R5").empty()) << "they rest on nothing";
  walked.given("2028-12-02T10:00:00.000Z", scene::use_for_imp({{1, 100}}, true), at_home)
      .given("2028-12-03T10:00:00.000Z", scene::transfer({{101, 200}}), scene::three());
  const auto found = flags(walked, "XHA", "R5");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].year, 2026);
  EXPECT_EQ(found[0].entries, std::vector<Seq>{walked.machine().size() - 2});
  EXPECT_THAT(found[0].sentence, HasSubstr("100 units of vintage 2026"));
  EXPECT_THAT(found[0].sentence, HasSubstr("registry GS"));
  EXPECT_THAT(summary_of(walked, "XHA", 2026), HasSubstr("R5, 2026: 100 units"));
  EXPECT_TRUE(flags(walked, "XBA", "R5").empty());
}

// XHA's NDC ends with 2029, so the first report with that year is due at the end of 2032.
TEST(Flags, R6_WhatIsFirstTransferredForOtherPurposesTooLateIsTold) {
  EXPECT_EQ(replay::Calendar{}.oimp_cutoff_year(2030), 2031);
  EXPECT_EQ(replay::Calendar{}.oimp_cutoff_year(2029), 2031);
  const auto lasting = [](AuthorizationGranted grant) {
    grant = scene::for_every_purpose(std::move(grant));
    grant.use_until.reset();
    return grant;
  };
  Walked walked("agreed_oimp");
  walked.given("2027-01-10T10:00:00.000Z", lasting(scene::host_grant()), {"XHA"})
      .given("2027-01-25T10:00:00.000Z", lasting(scene::buyer_grant()), {"XBA"})
      .given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller())
      .given("2031-12-31T10:00:00.000Z", scene::use_for_imp({{9'001, 9'100}}, true), at_home);
  EXPECT_TRUE(flags(walked, "XHA", "R6").empty()) << "in time";
  walked.given("2032-01-01T10:00:00.000Z", scene::use_for_imp({{9'101, 9'150}}, true), at_home);
  const auto found = flags(walked, "XHA", "R6");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].year, 2027);
  EXPECT_EQ(found[0].entries, std::vector<Seq>{walked.machine().size() - 1});
  EXPECT_THAT(found[0].sentence, HasSubstr("50 units"));
  EXPECT_THAT(found[0].sentence, HasSubstr("after 31 December 2031"));
  EXPECT_THAT(summary_of(walked, "XHA", 2027), HasSubstr("R6, 2027: 50 units"));
}

TEST(Flags, R43_WhatPaidForAnAcquisitionIsNotRecorded) {
  Walked walked("transferred");
  EXPECT_TRUE(flags(walked, "XHA", "R43").empty());
  const auto found = flags(walked, "XBA", "R43");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].year, 2028);
  EXPECT_THAT(found[0].sentence, HasSubstr("XBA acquired 3726 ITMOs in 2028"));
  EXPECT_EQ(found[0].entries, std::vector<Seq>{walked.machine().size() - 1});
  EXPECT_THAT(summary_of(walked, "XBA", 2027), HasSubstr("R43, 2028: XBA acquired"));
}

TEST(Flags, R47_OneSectorAndVintageOutOfTwoRegistriesIsTold) {
  Walked walked("issued");
  EXPECT_TRUE(flags(walked, "XHA", "R47").empty()) << "each vintage is of one registry";
  UnitsIssued more = scene::issuance();
  more.lots = {{15'001, 15'100, 2026, {}}};
  more.quantity = 100;
  walked.given("2028-07-01T10:00:00.000Z", more, scene::seller());
  const auto found = flags(walked, "XHA", "R47");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].year, 2026);
  EXPECT_EQ(found[0].entries.size(), 2u);
  EXPECT_THAT(found[0].sentence, HasSubstr("GS, XHA99"));
  EXPECT_THAT(summary_of(walked, "XHA", 2026), HasSubstr("R47, 2026: "));
}

TEST(Flags, AreNotToldWhereNothingIsToBeTold) {
  const Walked walked("issued");
  EXPECT_TRUE(replay::flags_of(walked.books(), "XHA").empty());
  EXPECT_TRUE(replay::flags_of(walked.books(), "XZZ").empty());
  EXPECT_THAT(summary_of(walked, "XHA", 2026), Not(HasSubstr("Flags")));
}

}  // namespace
}  // namespace replay_test
