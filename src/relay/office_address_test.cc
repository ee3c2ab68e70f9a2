#include "relay/office_address.h"

#include <gtest/gtest.h>

namespace regmark::relay {
namespace {

TEST(OfficeAddress, LetsNoTokenCrossANetworkUnsealed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"http://127.0.0.1:8600", "http://127.0.0.1:8600"},
      {"http://localhost:8600//", "http://localhost:8600"},
      {"http://[::1]:8600/", "http://[::1]:8600"},
      {"http://[::1]", "http://[::1]"},
      {"http://localhost", "http://localhost"},
      {"https://anpr.example:8600/", "https://anpr.example:8600"},
      {"http://anpr.example:8600", "invalid_input"},
      {"http://127.0.0.1.example:8600", "invalid_input"},
      {"http://127.0.0.1@anpr.example:8600", "invalid_input"},
      {"http://192.0.2.1:8600", "invalid_input"},
      {"http://localhost:x@anpr.example", "invalid_input"},
      {"http://", "invalid_input"},
      {"ftp://127.0.0.1", "invalid_input"},
      {"127.0.0.1:8600", "invalid_input"},
      {"", "invalid_input"},
  };
  for (const auto& [text, want] : cases) {
    SCOPED_TRACE(text);
    const auto address = office_address(text);
    EXPECT_EQ(address ? *address : std::string(name(address.error().code)), want);
  }
}

}  // namespace
}  // namespace regmark::relay
