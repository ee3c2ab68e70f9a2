// A test of this program that runs in a process of its own and is killed. Never included by a
// program.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace regmark::audit {

struct CrashPlan {
  std::string point{};  // a name of base::crash_point, or empty: any
  int at = 0;           // the so-manieth of them; 0: none, but when `patience` is over
  std::chrono::microseconds patience{0};
};

struct KilledRun {
  std::string said;  // on standard error
  bool was_killed = false;
};

// Runs one test, with these variables in its environment, until it is done or killed.
inline KilledRun run_until_killed(
    const std::string& test, const std::vector<std::pair<std::string, std::string>>& environment,
    const CrashPlan& plan) {
  std::array<int, 2> pipe{};
  EXPECT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(pipe[1], STDERR_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
    // NOLINTBEGIN(concurrency-mt-unsafe): the child has this thread only
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::setenv("REGMARK_CRASH_AT", std::to_string(plan.at).c_str(), 1);
    if (!plan.point.empty()) ::setenv("REGMARK_CRASH_NAMED", plan.point.c_str(), 1);
    // NOLINTEND(concurrency-mt-unsafe)
    const auto filter = "--gtest_filter=" + test;
    ::execl("/proc/self/exe", "audit_test", filter.c_str(), nullptr);
    ::_exit(1);
  }
  ::close(pipe[1]);
  std::jthread killer;
  if (plan.at == 0) {
    killer = std::jthread([pid, patience = plan.patience] {
      std::this_thread::sleep_for(patience);
      ::kill(pid, SIGKILL);
    });
  }
  KilledRun run;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = ::read(pipe[0], part.data(), part.size())) > 0;) {
    run.said.append(part.data(), static_cast<std::size_t>(got));
  }
  ::close(pipe[0]);
  // Not reaped before the killer is done, so that the id cannot be another's by then.
  if (killer.joinable()) killer.join();
  int status = 0;
  ::waitpid(pid, &status, 0);
  run.was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  EXPECT_TRUE(run.was_killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) << run.said;
  return run;
}

// REGMARK_KILLS=1000 makes as many.
inline int kills_wanted(int otherwise) {
  const char* kills = std::getenv("REGMARK_KILLS");  // NOLINT(concurrency-mt-unsafe)
  return kills == nullptr ? otherwise : std::atoi(kills);
}

}  // namespace regmark::audit
