#include "cli/read_sandbox.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/files_testing.h"

namespace regmark::cli {
namespace {

TEST(EndpointOf, KnowsWhereAnAddressLeads) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"http://127.0.0.1:8600", "127.0.0.1 8600"},
      {"https://anpr.example", "anpr.example 443"},
      {"https://anpr.example:8600/path", "anpr.example 8600"},
      {"rtsp://camera.local/stream", "camera.local 554"},
      {"rtsp://user:p@ss:word@camera.local:8554/a:b@c", "camera.local 8554"},
      {"http://[::1]:8600/", "[::1] 8600"},
      {"http://[::1]", "[::1] 80"},
      {"http://camera.local?a=b:c", "camera.local 80"},
      {"ftp://camera.local", "invalid_input"},
      {"http://", "invalid_input"},
      {"http://host:", "invalid_input"},
      {"http://host:99999", "invalid_input"},
      {"http://host:80x", "invalid_input"},
      {"photo.jpg", "invalid_input"},
  };
  for (const auto& [address, want] : cases) {
    SCOPED_TRACE(address);
    const auto endpoint = endpoint_of(address);
    EXPECT_EQ(endpoint ? endpoint->host + " " + std::to_string(endpoint->port)
                       : std::string(name(endpoint.error().code)),
              want);
  }
}

TEST(SandboxRules, HoldWhatIsNamedAndNothingElse) {
  const base::TestFolder folder;
  ReadArguments arguments;
  arguments.sources = {folder.path().string(), "not-there.jpg"};
  auto rules = sandbox_rules(arguments).value();
  EXPECT_EQ(rules.reads, std::vector{folder.path()});
  EXPECT_TRUE(rules.writes.empty());
  EXPECT_TRUE(rules.ports.empty());
  EXPECT_FALSE(rules.datagrams);

  arguments.office = "https://127.0.0.1:8600";
  arguments.spool = "spool";
  arguments.camera = "north";
  rules = sandbox_rules(arguments).value();
  EXPECT_EQ(rules.ports, std::vector<std::uint16_t>{8600});
  EXPECT_EQ(rules.writes, std::vector<std::filesystem::path>{"spool/north"});
  EXPECT_FALSE(rules.datagrams);
  arguments.office = "https://anpr.example";
  EXPECT_TRUE(sandbox_rules(arguments)->datagrams);  // to look its name up

  arguments.sources = {"rtsp://10.0.0.1/stream"};
  rules = sandbox_rules(arguments).value();
  EXPECT_EQ(rules.ports, (std::vector<std::uint16_t>{554, 443}));
  EXPECT_TRUE(rules.datagrams);
}

}  // namespace
}  // namespace regmark::cli
