#include "server/serve.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/files_testing.h"
#include "server/forked_testing.h"

namespace regmark::server {
namespace {

class Serve : public ::testing::Test {
 protected:
  const base::TestFolder own_;
  const std::filesystem::path& folder_ = own_.path();
};

// An office in a process of its own.
Forked served(const ServeOptions& options) {
  return Forked([&] { return run_serve(options, std::cout, std::cerr); });
}

TEST_F(Serve, GivesTheCodeOnceAndStopsWhenTold) {
  const ServeOptions options{folder_ / "data", "127.0.0.1:0", {}};
  {
    const auto first = served(options);
    const auto said = first.read_until("Ctrl-C");
    EXPECT_NE(said.find("administrator"), std::string::npos) << said;
    EXPECT_NE(said.find("one-time code: "), std::string::npos) << said;
    EXPECT_NE(said.find("http://127.0.0.1:"), std::string::npos) << said;
    EXPECT_EQ(first.end(SIGTERM), 0);
    EXPECT_NE(first.read_until("closed").find("closed"), std::string::npos);
  }
  // Nobody chose a password: the code may have been lost, so there is another.
  const auto second = served(options);
  EXPECT_NE(second.read_until("Ctrl-C").find("one-time code: "), std::string::npos);
  EXPECT_EQ(second.end(SIGINT), 0);
}

TEST_F(Serve, SaysWhatIsWrongWithWhatWasAsked) {
  const auto config = folder_ / "regmark.toml";
  std::ofstream(config) << "listen = \"127.0.0.1:0\"\npolicy = \"none.toml\"\n";
  struct Case {
    ServeOptions options;
    int status;
    std::string says;
  };
  const Case cases[] = {
      {{folder_ / "data", "0.0.0.0:8600", {}}, 2, "this machine only"},
      {{folder_ / "data", "", folder_ / "none"}, 2, "none: there is no such file"},
      {{folder_ / "data", "", config}, 1, "none.toml: there is no such file"},
      {{"/proc/nowhere", "127.0.0.1:0", {}}, 1, "the data folder"},
  };
  for (const auto& [options, status, says] : cases) {
    SCOPED_TRACE(says);
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run_serve(options, out, err), status);
    EXPECT_NE(err.str().find(says), std::string::npos) << err.str();
    EXPECT_EQ(out.str(), "");
  }
}

}  // namespace
}  // namespace regmark::server
