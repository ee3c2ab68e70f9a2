#include "cli/child.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace regmark::cli {
namespace {

// A line that never ends is handed on in pieces.
constexpr std::size_t line_length_max = 1U << 16U;

int status_of(int raw) {
  return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

}  // namespace

Child::Child(pid_t process, int output, Line line)
    : process_(process), line_(std::move(line)), listener_([this, output] { listen(output); }) {}

Result<std::unique_ptr<Child>> Child::start(const std::vector<std::string>& command, Line line) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(ErrorCode::unavailable, "no pipe is free");
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = ::fork();
  if (process < 0) {
    ::close(ends[0]);
    ::close(ends[1]);
    return fail(ErrorCode::unavailable, "no process can be started");
  }
  if (process == 0) {
    // A process group of its own: Ctrl-C goes to the parent, which ends its children in order.
    ::setpgid(0, 0);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  return std::unique_ptr<Child>(new Child(process, ends[0], std::move(line)));
}

void Child::listen(int output) {
  std::string rest;
  char part[4096];
  while (true) {
    const auto got = ::read(output, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    rest.append(part, static_cast<std::size_t>(got));
    for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
      line_(rest.substr(0, end));
      rest.erase(0, end + 1);
    }
    if (rest.size() > line_length_max) {
      line_(rest);
      rest.clear();
    }
  }
  if (!rest.empty()) line_(rest);
  ::close(output);
}

bool Child::running() {
  if (over_) return false;
  int raw = 0;
  if (::waitpid(process_, &raw, WNOHANG) != process_) return true;
  status_ = status_of(raw);
  over_ = true;
  return false;
}

int Child::wait() {
  while (!over_) {
    int raw = 0;
    if (::waitpid(process_, &raw, 0) < 0) {
      if (errno == EINTR) continue;
      break;
    }
    status_ = status_of(raw);
    over_ = true;
  }
  if (listener_.joinable()) listener_.join();
  return status_;
}

void Child::stop() {
  if (running()) ::kill(process_, SIGTERM);
}

Child::~Child() {
  stop();
  wait();
}

}  // namespace regmark::cli
