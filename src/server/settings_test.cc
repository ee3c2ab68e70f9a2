#include "server/settings.h"

#include <gtest/gtest.h>

namespace regmark::server {
namespace {

std::string outcome(const Result<Listen>& listen) {
  return listen ? listen->address + " " + std::to_string(listen->port) : name(listen.error().code);
}

TEST(Listen, IsThisMachineOnly) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"127.0.0.1:8600", "127.0.0.1 8600"},
      {"localhost:0", "127.0.0.1 0"},
      {"[::1]:65535", "::1 65535"},
      {"0.0.0.0:8600", "invalid_input"},
      {"192.168.1.2:8600", "invalid_input"},
      {"[::]:8600", "invalid_input"},
      {"::1:8600", "invalid_input"},
      {":8600", "invalid_input"},
      {"*:8600", "invalid_input"},
      {"127.0.0.1", "invalid_input"},
      {"127.0.0.1:", "invalid_input"},
      {"127.0.0.1:65536", "invalid_input"},
      {"127.0.0.1:-1", "invalid_input"},
      {"127.0.0.1:80 ", "invalid_input"},
      {"", "invalid_input"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse_listen(text)), want);
  }
}

TEST(Listen, SaysWhyItWillNotListenWider) {
  EXPECT_NE(parse_listen("0.0.0.0:8600").error().message.find("this machine only"),
            std::string::npos);
}

TEST(Config, ReadsWhatItKnows) {
  const auto settings = read_config(R"(
listen = "[::1]:9000"
policy = "rules/policy.toml"
[tolerances]
skew_seconds = 5
live_minutes = 1
ahead_hours = 0
)",
                                    "/etc/regmark", {});
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->listen, (Listen{"::1", 9000}));
  EXPECT_EQ(settings->policy, "/etc/regmark/rules/policy.toml");
  EXPECT_EQ(settings->tolerances.skew_max, std::chrono::seconds(5));
  EXPECT_EQ(settings->tolerances.live_max, std::chrono::minutes(1));
  EXPECT_EQ(settings->tolerances.ahead_max, std::chrono::hours(0));
}

TEST(Config, LeavesWhatItDoesNotSay) {
  Settings before;
  before.data = "/srv/regmark";
  before.listen.port = 1234;
  const auto settings = read_config("", "/etc", before);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->data, "/srv/regmark");
  EXPECT_EQ(settings->listen.port, 1234);
  EXPECT_FALSE(settings->policy);
}

TEST(Config, NamesTheLineOfAMistake) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"\nlisten = \"0.0.0.0:1\"\n", "line 2"},
      {"listen = 5\n", "line 1"},
      {"\n\n[tolerances]\nskew_seconds = -1\n", "line 4"},
      {"[tolerances]\nlive_minutes = 0\n", "line 2"},
      {"[tolerances]\nother = 0\n", "line 2"},
      {"\nother = 1\n", "line 2"},
      {"listen = \n", "line 1"},
      {"\n\u0269 = 1\n", "line 2"},  // which toml++ 3.3 must not see
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto settings = read_config(text, "/etc", {});
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, ErrorCode::invalid_input);
    EXPECT_NE(settings.error().message.find(want), std::string::npos) << settings.error().message;
  }
  const std::string large(config_size_max + 1, '#');
  EXPECT_EQ(read_config(large, "/etc", {}).error().code, ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace regmark::server
