#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "base/check.h"
#include "base/crash_point.h"
#include "base/encoding.h"
#include "base/files.h"
#include "records/sqlite/connection.h"

namespace regmark::records {
namespace {

using sqlite::Connection;

// Readers beyond these wait for one of them.
constexpr std::size_t readers_max = 8;

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::filesystem::path path, std::unique_ptr<Connection> writer)
      : path_(std::move(path)), writer_(std::move(writer)) {}

  Result<void> migrate(std::span<const Migration> migrations) override;
  Result<void> forget() override;
  Result<void> copy_to(const std::filesystem::path& file) override;

 protected:
  Result<void> in_transaction(Kind kind,
                              const std::function<Result<void>(Transaction&)>& work) override {
    return kind == Kind::write ? in_write(work) : in_read(work);
  }

 private:
  Result<void> in_write(const std::function<Result<void>(Transaction&)>& work);
  Result<void> in_read(const std::function<Result<void>(Transaction&)>& work);
  Result<std::unique_ptr<Connection>> take_reader();
  void give_back(std::unique_ptr<Connection> reader);

  const std::filesystem::path path_;
  std::mutex writing_;
  std::unique_ptr<Connection> writer_;  // under writing_
  std::mutex readers_mutex_;
  std::condition_variable reader_is_free_;
  std::vector<std::unique_ptr<Connection>> readers_;  // under readers_mutex_
  std::size_t readers_made_ = 0;                      // under readers_mutex_
};

Result<void> SqliteDatabase::in_write(const std::function<Result<void>(Transaction&)>& work) {
  const std::lock_guard lock(writing_);
  REGMARK_TRY(writer_->run("BEGIN IMMEDIATE"));
  auto done = work(*writer_);
  if (done) {
    base::crash_point("records.before_commit");
    if (auto committed = writer_->run("COMMIT"); !committed) {
      done = tl::unexpected<Error>(std::move(committed).error());
    }
    base::crash_point("records.after_commit");
  }
  // Some failures end the transaction by themselves; then there is nothing left to roll back.
  if (!done) static_cast<void>(writer_->run("ROLLBACK"));
  return done;
}

Result<void> SqliteDatabase::in_read(const std::function<Result<void>(Transaction&)>& work) {
  REGMARK_ASSIGN(auto reader, take_reader());
  auto done = reader->run("BEGIN");
  Result<void> answer = done ? work(*reader) : tl::unexpected<Error>(std::move(done).error());
  static_cast<void>(reader->run("ROLLBACK"));
  give_back(std::move(reader));
  return answer;
}

Result<std::unique_ptr<Connection>> SqliteDatabase::take_reader() {
  std::unique_lock lock(readers_mutex_);
  reader_is_free_.wait(lock, [&] { return !readers_.empty() || readers_made_ < readers_max; });
  if (!readers_.empty()) {
    auto reader = std::move(readers_.back());
    readers_.pop_back();
    return reader;
  }
  ++readers_made_;
  lock.unlock();
  auto reader = Connection::open(path_, Connection::Mode::read_only);
  if (!reader) {
    lock.lock();
    --readers_made_;
    reader_is_free_.notify_one();
  }
  return reader;
}

void SqliteDatabase::give_back(std::unique_ptr<Connection> reader) {
  const std::lock_guard lock(readers_mutex_);
  readers_.push_back(std::move(reader));
  reader_is_free_.notify_one();
}

// What is erased is overwritten where it stands (secure_delete), but not where it stood before
// SQLite moved it within a page: so the file is written anew, in memory and not in some folder for
// temporary files. The log has both, the old pages and the new, until it is worked into the file
// and cut off.
Result<void> SqliteDatabase::forget() {
  const std::lock_guard lock(writing_);
  REGMARK_TRY(writer_->run("PRAGMA temp_store = MEMORY"));
  REGMARK_TRY(writer_->run("VACUUM"));
  REGMARK_ASSIGN(const auto rows, writer_->run("PRAGMA wal_checkpoint(TRUNCATE)"));
  const bool is_busy = rows.empty() || rows.front().integer(0) != 0;
  base::crash_point("records.forgotten");
  if (is_busy) return fail(ErrorCode::unavailable, "the records are being read: try again");
  return {};
}

Result<void> SqliteDatabase::copy_to(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) return fail(ErrorCode::unavailable, "a copy of the records cannot be made");
  ::close(made);
  REGMARK_ASSIGN(auto reader, take_reader());
  auto copied = reader->copy_to(file);
  give_back(std::move(reader));
  if (!copied) return copied;
  return base::sync_folder(file.parent_path());
}

Result<void> SqliteDatabase::migrate(std::span<const Migration> migrations) {
  {
    const std::lock_guard lock(writing_);
    REGMARK_TRY(
        writer_->run_script("CREATE TABLE IF NOT EXISTS schema_migrations ("
                            " name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT"));
  }
  for (const auto& migration : migrations) {
    const std::string sum = base::to_hex(base::sha256(base::as_bytes(migration.sql)));
    REGMARK_TRY(write([&](Transaction& transaction) -> Result<void> {
      REGMARK_ASSIGN(const auto rows,
                     transaction.run("SELECT sha256 FROM schema_migrations WHERE name = ?1",
                                     {std::string(migration.name)}));
      if (!rows.empty()) {
        if (rows.front().text(0) == sum) return {};
        return fail(ErrorCode::corrupt, "the records were made by another version: migration " +
                                            std::string(migration.name) + " differs");
      }
      REGMARK_TRY(writer_->run_script(std::string(migration.sql)));
      REGMARK_TRY(transaction.run("INSERT INTO schema_migrations VALUES (?1, ?2)",
                                  {std::string(migration.name), sum}));
      return {};
    }));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path) {
  REGMARK_TRY(base::make_private_folder(path.parent_path()));
  REGMARK_ASSIGN(auto writer, Connection::open(path, Connection::Mode::read_write));
  std::error_code error;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  if (error) return fail(ErrorCode::unavailable, "cannot close the records to others");
  return std::make_unique<SqliteDatabase>(path, std::move(writer));
}

Result<std::unique_ptr<Database>> Database::open_beside(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return fail(ErrorCode::unavailable, "there are no records");
  }
  REGMARK_ASSIGN(auto writer, Connection::open(path, Connection::Mode::read_only));
  return std::make_unique<SqliteDatabase>(path, std::move(writer));
}

}  // namespace regmark::records
