// A process of our own: started, listened to line by line, and stopped.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace regmark::cli {

class Child {
 public:
  // Called with each line of the child's output, from a thread of this object's own.
  using Line = std::function<void(const std::string&)>;

  // Starts a program (a path) with its arguments; standard output and error both go to `line`.
  // Fails with
  //   unavailable   it cannot be started
  static Result<std::unique_ptr<Child>> start(const std::vector<std::string>& command, Line line);
  ~Child();  // ends it (SIGTERM) if it still runs, and waits
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Waits until it ends by itself; gives its exit status, or 128 + the signal that ended it.
  int wait();
  void stop();  // asks it to end
  bool running();

 private:
  Child(pid_t process, int output, Line line);
  void listen(int output);

  const pid_t process_;
  const Line line_;
  int status_ = -1;
  bool over_ = false;
  std::thread listener_;
};

}  // namespace regmark::cli
