#include "api/http/internal/target.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace regmark::api::http {
namespace {

// The target as one line: "path segment|segment name=value".
std::string outcome(const Result<Target>& target) {
  if (!target) return name(target.error().code);
  std::string line = target->path + " ";
  for (const auto& segment : target->segments) line += segment + "|";
  for (const auto& [key, value] : target->query) line.append(" ").append(key + "=" + value);
  return line;
}

TEST(Target, IsTakenApart) {
  struct Case {
    std::string_view raw, want;
  };
  constexpr Case cases[] = {
      {"/", "/ |"},
      {"/v1/alerts", "/v1/alerts v1|alerts|"},
      {"/v1/alerts/", "/v1/alerts/ v1|alerts||"},
      {"/a%2Fb/c", "/a/b/c a/b|c|"},  // an escaped slash parts nothing
      {"/caf%C3%A9?q=%41+b%2B", "/café café| q=A b+"},
      {"/a+b", "/a+b a+b|"},  // in a path a plus is a plus
      {"/?a=1&b&=x&&c=", "/ | =x a=1 b= c="},
      {"/?a=b=c", "/ | a=b=c"},
      {"http://office:8600/v1?x=1", "/v1 v1| x=1"},
      {"https://office", "/ |"},
      // What is refused.
      {"", "invalid_input"},
      {"*", "invalid_input"},
      {"v1", "invalid_input"},
      {"/%", "invalid_input"},
      {"/%4", "invalid_input"},
      {"/%zz", "invalid_input"},
      {"/%00", "invalid_input"},
      {"/%0d%0a", "invalid_input"},
      {"/%7f", "invalid_input"},
      {"/%ff", "invalid_input"},
      {"/%c0%af", "invalid_input"},        // a slash in two bytes
      {"/%ed%a0%80", "invalid_input"},     // half of a surrogate pair
      {"/%f4%90%80%80", "invalid_input"},  // above U+10FFFF
      {"/?a=1&a=2", "invalid_input"},
      {"/?a=%", "invalid_input"},
  };
  for (const auto& [raw, want] : cases) {
    SCOPED_TRACE(raw);
    EXPECT_EQ(outcome(parse_target(raw)), want);
  }
}

TEST(Target, HasLimits) {
  const std::string longest = "/" + std::string(target_size_max - 1, 'a');
  EXPECT_EQ(parse_target(longest)->segments.front().size(), target_size_max - 1);
  EXPECT_EQ(outcome(parse_target(longest + "a")), "limit_exceeded");
  std::string query = "/?";
  for (std::size_t i = 0; i < query_parameters_max; ++i) query += "p" + std::to_string(i) + "&";
  EXPECT_EQ(parse_target(query)->query.size(), query_parameters_max);
  EXPECT_EQ(outcome(parse_target(query + "one_more")), "limit_exceeded");
}

// Whatever plain text is escaped comes back as it was.
RC_GTEST_PROP(Target, GivesBackWhatWasEscaped, ()) {
  const auto word = *rc::gen::container<std::string>(rc::gen::oneOf(
      rc::gen::inRange<char>(0x20, 0x7E), rc::gen::element('%', '/', '?', '&', '+')));
  std::string escaped;
  for (const char c : word) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    escaped += '%';
    escaped += digits[byte >> 4U];
    escaped += digits[byte & 15U];
  }
  RC_CLASSIFY(word.find('/') != std::string::npos, "has a slash");
  const auto target = parse_target("/" + escaped + "?" + escaped + "=" + escaped);
  RC_ASSERT(target.has_value());
  RC_ASSERT(target->segments == std::vector<std::string>{word});
  if (!word.empty()) RC_ASSERT(target->query.at(word) == word);
}

}  // namespace
}  // namespace regmark::api::http
