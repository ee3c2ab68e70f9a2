#include "api/http/internal/sources.h"

#include <gtest/gtest.h>

namespace regmark::api::http {
namespace {

using namespace std::chrono_literals;

TEST(SourceOf, IsANetworkInIPv6) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"192.0.2.7", "192.0.2.7"},
      {"127.0.0.1", "127.0.0.1"},
      {"::1", "::1"},
      {"::ffff:192.0.2.7", "192.0.2.7"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
      {"2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"},
      {"2001:db8:1:3::1", "2001:db8:1:3::/64"},
  };
  for (const auto& [address, want] : cases) {
    EXPECT_EQ(source_of(boost::asio::ip::make_address(address)), want);
  }
}

TEST(Sources, HaveSoManyConnectionsEach) {
  Sources sources({.connections_max = 2});
  EXPECT_TRUE(sources.enter("a"));
  EXPECT_TRUE(sources.enter("a"));
  EXPECT_FALSE(sources.enter("a"));
  EXPECT_TRUE(sources.enter("b"));
  sources.leave("a");
  EXPECT_TRUE(sources.enter("a"));
  EXPECT_FALSE(sources.enter("a"));
  sources.leave("nobody");
}

TEST(Sources, AskSoOftenEach) {
  Sources sources({.requests_per_second = 5});
  const auto start = Sources::Clock::now();
  ASSERT_TRUE(sources.enter("a"));
  int taken = 0;
  while (sources.ask("a", start + 1s)) ++taken;
  EXPECT_GE(taken, 50);  // ten seconds' worth at once
  EXPECT_LE(taken, 55);
  EXPECT_TRUE(sources.ask("b", start + 1s));
  // Going and coming again is no new beginning.
  sources.leave("a");
  ASSERT_TRUE(sources.enter("a"));
  EXPECT_FALSE(sources.ask("a", start + 1s));
  taken = 0;
  while (sources.ask("a", start + 3s)) ++taken;
  EXPECT_EQ(taken, 10);
  Sources free(Sources::Limits{});
  for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(free.ask("a", start));
}

TEST(Sources, HoldSoManyBytesEach) {
  Sources sources({.held_max = 100});
  EXPECT_TRUE(sources.hold("a", 60));
  EXPECT_TRUE(sources.hold("a", 40));
  EXPECT_FALSE(sources.hold("a", 1));
  EXPECT_TRUE(sources.hold("b", 100));
  EXPECT_FALSE(sources.hold("c", 101));
  sources.let_go("a", 60);
  EXPECT_FALSE(sources.hold("a", 61));
  EXPECT_TRUE(sources.hold("a", 60));
  // What is held counts on when the last connection goes.
  ASSERT_TRUE(sources.enter("a"));
  sources.leave("a");
  EXPECT_FALSE(sources.hold("a", 1));
  sources.let_go("nobody", 1);
}

}  // namespace
}  // namespace regmark::api::http
