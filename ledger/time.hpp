// Calendar values as the log writes them. No clock: time is always an argument.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// A calendar day, UTC, proleptic Gregorian; counted in days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

// A moment, UTC, in milliseconds since 1970-01-01T00:00:00.000Z.
struct Timestamp {
  std::int64_t ms = 0;
  auto operator<=>(const Timestamp&) const = default;
};

inline constexpr std::int64_t ms_per_day = 86'400'000;

// "9999-12-31T23:59:59.999Z", the last moment that can be written.
inline constexpr Timestamp last_moment{253'402'300'799'999};

// "2027-02-20": a valid day of the years 1970 to 9999; nothing otherwise.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string format_date(Date date);

// "2027-02-20T08:00:00.123Z": always three fraction digits, no leap second; nothing otherwise.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);
[[nodiscard]] std::string format_timestamp(Timestamp time);

[[nodiscard]] Date date_of(Timestamp time);
[[nodiscard]] Timestamp start_of(Date date);
[[nodiscard]] Date make_date(int year, int month, int day);
[[nodiscard]] int year_of(Date date);
// So many days later, and never after the last moment. Precondition: days is not negative.
[[nodiscard]] Timestamp plus_days(Timestamp time, std::int64_t days);

}  // namespace ledger
