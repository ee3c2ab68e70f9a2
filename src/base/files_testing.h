// A folder of a test's own. Never included by a program.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/check.h"

namespace regmark::base {

// Is made empty, and is gone afterwards.
class TestFolder {
 public:
  // In memory where there is such a place: tests make thousands of syncs, and none pulls the plug.
  TestFolder() : TestFolder(memory()) {}
  // What is measured lies on a disk: std::filesystem::temp_directory_path().
  explicit TestFolder(const std::filesystem::path& parent) {
    std::string pattern = parent / "regmark-test-XXXXXX";
    REGMARK_CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  const std::filesystem::path& path() const { return path_; }

  static std::filesystem::path memory() {
    constexpr const char* place = "/dev/shm";
    return ::access(place, W_OK) == 0 ? place : std::filesystem::temp_directory_path();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace regmark::base
