// One connection to an SQLite file, with its prepared statements. For one thread at a time.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

#include "records/database.h"

namespace regmark::records::sqlite {

class Connection final : public Transaction {
 public:
  enum class Mode { read_write, read_only };
  // Fails with
  //   unavailable   the file cannot be opened
  //   corrupt       it is no database
  static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& path, Mode mode);

  using Transaction::run;
  Result<std::vector<Row>> run(std::string_view sql, std::span<const Value> values) override;
  std::int64_t changed() const override;

  // Runs several statements that give no rows.
  Result<void> run_script(const std::string& sql);
  // Writes what this connection sees to another file, which is empty or no database yet.
  Result<void> copy_to(const std::filesystem::path& file);

 private:
  struct CloseConnection {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct EndStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  explicit Connection(sqlite3* connection) : connection_(connection) {}
  Result<sqlite3_stmt*> prepare(std::string_view sql);
  tl::unexpected<Error> failure(int code) const;

  std::unique_ptr<sqlite3, CloseConnection> connection_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, EndStatement>> statements_;
};

}  // namespace regmark::records::sqlite
