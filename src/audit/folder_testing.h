// The files of a log's folder as a whole: read, put back, written over. Never included by a
// program.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "audit/audit_testing.h"
#include "audit/verify.h"
#include "base/files.h"

namespace regmark::audit {

inline constexpr std::size_t file_size_max = 100'000'000;

inline Event event(std::string details = "{}", std::string_view day = "2026-03-29") {
  return {.shown = {.operation = Operation::sign_in,
                    .act = "sign_in",
                    .day = base::parse_day(day).value(),
                    .role = "operator",
                    .outcome = "done"},
          .details = std::move(details)};
}

inline void fill(Log& log, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_TRUE(log.record(event("{\"i\":" + std::to_string(log.size()) + "}")));
  }
}

// Empty when the folder holds, and otherwise what does not.
inline std::string complaint(const TestLog& test) {
  const auto verified = verify(test.folder(), test.key().public_key);
  return verified ? "" : verified.error().message;
}

using Folder = std::map<std::filesystem::path, base::Bytes>;

inline Folder read_all(const std::filesystem::path& folder) {
  Folder files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) {
      files[file.path()] = base::read_file(file.path(), file_size_max).value();
    }
  }
  return files;
}

inline void write_all(const std::filesystem::path& folder, const Folder& files) {
  for (const auto& part : std::filesystem::directory_iterator(folder))
    std::filesystem::remove_all(part);
  for (const auto& [path, bytes] : files) {
    std::filesystem::create_directories(path.parent_path());
    ASSERT_TRUE(base::write_file(path, bytes));
  }
}

}  // namespace regmark::audit
