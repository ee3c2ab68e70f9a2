// What the demo shows and checks: numbered steps, each of which came true or did not.
#pragma once

#include <mutex>
#include <string>

namespace regmark::cli {

// May be used from many threads at once: reads and alerts come in while a step runs.
class Stage {
 public:
  void heading(const std::string& text);
  void line(const std::string& text);
  // Says whether a step did what it says; the demo fails when one did not.
  bool check(bool came_true, const std::string& what);
  bool all_came_true() const;

 private:
  mutable std::mutex mutex_;
  int steps_ = 0;
  int failures_ = 0;
};

}  // namespace regmark::cli
