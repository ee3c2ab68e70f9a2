#include "server/serve.h"
#include "base/files_testing.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace regmark::server {
namespace {

class Serve : public ::testing::Test {
 protected:
  const base::TestFolder own_;
  const std::filesystem::path& folder_ = own_.path();
};

// An office in a process of its own, and what it said.
class Served {
 public:
  explicit Served(const ServeOptions& options) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::_exit(run_serve(options, std::cout, std::cerr));
    }
    ::close(ends[1]);
    said_ = ends[0];
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served() { ::close(said_); }

  // Everything it said up to this word.
  std::string read_until(const std::string& word) {
    std::string said;
    char c = 0;
    while (said.find(word) == std::string::npos && ::read(said_, &c, 1) == 1) said += c;
    return said;
  }
  int stop(int signal) {
    ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t child_ = -1;
  int said_ = -1;
};

TEST_F(Serve, GivesTheCodeOnceAndStopsWhenTold) {
  const ServeOptions options{folder_ / "data", "127.0.0.1:0", {}};
  {
    Served first(options);
    const auto said = first.read_until("Ctrl-C");
    EXPECT_NE(said.find("administrator"), std::string::npos) << said;
    EXPECT_NE(said.find("one-time code: "), std::string::npos) << said;
    EXPECT_NE(said.find("http://127.0.0.1:"), std::string::npos) << said;
    EXPECT_EQ(first.stop(SIGTERM), 0);
    EXPECT_NE(first.read_until("closed").find("closed"), std::string::npos);
  }
  // Nobody chose a password: the code may have been lost, so there is another.
  Served second(options);
  EXPECT_NE(second.read_until("Ctrl-C").find("one-time code: "), std::string::npos);
  EXPECT_EQ(second.stop(SIGINT), 0);
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
