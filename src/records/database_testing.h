// A database in a folder of its own that is gone afterwards. Never included by a program.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/check.h"
#include "records/database.h"

namespace regmark::records {

class TestDatabase {
 public:
  TestDatabase() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "regmark-records-XXXXXX").string();
    REGMARK_CHECK(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    reopen();
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::filesystem::path& folder() const { return folder_; }

  // Closes the file and opens it again, as a restart would.
  void reopen() {
    database_.reset();
    auto opened = Database::open(folder_ / "records.db");
    REGMARK_CHECK(opened.has_value());
    database_ = *std::move(opened);
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace regmark::records
