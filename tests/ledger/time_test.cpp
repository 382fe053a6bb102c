#include "ledger/time.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string padded(int value, std::size_t width) {
  const std::string text = std::to_string(value);
  return std::string(width - text.size(), '0') + text;
}

TEST(Time, EveryDayUntil2400IsReadAndWrittenAsACalendarCountsThem) {
  Date day{0};
  for (int year = 1970; year < 2400; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int of_month = 1; of_month <= days_in(year, month); ++of_month, ++day.days) {
        const std::string text =
            padded(year, 4) + '-' + padded(month, 2) + '-' + padded(of_month, 2);
        ASSERT_EQ(parse_date(text), day) << text;
        ASSERT_EQ(format_date(day), text);
        ASSERT_EQ(make_date(year, month, of_month), day) << text;
        ASSERT_EQ(year_of(day), year) << text;
      }
      EXPECT_FALSE(parse_date(padded(year, 4) + '-' + padded(month, 2) + '-' +
                              padded(days_in(year, month) + 1, 2)));
    }
  }
}

TEST(Time, ADayIsRefusedInAnyOtherForm) {
  for (const char* text : {"", "2027-2-20", "2027-02-2", "27-02-20", "2027-02-20 ", "2027/02/20",
                           "20270220", "2027-02-00", "2027-00-10", "2027-13-10", "1969-12-31",
                           "0000-01-01", "2027-0a-20", "+027-02-20", "2027-02-20T"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_EQ(format_date(*parse_date("9999-12-31")), "9999-12-31");
}

TEST(Time, AMomentIsReadToTheMillisecond) {
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00.000Z"), Timestamp{0});
  EXPECT_EQ(parse_timestamp("1970-01-02T01:02:03.004Z"),
            Timestamp{ms_per_day + 3'600'000 + 2 * 60'000 + 3'000 + 4});
  EXPECT_EQ(parse_timestamp("2027-02-20T08:00:00.123Z"), Timestamp{1'803'110'400'123});
}

TEST(Time, WhatIsWrittenIsReadBackAndSortsAsTextLikeAsTime) {
  std::string before;
  for (std::int64_t ms = 0; ms < 253'402'300'800'000; ms += 1'234'567'890'123) {
    const std::string text = format_timestamp({ms});
    EXPECT_EQ(parse_timestamp(text), Timestamp{ms}) << text;
    EXPECT_LT(before, text);
    before = text;
  }
}

TEST(Time, AMomentIsRefusedInAnyOtherForm) {
  for (const char* text :
       {"", "2027-02-20", "2027-02-20T08:00:00Z", "2027-02-20T08:00:00.1Z",
        "2027-02-20T08:00:00.1234Z", "2027-02-20T08:00:00.123", "2027-02-20t08:00:00.123Z",
        "2027-02-20T08:00:00.123z", "2027-02-20 08:00:00.123Z", "2027-02-20T08:00:00,123Z",
        "2027-02-20T24:00:00.000Z", "2027-02-20T08:60:00.000Z", "2016-12-31T23:59:60.000Z",
        "2027-02-30T08:00:00.000Z", "2027-02-20T08:00:00.12xZ", "2027-02-20T08-00:00.123Z",
        "2027-02-20T08:00:00.123+00:00", "1969-12-31T23:59:59.999Z"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

// The vectors let the fraction be absent; a log always has three digits of it.
TEST(Time, AgreesWithTheOutsideVectorsButForTheFractionThatIsAlwaysThere) {
  const auto file = test_support::outside_vectors("misc_vectors.json");
  if (!file) GTEST_SKIP() << test_support::no_outside_vectors;
  for (const auto& [text, accepted] : file->at("timestamp").items()) {
    const bool has_fraction = text.find('.') != std::string::npos;
    EXPECT_EQ(parse_timestamp(text).has_value(), accepted.get<bool>() && has_fraction) << text;
  }
}

TEST(Time, ADayBeginsAtMidnightUtc) {
  const Timestamp noon = *parse_timestamp("2028-12-31T12:00:00.000Z");
  const Date day = *parse_date("2028-12-31");
  EXPECT_EQ(date_of(noon), day);
  EXPECT_EQ(date_of(start_of(day)), day);
  EXPECT_EQ(date_of(Timestamp{start_of(day).ms - 1}), *parse_date("2028-12-30"));
  EXPECT_EQ(date_of(Timestamp{-1}), Date{-1});
  EXPECT_EQ(plus_days(noon, 30), *parse_timestamp("2029-01-30T12:00:00.000Z"));
}

TEST(Time, DoesNotGoOnBehindItsLastMoment) {
  EXPECT_EQ(format_timestamp(last_moment), "9999-12-31T23:59:59.999Z");
  const Timestamp late = *parse_timestamp("9999-12-30T00:00:00.000Z");
  EXPECT_EQ(plus_days(late, 1), *parse_timestamp("9999-12-31T00:00:00.000Z"));
  EXPECT_EQ(plus_days(late, 2), last_moment);
  EXPECT_EQ(plus_days(late, (std::int64_t{1} << 53) - 1), last_moment);
  EXPECT_EQ(plus_days(last_moment, 0), last_moment);
}

TEST(Time, IsWrittenWhateverItIs) {
  EXPECT_EQ(format_date(Date{make_date(9999, 12, 31).days + 1}), "10000-01-01");
}

}  // namespace
