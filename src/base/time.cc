#include "base/time.h"

#include <charconv>
#include <cstdio>

namespace regmark::base {
namespace {

constexpr int year_min = 1900;
constexpr int year_max = 2200;

// Takes `width` digits from the front of `text`.
bool take_digits(std::string_view& text, std::size_t width, int& value) {
  if (text.size() < width) return false;
  for (std::size_t at = 0; at < width; ++at) {
    if (text[at] < '0' || text[at] > '9') return false;
  }
  std::from_chars(text.data(), text.data() + width, value);
  text.remove_prefix(width);
  return true;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

bool take_day(std::string_view& text, UtcDay& day) {
  int year = 0;
  int month = 0;
  int date = 0;
  if (!take_digits(text, 4, year) || !take(text, '-') || !take_digits(text, 2, month) ||
      !take(text, '-') || !take_digits(text, 2, date)) {
    return false;
  }
  if (year < year_min || year > year_max) return false;
  const std::chrono::year_month_day calendar{std::chrono::year{year},
                                             std::chrono::month{static_cast<unsigned>(month)},
                                             std::chrono::day{static_cast<unsigned>(date)}};
  if (!calendar.ok()) return false;
  day = calendar;
  return true;
}

// Digits past the sixth are below our resolution and are read and dropped.
bool take_fraction(std::string_view& text, std::chrono::microseconds& fraction) {
  fraction = {};
  if (!take(text, '.')) return true;
  int unit = 100'000;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digits < 12) {
    fraction += std::chrono::microseconds{(text.front() - '0') * unit};
    unit /= 10;
    text.remove_prefix(1);
    ++digits;
  }
  return digits > 0;
}

bool take_offset(std::string_view& text, std::chrono::minutes& offset) {
  offset = {};
  if (take(text, 'Z') || take(text, 'z')) return true;
  const bool east = take(text, '+');
  if (!east && !take(text, '-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!take_digits(text, 2, hours) || !take(text, ':') || !take_digits(text, 2, minutes)) {
    return false;
  }
  if (hours > 23 || minutes > 59) return false;
  offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  if (!east) offset = -offset;
  return true;
}

}  // namespace

UtcTime SystemClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string format_day(UtcDay day) {
  const std::chrono::year_month_day calendar{day};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(calendar.year()),
                static_cast<unsigned>(calendar.month()), static_cast<unsigned>(calendar.day()));
  return text;
}

std::string format_utc(UtcTime time) {
  const UtcDay day = day_of(time);
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return format_day(day) + text;
}

Result<UtcTime> parse_utc(std::string_view text) {
  const auto wrong = [] {
    return fail(ErrorCode::invalid_input,
                "a time must be written as in RFC 3339, such as 2026-01-31T08:30:00Z");
  };
  UtcDay day;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::chrono::microseconds fraction{};
  std::chrono::minutes offset{};
  if (!take_day(text, day) || (!take(text, 'T') && !take(text, 't'))) return wrong();
  if (!take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute) ||
      !take(text, ':') || !take_digits(text, 2, second)) {
    return wrong();
  }
  if (hour > 23 || minute > 59 || second > 60) return wrong();
  if (!take_fraction(text, fraction) || !take_offset(text, offset) || !text.empty()) return wrong();
  return UtcTime{day} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} + fraction - offset;
}

Result<UtcDay> parse_day(std::string_view text) {
  UtcDay day;
  if (!take_day(text, day) || !text.empty()) {
    return fail(ErrorCode::invalid_input, "a day must be written as 2026-01-31");
  }
  return day;
}

}  // namespace regmark::base
