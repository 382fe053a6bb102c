#include "ledger/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "ledger/ensure.hpp"

namespace ledger {
namespace {

// Reads exactly `count` digits at `at`; nothing when one is not a digit.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::chrono::year_month_day calendar(Date date) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days}}};
}

// Total: a value that is longer than the width stands as it is.
void append_padded(std::string& out, std::int64_t value, std::size_t width) {
  std::array<char, 20> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  const auto size = static_cast<std::size_t>(end - text.data());
  out.append(width - std::min(width, size), '0').append(text.data(), size);
}

void append_date(std::string& out, Date date) {
  const auto ymd = calendar(date);
  append_padded(out, static_cast<int>(ymd.year()), 4);
  out += '-';
  append_padded(out, static_cast<unsigned>(ymd.month()), 2);
  out += '-';
  append_padded(out, static_cast<unsigned>(ymd.day()), 2);
}

}  // namespace

Date make_date(int year, int month, int day) {
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  ENSURE(ymd.ok(), "a date is made from a valid year, month and day");
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{*year},
                                        std::chrono::month{static_cast<unsigned>(*month)},
                                        std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) return std::nullopt;
  return make_date(*year, *month, *day);
}

std::string format_date(Date date) {
  std::string out;
  append_date(out, date);
  return out;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z') {
    return std::nullopt;
  }
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2), fraction = digits(text, 20, 3);
  if (!date || !hour || !minute || !second || !fraction) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return Timestamp{start_of(*date).ms + ((*hour * 60LL + *minute) * 60 + *second) * 1000 +
                   *fraction};
}

std::string format_timestamp(Timestamp time) {
  const Date date = date_of(time);
  std::int64_t rest = time.ms - start_of(date).ms;
  std::string out;
  out.reserve(24);
  append_date(out, date);
  out += 'T';
  append_padded(out, rest / 3'600'000, 2);
  out += ':';
  append_padded(out, rest / 60'000 % 60, 2);
  out += ':';
  append_padded(out, rest / 1000 % 60, 2);
  out += '.';
  append_padded(out, rest % 1000, 3);
  out += 'Z';
  return out;
}

Date date_of(Timestamp time) {
  std::int64_t days = time.ms / ms_per_day;
  if (time.ms % ms_per_day < 0) --days;
  return Date{static_cast<std::int32_t>(days)};
}

Timestamp start_of(Date date) {
  return Timestamp{date.days * ms_per_day};
}

int year_of(Date date) {
  return static_cast<int>(calendar(date).year());
}

Timestamp plus_days(Timestamp time, std::int64_t days) {
  const std::int64_t room = (last_moment.ms - time.ms) / ms_per_day;
  return days <= room ? Timestamp{time.ms + days * ms_per_day} : last_moment;
}

}  // namespace ledger
