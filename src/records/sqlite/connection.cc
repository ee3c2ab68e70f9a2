#include "records/sqlite/connection.h"

#include <cstdio>

#include "base/check.h"

namespace regmark::records::sqlite {
namespace {

// More would be a statement built from data, which is a mistake of ours.
constexpr std::size_t statements_max = 512;

// A writer waits this long for another process (a backup, say) before it gives up.
constexpr int wait_ms = 10'000;

constexpr auto settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"  // a commit is on the disk when it returns
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;"  // erased rows leave no bytes in the file
    "PRAGMA trusted_schema = OFF;";

int bind(sqlite3_stmt* statement, int at, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return sqlite3_bind_int64(statement, at, *number);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return sqlite3_bind_double(statement, at, *real);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(statement, at, text->data(), text->size(), nullptr, SQLITE_UTF8);
  }
  if (const auto* bytes = std::get_if<base::Bytes>(&value)) {
    // A null pointer would bind NULL, which is not the same as no bytes.
    const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
    return sqlite3_bind_blob64(statement, at, data, bytes->size(), nullptr);
  }
  return sqlite3_bind_null(statement, at);
}

Value column_value(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      return base::Bytes(bytes, bytes + sqlite3_column_bytes(statement, column));
    }
    default:
      return nullptr;
  }
}

Row row_of(sqlite3_stmt* statement) {
  std::vector<Value> columns;
  const int count = sqlite3_column_count(statement);
  columns.reserve(static_cast<std::size_t>(count));
  for (int column = 0; column < count; ++column) columns.push_back(column_value(statement, column));
  return Row(std::move(columns));
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& path, Mode mode) {
  sqlite3* raw = nullptr;
  const int flags =
      mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Connection> connection(new Connection(raw));
  if (code != SQLITE_OK) return connection->failure(code);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, wait_ms);
  REGMARK_TRY(connection->run_script(settings));
  if (mode == Mode::read_only) REGMARK_TRY(connection->run_script("PRAGMA query_only = ON;"));
  return connection;
}

tl::unexpected<Error> Connection::failure(int code) const {
  // SQLite's own message may quote what was being stored, so only its code is passed on.
  const std::string what = sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return fail(ErrorCode::conflict, "a rule of the records says no: " + what);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fail(ErrorCode::corrupt, "the records are damaged: " + what);
    default:
      return fail(ErrorCode::unavailable, "the records cannot be reached: " + what);
  }
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view sql) {
  if (const auto known = statements_.find(std::string(sql)); known != statements_.end()) {
    return known->second.get();
  }
  REGMARK_CHECK(statements_.size() < statements_max);
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code == SQLITE_ERROR) {
    std::fprintf(stderr, "cannot prepare: %s\n", sqlite3_errmsg(connection_.get()));
  }
  REGMARK_CHECK(code != SQLITE_ERROR);  // our own text, so our own mistake
  if (code != SQLITE_OK) return failure(code);
  statements_.emplace(std::string(sql), statement);
  return statement;
}

Result<std::vector<Row>> Connection::run(std::string_view sql, std::span<const Value> values) {
  REGMARK_ASSIGN(sqlite3_stmt* const statement, prepare(sql));
  REGMARK_CHECK(sqlite3_bind_parameter_count(statement) == static_cast<int>(values.size()));
  // Whatever happens below, the statement must be free for its next use.
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> reset(statement, &sqlite3_reset);
  for (std::size_t at = 0; at < values.size(); ++at) {
    const int code = bind(statement, static_cast<int>(at) + 1, values[at]);
    if (code != SQLITE_OK) return failure(code);
  }
  std::vector<Row> rows;
  while (true) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return rows;
    if (code != SQLITE_ROW) return failure(code);
    rows.push_back(row_of(statement));
  }
}

std::int64_t Connection::changed() const {
  return sqlite3_changes64(connection_.get());
}

Result<void> Connection::run_script(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if ((code & 0xff) == SQLITE_ERROR) {
    std::fprintf(stderr, "cannot run: %s\n", sqlite3_errmsg(connection_.get()));
  }
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<void> Connection::copy_to(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  const Connection copy(raw);
  if (opened != SQLITE_OK) return copy.failure(opened);
  auto* const backup = sqlite3_backup_init(raw, "main", connection_.get(), "main");
  if (backup == nullptr) return copy.failure(sqlite3_errcode(raw));
  // All pages in one step: one moment, and nobody who writes has it begin again.
  constexpr int all_pages = -1;
  const int stepped = sqlite3_backup_step(backup, all_pages);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return copy.failure(stepped);
  if (finished != SQLITE_OK) return copy.failure(finished);
  return {};
}

}  // namespace regmark::records::sqlite
