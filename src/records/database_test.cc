#include "records/database.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include "records/database_testing.h"

namespace regmark::records {
namespace {

constexpr Migration first[] = {
    {"test/001", "CREATE TABLE thing (name TEXT PRIMARY KEY, weight INTEGER) STRICT;"}};

Result<void> add(Database& database, std::string name, std::int64_t weight) {
  return database.write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("INSERT INTO thing VALUES (?1, ?2)", {name, weight}));
    return {};
  });
}

std::int64_t count(Database& database) {
  return database
      .read([](Transaction& transaction) -> Result<std::int64_t> {
        REGMARK_ASSIGN(const auto rows, transaction.run("SELECT count(*) FROM thing"));
        return rows.front().integer(0);
      })
      .value();
}

TEST(Database, KeepsWhatItCommittedAcrossARestart) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  ASSERT_TRUE(add(*database, "anvil", 80));
  database.reopen();
  ASSERT_TRUE(database->migrate(first));  // applied once only
  EXPECT_EQ(count(*database), 1);
}

TEST(Database, RollsBackWhatFailed) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  const auto answer = database->write([](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("INSERT INTO thing VALUES ('a', 1)"));
    return fail(ErrorCode::not_found, "changed my mind");
  });
  EXPECT_EQ(answer.error().code, ErrorCode::not_found);
  EXPECT_EQ(count(*database), 0);
}

TEST(Database, TellsAConflictFromATrouble) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  ASSERT_TRUE(add(*database, "anvil", 80));
  const auto again = add(*database, "anvil", 81);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(again.error().message.find("anvil"), std::string::npos);  // never what was stored
}

TEST(Database, RefusesAMigrationThatChanged) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  constexpr Migration other[] = {{"test/001", "CREATE TABLE thing (name TEXT) STRICT;"}};
  EXPECT_EQ(database->migrate(other).error().code, ErrorCode::corrupt);
}

// Every file of the records, the log beside it too.
bool any_file_has(const std::filesystem::path& folder, std::string_view needle) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    if (bytes.find(needle) != std::string::npos) return true;
  }
  return false;
}

TEST(Database, ForgetsWhatWasErasedToTheLastByte) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  for (int number = 0; number < 2'000; ++number) {
    // Of many lengths and in no order, so that pages are split and joined.
    const auto name = (number % 3 == 0 ? "VICTIM" : "other") +
                      std::to_string(number * 7919 % 2'003) +
                      std::string(static_cast<std::size_t>(number) % 97, 'x');
    ASSERT_TRUE(add(*database, name, number));
  }
  ASSERT_TRUE(database->write([](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("DELETE FROM thing WHERE name LIKE 'VICTIM%'"));
    return {};
  }));
  EXPECT_TRUE(any_file_has(database.folder(), "VICTIM"));  // in the log, which is why
  ASSERT_TRUE(database->forget());
  EXPECT_FALSE(any_file_has(database.folder(), "VICTIM"));
  EXPECT_TRUE(any_file_has(database.folder(), "other"));
  EXPECT_EQ(std::filesystem::file_size(database.folder() / "records.db-wal"), 0U);
}

TEST(Database, IsCopiedAsItIsAtOneMoment) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  ASSERT_TRUE(add(*database, "anvil", 80));
  const auto copy = database.folder() / "copy.db";
  ASSERT_TRUE(database->write([&](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("INSERT INTO thing VALUES ('half', 1)"));
    // Not committed, so not in the copy; and the copy waits for nobody.
    return database->copy_to(copy);
  }));
  EXPECT_EQ(count(*database), 2);
  const auto perms = std::filesystem::status(copy).permissions();
  EXPECT_EQ(perms, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(count(*Database::open(copy).value()), 1);
  EXPECT_EQ(database->copy_to(copy).error().code, ErrorCode::unavailable);  // it is there
}

TEST(Database, IsReadBesideWhoWrites) {
  TestDatabase database;
  EXPECT_EQ(Database::open_beside(database.folder() / "none.db").error().code,
            ErrorCode::unavailable);
  ASSERT_TRUE(database->migrate(first));
  const auto beside = Database::open_beside(database.folder() / "records.db").value();
  ASSERT_TRUE(add(*database, "anvil", 80));
  EXPECT_EQ(count(*beside), 1);
  EXPECT_FALSE(add(*beside, "hammer", 1));
}

TEST(Database, ReadersCannotWrite) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  const auto answer = database->read([](Transaction& transaction) -> Result<void> {
    REGMARK_TRY(transaction.run("INSERT INTO thing VALUES ('a', 1)"));
    return {};
  });
  EXPECT_FALSE(answer);
  EXPECT_EQ(count(*database), 0);
}

TEST(Database, ServesManyThreadsAtOnce) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  constexpr int threads_count = 12;
  constexpr int each = 20;
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < threads_count; ++thread) {
    threads.emplace_back([&, thread] {
      for (int at = 0; at < each; ++at) {
        if (!add(*database, std::to_string(thread * each + at), at)) ++failures;
        if (count(*database) < 1) ++failures;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(count(*database), threads_count * each);
}

TEST(Database, OtherBytesAreNoDatabase) {
  TestDatabase database;
  const auto path = database.folder() / "other.db";
  std::ofstream(path) << std::string(4096, 'x');
  EXPECT_EQ(Database::open(path).error().code, ErrorCode::corrupt);
}

// A child that may write no more than a little: the disk is full as far as it can see.
TEST(Database, AFullDiskIsUnavailableAndLosesNothing) {
  TestDatabase database;
  ASSERT_TRUE(database->migrate(first));
  ASSERT_TRUE(add(*database, "before", 1));
  const auto path = database.folder() / "records.db";
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = 40'000, .rlim_max = 40'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto full = Database::open(path);
    if (!full) ::_exit(1);
    for (int at = 0; at < 1'000; ++at) {
      const auto added = add(**full, std::string(1'000, 'x') + std::to_string(at), at);
      if (!added) ::_exit(added.error().code == ErrorCode::unavailable ? 0 : 2);
    }
    ::_exit(3);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  database.reopen();
  EXPECT_GE(count(*database), 1);
  EXPECT_TRUE(add(*database, "after", 2));
}

}  // namespace
}  // namespace regmark::records
