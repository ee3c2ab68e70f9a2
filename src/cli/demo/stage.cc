#include "cli/demo/stage.h"

#include <iostream>

namespace regmark::cli {

void Stage::heading(const std::string& text) {
  const std::lock_guard lock(mutex_);
  std::cout << "\n" << ++steps_ << ". " << text << std::endl;
}

void Stage::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  std::cout << "   " << text << std::endl;
}

bool Stage::check(bool came_true, const std::string& what) {
  const std::lock_guard lock(mutex_);
  std::cout << (came_true ? "   ✓ " : "   ✗ ") << what << std::endl;
  if (!came_true) ++failures_;
  return came_true;
}

bool Stage::all_came_true() const {
  const std::lock_guard lock(mutex_);
  return failures_ == 0;
}

}  // namespace regmark::cli
