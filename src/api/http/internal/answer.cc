#include "api/http/internal/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "api/http/problem.h"

namespace regmark::api::http {
namespace {

bool is_token(std::string_view name) {
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           marks.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

void append(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

}  // namespace

std::string http_date(base::UtcTime time) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace)
  static constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<seconds>(time - day)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     weekdays.at(weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                     months.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

bool is_well_formed(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_value(response.content_type) &&
         std::ranges::all_of(response.headers, [](const auto& header) {
           return is_token(header.first) && is_value(header.second);
         });
}

std::string format_head(const Response& response, const Framing& framing,
                        const std::vector<std::pair<std::string, std::string>>& extra_headers,
                        base::UtcTime now) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  append(head, "Date", http_date(now));
  const bool has_content = response.status != 204 && response.status != 304;
  if (has_content) {
    append(head, "Content-Type", response.content_type);
    if (framing.length == Length::counted) {
      append(head, "Content-Length", std::to_string(response.body.size()));
    }
  }
  for (const auto& [name, value] : extra_headers) append(head, name, value);
  for (const auto& [name, value] : response.headers) append(head, name, value);
  if (framing.after == After::close) {
    append(head, "Connection", "close");
  } else if (framing.version == 10) {
    append(head, "Connection", "keep-alive");
  }
  head += "\r\n";
  return head;
}

}  // namespace regmark::api::http
