#include "api/internal/metrics_guard.h"

#include <gtest/gtest.h>

namespace regmark::api {
namespace {

// 200: let through.
int status_for(const std::string& address, const std::string& authorization,
               const std::string& token) {
  http::Request request;
  request.remote_address = address;
  if (!authorization.empty()) request.headers = {{"authorization", authorization}};
  const auto refused = refuse_metrics(request, token);
  return refused ? refused->status : 200;
}

TEST(MetricsGuard, WithoutATokenLetsThisMachineIn) {
  for (const auto* here : {"127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_EQ(status_for(here, "", ""), 200) << here;
  }
  for (const auto* elsewhere : {"10.0.0.7", "::ffff:10.0.0.7", "2001:db8::1", "1127.0.0.1", ""}) {
    EXPECT_EQ(status_for(elsewhere, "", ""), 403) << elsewhere;
    EXPECT_EQ(status_for(elsewhere, "Bearer ", ""), 403) << elsewhere;
  }
}

TEST(MetricsGuard, WithATokenLetsInWhoeverHasItAndNobodyElse) {
  const std::string token = "0123456789abcdef0123456789abcdef";
  for (const auto* address : {"127.0.0.1", "10.0.0.7"}) {
    EXPECT_EQ(status_for(address, "Bearer " + token, token), 200);
    EXPECT_EQ(status_for(address, "bearer " + token, token), 200);
    for (const auto& wrong : {std::string(), std::string("Bearer "), "Bearer " + token + "0",
                              "Bearer " + token.substr(1), "Basic " + token}) {
      EXPECT_EQ(status_for(address, wrong, token), 401) << wrong;
    }
  }
}

}  // namespace
}  // namespace regmark::api
