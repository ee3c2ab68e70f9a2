// A database in a folder of its own that is gone afterwards. Never included by a program.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/check.h"
#include "base/files_testing.h"
#include "records/database.h"

namespace regmark::records {

class TestDatabase {
 public:
  TestDatabase() { reopen(); }

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::filesystem::path& folder() const { return folder_.path(); }

  // Whether the records let somebody run this.
  bool lets(std::string_view sql) {
    return database_
        ->write([&](Transaction& transaction) -> Result<void> {
          REGMARK_TRY(transaction.run(sql));
          return {};
        })
        .has_value();
  }

  // Closes the file and opens it again, as a restart would.
  void reopen() {
    database_.reset();
    auto opened = Database::open(folder() / "records.db");
    REGMARK_CHECK(opened.has_value());
    database_ = *std::move(opened);
  }

 private:
  base::TestFolder folder_;
  std::unique_ptr<Database> database_;
};

}  // namespace regmark::records
