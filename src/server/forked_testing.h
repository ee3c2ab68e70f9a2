// A part of the program in a process of its own, for tests of how it starts, speaks and stops.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

namespace regmark::server {

class Forked {
 public:
  // Runs `work` in a child, which ends with what it returns.
  template <typename Work>
  explicit Forked(Work&& work) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::_exit(std::forward<Work>(work)());
    }
    ::close(ends[1]);
    said_ = ends[0];
  }
  Forked(const Forked&) = delete;
  Forked& operator=(const Forked&) = delete;
  ~Forked() { ::close(said_); }

  // Everything it writes to its standard output up to this word, or up to its end.
  std::string read_until(const std::string& word) const {
    std::string said;
    char c = 0;
    while (said.find(word) == std::string::npos && ::read(said_, &c, 1) == 1) said += c;
    return said;
  }
  // Its exit status, or 128 and the signal.
  int end(int signal) const {
    ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t child_ = -1;
  int said_ = -1;
};

}  // namespace regmark::server
